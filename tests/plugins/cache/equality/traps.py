"""Small projects in which remembering goes wrong easily, in MkDocs' own theme."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.plugins.cache.equality.law import Bench
from tests.plugins.cache.equality.state import Name, Page, State
from tests.plugins.cache.equality.variants.foreign import ASKING

__all__ = ["PAGES", "asking", "converted", "fenced", "project", "shown_by_a_template"]

PAGES = {
    "docs/index.md": Page(("# Home", "Words.")),
    "docs/a.md": Page(("# First", "## Section")),
    "docs/b.md": Page(("# Second", "[section](a.md#section)")),
}


def project(
    pages: Mapping[str, Page] = PAGES,
    files: Mapping[str, str | bytes] | None = None,
    **settings: Any,
) -> State:
    """A small project."""
    usual = {"site_name": "Trap", "theme": {"name": "mkdocs"}, "plugins": {"search": {}}}
    return State(pages, files or {}, {**usual, **settings})


def asking(function: str) -> State:
    """One whose pages `a` and `b` show what a function `asked` of an extension returns.

    Args:
        function: The module that defines it; `os` and `Path` are there.
    """
    text = f"import os\nfrom pathlib import Path\n\nfrom asking import Swapping\n\n{function}\n"
    text += "\ndef makeExtension(**options):\n    return Swapping({'asked': asked})\n"
    return project(
        {
            "docs/index.md": Page(("# Home", "Words.")),
            "docs/a.md": Page(("# First", "It is {asked}.")),
            "docs/b.md": Page(("# Second", "It is {asked}.")),
        },
        {
            "extensions/asking.py": ASKING,
            "extensions/own.py": text,
            "extensions/late/late.py": "WORDS = 'early'\n",
            "facts/words.txt": "words\n",
        },
        markdown_extensions={"own": {}},
    )


def fenced(modules: Mapping[str, str], **settings: Any) -> State:
    """One whose page `a` has a fence that `draw` in the module `fences` makes; with `facts.txt`."""
    fence = {"name": "own", "class": "own", "format": Name("fences.draw")}
    return project(
        {**PAGES, "docs/a.md": Page(("# First", "```own\nx\n```"))},
        {"facts.txt": "one", **modules},
        markdown_extensions={"pymdownx.superfences": {"custom_fences": [fence]}},
        **settings,
    )


def shown_by_a_template(text: str, **settings: Any) -> State:
    """One whose template shows something at the foot of each page."""
    main = '{% extends "base.html" %}\n{% block footer %}' + text + "{% endblock %}\n"
    theme = {"name": "mkdocs", "custom_dir": "overrides"}
    return project(files={"overrides/main.html": main}, theme=theme, **settings)


def converted(bench: Bench) -> Sequence[int]:
    """How many pages each build converted."""
    return [built.converted for built in bench.built]
