"""A text file is replaced whole, or stays as it was."""

from pathlib import Path

import pytest

from docs_tools.files import replace_text


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
