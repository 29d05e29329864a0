"""The store gives what was put, or nothing: never something else, and never an error."""

import errno
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.build.memory.store import Entry, Store, _header
from tests.build.memory.process import as_anybody, result_of
from tests.size import examples

KEY, OTHER = "ab12cd34", "ab12cd35"
ENTRY = Entry({"title": "Grüße"}, "<p>one</p>\n")
SECOND = Entry({"title": "two"}, "<p>two</p>\n")
DAY = 86400

any_text = st.text(st.characters(exclude_categories=()) | st.sampled_from("\0\r\n\ud83d\ude00"))
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | any_text,
    lambda inner: st.lists(inner) | st.dictionaries(any_text, inner),
    max_leaves=8,
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one entry."""
    store = Store(tmp_path / "memory")
    store.put("page", KEY, ENTRY)
    return store


def path_of(store: Store, key: str = KEY, kind: str = "page") -> Path:
    return store.folder / "pages" / kind / key[:2] / key[2:]


def files_of(store: Store) -> list[str]:
    """Files of entries, and what a writer left."""
    pages = store.folder / "pages"
    return sorted(path.name for path in pages.rglob("*") if not path.is_dir())


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def assert_heals(store: Store) -> None:
    """There is no entry, and then there is one."""
    assert store.get("page", KEY) is None
    store.put("page", KEY, SECOND)
    assert store.get("page", KEY) == SECOND


# what was put comes back


@settings(max_examples=examples(50))
@given(meta=st.dictionaries(any_text, any_json), text=any_text)
def test_any_facts_and_any_text_come_back_as_they_were(meta: dict[str, object], text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.put("page", KEY, Entry(meta, text))
        assert store.get("page", KEY) == Entry(meta, text)


def test_the_two_halves_of_a_surrogate_pair_stay_two_characters(store: Store) -> None:
    halves = "\ud83d" + "\ude00"
    store.put("page", KEY, Entry({halves: halves}, halves + "\r\n\0"))
    assert store.get("page", KEY) == Entry({halves: halves}, halves + "\r\n\0")


def test_a_key_has_one_entry_of_each_kind(store: Store) -> None:
    store.put("search", KEY, SECOND)
    assert store.get("page", KEY) == ENTRY
    assert store.get("search", KEY) == SECOND
    store.put("page", KEY, SECOND)
    assert store.get("page", KEY) == SECOND
    assert store.get("page", OTHER) is None


def test_another_process_finds_what_was_put(store: Store) -> None:
    assert result_of(Store(store.folder).get, "page", KEY) == ENTRY


def test_looking_makes_nothing_and_putting_hides_the_folder_from_git(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "memory")
    assert store.get("page", KEY) is None
    store.tidy()
    assert list(tmp_path.iterdir()) == []
    store.put("page", KEY, ENTRY)
    assert (store.folder / ".gitignore").read_text() == "*\n"


def test_a_store_stays_where_it_was_made_when_the_working_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store(Path("memory"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir("elsewhere")
    store.put("page", KEY, ENTRY)
    assert Store(tmp_path / "memory").get("page", KEY) == ENTRY


def test_what_is_there_already_is_not_written_again(store: Store) -> None:
    before = path_of(store).stat().st_ino
    store.put("page", KEY, ENTRY)
    assert path_of(store).stat().st_ino == before
    store.put("page", KEY, SECOND)
    assert path_of(store).stat().st_ino != before


@pytest.mark.parametrize(
    "key", ["", "abc", "../../ab", "ab/cd12", "ABCD", "abcd\n", "ab.d", "a" * 129]
)
def test_a_key_that_is_not_hexadecimal_is_refused(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="no kind and key"):
        store.get("page", key)
    with pytest.raises(ValueError, match="no kind and key"):
        store.put("page", key, ENTRY)


@pytest.mark.parametrize(
    "kind", ["", "..", "a/b", "/tmp", "Page", "page\n", "pa.ge", ".page", "a\\b"]
)
def test_a_kind_that_is_no_plain_word_is_refused(store: Store, kind: str) -> None:
    with pytest.raises(ValueError, match="no kind and key"):
        store.get(kind, KEY)
    with pytest.raises(ValueError, match="no kind and key"):
        store.put(kind, KEY, ENTRY)


# damage


def test_one_changed_byte_anywhere_is_a_miss_that_is_dropped_and_heals(store: Store) -> None:
    whole = path_of(store).read_bytes()
    for place in range(len(whole)):
        for change in (1, 0x20, 0x80, 0xFF):
            damaged = bytearray(whole)
            damaged[place] ^= change
            path_of(store).write_bytes(damaged)
            assert store.get("page", KEY) is None, place
            assert not path_of(store).exists(), place
    assert_heals(store)


def test_any_beginning_and_any_longer_file_is_a_miss(store: Store) -> None:
    whole = path_of(store).read_bytes()
    others = [whole[:length] for length in range(len(whole))]
    others += [whole + more for more in (b"\0", b"\n", b" ", whole)]
    others += [whole[1:], b"\n" + whole]
    for other in others:
        path_of(store).write_bytes(other)
        assert store.get("page", KEY) is None, other
    assert_heals(store)


def test_another_version_of_the_format_is_a_miss(store: Store) -> None:
    whole = path_of(store).read_bytes()
    assert whole.startswith(b"docs_tools memory 1 ")
    path_of(store).write_bytes(whole.replace(b"memory 1", b"memory 2", 1))
    assert_heals(store)


def test_the_entry_of_another_key_or_kind_is_a_miss(store: Store) -> None:
    (store.folder / "pages/result/ab").mkdir(parents=True)
    for other in (path_of(store, OTHER), path_of(store, KEY, "result")):
        shutil.copy(path_of(store), other)
    assert store.get("page", OTHER) is None
    assert store.get("result", KEY) is None
    assert store.get("page", KEY) == ENTRY


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000 + b"\n",
        b"1" * 10_000 + b"\ntext",
        b"{}\n\xff\xfe",
        b"not json\ntext",
        b"",
        pickle.dumps(ENTRY) + b"\n",
    ],
    ids=["deep", "number", "encoding", "words", "nothing", "pickle"],
)
def test_a_right_checksum_over_something_else_is_a_miss(store: Store, body: bytes) -> None:
    path_of(store).write_bytes(_header(f"page/{KEY}\n".encode(), body) + body)
    assert_heals(store)


class Bomb:
    """Leaves a trace where it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.trace,)


