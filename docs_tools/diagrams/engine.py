"""Real Mermaid, run without a browser: draws a diagram, and tells what it says.

The one module that knows how: mermaidx runs Mermaid's own `mermaid.js` in QuickJS. Why it and not
another is in the decisions of the contributing guide. Importing it is slow, and starting Mermaid
takes a third of a second: import it where a diagram has to be drawn.
"""

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from mermaidx.engines._common import collect_svg, render_script, run_event_loop
from mermaidx.engines.quickjs_engine import Engine, MermaidRenderError

from docs_tools.diagrams.errors import MermaidError
from docs_tools.diagrams.style import CONFIG

__all__ = ["Mermaid", "mermaid"]

T = TypeVar("T")

# Mermaid registers its kinds of diagram when it first parses one
_READY = "__resetDocument(); mermaid.initialize({startOnLoad: false}); mermaid.parse('pie');"
_READ = """
globalThis.__renderResult = null;
globalThis.__renderError = null;
__docsToolsRead(%s)
  .then((found) => { globalThis.__renderResult = found; })
  .catch((e) => { globalThis.__renderError = String((e && e.message) || e); });
"""


class Mermaid(Engine):  # type: ignore[misc]  # mermaidx has no types
    """A started Mermaid.

    A drawing begins in a fresh JavaScript context, since Mermaid counts ids on from one diagram to
    the next; reading alone goes on in the same, and takes milliseconds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.start()

    def draw(self, source: str) -> tuple[str, dict[str, Any]]:
        """Draws a diagram.

        Returns:
            The SVG, with the id `my-svg`, and what `read` gives.

        Raises:
            MermaidError: Mermaid can't.
        """
        return self._run(lambda: self._draw(source))

    def read(self, source: str) -> dict[str, Any]:
        """What a diagram says, as plain data: see `reading.py`.

        Raises:
            MermaidError: Mermaid can't read it.
        """
        return self._run(lambda: self._read(source))

    def _run(self, work: Callable[[], T]) -> T:
        """QuickJS belongs to one thread: mermaidx'."""
        try:
            result: T = self._executor.submit(work).result()
        except MermaidRenderError as error:
            raise MermaidError(str(error)) from error
        return result

    def _build_context(self) -> Any:
        context = super()._build_context()
        for script in ("faster.js", "read.js"):
            context.eval(files(__package__).joinpath(script).read_text("utf-8"))
        context.eval(_READY)
        return context

    def _draw(self, source: str) -> tuple[str, dict[str, Any]]:
        self._ensure_fresh_context()
        self._ctx_used = True
        self._ctx.eval(render_script(source, "default", CONFIG, None))
        run_event_loop(self._ctx.eval, self._run_job)
        svg = collect_svg(self._flat)
        return svg, self._read(source)

    def _read(self, source: str) -> dict[str, Any]:
        self._ctx_used = True
        self._ctx.eval(_READ % json.dumps(source))
        run_event_loop(self._ctx.eval, self._run_job)
        found: dict[str, Any] = json.loads(collect_svg(self._flat))
        return found

    def _flat(self, script: str) -> Any:
        return self._ctx.eval(f"__flat({script})")


@cache
def mermaid() -> Mermaid:
    """The Mermaid of this process."""
    return Mermaid()
