"""Directives in the stream of Python-Markdown's processors.

A preprocessor swaps each comment for a marker once fenced code is out of the way; a block
processor expands the markers that stand on lines of their own, wherever in lists, admonitions or
tabs they are; what is left afterwards stood in code or raw HTML and is put back as written. The
priorities and the cases are in the decisions of the contributing guide.
"""

import html
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import STX

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.markdown.expand import expand
from docs_tools.markdown.syntax import DIRECTIVE, Source, find_line
from docs_tools.model.facts import load_facts

__all__ = ["DirectivesExtension", "makeExtension"]

# ETX would end the marker as a stash of Python-Markdown's own, which replaces it early
_MARKER = re.compile(STX + r"docs_tools:(\d+);")
_CODE = re.compile(r"<code\b.*?</code>", re.DOTALL)
_MERMAID = re.compile(r"^```mermaid\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


# Mermaid has no gantt colours of its own for a dark page; these follow the theme's scheme
_GANTT_CSS = (
    ".titleText,.sectionTitle,.taskTextOutsideRight,.taskTextOutsideLeft,.milestoneText,.tick text"
    "{fill:var(--md-default-fg-color,currentColor)!important}"
    ".section{opacity:1!important;fill:transparent}"
    ".section0,.section2{fill:var(--md-default-fg-color--lightest,#8882)!important}"
)
_INIT = '%%{init: {"themeCSS": "' + _GANTT_CSS + '"}}%%\n'


class DirectivesExtension(Extension):
    """Expands directives.

    With an engine that runs Markdown extensions only, the option `data` names the data folder.
    An adapter that has the facts passes a context instead, sets `source` before each page, and
    collects `problems`; without an adapter a problem is raised.

    Args:
        context: The facts, where an adapter has them.
        **options: Options of the extension.
    """

    def __init__(self, context: Context | None = None, **options: Any) -> None:
        self.config = {"data": ["docs/data", "Folder of the data files"]}
        super().__init__(**options)
        self._context = context
        self.source: Source | None = None
        self.problems: list[Diagnostic] = []

    @property
    def context(self) -> Context:
        """The facts, read at the first directive where no adapter gave them."""
        if self._context is None:
            folder = self.getConfig("data")
            facts = load_facts(Path(folder), folder)
            self._context = Context(facts)
            if facts.layers and facts.layers.newest:
                source = f"{folder}/layers.yml"
                self._context.layers = facts.layers.select(facts.layers.newest, source)
        return self._context

    @context.setter
    def context(self, context: Context) -> None:
        self._context = context

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Registers the processors."""
        stash = _Stash(self)
        md.registerExtension(self)
        if "table" not in md.parser.blockprocessors:
            md.registerExtensions(["tables"], {})
        # 24: behind fenced code (25), so that directives in it stay, before raw HTML (20)
        md.preprocessors.register(_Swap(md, stash), "docs_tools", 24)
        # 79: behind indented code (80)
        md.parser.blockprocessors.register(_Block(md.parser, stash), "docs_tools", 79)
        # 185: behind inline code (190), where a directive stays as it is
        md.inlinePatterns.register(_Inline(stash, md), "docs_tools", 185)
        # before raw HTML comes back (30) what is left stood in code; behind it, in raw HTML or in
        # code that an extension has highlighted
        md.postprocessors.register(_Restore(md, stash, escape=True), "docs_tools_code", 35)
        md.postprocessors.register(_Restore(md, stash, escape=False), "docs_tools_html", 25)
        self._stash = stash

    def reset(self) -> None:
        """Forgets the directives of the page before."""
        self._stash.clear()

    def report(self, error: DocsToolsError, directive: str, occurrence: int) -> None:
        """Records what is wrong with a directive, with the page and the line."""
        source = self.source
        if source is None:
            raise error
        line = find_line(source.text, directive, occurrence)
        for d in error.diagnostics:
            included = "" if line else " (in a file that the page includes)"
            self.problems.append(
                Diagnostic(d.message + included, source.file, line, 1 if line else None, d.hint)
            )


class _Stash:
    """The directives of a page: what each marker stands for."""

    def __init__(self, extension: DirectivesExtension) -> None:
        self.extension = extension
        self._matches: list[re.Match[str]] = []
        self._occurrences: list[int] = []
        self._seen: Counter[str] = Counter()

    def clear(self) -> None:
        self._matches.clear()
        self._occurrences.clear()
        self._seen.clear()

    def swap(self, match: re.Match[str]) -> str:
        self._occurrences.append(self._seen[match[0]])
        self._seen[match[0]] += 1
        self._matches.append(match)
        return f"{STX}docs_tools:{len(self._matches) - 1};"

    def text(self, number: int) -> str:
        return self._matches[number][0]

    def expand(self, number: int) -> str:
        match = self._matches[number]
        try:
            return expand(match, self.extension.context)
        except DocsToolsError as error:
            if not error.diagnostics or any(d.file for d in error.diagnostics):
                raise  # the data itself: it has its own place
            self.extension.report(error, match[0], self._occurrences[number])
            return ""

    def refuse_inline(self, number: int) -> None:
        match = self._matches[number]
        message = f"docs_tools/{match['name']} must stand on a line of its own"
        hint = "put the directive between blank lines"
        error = DocsToolsError(message, diagnostics=[Diagnostic(message, hint=hint)])
        self.extension.report(error, match[0], self._occurrences[number])


class _Swap(Preprocessor):
    def __init__(self, md: Markdown, stash: _Stash) -> None:
        super().__init__(md)
        self._stash = stash

    def run(self, lines: list[str]) -> list[str]:
        return DIRECTIVE.sub(self._stash.swap, "\n".join(lines)).split("\n")


class _Block(BlockProcessor):
    def __init__(self, parser: BlockParser, stash: _Stash) -> None:
        super().__init__(parser)
        self._stash = stash

    def test(self, parent: Element, block: str) -> bool:
        return any(_MARKER.fullmatch(line.strip()) for line in block.split("\n"))

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        at = next(i for i, line in enumerate(lines) if _MARKER.fullmatch(line.strip()))
        match = _MARKER.fullmatch(lines[at].strip())
        if before := "\n".join(lines[:at]).strip("\n"):
            self.parser.parseBlocks(parent, [before])
        if match:
            text = _MERMAID.sub(self._diagram, self._stash.expand(int(match[1])))
            self.parser.parseBlocks(parent, self._prepare(text).split("\n\n"))
        if after := "\n".join(lines[at + 1 :]).strip("\n"):
            blocks.insert(0, after)

    def _diagram(self, match: re.Match[str]) -> str:
        text = html.escape(_INIT + match[1], quote=False)
        return self._store(f'<pre class="mermaid">{text}</pre>')

    def _store(self, raw: str) -> str:
        return str(self.parser.md.htmlStash.store(raw))

    def _prepare(self, text: str) -> str:
        """Runs on the fragment what runs on a page before its blocks are parsed."""
        for name in ("fenced_code_block", "html_block"):
            if name in self.parser.md.preprocessors:
                lines = self.parser.md.preprocessors[name].run(text.split("\n"))
                text = "\n".join(lines)
        return text


class _Inline(InlineProcessor):
    """A block directive in the middle of a sentence is a mistake, and said to be one."""

    def __init__(self, stash: _Stash, md: Markdown) -> None:
        super().__init__(_MARKER.pattern, md)
        self._stash = stash

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        self._stash.refuse_inline(int(m[1]))
        return "", m.start(0), m.end(0)


class _Restore(Postprocessor):
    def __init__(self, md: Markdown, stash: _Stash, *, escape: bool) -> None:
        super().__init__(md)
        self._stash = stash
        self._escape = escape

    def run(self, text: str) -> str:
        if STX not in text:
            return text
        if self._escape:
            return _MARKER.sub(self._escaped, text)
        text = _CODE.sub(lambda code: _MARKER.sub(self._escaped, code[0]), text)
        return _MARKER.sub(lambda marker: self._stash.text(int(marker[1])), text)

    def _escaped(self, marker: re.Match[str]) -> str:
        return html.escape(self._stash.text(int(marker[1])), quote=False)


def makeExtension(**options: Any) -> DirectivesExtension:  # noqa: N802 - Python-Markdown's name
    """What Python-Markdown calls where the extension is named by its module."""
    return DirectivesExtension(**options)
