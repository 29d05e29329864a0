"""Processes that share a store: writers, readers and tidiers at once, and ones that are killed."""

import os
import random
import signal
import time
from pathlib import Path
from typing import NoReturn

import pytest

from docs_tools.build.memory.store import Entry, Store
from tests.build.memory.process import results_of, running
from tests.size import examples

HOUR, DAY = 3600, 86400


def numbered(key: str, writer: int, number: int) -> Entry:
    """An entry that tells whether it is whole, and whose."""
    return Entry({"by": [writer, number]}, f"{key} {writer} {number}\n" * 300)


def is_right(key: str, entry: Entry) -> bool:
    return entry == numbered(key, *entry.meta["by"])


def key_of(number: int) -> str:
    return f"{number % 7:02x}{number:06x}"


def path_of(store: Store, number: int) -> Path:
    key = key_of(number)
    return store.folder / "pages/page" / key[:2] / key[2:]


def found_in(store: Store, numbers: int) -> list[int]:
    """The numbers of the entries that are there; asking marks nothing as used."""
    return [number for number in range(numbers) if path_of(store, number).exists()]


def beside(store: Store) -> list[Path]:
    """What writers have begun, or left."""
    return [path for path in (store.folder / "pages").rglob(".*") if path.is_file()]


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def filled(folder: Path, count: int, limit: int) -> tuple[Store, int]:
    """A store of entries that are the older the higher their number, and the size of each."""
    store = Store(folder, limit)
    for number in range(count):
        store.put("page", key_of(number), Entry({"number": f"{number:03d}"}, "text" * 100))
        age(path_of(store, number), (number + 1) * DAY)
    return store, path_of(store, 0).stat().st_size


# at once


def put_and_get(folder: Path, writer: int, rounds: int) -> tuple[int, int]:
    """How many entries were found, and how many of them were wrong."""
    store, chance = Store(folder), random.Random(writer)
    found = wrong = 0
    for number in range(rounds):
        shared, own = key_of(chance.randrange(6)), key_of(writer * 1000 + number)
        for key in (shared, own):
            store.put("page", key, numbered(key, writer, number))
            if entry := store.get("page", key):
                found += 1
                wrong += not is_right(key, entry)
    return found, wrong


def tidy_often(folder: Path, limit: int, rounds: int) -> tuple[int, int]:
    for _ in range(rounds):
        Store(folder, limit).tidy()
    return 0, 0


def test_processes_that_put_the_same_and_other_keys_never_find_a_wrong_entry(
    tmp_path: Path,
) -> None:
    rounds = examples(150)
    results = results_of(*((put_and_get, tmp_path, writer, rounds) for writer in (1, 2, 3)))
    assert results == [(2 * rounds, 0)] * 3  # what nobody tidies away is always there
    assert beside(Store(tmp_path)) == []


def test_processes_may_tidy_while_others_put_and_tidy(tmp_path: Path) -> None:
    rounds, limit = examples(100), 60_000
    *results, _, _ = results_of(
        *((put_and_get, tmp_path, writer, rounds) for writer in (1, 2)),
        *[(tidy_often, tmp_path, limit, rounds)] * 2,
    )
    assert [wrong for _, wrong in results] == [0, 0]
    assert all(found for found, _ in results)
    Store(tmp_path, limit).tidy()
    assert sum(path.stat().st_size for path in tmp_path.rglob("*/page/*/*")) <= limit


# killed


def put_for_ever(folder: Path) -> NoReturn:
    store, number = Store(folder), 0
    while True:
        number += 1
        key = key_of(number % 4)
        store.put("page", key, Entry({"by": [0, number]}, f"{key} 0 {number}\n" * 20_000))


def test_a_writer_that_is_killed_at_any_moment_leaves_whole_entries_or_none(
    tmp_path: Path,
) -> None:
    store, chance, found = Store(tmp_path), random.Random(0), 0
    for _ in range(examples(15)):
        with running(put_for_ever, tmp_path) as writer:
            while not found_in(store, 4):
                time.sleep(0.001)
            time.sleep(chance.random() / 50)
            writer.kill()
        for key in map(key_of, range(4)):
            if entry := store.get("page", key):
                found += 1
                assert entry.text == f"{key} 0 {entry.meta['by'][1]}\n" * 20_000
        assert all(path_of(store, number).exists() for number in found_in(store, 4))
    assert found


