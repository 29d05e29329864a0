"""The parts that stand by mkdocstrings and autorefs, each alone."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from griffe import GriffeLoader
from jinja2 import DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs_autorefs import AutorefsExtension, AutorefsPlugin
from mkdocstrings import Handlers

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import Uncertain
from docs_tools.plugins.cache.api import ApiCompanion
from docs_tools.plugins.cache.api.anchors import Anchors
from docs_tools.plugins.cache.api.compiled import compile_once
from docs_tools.plugins.cache.api.options import ReadOptions
from docs_tools.plugins.cache.api.settings import formatter_settings, handler_settings
from docs_tools.plugins.cache.api.sources import Sources
from docs_tools.plugins.cache.api.tree import Tree


def write(folder: Path, **modules: str) -> Path:
    """A package `pkg` of modules."""
    (folder / "pkg").mkdir(exist_ok=True)
    for name, text in modules.items():
        (folder / f"pkg/{name}.py").write_text(text)
    return folder


def tree_of(folder: Path) -> Tree:
    loader = GriffeLoader(search_paths=[folder])
    loader.load("pkg", try_relative_path=False)
    return Tree(loader.modules_collection.members)


def test_a_name_leads_through_imports_to_what_it_means_and_nothing_is_changed(
    tmp_path: Path,
) -> None:
    tree = tree_of(
        write(
            tmp_path,
            __init__="from pkg.a import A",
            a="from pkg.b import B as A",
            b="class B:\n    def run(self): ...\n",
        )
    )
    found = tree.at("pkg.A")
    chain, final = tree.meant(found)
    assert chain == ["pkg.A", "pkg.a.A"]
    assert final is not None
    assert final.path == "pkg.b.B"
    assert final.aliases == {}
    assert tree.meant(tree.at("pkg.A.run"))[1] is final.members["run"]


@pytest.mark.parametrize(
    "modules",
    [
        {"__init__": "from pkg.a import A", "a": "from pkg import A"},
        {"__init__": "from pkg.a import A", "a": "from pkg.a.A import A"},
        {"__init__": "from pkg.gone import A", "a": ""},
    ],
)
def test_a_name_that_leads_nowhere(modules: dict[str, str], tmp_path: Path) -> None:
    tree = tree_of(write(tmp_path, **modules))
    assert tree.meant(tree.at("pkg.A"))[1] is None
    assert tree.at("pkg.A.b") is None


def test_the_files_of_a_package_are_named_from_the_project(tmp_path: Path) -> None:
    root = write(tmp_path, __init__="", a="")
    sources = Sources(Contents(root), [str(root)])
    files = sources.of("pkg")
    assert list(files.files) == ["pkg/__init__.py", "pkg/a.py"]
    assert files.is_plain
    assert files.below("pkg/a.py") != files.below("pkg")
    (root / "pkg/a.py").write_text("x = 1")
    assert sources.of("pkg").digest == files.digest  # as it was read
    again = sources.again().of("pkg")
    assert again.digest != files.digest
    assert again.below("pkg/__init__.py") == files.below("pkg/__init__.py")


def test_a_package_of_several_folders_and_a_single_module(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder / "space").mkdir(parents=True)
        (tmp_path / folder / f"space/{folder}.py").touch()
    (tmp_path / "one/single.py").touch()
    sources = Sources(Contents(tmp_path), [str(tmp_path / "one"), str(tmp_path / "two")])
    assert list(sources.of("space").files) == ["one/space/one.py", "two/space/two.py"]
    assert list(sources.of("single").files) == ["one/single.py"]
    assert sources.of("mkdocs").installed
    assert sources.of("math").installed


def options(**values: Any) -> SimpleNamespace:
    standard: dict[str, Any] = {
        "docstring_style": "google",
        "docstring_options": None,
        "extensions": [],
        "allow_inspection": True,
        "force_inspection": False,
        "find_stubs_package": False,
        "preload_modules": [],
    }
    return SimpleNamespace(**standard | values)


def test_what_reading_goes_by() -> None:
    assert ReadOptions.of(options()).is_plain
    assert ReadOptions.of(options()).doubt is None
    assert ReadOptions.of(options()) != ReadOptions.of(options(docstring_style="numpy"))
    assert not ReadOptions.of(options(preload_modules=["other"])).is_plain
    known = ReadOptions.of(options(extensions=[{"griffe_pydantic": {"schema": True}}]))
    assert known.doubt is None
    assert not known.is_plain
    unknown = ReadOptions.of(options(extensions=["some_extension.Class"]))
    assert unknown.doubt == "the griffe extension some_extension.Class"
    with pytest.raises(Uncertain):
        ReadOptions.of(options(extensions=[object()]))


def test_settings_do_not_say_where_the_project_lies(tmp_path: Path) -> None:
    def settings(folder: str) -> list[Any]:
        root = tmp_path / folder
        paths = [str(root / "src"), "."]
        config = {"python": {"paths": paths, "inventories": [folder], "options": {"a": 1}}}
        handlers = Handlers(
            theme="material",
            default="python",
            inventory_project="",
            handlers_config=config,
            tool_config=None,
        )
        return handler_settings(handlers, Contents(root))

    assert settings("one") == settings("two")


def test_the_settings_of_the_formatter_are_those_it_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    contents = Contents(tmp_path)
    project = tmp_path / "pyproject.toml"
    project.write_text("[project]\nversion = '1'\n")
    before = formatter_settings(contents)
    project.write_text("[project]\nversion = '2'\n")
    assert formatter_settings(contents) == before
    project.write_text("[tool.ruff.format]\nquote-style = 'single'\n")
    assert formatter_settings(contents) != before


def test_an_anchor_of_another_page_is_doubtful() -> None:
    plugin = AutorefsPlugin()
    anchors = Anchors(plugin)
    one: Any = SimpleNamespace(url="one/")
    other: Any = SimpleNamespace(url="other/")
    plugin.register_anchor(one, "before")
    anchors.begin(one)
    plugin.register_anchor(one, "first", title="First", primary=False)
    plugin.register_url("url", "https://example.com")
    assert anchors.doubt is None
    plugin.register_anchor(other, "second")
    assert anchors.doubt == "registers an anchor of another page"
    events = anchors.end()
    plugin.register_anchor(one, "after")
    assert [event[1] for event in events] == ["first", "url", "second"]
    again = AutorefsPlugin()
    for event in events:
        Anchors(again).repeat(one, event)
    assert again.get_item_url("first") == ("one/#first", "First")
    assert again.get_item_url("url") == ("https://example.com", None)


@pytest.mark.parametrize("count", [0, 2])
def test_an_extension_that_is_not_there_once_is_not_known(count: int, tmp_path: Path) -> None:
    config = MkDocsConfig()
    extensions: list[Any] = [AutorefsExtension(AutorefsPlugin()) for _ in range(count)]
    config.markdown_extensions = extensions
    assert ApiCompanion.of(config, Contents(tmp_path)) is None


def test_a_template_is_compiled_again_where_its_source_is_another() -> None:
    def rendered(text: str, **settings: bool) -> str:
        environment = Environment(loader=DictLoader({"page": text}), **settings)  # type: ignore[arg-type]
        compile_once(environment)
        return environment.get_template("page").render(name="<b>")

    assert rendered("Hello {{ name }}") == rendered("Hello {{ name }}") == "Hello <b>"
    assert rendered("Goodbye {{ name }}") == "Goodbye <b>"
    assert rendered("Hello {{ name }}", autoescape=True) == "Hello &lt;b&gt;"
