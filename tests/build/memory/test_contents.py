"""What files and folders hold now: read where something was written, and only there."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docs_tools.build.memory import contents
from docs_tools.build.memory.contents import Contents

LONG_AGO = time.time() - 1000

Reader = Callable[[str], str | None]


def written_long_ago(path: Path, text: str) -> None:
    path.write_text(text)
    os.utime(path, (LONG_AGO, LONG_AGO))


@pytest.fixture
def here(tmp_path: Path) -> Contents:
    return Contents(tmp_path)


def test_a_file_has_the_digest_of_what_it_holds(here: Contents, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    (tmp_path / "b").write_bytes(b"two")
    (tmp_path / "same").write_bytes(b"one")
    assert here.of_file("a") == here.of_file("same") == here.of_file(str(tmp_path / "a"))
    assert here.of_file("a") != here.of_file("b")


def test_what_is_no_file_has_no_digest(here: Contents, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    (tmp_path / "file").write_text("")
    for path in ("missing", "folder", "dangling", "file/below", "nul\0", "folder/missing"):
        assert here.of_file(path) is None
    for path in ("missing", "dangling", "file", "nul\0"):
        assert here.of_listing(path) is None
        assert here.of_tree(path) is None


def test_kinds_are_told(here: Contents, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    assert here.kind("file") == "file"
    assert here.kind("folder") == here.kind("link") == "folder"
    assert here.kind("missing") == here.kind("nul\0") == ""


@pytest.mark.parametrize("write", [
    lambda path: path.write_text("other"),
    lambda path: path.write_text("second text"),
    lambda path: path.unlink(),
    lambda path: (path.unlink(), path.mkdir()),
    lambda path: path.with_name("new").write_text("other") and path.with_name("new").rename(path),
    lambda path: written_long_ago(path, "other"),
])  # fmt: skip
def test_a_file_that_was_written_is_read_again(
    here: Contents, tmp_path: Path, write: Callable[[Path], object]
) -> None:
    path = tmp_path / "a"
    written_long_ago(path, "first")
    before = here.of_file("a")
    write(path)
    assert here.of_file("a") == Contents(tmp_path).of_file("a") != before


def test_a_file_that_appears_is_seen(here: Contents, tmp_path: Path) -> None:
    assert here.of_file("a") is None
    (tmp_path / "a").write_text("text")
    assert here.of_file("a") is not None


def test_a_file_that_comes_back_has_its_digest_back(here: Contents, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("first")
    first = here.of_file("a")
    path.write_text("other")
    assert here.of_file("a") != first
    path.write_text("first")
    assert here.of_file("a") == first


def reads(monkeypatch: pytest.MonkeyPatch, name: str, age: float) -> list[str]:
    """What is read, of files that the system says were written some seconds ago and not since."""
    found: list[str] = []
    original: Reader = getattr(contents, name)

    def counting(path: str) -> str | None:
        found.append(Path(path).name)
        return original(path)

    written = time.time_ns() - int(age * 1e9)
    monkeypatch.setattr(contents, name, counting)
    monkeypatch.setattr(contents, "_state", lambda path: (written, written, 5, 1, 1))
    return found


def test_what_nobody_wrote_is_read_once(
    here: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("first")
    files = reads(monkeypatch, "_read", 1000)
    listings = reads(monkeypatch, "_list", 1000)
    assert here.of_file("a") == here.of_file("a")
    assert here.of_listing(".") == here.of_listing(".")
    assert files == ["a"]
    assert len(listings) == 1


def test_what_was_written_just_now_is_not_trusted(
    here: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that ticks every few milliseconds gives two writes the same time."""
    (tmp_path / "a").write_text("first")
    (tmp_path / "folder").mkdir()
    reads(monkeypatch, "_read", 0.001)
    reads(monkeypatch, "_list", 0.001)
    file, listing = here.of_file("a"), here.of_listing("folder")
    (tmp_path / "a").write_text("other")
    (tmp_path / "folder/new").write_text("")
    assert here.of_file("a") != file
    assert here.of_listing("folder") != listing


