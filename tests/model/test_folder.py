"""A folder is read the same on every machine, and never beyond the project."""

import os
from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.model.folder import Entry, load_folder


def make(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return root


def show(entry: Entry) -> list[str]:
    """The entries as paths, those of folders with a slash."""
    shown = []
    for inner in entry.entries:
        shown.append(inner.name + "/" * inner.is_folder)
        shown += [f"{inner.name}/{below}" for below in show(inner)]
    return shown


def test_entries_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    make(tmp_path, "b.py", "B.md", "a/x", "Zoo/x", "_c.py", "10", "9")

    assert show(load_folder(tmp_path, ".")) == ["10", "9", "_c.py", "a/", "B.md", "b.py", "Zoo/"]


@pytest.mark.parametrize(
    ("depth", "shown"),
    [
        (1, ["a/", "c"]),
        (2, ["a/", "a/b/", "a/d", "c"]),
        (3, ["a/", "a/b/", "a/b/e", "a/d", "c"]),
        (9, ["a/", "a/b/", "a/b/e", "a/d", "c"]),
    ],
)
def test_a_folder_is_shown_as_deep_as_was_asked_for(
    tmp_path: Path, depth: int, shown: list[str]
) -> None:
    make(tmp_path, "top/a/b/e", "top/a/d", "top/c")

    assert show(load_folder(tmp_path, "top", depth)) == shown


def test_what_tools_leave_behind_is_left_out(tmp_path: Path) -> None:
    make(
        tmp_path,
        *("kept.py", ".hidden", ".git/config", "__pycache__/x.py", "x.pyc", "x.egg-info/PKG"),
        *("node_modules/x/y", "gone/__pycache__/x.pyc", "gone/deep/.keep"),
    )
    (tmp_path / "empty").mkdir()

    assert show(load_folder(tmp_path, ".")) == ["kept.py"]
    assert show(load_folder(tmp_path, ".", 5)) == ["kept.py"]


@pytest.mark.parametrize(
    ("exclude", "shown"),
    [
        ([], ["a/", "a/b.md", "a/c.py", "d.md", "e/", "e/c.py"]),
        (["*.md"], ["a/", "a/c.py", "e/", "e/c.py"]),
        (["a/*.py"], ["a/", "a/b.md", "d.md", "e/", "e/c.py"]),
        (["e/"], ["a/", "a/b.md", "a/c.py", "d.md"]),
        (["c.py"], ["a/", "a/b.md", "d.md"]),
        (["[ad]*"], ["e/", "e/c.py"]),
    ],
)
def test_patterns_leave_out_names_and_paths(
    tmp_path: Path, exclude: list[str], shown: list[str]
) -> None:
    make(tmp_path, "a/b.md", "a/c.py", "d.md", "e/c.py")

    assert show(load_folder(tmp_path, ".", 2, exclude)) == shown


@pytest.mark.parametrize(
    ("exclude", "message"),
    [
        (["*.md", "z*"], 'nothing matches "z*"\n    take it out of `exclude`'),
        (["*.md", "e/d.py"], 'nothing matches "e/d.py"'),
        (["c.pi"], 'nothing matches "c.pi"\n    did you mean c.py?'),
        (["A"], 'nothing matches "A"\n    did you mean a?'),
        (["*.pyc"], 'nothing matches "*.pyc"'),
    ],
)
def test_a_pattern_that_matches_nothing_is_out_of_date(
    tmp_path: Path, exclude: list[str], message: str
) -> None:
    make(tmp_path, "a/b.md", "a/c.py", "d.md", "e/c.py", "e/c.pyc")

    with pytest.raises(DocsToolsError) as caught:
        load_folder(tmp_path, ".", exclude=exclude)

    assert message in str(caught.value)


def test_a_pattern_may_match_deeper_than_the_tree_shows(tmp_path: Path) -> None:
    make(tmp_path, "a/b/c.py", "a/b/d.md", "e")

    assert show(load_folder(tmp_path, ".", 1, ["a/b/*.md", "a/b/c.*"])) == ["e"]


def test_only_listed_files_are_shown_where_there_is_a_list(tmp_path: Path) -> None:
    make(tmp_path, "a/b", "a/c", "d/e", "f", ".g", "h", "lib/x")
    listed = ["a/b", "f", ".g", "gone", "gone/too", "lib/"]

    def show_at(depth: int) -> list[str]:
        return show(load_folder(tmp_path, ".", depth, list_files=lambda _: listed))

    assert show_at(1) == ["a/", "f", "lib/"]
    assert show_at(3) == ["a/", "a/b", "f", "lib/"]


@pytest.mark.parametrize(
    ("path", "name"), [("src/pkg", "src/pkg"), ("src//pkg/", "src/pkg"), ("src/../src", "src")]
)
def test_the_folder_is_named_as_seen_from_the_project(tmp_path: Path, path: str, name: str) -> None:
    make(tmp_path, "src/pkg/x")

    assert load_folder(tmp_path, path).name == name


def test_the_project_itself_has_no_name_of_this_machine(tmp_path: Path) -> None:
    assert load_folder(make(tmp_path, "x"), ".").name == "."


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("..", "lies outside the project"),
        ("../project-b", "lies outside the project"),
        ("src/../../project-b", "lies outside the project"),
        ("out", "lies outside the project"),
        ("out/deep", "lies outside the project"),
        ("/etc", "is no path within the project"),
        ("C:/x", "is no path within the project"),
        ("\\\\server\\x", "is no path within the project"),
        ("a\0b", "is no path within the project"),
        ("scr", 'no folder "scr"\n    did you mean src?'),
        ("src/pkq", 'no folder "src/pkq"\n    did you mean src/pkg?'),
        ("nowhere/at/all", 'no folder "nowhere/at/all"\n    write a path'),
        ("SRC", 'no folder "SRC"\n    did you mean src?'),
        ("src/p.egg-info", 'no folder "src/p.egg-info"\n    write a path'),
        ("src/file", '"src/file" is a file\n    write the folder that it is in: src'),
        ("top", '"top" is a file\n    write the folder that it is in: .'),
        ("x" * 5000, "can't be read: File name too long"),
        ("circle", "can't be read"),
    ],
)
def test_a_folder_that_is_not_there_or_outside_is_refused(
    tmp_path: Path, path: str, message: str
) -> None:
    root = make(tmp_path / "project", "src/pkg/x", "src/file", "top", "src/pkg.egg-info/x")
    make(tmp_path / "project-b", "deep/secret")
    (root / "out").symlink_to(tmp_path / "project-b")
    (root / "circle").symlink_to(root / "circle")

    with pytest.raises(DocsToolsError) as caught:
        load_folder(root, path)

    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


def test_links_are_shown_and_not_followed(tmp_path: Path) -> None:
    root = make(tmp_path / "project", "real/x")
    make(tmp_path / "outside", "secret")
    (root / "broken").symlink_to("nowhere")
    (root / "inside").symlink_to("real")
    (root / "loop").symlink_to(".")
    (root / "out").symlink_to(tmp_path / "outside")

    shown = show(load_folder(root, ".", 3))

    assert shown == ["broken", "inside", "loop", "out", "real/", "real/x"]


def test_a_link_within_the_project_may_be_asked_for(tmp_path: Path) -> None:
    make(tmp_path, "real/x")
    (tmp_path / "link").symlink_to("real")

    assert show(load_folder(tmp_path, "link")) == ["x"]


@pytest.mark.parametrize("name", ["new\nline", "tick`", b"\xff.py", "größe", "☃", "-rf", "*"])
def test_any_name_can_be_read(tmp_path: Path, name: str | bytes) -> None:
    Path(tmp_path, os.fsdecode(name)).touch()

    assert show(load_folder(tmp_path, ".")) == [os.fsdecode(name)]
