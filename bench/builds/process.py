"""A command run and measured: how long it took, and how much memory."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Failed", "Measured", "run", "tree_memory"]


class Failed(Exception):  # noqa: N818 - it is what happened
    """A command that ended with an error."""


@dataclass(frozen=True)
class Measured:
    """What a command took.

    Attributes:
        seconds: From its start to its end.
        memory: Most kilobytes of memory that one process of it had.
        cpu: Seconds that processors worked for it; says more on a machine that isn't quiet.
        tree: Most kilobytes of all its processes together, what they share counted once; only
            where that was asked for.
    """

    seconds: float
    memory: int
    cpu: float
    tree: int | None = None


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    *,
    tree: bool = False,
) -> Measured:
    """Runs a command to its end.

    Args:
        command: What to run.
        folder: Where.
        environment: Variables besides those of this process.
        log: What the command says.
        tree: Whether to look at the memory of all its processes while it runs, which costs time.

    Raises:
        Failed: It ended with an error; with the end of what it said.
    """
    peak = 0
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=out, stderr=out
        )
        ended = threading.Event()
        watch = _Peak(process.pid, ended)
        if tree:
            watch.start()
        # its own usage and that of what it waited for; `subprocess` tells only of all that ended
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        ended.set()
        if tree:
            watch.join()
            peak = watch.peak
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(errors="replace")[-2000:]
        raise Failed(f"{' '.join(command)}\n  in {folder} ended with {process.returncode}:\n{said}")
    cpu = usage.ru_utime + usage.ru_stime
    return Measured(seconds, usage.ru_maxrss, cpu, peak if tree else None)


class _Peak(threading.Thread):
    """Looks at the memory of a process and what it started, again and again."""

    def __init__(self, pid: int, ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self._pid, self._ended = pid, ended
        self.peak = 0

    def run(self) -> None:
        while not self._ended.wait(0.03):
            self.peak = max(self.peak, tree_memory(self._pid))


def tree_memory(pid: int) -> int:
    """Kilobytes of a process and all that it started, what they share counted once.

    https://docs.kernel.org/filesystems/proc.html, `smaps_rollup` and `children`
    """
    total = 0
    for each in _family(pid):
        try:
            text = Path(f"/proc/{each}/smaps_rollup").read_text()
        except OSError:  # it ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line[:4] == "Pss:")
    return total


def _family(pid: int) -> Iterator[int]:
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))
