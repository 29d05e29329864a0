"""Mermaid diagrams of a page: those of directives and those that are written as fences.

While the page is parsed a placeholder stands for each. It is drawn when the page is put together:
a fence that turns out to be an example in indented code is never drawn.
"""

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.util import STX

from docs_tools.diagrams import (
    Drawings,
    Fault,
    MermaidError,
    find_faults,
    for_browser,
    render_facts,
    render_figure,
)
from docs_tools.errors import Diagnostic, DocsToolsError

__all__ = ["Diagram", "Diagrams", "ShowDiagrams"]

_PLACEHOLDER = re.compile(rf"<figure>{STX}docs_tools-diagram:(\d+);</figure>")
# what Python-Markdown's own fenced_code makes of a mermaid fence, whatever stands in its header
_FENCED_CODE = re.compile(
    r'<pre\b[^>]*><code class="language-mermaid[ "][^>]*>(.*?)</code></pre>', re.DOTALL
)
_FIGURE = re.compile(
    r'<figure class="docs_tools-diagram" id="(?P<id>(?P<own>diagram-[0-9a-f]{8})(?:-\d+)?)"'
    r".*?</figure>",
    re.DOTALL,
)


@dataclass(frozen=True)
class Diagram:
    """A diagram of a page.

    Attributes:
        source: Its Mermaid source.
        occurrence: Which of the fences with this source it is, from 0.
        directive: The number of the directive that it comes from.
        flush: Its fence begins a line, as it must with Python-Markdown's own fenced_code.
    """

    source: str
    occurrence: int
    directive: int | None = None
    flush: bool = False


class Diagrams:
    """The diagrams of a page.

    Args:
        drawings: Gives what draws them, when there is one to draw.
        drawn: Whether they are drawn now or left to the reader's browser.
        report: Is told what is wrong with which diagram.
    """

    def __init__(
        self,
        drawings: Callable[[], Drawings],
        drawn: Callable[[], bool],
        report: Callable[[DocsToolsError, Diagram], None],
    ) -> None:
        self._drawings = drawings
        self._drawn = drawn
        self._report = report
        self._diagrams: list[Diagram] = []
        self._written: Counter[str] = Counter()

    def clear(self) -> None:
        """Forgets the diagrams of the page before."""
        self._diagrams.clear()
        self._written.clear()

    def keep(self, source: str, directive: int | None = None, *, flush: bool = False) -> str:
        """The placeholder for a diagram."""
        occurrence = self._written[source] if directive is None else 0
        self._diagrams.append(Diagram(source, occurrence, directive, flush))
        if directive is None:
            self._written[source] += 1
        return f"<figure>{STX}docs_tools-diagram:{len(self._diagrams) - 1};</figure>"

    def take_fences(self, md: Markdown) -> None:
        """Has superfences give its mermaid fences here, whatever a site has set for them."""
        fences: Any = getattr(_fenced(md), "extension", None)
        listed = getattr(fences, "superfences", None)
        if listed is None or any(getattr(e["formatter"], "__self__", None) is self for e in listed):
            return
        # the last that takes a language gets it
        fences.extend_super_fences("mermaid", self._format, _accept, None)

    def take_fenced_code(self, md: Markdown) -> None:
        """Takes the mermaid fences that Python-Markdown's own fenced_code has stashed."""
        blocks: list[Any] = md.htmlStash.rawHtmlBlocks
        for i, block in enumerate(blocks):
            if isinstance(block, str) and (match := _FENCED_CODE.fullmatch(block.strip())):
                blocks[i] = self.keep(html.unescape(match[1]).rstrip("\n"), flush=True)

    def show(self, text: str) -> str:
        """The page with its diagrams."""
        text = _PLACEHOLDER.sub(lambda match: self._show(self._diagrams[int(match[1])]), text)
        return _tell_apart(text)

    def _format(self, src: str, *_args: Any, **_settings: Any) -> str:
        return self.keep(src)

    def _show(self, diagram: Diagram) -> str:
        drawings, source = self._drawings(), diagram.source
        try:
            if not self._drawn():
                reading = drawings.read(source)
                sent = html.escape(for_browser(source, reading.kind), quote=False)
                shown = f'<pre class="mermaid">{sent}</pre>'
            else:
                drawing = drawings.draw(source)
                reading = drawing.reading
                shown = render_figure(drawing, f"diagram-{drawing.key[:8]}")
        except MermaidError as error:
            first, _, rest = str(error).removeprefix("Error: ").partition("\n")
            self._fail(
                diagram, [Diagnostic(f"Mermaid can't read this diagram: {first}", hint=rest)]
            )
            return ""
        if faults := list(find_faults(reading)):
            self._fail(diagram, [_diagnose(fault) for fault in faults])
        return shown if diagram.directive is not None else shown + render_facts(reading, source)

    def _fail(self, diagram: Diagram, problems: list[Diagnostic]) -> None:
        self._report(DocsToolsError("a diagram is wrong", diagnostics=problems), diagram)


class ShowDiagrams(Postprocessor):
    """Puts the diagrams in, once raw HTML is back."""

    def __init__(self, md: Markdown, diagrams: Diagrams) -> None:
        super().__init__(md)
        self._diagrams = diagrams

    def run(self, text: str) -> str:
        """The page with its diagrams."""
        return self._diagrams.show(text)


def _fenced(md: Markdown) -> Any:
    named = "fenced_code_block" in md.preprocessors
    return md.preprocessors["fenced_code_block"] if named else None


def _tell_apart(text: str) -> str:
    """Gives each figure of a page an id of its own, with all ids in it.

    A drawing has the same id on every page, from its content; figures that are there already come
    from a page within this one, such as a docstring.
    """
    seen: Counter[str] = Counter()

    def name(figure: re.Match[str]) -> str:
        own = figure["own"]
        seen[own] += 1
        return figure[0].replace(figure["id"], f"{own}-{seen[own]}" if seen[own] > 1 else own)

    return _FIGURE.sub(name, text)


def _diagnose(fault: Fault) -> Diagnostic:
    return Diagnostic(f"this diagram: {fault.message}", hint=fault.hint)


def _accept(_language: str, inputs: Any, _options: Any, _attributes: Any, _md: Markdown) -> bool:
    """Takes a fence whatever stands in its header: a title or a class is nothing to Mermaid."""
    inputs.clear()
    return True
