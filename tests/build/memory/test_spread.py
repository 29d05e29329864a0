"""Children work ahead of their parent: each item is done once, and no child outlives its use.

What forks runs in a process of its own that has one thread; what happened is read from a log.
"""

import _thread
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from docs_tools.build.memory import spread
from docs_tools.build.memory.spread import Ahead
from docs_tools.build.memory.store import Entry, Store
from tests.build.memory.process import result_of, running
from tests.size import examples

COUNT = 40
LAST = COUNT - 1


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


@dataclass(frozen=True)
class Log:
    """Who did what, told by all processes, in the order in which it was done."""

    path: Path

    def tell(self, item: int) -> None:
        with self.path.open("a") as file:
            file.write(f"{os.getpid()} {item}\n")  # one write, at the end

    def told(self) -> list[tuple[int, int]]:
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        return [(int(process), int(item)) for process, item in map(str.split, lines)]

    def items(self) -> list[int]:
        return [item for _, item in self.told()]

    def by(self, process: int) -> list[int]:
        return [item for who, item in self.told() if who == process]


def started(work: Callable[[int], None], processes: int = 2, count: int = COUNT) -> Ahead:
    ahead = Ahead.start(count, work, processes)
    assert ahead
    return ahead


def do_all(ahead: Ahead, log: Log, order: Sequence[int] = range(COUNT)) -> None:
    """The parent's work; what `take` says is true."""
    for item in order:
        done = item in log.items()
        if ahead.take(item):
            assert item in log.items()
        else:
            assert not done
            log.tell(item)


def assert_alone() -> None:
    """No child lives, and none waits to be reaped."""
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def ends(child: int) -> None:
    """Waits until a child has ended, and leaves it to be reaped."""
    assert os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)


def open_files() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


