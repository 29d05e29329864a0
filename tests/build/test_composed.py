"""`mkdocs.yml` is parsed once in a run, and read as MkDocs reads it each time."""

from pathlib import Path

import pytest
import yaml
from mkdocs.config import defaults, load_config

from docs_tools.build import find_project
from docs_tools.errors import DocsToolsError

CONFIG = """\
site_name: !ENV [SITE, Nobody's]
extra: &more {a: 1, b: [x, y]}
theme: {name: mkdocs, <<: {locale: en}}
docs_dir: pages
plugins: [search]
markdown_extensions:
  - toc: {<<: *options, permalink: true}
  - pymdownx.snippets: {base_path: [!relative $config_dir, !relative $docs_dir/more]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages/more").mkdir(parents=True)
    text = CONFIG.replace("extra:", "x: &options {title: Here}\nextra:")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was taken apart."""
    found: list[object] = []
    original = yaml.Loader.get_single_node

    def noted(self: yaml.Loader) -> object:
        node = original(self)
        found.append(node)
        return node

    monkeypatch.setattr(yaml.Loader, "get_single_node", noted)
    return found


def test_a_configuration_is_parsed_once_and_says_what_mkdocs_reads(
    folder: Path, composed: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("First", "Second"):
        monkeypatch.setenv("SITE", name)
        config = find_project(None, folder).load()
        monkeypatch.chdir(folder)
        plain = load_config("mkdocs.yml")
        monkeypatch.chdir("/")
        assert config.site_name == plain.site_name == name
        assert config.extra == plain.extra == {"a": 1, "b": ["x", "y"]}
        options = config.mdx_configs
        assert options["toc"] == plain.mdx_configs["toc"] == {"title": "Here", "permalink": True}
        paths, others = (
            [str(one.value()) for one in each.mdx_configs["pymdownx.snippets"]["base_path"]]
            for each in (config, plain)
        )
        assert paths == [str(folder), str(folder / "pages")]
        assert [str(folder / one) for one in ("", "pages")] == [str(folder / o) for o in others]
    assert len(composed) == 1 + 2  # ours, and MkDocs' own


def test_a_changed_configuration_is_read_again(folder: Path) -> None:
    assert find_project(None, folder).docs_dir.name == "pages"
    (folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: others\n", "utf-8")
    assert find_project(None, folder).docs_dir.name == "others"


def test_what_is_inherited_is_read_beside_its_own_file(folder: Path) -> None:
    inner = folder / "inner"
    (inner / "pages").mkdir(parents=True)
    (inner / "mkdocs.yml").write_text("INHERIT: ../mkdocs.yml\nsite_name: inner\n", "utf-8")
    for _ in range(2):
        config = find_project(None, inner).load()
        assert (config.site_name, config.docs_dir) == ("inner", str(inner / "pages"))


@pytest.mark.parametrize("text", ["site_name: [\n", "a: 1\na: {b\n", "site_name: !python x\n"])
def test_what_is_wrong_is_told_each_time_with_its_place(folder: Path, text: str) -> None:
    (folder / "mkdocs.yml").write_text(f"extra: 1\n{text}", "utf-8")
    told = []
    for _ in range(2):
        with pytest.raises(DocsToolsError) as caught:
            find_project(None, folder)
        told.append(caught.value.hint)
    assert told[0] == told[1]
    assert f'"{folder}/mkdocs.yml", line ' in str(told[0])


def test_mkdocs_has_its_own_loader_back(folder: Path) -> None:
    original = defaults.get_yaml_loader  # type: ignore[attr-defined]
    find_project(None, folder).load()
    with pytest.raises(DocsToolsError):
        find_project(None, folder).load(site_name=1)
    assert defaults.get_yaml_loader is original  # type: ignore[attr-defined]
