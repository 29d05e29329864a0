"""What a one-page edit costs is the same whatever the size of the site: counted, not timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest

from tests.plugins.cache.builds import Site
from tests.size import LONG

SIZES = (100, 1000) if LONG else (20, 60)


@dataclass
class Work:
    """What was asked of the engines themselves."""

    highlighted: list[str] = field(default_factory=list)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work = Work()
    lexer: Any = import_module("pygments.lexer").RegexLexer
    original = lexer.get_tokens_unprocessed

    def told(self: Any, text: str, *arguments: Any) -> Any:
        work.highlighted.append(text)
        return original(self, text, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(lexer, "get_tokens_unprocessed", told)
        yield work


def grown(site: Site, pages: int, theme: str) -> Site:
    site.settings = {
        "theme": {"name": theme},
        "plugins": [{"docs_tools/cache": {"processes": 1}}, "search"],
        "markdown_extensions": ["pymdownx.highlight", "pymdownx.superfences"],
    }
    return site.create(pages)


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
@pytest.mark.parametrize("pages", SIZES)
def test_a_one_page_edit_makes_one_page(
    empty_site: Site, pages: int, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = grown(empty_site, pages, theme)
    with counted(monkeypatch) as work:
        built = site.build()
    assert built.counts.pages == pages
    assert built.made == (pages, pages, pages)
    assert len(work.highlighted) == pages
    with counted(monkeypatch) as work:
        assert site.build().made == (0, 0, 0)
    assert work.highlighted == []
    number = pages // 2
    site.append(f"docs/p{number}.md", "\n```python\nedited = True\n```\n")
    with counted(monkeypatch) as work:
        built = site.build()
    assert built.made == (1, 1, 1)
    assert built.explained == {f"p{number}.md": "rebuilt: its text changed"}
    assert work.highlighted == [f"print({number})\n", "edited = True\n"]


def test_an_edit_that_no_search_shows_is_indexed_once_all_the_same(
    empty_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = grown(empty_site, 8, "material")
    site.build()
    site.append("docs/p3.md", "\n<!-- no reader sees this -->\n")
    assert site.build_checked().made == (1, 1, 1)
    assert site.build_checked().made == (0, 0, 0)


def test_new_pages_cost_themselves_and_the_templates_that_list_them(empty_site: Site) -> None:
    site = grown(empty_site, 8, "material")
    site.build()
    site.write("docs/new.md", "# New\n\n```python\nnew = True\n```\n")
    assert site.build_checked().made == (1, 9, 1)
    (site.root / "docs/new.md").unlink()
    assert site.build_checked().made == (0, 0, 0), "it is as it was"
