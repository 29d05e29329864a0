"""Builds a site as `mkdocs build` does and counts what is made, for `growth`: run as a script.

Counted are calls of what does the work, whoever asks for it: a page's conversion, the theme's
template of a page, code highlighted, and HTML read for the search index by the theme's parser or by
ours. Nothing is replaced for that, as `docs_tools/cache` would notice.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

Counts = Counter[str]


def main(config_file: str, result: str) -> None:
    """Builds and writes the counts."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    wanted = _work()
    counts: Counts = Counter(dict.fromkeys((name for name, _ in wanted.values()), 0))

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in wanted:
            name, is_work = wanted[frame.f_code]
            counts[name] += is_work(frame.f_locals)

    config = load_config(config_file)
    config.plugins.on_startup(command="build", dirty=False)
    sys.setprofile(note)
    try:
        build(config)
    finally:
        sys.setprofile(None)
    config.plugins.on_shutdown()
    with open(result, "w", encoding="utf-8") as out:  # noqa: PTH123 - run by path, without bench
        json.dump(counts, out)


def _work() -> dict[CodeType, tuple[str, Callable[[dict[str, Any]], bool]]]:
    """The functions that do the work: what they are counted as, and which calls of them."""
    from html.parser import HTMLParser

    from jinja2 import Template
    from material.plugins.search.plugin import Parser  # type: ignore[import-untyped]
    from mkdocs.structure.pages import Page
    from pymdownx.highlight import Highlight  # type: ignore[import-untyped]

    from docs_tools.plugins.cache.search.sections import read_sections

    return {
        Page.render.__code__: ("converted", lambda _: True),
        Highlight.highlight.__code__: ("highlighted", lambda _: True),
        # what mkdocstrings renders is given no page
        Template.render.__code__: ("templated", lambda call: _page(call["args"])),
        HTMLParser.feed.__code__: ("indexed", lambda call: isinstance(call["self"], Parser)),
        read_sections.__code__: ("indexed", lambda _: True),
    }


def _page(arguments: Any) -> bool:
    return bool(arguments and isinstance(arguments[0], dict) and arguments[0].get("page"))


if __name__ == "__main__":
    main(*sys.argv[1:])
