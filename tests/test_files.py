"""A text file is replaced whole, or stays as it was."""

from pathlib import Path

import pytest

from docs_tools.files import replace_text, replace_texts


def test_a_file_is_written_with_its_folder_and_again_only_where_its_text_differs(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "deep" / "file.txt"

    assert replace_text(path, "Grüße\n") is True
    assert path.read_bytes() == "Grüße\n".encode()
    before = path.stat().st_ino
    assert replace_text(path, "Grüße\n") is False
    assert path.stat().st_ino == before
    assert replace_text(path, "Grüße\r\n") is True
    assert path.read_bytes() == "Grüße\r\n".encode()


def test_a_new_file_is_as_readable_as_any_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    path, plain = tmp_path / "file.txt", tmp_path / "plain.txt"
    plain.write_text("x")

    replace_text(path, "one")
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o640)
    replace_text(path, "two")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_stays_and_what_it_names_is_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    link.symlink_to(target)

    assert replace_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize("name", ["folder", "folder/file/below"])
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/file").write_text("here")

    with pytest.raises(OSError, match="folder"):
        replace_text(tmp_path / name, "text")

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


def test_a_file_that_someone_reads_meanwhile_is_never_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:2])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        replace_text(path, "new text")

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "old.txt").write_text("old")
    texts = [(tmp_path / name, "new") for name in ("old.txt", "new.txt", "folder", "more.txt")]

    with pytest.raises(OSError, match="folder") as caught:
        replace_texts(texts)

    assert caught.value.filename == str(tmp_path / "folder")
    assert (tmp_path / "old.txt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "old.txt"]
    assert replace_texts([*texts[:2], (tmp_path / "more.txt", "more")]) == [True, True, True]
    assert replace_texts(texts[:2]) == [False, False]


def test_a_name_may_be_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 252 + ".md")

    assert replace_text(path, "one")
    assert replace_text(path, "two")
    assert [found.read_text() for found in tmp_path.iterdir()] == ["two"]


def test_an_error_names_the_file_as_it_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "target.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("target.txt")
    monkeypatch.chdir(tmp_path)

    def fail(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PermissionError) as caught:
        replace_text(Path("link.txt"), "new")

    assert caught.value.filename == "link.txt"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.txt", "target.txt"]
