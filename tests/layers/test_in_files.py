"""Files get their numbers as bytes, whatever else they hold, and all of them or none."""

from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers import references
from docs_tools.layers.in_files import Places, plan_files, plan_insertion
from docs_tools.layers.numbers import Numbers
from docs_tools.layers.run_insert import InsertRequest, insert_into_files
from tests.layers.arns import ACCOUNT, arn, release

OLD, NEW = arn("eu-west-1", "PythonV2", 7), arn("eu-west-1", "PythonV2", 40)
OTHER = arn("ca-west-1", "PythonV2", 39)
ANYWHERE = f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV2:7"


def insert(
    folder: Path, *globs: str, numbers: Numbers | None = None, dry_run: bool = False
) -> None:
    numbers = numbers or release(NEW)
    insert_into_files(InsertRequest(folder, globs or ("**",), (), numbers, dry_run=dry_run))


@pytest.mark.parametrize(
    "template",
    [
        b"%s\n",
        b"%s",
        b"\xef\xbb\xbf%s\r\n%s\n%s\r%s",
        "é %s ü\r\n".encode(),
        "é %s ü".encode("latin-1"),
        b"\xff\xfe%s",
        b"\x80\x81 %s \xfe\xff",
        "% s \u65e5\u672c %s\n".replace("% s", "%s").encode("euc-jp"),
        b"\x1b[1m%s\x1b[0m\x0c\x85%s",
    ],
)
def test_a_file_changes_at_its_numbers_only(tmp_path: Path, template: bytes) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(template.replace(b"%s", OLD.encode()))

    insert(tmp_path)

    assert file.read_bytes() == template.replace(b"%s", NEW.encode())


def test_a_file_without_a_change_is_not_written(tmp_path: Path) -> None:
    files = {"right.md": NEW, "none.md": "text", "stranger.md": OLD.replace("V2", "V1")}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    before = {name: (tmp_path / name).stat().st_ino for name in files}

    insert(tmp_path)

    assert {name: (tmp_path / name).stat().st_ino for name in files} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(OLD)
    insert(tmp_path, dry_run=True)
    assert (tmp_path / "page.md").read_text() == OLD


def test_a_binary_file_is_left_alone_and_told() -> None:
    content = b"\x7fELF\0" + OLD.encode() + b"\0"

    planned = plan_insertion([("a.bin", content), ("b.bin", b"\0\1\2")], release(NEW))

    assert planned.skipped == ("a.bin: not a text file",)
    assert (planned.changes, planned.problems, planned.files) == ((), (), 2)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_a_problem_where_it_has_an_arn_of_ours(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    files = [
        (name, f"{mark}{text}".encode(encoding))
        for name, text in {
            "ours.txt": OLD,
            "ambiguous.txt": ANYWHERE,
            "kept.txt": f"{OLD} docs_tools: keep",
            "stranger.txt": OLD.replace("V2", "V1"),
            "none.txt": "text",
        }.items()
    ]

    planned = plan_insertion(files, release(NEW, OTHER))

    assert [(p.message, p.file, p.hint) for p in planned.problems] == [
        ("has layer ARNs and is UTF-16", name, "save it as UTF-8")
        for name in ("ours.txt", "ambiguous.txt")
    ]
    assert planned.changes == ()


def test_a_number_never_becomes_smaller_unless_it_may() -> None:
    content = f"é\n  {NEW}\n".encode()
    lower = release(OLD)

    planned = plan_insertion([("page.md", content)], lower)

    (problem,) = planned.problems
    assert (problem.file, problem.line, problem.column) == ("page.md", 2, 3)
    assert problem.message == f"number 40 would go back to 7: {OLD}"
    assert "--allow-lower" in str(problem.hint)
    (change,) = plan_insertion([("page.md", content)], lower, allow_lower=True).changed
    assert change.after == content.replace(b":40", b":7")


def test_all_problems_are_told_at_once_in_order_and_nothing_is_written(tmp_path: Path) -> None:
    texts = {
        "a.md": f"\ufeff{ANYWHERE} {ANYWHERE}\r\n{arn('eu-west-1', 'PythonV2', 41)}\n é {ANYWHERE}",
        "b.md": OLD,
    }
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "c.md").write_bytes(OLD.encode("utf-16"))
    (tmp_path / "link.md").symlink_to("b.md")

    with pytest.raises(DocsToolsError, match="7 problems in the files") as caught:
        insert(tmp_path, "*.md", "link.md", "nothing/*", numbers=release(NEW, OTHER))

    assert [(d.file, d.line, d.column, d.message[:14]) for d in caught.value.diagnostics] == [
        ("a.md", 1, 1, "arn:aws:lambda"),
        ("a.md", 1, 2 + len(ANYWHERE), "arn:aws:lambda"),
        ("a.md", 2, 1, "number 41 woul"),
        ("a.md", 3, 4, "arn:aws:lambda"),
        ("c.md", None, None, "has layer ARNs"),
        (None, None, None, "no file matche"),
        ("link.md", None, None, "is a symbolic "),
    ]
    assert {name: (tmp_path / name).read_bytes().decode() for name in texts} == texts