def is_alive(process: int) -> bool:
    """Whether a process runs; one that nobody has reaped yet doesn't."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


# sharing


def share(folder: Path, processes: int, seed: int) -> None:
    log = Log(folder / "log")

    def work(item: int) -> None:
        time.sleep(random.Random(item + seed).random() / 500)
        log.tell(item)

    ahead = started(work, processes)
    children = set(ahead.children)
    assert len(children) == min(processes - 1, COUNT // 8)
    do_all(ahead, log)
    ahead.finish()
    assert Counter(log.items()) == Counter(range(COUNT))
    assert {process for process, _ in log.told()} <= {*children, os.getpid()}
    assert log.by(os.getpid()) == sorted(log.by(os.getpid()))
    for child in children:
        assert log.by(child) == sorted(log.by(child), reverse=True)
    assert_alone()


@pytest.mark.parametrize("processes", [2, 3, 6, 60])
def test_each_item_is_done_once_by_somebody(tmp_path: Path, processes: int) -> None:
    for seed in range(examples(3)):
        folder = tmp_path / str(seed)
        folder.mkdir()
        result_of(share, folder, processes, seed)


def race(folder: Path) -> None:
    """Children that look at the same item at the same time."""
    log, real = Log(folder / "log"), Ahead._state

    def look_slowly(self: Ahead, item: int) -> bytes:
        state = real(self, item)
        time.sleep(0.002)
        return state

    def work(item: int) -> None:
        (folder / f"{item}.begun").touch()
        until((folder / "go").exists)
        log.tell(item)

    Ahead._state = look_slowly  # type: ignore[method-assign]
    ahead = started(work, 4)
    until(lambda: len([*folder.glob("*.begun")]) == 3)
    (folder / "go").touch()
    for child in list(ahead.children):
        ends(child)
    ahead.finish()
    assert Counter(log.items()) == Counter(range(COUNT))


def test_no_two_children_take_the_same_item(tmp_path: Path) -> None:
    result_of(race, tmp_path)


def meet(folder: Path) -> None:
    log = Log(folder / "log")
    ahead = started(log.tell)
    [child] = ahead.children
    ends(child)
    do_all(ahead, log)
    assert log.told() == [(child, item) for item in reversed(range(COUNT))]
    ahead.finish()


def test_children_go_backwards_and_a_slow_parent_finds_all_done(tmp_path: Path) -> None:
    result_of(meet, tmp_path)


def stop_before(folder: Path, parents: list[int]) -> None:
    log = Log(folder / "log")

    def work(item: int) -> None:
        until((folder / "go").exists)
        log.tell(item)

    ahead = started(work, 3)
    for item in parents:
        assert not ahead.take(item)
    (folder / "go").touch()
    for child in list(ahead.children):
        ends(child)
    assert sorted([*log.items(), *parents]) == [*range(min(parents), COUNT)]
    ahead.finish()


@pytest.mark.parametrize("parents", [[10], [10, 4], [30, 20, 10]])
def test_no_child_begins_what_the_parent_has_done_or_what_is_before_it(
    tmp_path: Path, parents: list[int]
) -> None:
    result_of(stop_before, tmp_path, parents)


def wait(folder: Path) -> None:
    log = Log(folder / "log")

    def work(item: int) -> None:
        (folder / f"{item}").touch()
        time.sleep(0.1)
        log.tell(item)

    ahead = started(work)
    until((folder / f"{LAST}").exists)
    assert ahead.take(LAST)
    assert log.told() == [(ahead.children[0], LAST)]
    ahead.finish()


def test_the_parent_waits_for_a_child_that_is_at_its_item(tmp_path: Path) -> None:
    result_of(wait, tmp_path)


def jump(folder: Path, seed: int) -> None:
    log, chance = Log(folder / f"log{seed}"), random.Random(seed)

    def work(item: int) -> None:
        time.sleep(random.Random(item).random() / 500)
        log.tell(item)

    ahead = started(work, 3)
    do_all(ahead, log, chance.sample(range(COUNT), COUNT))
    ahead.finish()
    assert Counter(log.items()) == Counter(range(COUNT))
    assert_alone()


def test_items_may_be_asked_for_in_any_order(tmp_path: Path) -> None:
    for seed in range(examples(4)):
        result_of(jump, tmp_path, seed)


def ask_oddly(folder: Path) -> None:
    log = Log(folder / "log")
    before = open_files()
    ahead = started(log.tell)
    ends(ahead.children[0])
    assert ahead.take(3)
    assert ahead.take(3)  # as before
    assert not ahead.take(COUNT)
    assert not ahead.take(-1)
    ahead.finish()
    ahead.finish()
    assert not ahead.take(4)  # nobody knows any more
    assert ahead.children == []
    assert open_files() == before


def test_asking_twice_beyond_the_end_or_after_the_finish_is_no_error(tmp_path: Path) -> None:
    result_of(ask_oddly, tmp_path)


def remember(folder: Path) -> None:
    store = Store(folder)

    def work(item: int) -> None:
        store.put("page", f"{item:08x}", Entry({"item": item}, "text"))

    ahead = started(work)
    ends(ahead.children[0])
    for item in range(COUNT):
        assert ahead.take(item)
        assert store.get("page", f"{item:08x}") == Entry({"item": item}, "text")
    ahead.finish()


def test_what_a_child_puts_into_a_store_is_there_for_the_parent(tmp_path: Path) -> None:
    result_of(remember, tmp_path)


# what goes wrong


def raise_some(folder: Path, error: type[BaseException]) -> list[int]:
    """The items that the parent is left with, of those from the middle on."""
    log = Log(folder / "log")

    def work(item: int) -> None:
        if item % 4 == 0:
            raise error("for the test")
        log.tell(item)

    ahead = started(work)
    ends(ahead.children[0])
    left = [item for item in range(COUNT) if not ahead.take(item)]
    assert sorted([*left, *log.items()]) == [*range(COUNT)]
    ahead.finish()
    assert_alone()
    return left


def test_an_item_that_a_child_fails_at_is_the_parents_and_the_child_goes_on(
    tmp_path: Path,
) -> None:
    assert result_of(raise_some, tmp_path, ValueError) == [*range(0, COUNT, 4)]


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt])
def test_a_child_that_is_told_to_end_leaves_the_rest_to_the_parent(
    tmp_path: Path, error: type[BaseException]
) -> None:
    assert result_of(raise_some, tmp_path, error) == [*range(37)]


def die(folder: Path, number: signal.Signals) -> None:
    log = Log(folder / "log")

    def work(item: int) -> None:
        if item == LAST - 2:
            (folder / "here").touch()
            time.sleep(0.05)  # the parent is waiting by now
            os.kill(os.getpid(), number)
        log.tell(item)

    signal.signal(signal.SIGTERM, lambda *_: log.tell(-1))  # the parent's, not the children's
    ahead = started(work)
    until((folder / "here").exists)
    assert not ahead.take(LAST - 2)
    log.tell(LAST - 2)
    do_all(ahead, log, [*range(LAST - 2), LAST - 1, LAST])
    ahead.finish()
    assert Counter(log.items()) == Counter(range(COUNT))
    assert_alone()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_child_that_is_killed_costs_its_item_only(tmp_path: Path, number: signal.Signals) -> None:
    result_of(die, tmp_path, number)


def die_of_one_item(folder: Path) -> None:
    log = Log(folder / "log")

    def work(item: int) -> None:
        if item == LAST - 2:
            log.tell(-1)
            os.kill(os.getpid(), signal.SIGKILL)
        log.tell(item)

    ahead = started(work, 5)
    for child in list(ahead.children):
        ends(child)
    do_all(ahead, log)
    ahead.finish()
    assert Counter(log.items()) == Counter(range(-1, COUNT))


def test_what_killed_one_child_is_not_tried_by_the_next(tmp_path: Path) -> None:
    result_of(die_of_one_item, tmp_path)


def hang(folder: Path) -> None:
    log = Log(folder / "log")

    def work(item: int) -> None:
        if item == LAST:
            (folder / "here").touch()
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            time.sleep(1000)
        log.tell(item)

    spread._PATIENCE = 0.05
    ahead = started(work)
    until((folder / "here").exists)
    assert not ahead.take(LAST)
    assert_alone()
    log.tell(LAST)
    do_all(ahead, log, range(LAST))
    ahead.finish()
    assert Counter(log.items()) == Counter(range(COUNT))


def test_a_child_that_is_stuck_is_killed_after_a_while(tmp_path: Path) -> None:
    result_of(hang, tmp_path)


def hang_at_the_end(folder: Path) -> None:
    log = Log(folder / "log")
    os._exit = lambda status: time.sleep(1000)  # type: ignore[assignment, return-value]
    spread._GRACE = 0.05
    ahead = started(log.tell)
    until(lambda: len(log.items()) == COUNT)
    assert is_alive(ahead.children[0])
    do_all(ahead, log)
    ahead.finish()
    assert_alone()
    os._exit = os.abort  # type: ignore[assignment]


def test_a_child_that_never_ends_has_done_its_items_and_is_killed(tmp_path: Path) -> None:
    result_of(hang_at_the_end, tmp_path)


def fail(folder: Path) -> None:
    log = Log(folder / "log")

    def work(item: int) -> None:
        log.tell(item)
        time.sleep(0.05)

    ahead = started(work, 4, count=100 * COUNT)
    until(log.items)
    children = list(ahead.children)
    assert not ahead.take(0)
    ahead.finish()  # because of an error in the parent's first item
    assert_alone()
    assert not any(map(is_alive, children))
    assert len(log.items()) < 100 * COUNT  # they were asked to leave the rest


def test_a_parent_that_fails_leaves_no_child(tmp_path: Path) -> None:
    result_of(fail, tmp_path)


def be_killed(folder: Path, kernel_helps: bool) -> NoReturn:
    log = Log(folder / "log")

    def work(item: int) -> None:
        log.tell(item)
        until((folder / "go").exists)

    if not kernel_helps:
        spread._end_with_parent = lambda: None
    started(work, 4)
    time.sleep(1000)
    raise AssertionError


@pytest.mark.parametrize("kernel_helps", [True, False])
def test_children_die_with_a_parent_that_is_killed(tmp_path: Path, kernel_helps: bool) -> None:
    log = Log(tmp_path / "log")
    with running(be_killed, tmp_path, kernel_helps) as parent:
        until(lambda: len(log.told()) == 3)
        children = [process for process, _ in log.told()]
        assert all(map(is_alive, children))
        assert parent.pid not in children
        parent.kill()
        parent.join()
    if not kernel_helps:  # each ends once its item is done
        (tmp_path / "go").touch()
    until(lambda: not any(map(is_alive, children)))
    assert len(log.told()) == 3


# what a child keeps to itself

TELLING = """
import atexit, logging, os, signal, sys, warnings
from docs_tools.build.memory.spread import Ahead

