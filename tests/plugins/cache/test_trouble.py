"""Whatever happens to a build or to what is remembered, the next site is right."""

import os
import shutil
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from docs_tools.build.memory.store import Entry, Store
from docs_tools.diagrams import CACHE_VARIABLE
from tests.build.memory.process import NOBODY, as_anybody, result_of
from tests.plugins.cache.builds import CACHE, PAGES, Site, files, rebuilt, text
from tests.project import TinyProject, run_together


def entries(folder: Path, kind: str = "*") -> list[Path]:
    return sorted(path for path in folder.glob(f"pages/{kind}/**/*") if path.is_file())


def test_a_build_that_fails_half_way_and_the_next_one(site: Site) -> None:
    site.write("hook.py", (
        "from pathlib import Path\n"
        "def on_page_content(html, page, config, files):\n"
        "    if page.file.src_uri == 'p5.md' and Path(config.docs_dir, '../stop').exists():\n"
        "        raise RuntimeError('stopped at p5.md')\n"
    ))  # fmt: skip
    site.settings["hooks"] = ["hook.py"]
    site.build()
    for number in range(PAGES):
        site.append(f"docs/p{number}.md")
    site.write("stop", "")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="stopped at"):
            site.build()
    (site.root / "stop").unlink()
    built = site.build_checked()
    # what was converted before it failed is remembered
    converted = [page for page, why in built.explained.items() if why.startswith("rebuilt")]
    assert converted == ["p6.md", "p7.md"]
    assert built.explained["p7.md"] == "rebuilt: its text changed"
    assert site.build_checked().explained == {}


def test_a_page_that_fails_fails_each_time(site: Site) -> None:
    site.settings["markdown_extensions"] = [{"pymdownx.snippets": {"check_paths": True}}]
    site.build()
    site.append("docs/p3.md", '\n--8<-- "missing.md"\n')
    for _ in range(2):
        with pytest.raises(Exception, match=r"missing\.md"):
            site.build()
    site.write("missing.md", "here now")
    site.settings["markdown_extensions"] = [
        {"pymdownx.snippets": {"check_paths": True, "base_path": [str(site.root)]}}
    ]
    site.build_checked()


def test_two_builds_at_once_are_both_right(site: Site, tmp_path: Path) -> None:
    """From nothing, and after edits; what they remember serves both, and a third."""
    other = Site(tmp_path / "other", dict(site.settings))
    shutil.copytree(site.root, other.root)
    shutil.rmtree(os.environ[CACHE_VARIABLE])
    for number, added in enumerate(("", "\nMore.\n", "\nStill more.\n")):
        for one in (site, other):
            one.append(f"docs/p{number}.md", added)
            one.write_settings()
        calls: list[tuple[TinyProject, tuple[str, ...], dict[str, str]]] = [
            (TinyProject(one.root), ("build", "--no-strict"), {}) for one in (site, other)
        ]
        assert [result.status for result in run_together(calls)] == [0, 0]
        site.build_plain()
        wanted = files(site.root / "plain")
        assert files(site.root / "site") == wanted
        assert files(other.root / "site") == wanted
    assert other.build_apart().explained == {}


@pytest.mark.parametrize("content", [b"", b"docs_tools memory", None])
def test_what_is_damaged_is_made_again(site: Site, tmp_path: Path, content: bytes | None) -> None:
    found = entries(tmp_path / "cache")
    assert len(found) > 2 * PAGES
    for path in found:
        if content is None:
            path.write_bytes(path.read_bytes()[:-3] + b"...")
        else:
            path.write_bytes(content)
    built = site.build_checked()
    assert built.made[:2] == (PAGES, PAGES)
    assert site.build_checked().explained == {}


@pytest.mark.parametrize("meta", [
    {}, {"toc": 1}, {"toc": [1]}, {"links": [["missing.md", {}]]}, {"links": 1}, {"anchors": 1},
    {"effects": None}, {"messages": None}, {"effects": []}, {"toc": [["a", "b", 1, [[]]]]},
])  # fmt: skip
def test_an_entry_that_makes_no_sense_is_made_again(
    site: Site, tmp_path: Path, meta: dict[str, object]
) -> None:
    store = Store(tmp_path / "cache")
    for path in entries(tmp_path / "cache", "page"):
        key = path.parent.name + path.name
        entry = store.get("page", key)
        assert entry is not None
        store.put("page", key, Entry({**entry.meta, **meta} if meta else {}, entry.text))
    built = site.build_checked()
    assert built.counts.converted == PAGES
    assert set(built.explained.values()) == {"rebuilt: no longer remembered"}
    assert site.build_checked().explained == {}