def put_half(folder: Path) -> None:
    """Is killed when half of an entry is written."""
    real = os.write

    def write(file: int, content: bytes) -> NoReturn:
        real(file, content[: len(content) // 2])
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    os.write = write  # type: ignore[assignment]
    Store(folder).put("page", key_of(0), numbered(key_of(0), 1, 1))


def test_what_a_killed_writer_left_is_no_entry_and_goes_when_it_is_old(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with running(put_half, tmp_path) as writer:
        writer.join()
    assert writer.exitcode == -signal.SIGKILL
    [left] = beside(store)
    assert left.stat().st_size > 0
    assert store.get("page", key_of(0)) is None

    store.tidy()
    assert beside(store) == [left]  # it might be a living writer's
    store.put("page", key_of(0), numbered(key_of(0), 2, 2))
    assert store.get("page", key_of(0)) == numbered(key_of(0), 2, 2)
    age(left, 2 * HOUR)
    store.tidy()
    assert beside(store) == []
    assert found_in(store, 1) == [0]


# bound


def test_the_oldest_used_go_and_the_newest_stay(tmp_path: Path) -> None:
    store, size = filled(tmp_path, 20, limit=10**6)
    assert store.get("page", key_of(17))  # old, and used now
    store.limit = 10 * size
    store.tidy()
    assert found_in(store, 20) == [*range(8), 17]  # a tenth less than the limit


@pytest.mark.parametrize("count", [9, 10])
def test_nothing_goes_while_the_limit_is_not_passed(tmp_path: Path, count: int) -> None:
    store, size = filled(tmp_path, count, limit=10**6)
    store.limit = 10 * size
    store.tidy()
    assert found_in(store, count) == [*range(count)]


def test_bytes_are_counted_not_entries_and_all_kinds_together(tmp_path: Path) -> None:
    store, size = filled(tmp_path, 10, limit=10**6)
    store.put("search", "abcd", Entry({}, "x" * (8 * size)))
    store.limit = 10 * size
    store.tidy()
    assert store.get("search", "abcd")
    assert found_in(store, 10) == []  # eight and a header leave no room for one within nine


def test_a_use_is_noted_once_an_hour(tmp_path: Path) -> None:
    store, _ = filled(tmp_path, 3, limit=10**6)
    paths = [path_of(store, number) for number in range(3)]
    for path, seconds in zip(paths, (HOUR / 2, 2 * HOUR, -2 * HOUR), strict=True):
        age(path, seconds)
    before = [path.stat().st_mtime for path in paths]
    for number in range(3):
        store.get("page", key_of(number))
    now = time.time()
    assert paths[0].stat().st_mtime == before[0]
    assert abs(paths[1].stat().st_mtime - now) < HOUR
    assert abs(paths[2].stat().st_mtime - now) < HOUR  # a clock that was wrong is mended


def test_an_entry_above_the_limit_is_not_kept_and_drives_nothing_out(tmp_path: Path) -> None:
    store, size = filled(tmp_path, 3, limit=10**6)
    store.limit = 4 * size
    store.put("page", key_of(5), Entry({}, "x" * (5 * size)))
    store.tidy()
    assert found_in(store, 6) == [0, 1, 2]


def test_files_that_are_no_entries_are_counted_and_go_in_their_turn(tmp_path: Path) -> None:
    store, size = filled(tmp_path, 3, limit=10**6)
    for name in ("pages/stray", "pages/page/00/folder/deep"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
        age(tmp_path / name, 9 * DAY)
    store.limit = 4 * size
    store.tidy()
    assert found_in(store, 3) == [0, 1, 2]
    assert [path.name for path in tmp_path.rglob("*") if path.name in {"stray", "deep"}] == []


# what tidying costs


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that were listed."""
    listed: list[str] = []
    real = os.scandir

    def scandir(path: str) -> object:
        listed.append(path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return listed


def test_tidying_looks_at_nothing_while_what_was_put_is_below_the_limit(
    tmp_path: Path, looked_at: list[str]
) -> None:
    store, size = filled(tmp_path, 10, limit=10**6)
    store.limit = 20 * size
    store.tidy()
    assert looked_at.pop(0) == str(tmp_path / "pages")  # how much there is, it can't know yet
    looked_at.clear()
    for number in range(10, 20):
        store.put("page", key_of(number), Entry({"number": f"{number:03d}"}, "text" * 100))
        Store(tmp_path, store.limit).tidy()
    assert looked_at == []
    store.put("page", key_of(20), Entry({"number": "020"}, "text" * 100))
    store.tidy()
    assert looked_at
    assert len(found_in(store, 21)) == 18


def test_what_other_processes_put_is_known(tmp_path: Path, looked_at: list[str]) -> None:
    store, _ = filled(tmp_path, 3, limit=60_000)
    store.tidy()
    looked_at.clear()
    results_of(*((put_and_get, tmp_path, writer, 20) for writer in (1, 2)))
    store.tidy()
    assert looked_at
    assert sum(path.stat().st_size for path in tmp_path.rglob("*/page/*/*")) <= 60_000


@pytest.mark.parametrize(
    "ledger",
    [
        *(b"", b"\xff\n", b"1\n", b"words and\n", b"{now} 1\nx\n", b"{yesterday} 1\n"),
        pytest.param(b"{now} 1\n" + b"0\n" * 2**20, id="long"),
        None,
    ],
)
def test_all_is_counted_where_the_ledger_is_old_or_damaged(
    tmp_path: Path, looked_at: list[str], ledger: bytes | None
) -> None:
    store, size = filled(tmp_path, 10, limit=10**6)
    path = tmp_path / "pages.size"
    path.unlink()
    if ledger is None:
        path.mkdir()
    else:
        now = int(time.time())
        ledger = ledger.replace(b"{now}", b"%d" % now).replace(b"{yesterday}", b"%d" % (now - DAY))
        path.write_bytes(ledger)
    store.limit = 5 * size
    store.tidy()
    assert found_in(store, 10) == [0, 1, 2, 3]
    looked_at.clear()
    store.tidy()
    assert looked_at == []
