"""Directives in code and raw HTML, which stay as they are written."""

import html
import re

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.util import STX

from docs_tools.markdown.stash import MARKER, Stash

__all__ = ["RestoreDirectives"]

_CODE = re.compile(r"<code\b.*?</code>", re.DOTALL)


class RestoreDirectives(Postprocessor):
    """Puts directives back that were not expanded.

    Args:
        md: The Markdown.
        stash: The page's directives.
        escape: Whether all that is left stands in code.
    """

    def __init__(self, md: Markdown, stash: Stash, *, escape: bool) -> None:
        super().__init__(md)
        self._stash = stash
        self._escape = escape

    def run(self, text: str) -> str:
        """The page with the directives in the place of their markers."""
        if STX not in text:
            return text
        if self._escape:
            return MARKER.sub(self._escaped, text)
        text = _CODE.sub(lambda code: MARKER.sub(self._escaped, code[0]), text)
        return MARKER.sub(lambda marker: self._stash.text(int(marker[1])), text)

    def _escaped(self, marker: re.Match[str]) -> str:
        return html.escape(self._stash.text(int(marker[1])), quote=False)
