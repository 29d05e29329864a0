"""Directives on lines of their own."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from docs_tools.markdown.diagrams import Diagrams
from docs_tools.markdown.stash import MARKER, Stash

__all__ = ["BeginPage", "DirectiveBlocks", "SwapDirectives"]

_MERMAID = re.compile(r"^```mermaid\n(?P<source>.*?)\n```$", re.DOTALL | re.MULTILINE)
_DETAILS = re.compile(
    r"^<details>\n<summary>(?P<summary>[^<\n]*)</summary>\n\n(?P<body>.*?)\n\n</details>$",
    re.DOTALL | re.MULTILINE,
)


class BeginPage(Preprocessor):
    """Forgets the page before, and takes the mermaid fences of the next."""

    def __init__(self, md: Markdown, stash: Stash, diagrams: Diagrams) -> None:
        super().__init__(md)
        self._stash = stash
        self._diagrams = diagrams

    def run(self, lines: list[str]) -> list[str]:
        """The page as it is."""
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
        self._dropping: tuple[Element, str] | None = None

    def test(self, parent: Element, block: str) -> bool:
        """Whether a line of the block is such a marker, or all of it is to be dropped."""
        if self._dropping and self._dropping[0] is parent:
            return True
        return any(self._number(line) is not None for line in block.split("\n"))

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Parses what the first marker stands for in its place."""
        if self._dropping and self._dropping[0] is parent:
            self._drop(parent, blocks, self._dropping[1])
            return
        lines = blocks.pop(0).split("\n")
        found = ((i, self._number(line)) for i, line in enumerate(lines))
        at, number = next((i, n) for i, n in found if n is not None)
        if before := "\n".join(lines[:at]).strip("\n"):
            self.parser.parseBlocks(parent, [before])
        if after := "\n".join(lines[at + 1 :]).strip("\n"):
            blocks.insert(0, after)
        self._dropping = None
        self._parse(parent, self._stash.expand(number), number)
        if end := self._stash.end_of(number):
            self._drop(parent, blocks, end)

    def _drop(self, parent: Element, blocks: list[str], end: str) -> None:
        """Drops what an earlier run of `render` wrote behind a directive, up to the end.

        A list item gives its blocks one by one: then what comes next in it is dropped likewise.
        """
        for i, block in enumerate(blocks):
            lines = block.split("\n")
            at = next((k for k, line in enumerate(lines) if line.strip() == end), None)
            if at is not None:
                after = "\n".join(lines[at + 1 :]).strip("\n")
                blocks[: i + 1] = [after] if after else []
                self._dropping = None
                return
        if parent.tag == "li" or self._dropping:
            blocks.clear()
            self._dropping = (parent, end)

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
            details = SubElement(parent, "details")
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