print("once", end=" ")  # not yet written
atexit.register(lambda: (print("at the end"), tell("at the end")))

def tell(what):
    with open("ended.log", "a") as file:
        print(what, file=file)

logging.basicConfig(level="INFO", stream=sys.stdout)
file = logging.FileHandler("file.log")
logging.getLogger("some.where").addHandler(file)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
signal.signal(signal.SIGUSR1, print)

def work(item):
    print("print", flush=True)
    os.write(1, b"write"), os.write(2, b"write")
    warnings.warn("warn")
    logging.warning("log")
    logging.getLogger("some.where").warning("log")
    logging.getLogger("some.new").warning("log")
    os.system("echo program; echo program >&2")
    assert sys.stdin.read() == ""
    signals = [signal.getsignal(getattr(signal, n)) for n in ("SIGHUP", "SIGUSR1", "SIGINT")]
    assert signals == [signal.SIG_IGN, signal.SIG_DFL, signal.SIG_DFL]
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()
    if item == 0:
        raise SystemExit(3)

try:
    ahead = Ahead.start(16, work, 2)
    os.waitid(os.P_PID, ahead.children[0], os.WEXITED | os.WNOWAIT)
    print([ahead.take(item) for item in range(16)] == [False] + [True] * 15)
finally:
    tell("finally")
    ahead.finish()
    print("finally", sys.stdin.read())
    logging.info("log")
    assert signal.getsignal(signal.SIGUSR1) is print
