"""Real Mermaid, run without a browser: draws a diagram, and tells what it says.

The one module that knows how: mermaidx runs Mermaid's own `mermaid.js` in QuickJS. Why it and not
another is in the decisions of the contributing guide. Importing it is slow, and starting Mermaid
takes a third of a second: import it where a diagram has to be drawn.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from mermaidx.engines._common import TextMeasurer, collect_svg, render_script, run_event_loop
from mermaidx.engines.quickjs_engine import Engine, MermaidRenderError

from docs_tools.diagrams.codes import Codes
from docs_tools.diagrams.errors import MermaidError
from docs_tools.diagrams.style import configure

__all__ = ["Mermaid", "mermaid"]

T = TypeVar("T")

# Mermaid registers its kinds of diagram when it first parses one; and what it throws dice for, as
# for the ids of commits, is the same in each drawing
_READY = """
__resetDocument();
mermaid.initialize({startOnLoad: false});
mermaid.parse("pie");
globalThis.__dice = 1;
Math.random = () => (__dice = (__dice * 16807) % 2147483647) / 2147483647;
"""
# https://mermaid.js.org/config/schema-docs/config.html#maxtextsize: Mermaid would draw the message
_LARGEST = 50_000
# nobody knows on what day a drawing is looked at, and it shall not depend on when it is drawn
_TODAY = re.compile(r'<g class="today">.*?</g>', re.DOTALL)
_MOMENT = re.compile(r"\bIconifyId[0-9a-f]+")
_KIND = 'try { mermaid.detectType(%s) } catch { "" }'
_READ = """
globalThis.__renderResult = null;
globalThis.__renderError = null;
__docsToolsRead(%s)
  .then((found) => { globalThis.__renderResult = found; })
  .catch((e) => { globalThis.__renderError = String((e && e.message) || e); });
"""


class _Measurer(TextMeasurer):  # type: ignore[misc]  # mermaidx has no types
    """Measures what is shown: the text with the true characters for its codes."""

    codes = Codes()

    def width(self, text: str | None, *font: Any) -> Any:
        return super().width(self.codes.true(text or ""), *font)

    def full(self, text: str | None, *font: Any) -> Any:
        return super().full(self.codes.true(text or ""), *font)

    def glyphs(self, text: str | None, *font: Any) -> Any:
        return super().glyphs(self.codes.true(text or ""), *font)

    def foreign_object(self, html: str | None, *font: Any) -> Any:
        return super().foreign_object(self.codes.markup(html or ""), *font)


class Mermaid(Engine):  # type: ignore[misc]
    """A started Mermaid.

    A drawing begins in a fresh JavaScript context, since Mermaid counts ids on from one diagram to
    the next; reading alone goes on in the same, and takes milliseconds.

    Attributes:
        scripts: What each context gets besides mermaidx' own.
    """

    scripts: tuple[str, ...] = ("faster.js", "read.js")

    def __init__(self) -> None:
        super().__init__()
        self.start()
        self._measurer = _Measurer()

    def draw(self, source: str) -> tuple[str, dict[str, Any]]:
        """Draws a diagram.

        Returns:
            The SVG, with the id `my-svg`, and what `read` gives.

        Raises:
            MermaidError: Mermaid can't.
        """
        return self._run(self._draw, source)

    def read(self, source: str) -> dict[str, Any]:
        """What a diagram says, as plain data: see `reading.py`.

        Raises:
            MermaidError: Mermaid can't read it.
        """
        return self._run(self._read, source)

    def _run(self, work: Callable[[Codes], T], source: str) -> T:
        """QuickJS belongs to one thread: mermaidx'."""
        if len(source) > _LARGEST:
            raise MermaidError(f"Maximum text size in diagram exceeded: {_LARGEST} characters")
        codes = Codes(source)
        try:
            with _in_utc():
                result: T = self._executor.submit(work, codes).result()
        except MermaidRenderError as error:
            raise MermaidError(codes.message(str(error))) from error
        return result

    def _build_context(self) -> Any:
        context = super()._build_context()
        for script in self.scripts:
            context.eval(files(__package__).joinpath(script).read_text("utf-8"))
        context.eval(_READY)
        return context

    def _draw(self, codes: Codes) -> tuple[str, dict[str, Any]]:
        self._ensure_fresh_context()
        self._ctx_used = True
        self._measurer.codes = codes
        kind = str(self._ctx.eval(_KIND % json.dumps(codes.source)))
        self._ctx.eval(render_script(codes.source, "default", configure(kind), None))
        run_event_loop(self._ctx.eval, self._run_job)
        try:
            svg = codes.markup(collect_svg(self._flat))
        except MermaidRenderError:
            self._read(codes)  # tells more, where it fails too
            raise
        return _timeless(svg), self._read(codes)

    def _read(self, codes: Codes) -> dict[str, Any]:
        self._ctx_used = True
        self._ctx.eval(_READ % json.dumps(codes.source))
        run_event_loop(self._ctx.eval, self._run_job)
        found: dict[str, Any] = codes.facts(json.loads(collect_svg(self._flat)))
        return found

    def _flat(self, script: str) -> Any:
        return self._ctx.eval(f"__flat({script})")


@contextmanager
def _in_utc() -> Iterator[None]:
    """Gives this process no time zone for a while: Mermaid reckons in local time.

    A chart would be another wherever clocks change on other days. Windows can't be told.
    """
    if not hasattr(time, "tzset"):
        yield
        return
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC0"
    time.tzset()
    try:
        yield
    finally:
        if zone is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = zone
        time.tzset()


def _timeless(svg: str) -> str:
    ids = {id: f"icon-{i}" for i, id in enumerate(dict.fromkeys(_MOMENT.findall(svg)))}
    return _MOMENT.sub(lambda match: ids[match[0]], _TODAY.sub("", svg))


@cache
def mermaid() -> Mermaid:
    """The Mermaid of this process."""
    return Mermaid()
