"""The law finds what is wrong: plain MkDocs keeps it, and stand-ins that forget something don't."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from tests.plugins.cache.equality.edits import Add, Edit, Touch, Write
from tests.plugins.cache.equality.law import Bench, Unequal
from tests.plugins.cache.equality.state import Page
from tests.plugins.cache.equality.traps import PAGES, project
from tests.plugins.cache.equality.variants import VARIANTS

_BY_TEXT = """\
import json
from pathlib import Path

STORE = Path("../store/known.json")


def on_page_markdown(markdown, page, config, files):
    known = json.loads(STORE.read_text()) if STORE.exists() else {}

    def render(config, files):
        type(page).render(page, config, files)
        page.content = known.setdefault(markdown, page.content)
        STORE.parent.mkdir(exist_ok=True)
        STORE.write_text(json.dumps(known))

    page.render = render
"""
"""A memory that knows a page by its text alone."""

_QUIET = """\
import logging

logging.getLogger("mkdocs.structure.pages").addFilter(lambda record: "gone" not in record.msg)


def on_page_markdown(markdown, page, config, files):
    return markdown
"""

Files = dict[str, bytes]


def hooked(text: str) -> Callable[[Files], Mapping[str, bytes]]:
    """A hook in place of the plugin."""
    return lambda files: {
        **files,
        "mkdocs.yml": files["mkdocs.yml"] + b"hooks: [hook.py]\n",
        "hook.py": text.encode(),
    }


WRONG: dict[str, tuple[Callable[[Files], Mapping[str, bytes]], Edit, str]] = {
    "a page that isn't made again": (
        lambda files: {**files, "docs/a.md": PAGES["docs/a.md"].text.encode()},
        Add("docs/a.md", "More.", 2),
        "differ: a/index.html",
    ),
    "a page that is known by its text": (
        hooked(_BY_TEXT),
        Write("one.md", "two\n"),
        "-two</p>\n+one</p>",
    ),
    "a message that is lost": (
        hooked(_QUIET + "    # nothing\n"),
        Add("docs/a.md", "[gone](gone.md)"),
        "-WARNING Doc file 'a.md' contains a link 'gone.md'",
    ),
    "a file too many": (
        lambda files: {**files, "docs/more.txt": b""} if b"More" in files["docs/a.md"] else files,
        Add("docs/a.md", "More."),
        "more.txt: only in the remembered site",
    ),
    "a build that fails": (
        lambda files: {**files, "mkdocs.yml": b""} if b"More" in files["docs/a.md"] else files,
        Add("docs/a.md", "More."),
        "clean: None\nremembered: Abort",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_the_law_finds(bench: Bench, what: str) -> None:
    prepare, edit, told = WRONG[what]
    pages = {**PAGES, "docs/b.md": Page(("# Second", '--8<-- "one.md"'))}
    state = project(pages, {"one.md": "one\n"}, markdown_extensions={"pymdownx.snippets": {}})
    wrong = replace(bench, options=None, prepare=prepare)
    wrong.check(state, [])
    with pytest.raises(Unequal) as found:
        wrong.check(state, [edit])
    assert str(found.value).startswith(f"after\n  {edit}\n")
    assert told in str(found.value)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_clean_build_equals_another_one(bench: Bench, name: str) -> None:
    plain = replace(bench, options=None)
    plain.check(VARIANTS[name].start, [Touch()])
    assert plain.built[0].converted == plain.built[1].converted > 0
    assert plain.built[0].failure is None