def test_nothing_that_is_read_is_run(store: Store, tmp_path: Path) -> None:
    bomb = pickle.dumps(Bomb(tmp_path / "trace"))
    pickle.loads(bomb)
    (tmp_path / "trace").unlink()  # it would leave one

    for content in (bomb, _header(f"page/{KEY}\n".encode(), bomb) + bomb):
        path_of(store).write_bytes(content)
        assert store.get("page", KEY) is None
    code = f"__import__('pathlib').Path({str(tmp_path / 'trace')!r}).touch()"
    store.put("page", KEY, Entry({code: code}, code))
    assert store.get("page", KEY) == Entry({code: code}, code)
    assert not (tmp_path / "trace").exists()


def folder(path: Path) -> None:
    path.mkdir()


def full_folder(path: Path) -> None:
    (path / "deep").mkdir(parents=True)
    (path / "deep" / "file").write_text("here")


def link_to_an_entry(path: Path) -> None:
    real = path.parent / "real"
    real.write_bytes(_header(f"page/{KEY}\n".encode(), b"{}\n") + b"{}\n")
    path.symlink_to(real)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)  # to open it would wait for a writer


def empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize(
    "make", [folder, full_folder, link_to_an_entry, link_to_itself, pipe, empty]
)
def test_what_is_no_file_of_ours_is_a_miss_and_is_replaced(
    store: Store, make: Callable[[Path], None]
) -> None:
    path_of(store).unlink()
    make(path_of(store))
    assert_heals(store)
    assert path_of(store).is_file()
    assert not path_of(store).is_symlink()