"""


def test_a_child_is_not_heard_and_ends_nothing_of_its_parents(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TELLING], cwd=tmp_path, input="mine", capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "once True\nfinally mine\nINFO:root:log\nat the end\n"
    assert (tmp_path / "file.log").read_text() == ""
    assert (tmp_path / "ended.log").read_text() == "finally\nat the end\n"


# where it is not done


def refuse() -> None:
    """Where nothing is started, though a little else it would be."""

    def work(item: int) -> None:
        raise AssertionError

    started(work, 2, count=8).finish()
    for count, processes in ((COUNT, 1), (COUNT, 0), (COUNT, -1), (7, 2), (0, 2)):
        assert Ahead.start(count, work, processes) is None
    sys.platform, system = "darwin", sys.platform
    assert Ahead.start(COUNT, work, 2) is None
    sys.platform = system
    stop = threading.Event()
    _thread.start_new_thread(stop.wait, ())  # as a library would: `threading` doesn't know it
    assert Ahead.start(COUNT, work, 2) is None
    stop.set()
    assert_alone()


def test_a_parent_works_alone_where_a_fork_is_not_safe_or_not_worth_it() -> None:
    result_of(refuse)


def lack_processes(allowed: int) -> int:
    """How many children there are where no more processes are allowed."""
    real, before = os.fork, open_files()
    forks: list[int] = []

    def fork() -> int:
        if len(forks) == allowed:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        forks.append(0)
        return real()

    os.fork = fork
    ahead = Ahead.start(COUNT, lambda item: None, 4)
    count = len(ahead.children) if ahead else 0
    if ahead:
        ahead.finish()
    assert_alone()
    assert open_files() == before
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()
    return count


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_as_many_children_are_started_as_the_system_allows(allowed: int) -> None:
    assert result_of(lack_processes, allowed) == allowed


def interrupt() -> None:
    """Is interrupted while children are started."""
    real = os.fork

    def fork() -> int:
        child = real()
        if child:
            os.kill(os.getpid(), signal.SIGINT)
        return child

    os.fork = fork
    with pytest.raises(KeyboardInterrupt):
        Ahead.start(COUNT, lambda item: None, 3)
    assert_alone()


def test_an_interrupted_start_leaves_no_child() -> None:
    result_of(interrupt)
