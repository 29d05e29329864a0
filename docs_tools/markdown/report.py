"""What is wrong on a page: collected for an adapter, else raised when the page is done."""

from collections.abc import Callable
from textwrap import shorten
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from docs_tools.errors import Diagnostic, DocsToolsError, count_problems
from docs_tools.markdown.diagrams import Diagram
from docs_tools.markdown.engine import find_engine
from docs_tools.markdown.stash import Stash
from docs_tools.markdown.syntax import Position, Source, find_diagram, find_directive

__all__ = ["EndPage", "EndTree", "Report"]


class Report:
    """What is wrong on the pages of a Markdown, each problem with its line.

    Args:
        md: What converts the pages.
        given: The page as an adapter has named it, if there is an adapter.
        collected: Where problems go then; without an adapter `finish` raises them.
    """

    def __init__(
        self, md: Markdown, given: Callable[[], Source | None], collected: list[Diagnostic]
    ) -> None:
        self._md = md
        self._given = given
        self._collected = collected
        self._raised: list[Diagnostic] = []
        self._text = ""
        self._parsed = False

    def begin(self, text: str) -> None:
        """Forgets the page before.

        Args:
            text: The page as it is given to Markdown.
        """
        self._raised.clear()
        self._parsed = False
        self._text = text.replace("\r\n", "\n")

    def add(self, error: DocsToolsError, directive: str, occurrence: int) -> None:
        """Records what is wrong with a directive."""
        source = self._source()
        at = find_directive(source.text, directive, occurrence)
        # where no file is known, the line alone would help little
        quoted = "" if source.file else f"{shorten(directive, 80, placeholder=' …')}: "
        self._add(error, source, at, quoted)

    def add_diagram(self, error: DocsToolsError, diagram: Diagram, stash: Stash) -> None:
        """Records what is wrong with a diagram, at its fence or its directive."""
        if diagram.directive is not None:
            self.add(error, *stash.place(diagram.directive))
            return
        source = self._source()
        at = find_diagram(
            source.text, diagram.source, diagram.occurrence, indented=not diagram.flush
        )
        self._add(error, source, at)

    def end_tree(self) -> None:
        """Knows that what postprocessors get from now on is the page."""
        self._parsed = True

    def finish(self) -> None:
        """Raises all that is wrong on the page, where no adapter collects it."""
        if self._raised and self._parsed:
            found = sorted(self._raised, key=lambda problem: problem.line or 0)
            self._raised.clear()
            raise DocsToolsError(count_problems(found, "in the page"), diagnostics=found)

    def _source(self) -> Source:
        if given := self._given():
            return given
        engine = find_engine(self._md)
        return engine.read_page(self._text) if engine else Source("", self._text)

    def _add(
        self, error: DocsToolsError, source: Source, at: Position | None, quoted: str = ""
    ) -> None:
        included = "" if at else " (in a file that the page includes)"
        file, (line, column) = source.file or None, at or (None, None)
        problems = self._collected if self._given() else self._raised
        problems += [
            Diagnostic(f"{quoted}{d.message}{included}", file, line, column, d.hint)
            for d in error.diagnostics
        ]


class EndTree(Treeprocessor):
    """Tells that the tree is done: `toc` runs postprocessors for each heading before."""

    def __init__(self, md: Markdown, report: Report) -> None:
        super().__init__(md)
        self._report = report

    def run(self, root: Element) -> None:
        """Leaves the tree as it is."""
        self._report.end_tree()


class EndPage(Postprocessor):
    """Tells that the page is done."""

    def __init__(self, md: Markdown, report: Report) -> None:
        super().__init__(md)
        self._report = report

    def run(self, text: str) -> str:
        """The page as it is."""
        self._report.finish()
        return text