@pytest.mark.parametrize("part", ["pages", "pages/page", "pages/page/ab"])
@pytest.mark.parametrize("make", [empty, link_to_itself])
def test_a_file_where_a_folder_belongs_is_replaced(
    store: Store, part: str, make: Callable[[Path], None]
) -> None:
    shutil.rmtree(store.folder / part)
    make(store.folder / part)
    assert_heals(store)


def test_what_a_link_leads_to_is_left_alone(store: Store, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine")
    path_of(store).unlink()
    path_of(store).symlink_to(outside)
    assert_heals(store)
    assert outside.read_text() == "mine"


def test_a_file_in_place_of_the_whole_folder_is_the_users_and_costs_only_memory(
    tmp_path: Path,
) -> None:
    (tmp_path / "memory").write_text("mine")
    store = Store(tmp_path / "memory")
    store.put("page", KEY, ENTRY)
    store.tidy()
    assert store.get("page", KEY) is None
    assert (tmp_path / "memory").read_text() == "mine"


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, limit=1000)
    store.put("page", KEY, ENTRY)
    os.truncate(path_of(store), 10**9)
    read: list[int] = []
    monkeypatch.setattr(os, "read", lambda file, size: read.append(size) or b"")  # type: ignore[func-returns-value]
    assert store.get("page", KEY) is None
    assert read == []


# a disk that is full, a folder that is read-only


def test_a_full_disk_costs_only_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real, left = os.write, 0

    def write(file: int, content: bytes) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = real(file, content[:left])
        left -= written
        return written

    monkeypatch.setattr(os, "write", write)
    long = Entry({}, "text " * 100)
    size = len(_header(b"", b"")) + len("{}\n") + len(long.text)
    for space in range(0, 700, 50):
        left = space
        store.put("page", KEY, long)
        found = store.get("page", KEY)
        assert found == (long if space >= size else ENTRY), space
        left = 0
        store.tidy()
    monkeypatch.undo()
    assert files_of(store) == [KEY[2:]]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user reaches; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)


def use_as_anybody(folder: Path) -> list[Entry | None]:
    """What someone with no right to write gets; errors would come through."""
    as_anybody()
    with pytest.raises(PermissionError):
        (folder / "pages/page/ab/more").touch()
    store = Store(folder)
    found = [store.get("page", KEY)]
    store.put("page", KEY, SECOND)
    store.put("page", OTHER, SECOND)
    store.put("search", KEY, SECOND)
    Store(folder, limit=1).tidy()
    return [*found, *(store.get(*at) for at in (("page", KEY), ("page", OTHER), ("search", KEY)))]


def test_a_folder_that_cannot_be_written_is_read_and_no_more(open_folder: Path) -> None:
    store = Store(open_folder)
    store.put("page", KEY, ENTRY)
    age(path_of(store), DAY)  # its use can't be noted either
    for path in (open_folder, *open_folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)

    assert result_of(use_as_anybody, open_folder) == [ENTRY, ENTRY, None, None]
    assert store.get("page", KEY) == ENTRY


def heal_as_anybody(folder: Path) -> list[Entry | None]:
    as_anybody()
    store = Store(folder)
    store.put("page", KEY, ENTRY)
    path_of(store).chmod(0)
    found = store.get("page", KEY)
    store.put("page", KEY, SECOND)
    return [found, store.get("page", KEY)]


def test_an_entry_that_cannot_be_read_is_a_miss_and_is_replaced(open_folder: Path) -> None:
    open_folder.chmod(0o777)
    assert result_of(heal_as_anybody, open_folder) == [None, SECOND]
