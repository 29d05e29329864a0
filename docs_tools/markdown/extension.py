"""Directives in the stream of Python-Markdown's processors.

A preprocessor swaps each comment for a marker once fenced code is out of the way; a block
processor expands the markers that stand on lines of their own, wherever in lists, admonitions or
tabs they are; an inline processor expands those that stand for a piece of a sentence; what is left
afterwards stood in code or raw HTML and is put back as written. The priorities and the cases are
in the decisions of the contributing guide.
"""

from pathlib import Path
from typing import Any

from markdown import Extension, Markdown

from docs_tools.diagrams import Drawings
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.markdown.blocks import BeginPage, DirectiveBlocks, SwapDirectives
from docs_tools.markdown.context import Context
from docs_tools.markdown.diagrams import Diagram, Diagrams, ShowDiagrams
from docs_tools.markdown.inline import DirectivesInText, FactsInAttributes
from docs_tools.markdown.restore import RestoreDirectives
from docs_tools.markdown.stash import Stash
from docs_tools.markdown.syntax import Source, find_diagram, find_line
from docs_tools.model.facts import load_facts

__all__ = ["DirectivesExtension", "makeExtension"]


class DirectivesExtension(Extension):
    """Expands directives and draws diagrams.

    With an engine that runs Markdown extensions only, the option `data` names the data folder.
    An adapter that has the facts passes a context instead, sets `source` before each page, and
    collects `problems`; without an adapter a problem is raised.

    Args:
        context: The facts, where an adapter has them.
        **options: Options of the extension.
    """

    def __init__(self, context: Context | None = None, **options: Any) -> None:
        self.config = {
            "data": ["docs/data", "Folder of the data files"],
            "diagrams": ["drawn", "drawn: inline SVG; client: drawn by the reader's browser"],
        }
        super().__init__(**options)
        if (mode := self.getConfig("diagrams")) not in ("drawn", "client"):
            hint = "write drawn or client"
            raise DocsToolsError(f'docs_tools: diagrams can\'t be "{mode}"', hint=hint)
        self._context = context
        self._drawings: Drawings | None = None
        self.source: Source | None = None
        self.problems: list[Diagnostic] = []

    @property
    def context(self) -> Context:
        """The facts, read at the first directive where no adapter gave them."""
        if self._context is None:
            folder = self.getConfig("data")
            self._context = Context.of_newest(load_facts(Path(folder), folder))
        return self._context

    @context.setter
    def context(self, context: Context) -> None:
        self._context = context

    @property
    def drawings(self) -> Drawings:
        """What draws the diagrams, and remembers them in the project's folder."""
        if self._drawings is None:
            self._drawings = Drawings.of(self._context.root if self._context else Path())
        return self._drawings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Registers the processors.

        A page can hold others: mkdocstrings converts each docstring of it by a Markdown of its own,
        with this same extension. So what is kept of a page belongs to its Markdown.
        """
        stash = Stash(lambda: self.context, self._report)
        diagrams = Diagrams(
            lambda: self.drawings,
            lambda: self.getConfig("diagrams") == "drawn",
            lambda error, diagram: self._report_diagram(error, diagram, stash),
        )
        if "table" not in md.parser.blockprocessors:
            md.registerExtensions(["tables"], {})
        # first of all, once all extensions are there
        md.preprocessors.register(BeginPage(md, stash, diagrams), "docs_tools_begin", 1000)
        # 24: behind fenced code (25), so that directives in it stay, before raw HTML (20)
        md.preprocessors.register(SwapDirectives(md, stash, diagrams), "docs_tools", 24)
        # 79: behind indented code (80)
        blocks = DirectiveBlocks(md.parser, stash, diagrams)
        md.parser.blockprocessors.register(blocks, "docs_tools", 79)
        # 185: behind inline code (190), where a directive stays as it is
        md.inlinePatterns.register(DirectivesInText(stash, md), "docs_tools", 185)
        # 19: behind inline patterns (20), which have put links together
        md.treeprocessors.register(FactsInAttributes(md), "docs_tools", 19)
        # before raw HTML comes back (30) what is left stood in code; behind it, in raw HTML or in
        # code that an extension has highlighted
        restore = RestoreDirectives(md, stash, escape=True)
        md.postprocessors.register(restore, "docs_tools_code", 35)
        restore = RestoreDirectives(md, stash, escape=False)
        md.postprocessors.register(restore, "docs_tools_html", 25)
        md.postprocessors.register(ShowDiagrams(md, diagrams), "docs_tools_diagrams", 24)

    def _report(self, error: DocsToolsError, directive: str, occurrence: int) -> None:
        """Records what is wrong with a directive, with the page and the line."""
        if self.source is None:
            raise error
        self._add(error, find_line(self.source.text, directive, occurrence))

    def _report_diagram(self, error: DocsToolsError, diagram: Diagram, stash: Stash) -> None:
        """Records what is wrong with a diagram, with the line of its fence or its directive."""
        if diagram.directive is not None:
            self._report(error, *stash.place(diagram.directive))
        elif self.source is None:
            raise error
        else:
            self._add(error, find_diagram(self.source.text, diagram.source, diagram.occurrence))

    def _add(self, error: DocsToolsError, line: int | None) -> None:
        file = self.source.file if self.source else None
        included = "" if line else " (in a file that the page includes)"
        column = 1 if line else None
        self.problems += [
            Diagnostic(d.message + included, file, line, column, d.hint) for d in error.diagnostics
        ]


def makeExtension(**options: Any) -> DirectivesExtension:  # noqa: N802 - Python-Markdown's name
    """What Python-Markdown calls where the extension is named by its module."""
    return DirectivesExtension(**options)
