"""`mkdocs serve` after an edit: from the file's writing until the page is served new."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.builds.contestants import OURS_IN_MKDOCS, PLAIN, Contestant, program
from bench.builds.measure import Bench
from bench.builds.process import Failed
from bench.builds.record import Record
from bench.builds.subject import edit_page

__all__ = ["measure_serve"]

_LONGEST = 600  # seconds that anything may take
_STEP = 0.01


def measure_serve(bench: Bench) -> list[Record]:
    """Both serve at the same time, and are edited in turns; the one not edited does nothing."""
    both = (PLAIN, OURS_IN_MKDOCS)
    records = {c.name: bench.record("serve", c) for c in both}
    path = bench.copies.subject.page
    with ExitStack() as stack:
        urls = {c.name: stack.enter_context(_serving(bench, c)) for c in both}
        for number in range(1000, 1001 + bench.runs):
            for contestant in both:
                page = bench.copies.of(contestant.copy) / "docs" / path
                url = f"{urls[contestant.name]}{path.removesuffix('.md')}/"
                seconds = _edit(page, url, number)
                if number > 1000:  # the first is no one's cost: things are read for the first time
                    records[contestant.name].seconds.append(seconds)
    bench.copies.edit("page")  # all copies have the same text again
    return list(records.values())


def _edit(page: Path, url: str, number: int) -> float:
    start = time.perf_counter()
    edit_page(page, number)
    _wait_for(url, f"in edit {number}.", start)
    return time.perf_counter() - start


@contextmanager
def _serving(bench: Bench, contestant: Contestant) -> Iterator[str]:
    """Serves a copy, and yields the site's address."""
    folder = bench.copies.of(contestant.copy)
    port = _free_port()
    config = "plain.yml" if contestant == PLAIN else "mkdocs.yml"
    address = f"127.0.0.1:{port}"
    command = program("mkdocs", "serve", "--livereload", "-f", config, "-a", address)
    log = bench.log.with_name(f"serve-{contestant.copy}.txt")
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        try:
            yield _address(log, process, time.perf_counter())
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _address(log: Path, process: "subprocess.Popen[bytes]", start: float) -> str:
    """The address, once the first build is done and the server says it."""
    while time.perf_counter() - start < _LONGEST:
        said = log.read_text(errors="replace")
        if "Serving on " in said:
            return said.partition("Serving on ")[2].split()[0]
        if process.poll() is not None:
            break
        time.sleep(_STEP)
    raise Failed(f"mkdocs serve doesn't serve:\n{log.read_text(errors='replace')[-2000:]}")


def _wait_for(url: str, text: str, start: float) -> None:
    """Waits until a page has a text."""
    while time.perf_counter() - start < _LONGEST:
        try:
            with urllib.request.urlopen(url, timeout=_LONGEST) as answer:
                if text in answer.read().decode():
                    return
        except urllib.error.URLError:
            pass
        time.sleep(_STEP)
    raise Failed(f"{url} never showed {text!r}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
