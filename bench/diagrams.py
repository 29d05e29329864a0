"""How the ways to draw Mermaid without a browser compare to Mermaid in Chromium, on this site.

`make bench` prints one table. Time is that of a drawing in a process that has drawn before; what a
first drawing costs stands above it. Fidelity is what was drawn beside the drawing of Chromium with
the same Mermaid and the same configuration. merman follows a later Mermaid, 12.1, so some of its
differences are Mermaid's own.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from docs_tools.diagrams import Drawings, memory
from docs_tools.diagrams.engine import Mermaid
from docs_tools.diagrams.style import configure

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
Draw = Callable[[str, str], str]
COLD = {
    "ours": "from docs_tools.diagrams.engine import mermaid; mermaid().draw({source!r})",
    "mermaidx": "from docs_tools.diagrams.engine import Mermaid; Mermaid.scripts = ('read.js',);"
    " Mermaid().draw({source!r})",
    "merman": "import merman; merman.Merman().render_svg({source!r}, None)",
}


class Plain(Mermaid):
    """Mermaid as mermaidx runs it, with our configuration."""

    scripts = ("read.js",)


@dataclass(frozen=True)
class Found:
    """What is in a drawing.

    Attributes:
        texts: Each text, without blanks, and how often it is there.
        counts: Nodes, groups, edges and tasks.
        bars: Start and end of each task as parts of the chart's width.
        width: In pixels.
        height: In pixels.
        size: In bytes.
    """

    texts: Counter[str]
    counts: tuple[int, int, int, int]
    bars: dict[str, tuple[float, float]]
    width: float
    height: float
    size: int


def main() -> None:
    """Prints the table."""
    sources = dict(collect())
    first = next(iter(sources.values()))[1]
    print(f"{len(sources)} diagrams of the site, each drawn {RUNS} times; medians")
    with chromium() as (draw_chromium, seconds):
        ours, plain = Mermaid(), Plain()
        engines: dict[str, Draw] = {
            "chromium": draw_chromium,
            "ours": lambda source, _kind: ours.draw(source)[0],
            "mermaidx": lambda source, _kind: plain.draw(source)[0],
        }
        if find_spec("merman"):
            engines["merman"] = draw_merman
        cold = {name: cold_start(COLD[name], first) for name in engines if name in COLD}
        told = {"chromium": seconds, **cold}
        print("first drawing: " + ", ".join(f"{name} {s:.2f} s" for name, s in told.items()))
        print(HEADER)
        for name, (kind, source) in sources.items():
            measure(name, kind, source, engines)


HEADER = (
    f"\n{'diagram':22} {'engine':10} {'ms':>8} {'ratio':>7} {'kB':>6} {'ratio':>6} "
    f"{'texts':>9} {'counts':>7} {'bars':>7} {'width':>6} {'height':>6}\n" + "-" * 103
)


def measure(name: str, kind: str, source: str, engines: dict[str, Draw]) -> None:
    """Prints a line for each engine, and one for what is remembered."""
    true: Found | None = None
    base = 0.0
    for engine, draw in engines.items():
        seconds, svg = timed(lambda draw=draw: draw(source, kind))  # type: ignore[misc]
        found = look(svg)
        true, base = true or found, base or seconds
        print(line(name, engine, seconds, base, found, true))
    with tempfile.TemporaryDirectory() as folder:
        Drawings(Path(folder)).draw(source)
        seconds, _ = timed(lambda: Drawings(Path(folder)).draw(source).svg)
    print(f"{name:22} {'remembered':10} {seconds * 1000:8.1f} {seconds / base:7.3f}")


def line(name: str, engine: str, seconds: float, base: float, found: Found, true: Found) -> str:
    """One drawing beside that of Chromium."""
    same = sum((found.texts & true.texts).values())
    shifts = [
        abs(a - b)
        for id, bar in true.bars.items()
        for a, b in zip(bar, found.bars.get(id, (9, 9)), strict=True)
    ]
    bars = f"{max(shifts):7.2%}" if shifts else f"{'':7}"
    counts = "same" if found.counts == true.counts else "/".join(map(str, found.counts))
    return (
        f"{name:22} {engine:10} {seconds * 1000:8.1f} {seconds / base:7.2f}"
        f" {found.size / 1000:6.1f} {found.size / true.size:6.2f}"
        f" {f'{same}/{sum(true.texts.values())}':>9} {counts:>7} {bars}"
        f" {found.width / true.width:6.2f} {found.height / true.height:6.2f}"
    )


def timed(work: Callable[[], str]) -> tuple[float, str]:
    """The median of some runs, and the result."""
    times, result = [], ""
    for _ in range(RUNS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def cold_start(code: str, source: str) -> float:
    """Seconds for a first drawing in a new process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code.format(source=source)], check=True)
    return time.perf_counter() - start