def test_a_file_that_cannot_be_read_is_one_of_the_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(OLD)
    read = Path.read_bytes

    def denied(self: Path) -> bytes:  # root may read all
        if self.name == "a.md":
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(DocsToolsError) as caught:
        insert(tmp_path)

    assert list(map(str, caught.value.diagnostics)) == ["a.md: can't be read: Permission denied"]
    assert (tmp_path / "b.md").read_text() == OLD


def test_where_one_file_cannot_be_written_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.md", "sub/b.md", "c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(OLD)
    write = Path.write_bytes

    def read_only(self: Path, content: bytes) -> int:
        if self.parent.name == "sub":
            raise OSError(30, "Read-only file system", str(self))
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", read_only)
    with pytest.raises(OSError, match="Read-only") as caught:
        insert(tmp_path)

    assert caught.value.filename == str(tmp_path / "sub/b.md")
    found = {path.name: path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"a.md": OLD, "b.md": OLD, "c.md": OLD}


def test_a_file_keeps_its_mode_and_a_link_that_no_glob_names_is_left(tmp_path: Path) -> None:
    inside, outside = tmp_path / "project", tmp_path / "outside.md"
    inside.mkdir()
    outside.write_text(OLD)
    (inside / "run.sh").write_text(OLD)
    (inside / "run.sh").chmod(0o750)
    (inside / "link.md").symlink_to(outside)

    insert(inside)

    assert (inside / "run.sh").stat().st_mode & 0o777 == 0o750
    assert (inside / "run.sh").read_text() == NEW
    assert (inside / "link.md").is_symlink()
    assert outside.read_text() == OLD


def test_each_file_is_read_once_and_searched_at_most_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = []
    for number in range(100):
        path = tmp_path / f"{number}.md"
        path.write_text(f"text\n{OLD}\n" * 20 if number % 10 == 0 else "text\n" * 40)
        files.append((path.name, path))
    reads: list[str] = []
    searches: list[int] = []
    read = Path.read_bytes

    def counted(self: Path) -> bytes:
        reads.append(self.name)
        return read(self)

    class Pattern:
        """The pattern of ARNs, which counts what it is asked for."""

        def __init__(self, pattern: object) -> None:
            self.pattern = pattern

        def __getattr__(self, name: str) -> object:
            assert name == "finditer"
            searches.append(1)
            return getattr(self.pattern, name)

    monkeypatch.setattr(Path, "read_bytes", counted)
    monkeypatch.setattr(references, "_ARN", Pattern(references._ARN))
    monkeypatch.setattr(references, "_END", None)  # for what no one has thought of only

    planned = plan_files(files, release(NEW))

    assert reads == [name for name, _ in files]
    assert len(searches) == 10  # of those that have layers
    assert len(planned.changed) == 10
    assert all(len(change.changed) == 20 for change in planned.changed)


def test_names_that_are_not_ascii_are_told_as_they_were_written() -> None:
    text = f"arn:aws:lambda:${{région}}:{ACCOUNT}:layer:PythonV2:7"

    (change,) = plan_insertion([("page.md", text.encode())], release(NEW)).changed

    assert [i.arn for i in change.insertions] == [text.removesuffix("7") + "40"]
    (problem,) = plan_insertion([("page.md", text.encode())], release(NEW, OTHER)).problems
    assert "${région}" in problem.message


def test_places_count_lines_and_columns_as_an_editor_does() -> None:
    text = "\ufeffé x\r\nab\n\n日本 x"
    content = text.encode()
    places = Places(content)
    offsets = [content.index(found) for found in (b" x", b"x", b"ab", b"b")] + [len(content) - 1]

    assert [places.find(offset) for offset in offsets] == [(1, 2), (1, 3), (2, 1), (2, 2), (4, 4)]
    assert Places("\ufeffx".encode()).find(3) == (1, 1)