def test_a_time_in_the_future_is_not_trusted(
    here: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("first")
    files = reads(monkeypatch, "_read", -1000)
    here.of_file("a")
    here.of_file("a")
    assert files == ["a", "a"]


def test_a_listing_is_of_names_and_kinds_and_not_of_contents(
    here: Contents, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    empty = here.of_listing("folder")
    (folder / "a").write_text("one")
    with_file = here.of_listing("folder")
    (folder / "a").write_text("two")
    assert here.of_listing("folder") == with_file != empty
    (folder / "a").unlink()
    (folder / "a").mkdir()
    assert here.of_listing("folder") not in (empty, with_file)
    (folder / "a/below").write_text("")
    with_folder = here.of_listing("folder")
    (folder / "a/below").unlink()
    (folder / "a").rename(folder / "b")
    assert here.of_listing("folder") != with_folder
    (folder / "b").rmdir()
    assert here.of_listing("folder") == empty


def test_a_listing_leaves_out_what_python_compiles(here: Contents, tmp_path: Path) -> None:
    before = here.of_listing(".")
    (tmp_path / "__pycache__").mkdir()
    assert here.of_listing(".") == before


def test_what_can_be_imported_from_a_folder_is_listed_apart(here: Contents, tmp_path: Path) -> None:
    assert here.of_modules("missing") is None
    assert here.of_modules("nul\0") is None
    seen = [here.of_modules(".")]
    for path in ("data.txt", "folder/data.txt", "folder/inner.py"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
        assert here.of_modules(".") == seen[0]
    for path in ("module.py", "folder/__init__.py", "native.so"):
        (tmp_path / path).write_text("")
        seen.append(here.of_modules("."))
    assert len(set(seen)) == 4


def tree(folder: Path) -> None:
    (folder / "inner/deeper").mkdir(parents=True)
    (folder / "top").write_text("top")
    (folder / "inner/deeper/file").write_text("file")


@pytest.mark.parametrize("write", [
    lambda folder: (folder / "inner/deeper/file").write_text("other"),
    lambda folder: (folder / "inner/deeper/new").write_text(""),
    lambda folder: (folder / "inner/deeper/file").unlink(),
    lambda folder: (folder / "inner/deeper/file").rename(folder / "inner/file"),
    lambda folder: (folder / "top").rename(folder / "topmost"),
    lambda folder: (folder / "b\udc80d").write_text(""),
])  # fmt: skip
def test_a_tree_changes_with_each_of_its_files(
    here: Contents, tmp_path: Path, write: Callable[[Path], object]
) -> None:
    tree(tmp_path / "tree")
    before = here.of_tree("tree")
    write(tmp_path / "tree")
    assert here.of_tree("tree") == Contents(tmp_path).of_tree("tree") != before


def test_a_tree_is_the_same_elsewhere_whatever_was_compiled_and_committed(
    here: Contents, tmp_path: Path
) -> None:
    tree(tmp_path / "tree")
    tree(tmp_path / "other")
    for made in (".git", "__pycache__", "inner/__pycache__"):
        (tmp_path / "other" / made).mkdir()
        (tmp_path / "other" / made / "file").write_text(made)
    assert here.of_tree("tree") == here.of_tree("other")
    assert Contents(tmp_path / "other").of_tree(".") == here.of_tree("tree")


def test_a_tree_has_what_its_links_lead_to(here: Contents, tmp_path: Path) -> None:
    tree(tmp_path / "tree")
    tree(tmp_path / "linked")
    before = here.of_tree("tree")
    (tmp_path / "tree/link").symlink_to(tmp_path / "linked")
    with_link = here.of_tree("tree")
    (tmp_path / "linked/inner/deeper/file").write_text("other")
    assert len({before, with_link, here.of_tree("tree")}) == 3


def test_a_tree_that_links_into_itself_ends(here: Contents, tmp_path: Path) -> None:
    tree(tmp_path / "tree")
    before = here.of_tree("tree")
    (tmp_path / "tree/inner/deeper/loop").symlink_to(tmp_path / "tree")
    (tmp_path / "tree/self").symlink_to(tmp_path / "tree/self")
    assert here.of_tree("tree") not in (None, before)
