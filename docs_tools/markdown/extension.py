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
from docs_tools.markdown.diagrams import Diagrams, ShowDiagrams
from docs_tools.markdown.engine import find_engine
from docs_tools.markdown.inline import DirectivesInCode, DirectivesInText, PlainFacts
from docs_tools.markdown.report import EndPage, EndTree, Report
from docs_tools.markdown.restore import RestoreDirectives
from docs_tools.markdown.stash import Stash
from docs_tools.markdown.syntax import Source
from docs_tools.model.facts import load_facts

__all__ = ["DirectivesExtension", "makeExtension"]


class DirectivesExtension(Extension):
    """Expands directives and draws diagrams.

    With an engine that runs Markdown extensions only, the option `data` names the data folder.
    An adapter that has the facts passes a context instead, sets `source` before each page, and
    collects `problems`; without an adapter all problems of a page are raised when it is done.

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
        self.drawings: Drawings | None = None
        """What draws the diagrams; that of the project's folder if an adapter gives none."""
        self.source: Source | None = None
        self.problems: list[Diagnostic] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Registers the processors.

        A page can hold others: mkdocstrings converts each docstring of it by a Markdown of its own,
        with this same extension. So what is kept of a page belongs to its Markdown.
        """
        report = Report(md, lambda: self.source, self.problems)
        stash = Stash(lambda: self._read(md), report.add)
        diagrams = Diagrams(
            lambda: self._draw(md),
            lambda: self.getConfig("diagrams") == "drawn",
            lambda error, diagram: report.add_diagram(error, diagram, stash),
        )
        if "table" not in md.parser.blockprocessors:
            md.registerExtensions(["tables"], {})
        # first of all, once all extensions are there
        md.preprocessors.register(BeginPage(md, report, stash, diagrams), "docs_tools_begin", 1000)
        # 24: behind fenced code (25), so that directives in it stay, before raw HTML (20)
        md.preprocessors.register(SwapDirectives(md, stash, diagrams), "docs_tools", 24)
        # 79: behind indented code (80)
        blocks = DirectiveBlocks(md.parser, stash, diagrams)
        md.parser.blockprocessors.register(blocks, "docs_tools", 79)
        # 191: before inline code (190), where a directive stays as it is; 185: behind it
        md.inlinePatterns.register(DirectivesInCode(stash, md), "docs_tools_code", 191)
        inline = DirectivesInText(stash, md)
        md.inlinePatterns.register(inline, "docs_tools", 185)
        # 6: behind what sets attributes (20 to 7), before the table of contents (5)
        md.treeprocessors.register(PlainFacts(inline, md), "docs_tools", 6)
        # before raw HTML comes back (30) what is left stood in code; behind it, in raw HTML or in
        # code that an extension has highlighted
        restore = RestoreDirectives(md, stash, escape=True)
        md.postprocessors.register(restore, "docs_tools_code", 35)
        restore = RestoreDirectives(md, stash, escape=False)
        md.postprocessors.register(restore, "docs_tools_html", 25)
        md.postprocessors.register(ShowDiagrams(md, diagrams), "docs_tools_diagrams", 24)
        # last of all
        md.treeprocessors.register(EndTree(md, report), "docs_tools_end", -1000)
        md.postprocessors.register(EndPage(md, report), "docs_tools_end", -1000)

    def _read(self, md: Markdown) -> Context:
        """The facts, read at the first directive where no adapter gave them."""
        if self._context is None:
            root, folder = _root(md), self.getConfig("data")
            if not (root / folder).is_dir():
                hint = "make it, or name yours as the option `data` of the extension docs_tools"
                raise DocsToolsError(f"there is no data folder {folder}", hint=hint)
            self._context = Context.of_newest(load_facts(root / folder, folder), root=root)
        return self._context

    def _draw(self, md: Markdown) -> Drawings:
        """What draws the diagrams, and remembers them in the project's folder."""
        if self.drawings is None:
            self.drawings = Drawings.of(self._context.root if self._context else _root(md))
        return self.drawings


def _root(md: Markdown) -> Path:
    """Where relative paths start: where the engine's configuration is, if it tells."""
    engine = find_engine(md)
    return engine.root if engine else Path()


def makeExtension(**options: Any) -> DirectivesExtension:  # noqa: N802 - Python-Markdown's name
    """What Python-Markdown calls where the extension is named by its module."""
    return DirectivesExtension(**options)
