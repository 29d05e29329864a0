"""Directives on lines of their own."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from docs_tools.markdown.diagrams import Diagrams
from docs_tools.markdown.report import Report
from docs_tools.markdown.stash import MARKER, Stash

__all__ = ["BeginPage", "DirectiveBlocks", "SwapDirectives"]

_MERMAID = re.compile(r"^```mermaid\n(?P<source>.*?)\n```$", re.DOTALL | re.MULTILINE)
_DETAILS = re.compile(
    r"^<details(?P<open> open)?>\n<summary>(?P<summary>[^<\n]*)</summary>\n\n"
    r"(?P<body>.*?)\n\n</details>$",
    re.DOTALL | re.MULTILINE,
)
# what begins an item of a list, a definition or a footnote
_ITEM = re.compile(r" {0,3}(?:[*+-]|\d+\.|:|\[\^[^\]]+\]:)(?:\s|$)")


class BeginPage(Preprocessor):
    """Forgets the page before, and takes the mermaid fences of the next."""

    def __init__(self, md: Markdown, report: Report, stash: Stash, diagrams: Diagrams) -> None:
        super().__init__(md)
        self._report = report
        self._stash = stash
        self._diagrams = diagrams

    def run(self, lines: list[str]) -> list[str]:
        """The page as it is."""
        self._report.begin("\n".join(lines))
        self._stash.clear()
        self._diagrams.clear()
        self._diagrams.take_fences(self.md)
        return lines


class SwapDirectives(Preprocessor):
    """Swaps each directive for a marker, once fenced code is out of the way."""

    def __init__(self, md: Markdown, stash: Stash, diagrams: Diagrams) -> None:
        super().__init__(md)
        self._stash = stash
        self._diagrams = diagrams

    def run(self, lines: list[str]) -> list[str]:
        """The page with markers."""
        self._diagrams.take_fenced_code(self.md)
        return self._stash.swap("\n".join(lines)).split("\n")


class DirectiveBlocks(BlockProcessor):
    """Expands the markers that stand on lines of their own."""

    def __init__(self, parser: BlockParser, stash: Stash, diagrams: Diagrams) -> None:
        super().__init__(parser)
        self._stash = stash
        self._diagrams = diagrams

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of the block is such a marker."""
        return self._find(block.split("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Parses what the first marker stands for in its place."""
        lines = blocks[0].split("\n")
        found = self._find(lines)
        if found is None:
            return False
        at, number = found
        del blocks[0]
        if before := "\n".join(lines[:at]).strip("\n"):
            self.parser.parseBlocks(parent, [before])
        if after := "\n".join(lines[at + 1 :]).strip("\n"):
            blocks.insert(0, after)
        self._parse(parent, self._stash.expand(number), number)
        return True

    def _find(self, lines: list[str]) -> tuple[int, int] | None:
        """The first line that is a marker, unless an item before takes it in, and its number."""
        in_item = False
        for i, line in enumerate(lines):
            number = self._number(line)
            if number is not None and not (in_item and line.startswith(" " * self.tab_length)):
                return i, number
            in_item = in_item or bool(_ITEM.match(line))
        return None

    def _number(self, line: str) -> int | None:
        match = MARKER.fullmatch(line.strip())
        if not match or self._stash.is_inline(int(match[1])):
            return None
        return int(match[1])

    def _parse(self, parent: Element, text: str, number: int) -> None:
        """Parses generated Markdown, in which diagrams and details have a form that is known."""
        text = _MERMAID.sub(lambda fence: self._keep(fence["source"], number), text)
        behind = 0
        for match in _DETAILS.finditer(text):
            self._parse_blocks(parent, text[behind : match.start()])
            details = SubElement(parent, "details", {"open": ""} if match["open"] else {})
            SubElement(details, "summary").text = match["summary"]
            self._parse_blocks(details, match["body"])
            behind = match.end()
        self._parse_blocks(parent, text[behind:])

    def _keep(self, source: str, number: int) -> str:
        return str(self.parser.md.htmlStash.store(self._diagrams.keep(source, number)))

    def _parse_blocks(self, parent: Element, text: str) -> None:
        """Runs on the fragment what runs on a page before its blocks are parsed, and parses it."""
        for name in ("fenced_code_block", "html_block"):
            if name in self.parser.md.preprocessors:
                lines = self.parser.md.preprocessors[name].run(text.split("\n"))
                text = "\n".join(lines)
        self.parser.parseBlocks(parent, text.strip("\n").split("\n\n"))