def collect() -> Iterator[tuple[str, tuple[str, str]]]:
    """Each diagram of this site by a name, with its kind and its source."""
    from mkdocs.config import load_config

    from docs_tools.build.site import run_build

    sources: list[str] = []
    draw = memory._draw

    def record(source: str) -> tuple[str, dict[str, Any]]:
        sources.append(source)
        return draw(source)

    memory._draw = record
    with tempfile.TemporaryDirectory() as folder:
        os.environ[memory.CACHE_VARIABLE] = f"{folder}/cache"
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        os.chdir(ROOT)
        run_build(load_config(str(ROOT / "mkdocs.yml"), site_dir=f"{folder}/site"))
        kinds = [Drawings(Path(folder, "cache/diagrams")).draw(s).reading.kind for s in sources]
    memory._draw = draw
    for i, (kind, source) in enumerate(zip(kinds, sources, strict=True), 1):
        yield f"{i} {kind}", (kind, source)


@contextmanager
def chromium() -> Iterator[tuple[Draw, float]]:
    """Draws with Mermaid in Chromium, and tells how long its start took."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("install the package chromium")
    script = files("mermaidx").joinpath("assets", "mermaid.js").read_text("utf-8")
    start = time.perf_counter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_content("<!doctype html><meta charset=utf-8><body>")
        page.add_script_tag(content=script)

        def draw(source: str, kind: str) -> str:
            config = {"startOnLoad": False, "theme": "default", **configure(kind)}
            svg: str = page.evaluate(
                """async ([source, config]) => {
                    mermaid.initialize(config);
                    return (await mermaid.render("my-svg", source)).svg;
                }""",
                [source, config],
            )
            return svg

        draw("flowchart TB\n a", "flowchart")
        yield draw, time.perf_counter() - start
        browser.close()


def draw_merman(source: str, kind: str) -> str:
    """Draws with merman; there are wheels for some platforms only."""
    import merman

    options = json.dumps({"site_config": configure(kind), "svg": {"diagram_id": "my-svg"}})
    svg: str = merman.Merman().render_svg(source, options)
    return svg


def look(svg: str) -> Found:
    """What is in a drawing."""
    root = ElementTree.fromstring(re.sub(r"&nbsp;", " ", svg))
    elements = [(element.tag.rpartition("}")[2], element) for element in root.iter()]
    classes = Counter(
        name for _, element in elements for name in set((element.get("class") or "").split())
    )
    _, _, width, height = map(float, (root.get("viewBox") or "0 0 1 1").split())
    texts = Counter(
        text
        for tag, element in elements
        if tag in ("text", "foreignObject")
        and (text := "".join("".join(element.itertext()).split()))
    )
    bars = {
        (element.get("id") or "").removeprefix("my-svg-"): (
            float(element.attrib["x"]) / width,
            (float(element.attrib["x"]) + float(element.attrib["width"])) / width,
        )
        for tag, element in elements
        if tag == "rect" and "task" in (element.get("class") or "").split()
    }
    edges = classes["flowchart-link"] + classes["relation"]
    counts = (classes["node"], classes["cluster"], edges, len(bars))
    return Found(texts, counts, bars, width, height, len(svg.encode()))


if __name__ == "__main__":
    main()