def test_a_site_is_built_where_nothing_can_be_remembered(site: Site, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir(exist_ok=True)
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").write_text("a file in the folder's place")
    for _ in range(2):
        built = site.build_checked()
        assert built.made[:2] == (PAGES, PAGES)


def _build_without_rights(site: Site) -> list[object]:
    folder = site.cache
    site.move_in().build()  # with all rights, so that all is imported and remembered
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        for path in (site.root, *site.root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        for path in folder.parents:
            path.chmod(path.stat().st_mode | 0o555)
    as_anybody()
    unchanged = site.build()
    site.append("docs/p3.md")
    return [one.explained for one in (unchanged, site.build(), site.build())]


def test_a_folder_that_can_only_be_read_is_read(site: Site) -> None:
    unchanged, edited, again = result_of(_build_without_rights, site)
    assert unchanged == {}
    assert edited == again == {"p3.md": "rebuilt: its text changed"}


@pytest.mark.parametrize(("options", "words"), [
    ({"limit": "much"}, "'limit'"), ({"limit": -1}, "'limit'"), ({"limit": 1.5}, "'limit'"),
    ({"limit": True}, "'limit'"),
    ({"processes": "all"}, "'processes'"), ({"processes": -1}, "'processes'"),
    ({"always": ["p3.md"]}, "'always'"), ({"always": 3}, "'always'"),
])  # fmt: skip
def test_an_option_that_can_not_be_used_is_named(
    site: Site, options: dict[str, object], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    site.settings["plugins"] = [{"docs_tools/cache": options}]
    with pytest.raises(Abort):
        site.build()
    assert f"Plugin 'docs_tools/cache' option {words}" in caplog.text


def test_an_option_that_there_is_not_is_warned_of(site: Site) -> None:
    site.settings["plugins"] = [{"docs_tools/cache": {"limits": 1}}]
    assert "option 'limits': Unrecognised configuration name: limits" in site.build().messages[0]


@pytest.mark.parametrize("limit", [0, 1])
def test_a_small_limit_costs_time_and_nothing_else(site: Site, limit: int) -> None:
    site.settings["plugins"] = [{"docs_tools/cache": {"limit": limit}}]
    site.build_checked()
    built = site.build_checked()
    assert built.counts.converted == (PAGES if limit == 0 else 0)


def test_a_relative_folder_is_one_of_the_working_folder(
    empty_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for drawings, which are kept there while a page is converted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(CACHE_VARIABLE, "own/cache")
    empty_site.settings["plugins"] = [{"docs_tools/handbook": {"data": "facts"}}, CACHE]
    empty_site.write("facts/maintainers.yml", "active:\n  - {name: Ann, github: ann}\n")
    empty_site.create()
    empty_site.append("docs/p3.md", "\n```mermaid\nflowchart TD\n  A --> B\n```\n")
    empty_site.build()
    assert "<svg" in text(empty_site, "p3/index.html")
    assert entries(tmp_path / "own/cache", "page")
    assert list((tmp_path / "own/cache/diagrams").iterdir())
    assert empty_site.build().explained == {}
    empty_site.append("docs/p3.md")
    assert rebuilt(empty_site.build_checked(), "p3.md") == ["rebuilt: its text changed"]


def test_nothing_lies_in_the_site_or_in_the_project_besides_the_folder(
    empty_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CACHE_VARIABLE)
    empty_site.create().build()
    assert {path.name for path in empty_site.root.iterdir()} == {
        ".cache", "docs", "mkdocs.yml", "site",
    }  # fmt: skip
    assert (empty_site.root / ".cache/docs_tools/.gitignore").read_text().strip() == "*"
    assert empty_site.build().explained == {}


def test_a_draft_is_remembered_like_any_page_and_shown_where_drafts_are(site: Site) -> None:
    site.settings["draft_docs"] = "/p3.md"
    site.build_checked()
    assert not (site.root / "site/p3").exists()
    built = site.build_checked()
    assert built.explained == {}
    assert built.counts.pages == PAGES - 1
    del site.settings["draft_docs"]
    built = site.build_checked()
    assert (site.root / "site/p3").exists()
    assert built.counts.converted <= 2, "the page, and the one that links to it"
