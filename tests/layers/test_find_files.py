"""Globs stand for files, and never for what a symbolic link leads to."""

import os
from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers.find_files import FoundFiles, Globs, find_files

FILES = (
    "README.md",
    "docs/index.md",
    "docs/sub/page.md",
    "docs/sub/deep/page.txt",
    "docs/.hidden.md",
    "docs/.0a1b2c3d4e5f",
    "docs/.cache/page.md",
    "docs/node_modules/x/page.md",
    "docs/__pycache__/page.md",
    ".github/workflow.yml",
    "examples/[draft] a b.md",
    "examples/é.md",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "project"
    for name in FILES:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(name)
    return top


def find(folder: Path, *patterns: str) -> list[str]:
    found = find_files(folder, patterns)
    assert list(found.files.values()) == [folder / name for name in found.files]
    return list(found.files)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("README.md", ["README.md"]),
        ("./README.md", ["README.md"]),
        ("docs", ["docs/index.md", "docs/sub/deep/page.txt", "docs/sub/page.md"]),
        ("docs/", ["docs/index.md", "docs/sub/deep/page.txt", "docs/sub/page.md"]),
        ("docs/**", ["docs/index.md", "docs/sub/deep/page.txt", "docs/sub/page.md"]),
        ("docs/**/*.md", ["docs/index.md", "docs/sub/page.md"]),
        ("**/*.md", ["README.md", "docs/index.md", "docs/sub/page.md",
                     "examples/[draft] a b.md", "examples/é.md"]),
        ("*.md", ["README.md"]),
        ("docs/*.md", ["docs/index.md"]),
        ("docs/*/page.*", ["docs/sub/page.md"]),
        ("docs/s?b/page.md", ["docs/sub/page.md"]),
        ("docs/sub/../index.md", ["docs/index.md"]),
        # hidden ones are named, as a shell has it
        (".github", [".github/workflow.yml"]),
        (".github/*.yml", [".github/workflow.yml"]),
        ("**/.github/*.yml", [".github/workflow.yml"]),
        ("docs/.hidden.md", ["docs/.hidden.md"]),
        ("docs/.h*", ["docs/.hidden.md"]),
        ("docs/.cache/**", ["docs/.cache/page.md"]),
        ("docs/*/.*", []),
        ("docs/node_modules/**/*.md", ["docs/node_modules/x/page.md"]),
        ("**/node_modules/**/*.md", ["docs/node_modules/x/page.md"]),
        # a shell hands over names as they are
        ("examples/[draft] a b.md", ["examples/[draft] a b.md"]),
        ("examples/?draft*.md", ["examples/[draft] a b.md"]),
        ("examples/é.md", ["examples/é.md"]),
        ("Docs/**", []),
        ("docs/*.rst", []),
        ("docs/index.md/x", []),
    ],
)  # fmt: skip
def test_a_pattern_stands_for_files(folder: Path, pattern: str, names: list[str]) -> None:
    assert find(folder, pattern) == names
    assert find_files(folder, [pattern]).unmatched == (() if names else (pattern,))


def test_what_a_killed_write_left_beside_a_file_is_no_document(folder: Path) -> None:
    assert "docs/.0a1b2c3d4e5f" not in find(folder, "docs", "**", "docs/**", "docs/*", "docs/?*")


def test_files_come_once_and_in_order_and_idle_patterns_are_told(folder: Path) -> None:
    found = find_files(folder, ["docs/sub/page.md", "nothing", "docs/**/*.md", "docs/index.md"])

    assert list(found.files) == ["docs/index.md", "docs/sub/page.md"]
    assert found.unmatched == ("nothing",)


@pytest.mark.parametrize("pattern", ["../other/*.md", "../other", "{}/other/page.md"])
def test_patterns_may_lead_out_of_the_folder(folder: Path, pattern: str) -> None:
    page = folder.parent / "other" / "page.md"
    page.parent.mkdir()
    page.write_text("x")

    found = find_files(folder, [pattern.format(folder.parent)])

    assert found == FoundFiles({str(page): page})


def test_a_link_in_a_tree_is_told_and_never_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "page.md").write_text("x")
    (folder / "docs/folder").symlink_to(outside)
    (folder / "docs/file.md").symlink_to(outside / "page.md")
    (folder / "docs/loop").symlink_to(folder)
    (folder / "docs/broken.md").symlink_to("nowhere")

    found = find_files(folder, ["docs/**"])

    assert sorted(found.links) == [
        "docs/broken.md", "docs/file.md", "docs/folder", "docs/loop",
    ]  # fmt: skip
    assert found.named == ()
    assert list(found.files) == find(folder, "docs/index.md", "docs/sub")


@pytest.mark.parametrize(
    ("pattern", "link"),
    [
        ("docs/file.md", "docs/file.md"),
        ("docs/folder", "docs/folder"),
        ("docs/folder/page.md", "docs/folder/page.md"),
        ("docs/folder/*.md", "docs/folder"),
        ("docs/folder/**", "docs/folder"),
    ],
)
def test_a_link_that_a_pattern_names_or_leads_through_is_told_as_such(
    folder: Path, tmp_path: Path, pattern: str, link: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "page.md").write_text("x")
    (folder / "docs/folder").symlink_to(outside)
    (folder / "docs/file.md").symlink_to(outside / "page.md")

    found = find_files(folder, [pattern, "docs/*"])

    assert found.named == (link,)
    assert not any("folder" in name or "file.md" in name for name in found.files)


def test_a_folder_that_is_reached_by_a_link_itself_is_as_any(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert find(tmp_path / "link", "docs/*.md") == ["docs/index.md"]


def test_what_is_neither_a_file_nor_a_folder_is_left_out(folder: Path) -> None:
    os.mkfifo(folder / "docs/pipe.md")

    assert find(folder, "docs/*.md") == ["docs/index.md"]
    assert find_files(folder, ["docs/pipe.md"]).unmatched == ("docs/pipe.md",)


@pytest.mark.parametrize("pattern", ["docs/[z-a].md", "docs/*\\"])
def test_a_pattern_that_is_none_is_an_error(folder: Path, pattern: str) -> None:
    with pytest.raises(DocsToolsError, match="a glob isn't valid"):
        find_files(folder, [pattern])


@pytest.mark.parametrize(
    ("patterns", "path", "meant"),
    [
        (["docs/**/*.md"], "docs/a/b.md", True),
        (["docs/**/*.md"], "docs/b.md", True),
        (["docs/**/*.md"], "other/docs/b.md", False),
        (["docs"], "docs/a/b.md", True),
        (["./docs/"], "docs/a/b.md", True),
        (["."], "docs/a/b.md", True),
        (["CHANGELOG.md"], "CHANGELOG.md", True),
        (["CHANGELOG.md"], "docs/CHANGELOG.md", False),
        (["**/CHANGELOG.md"], "docs/CHANGELOG.md", True),
        (["!docs"], "docs/a.md", False),
        (["#x/*"], "#x/a.md", True),
        (["docs/a.md", "*.txt"], "b.txt", True),
        ([], "b.txt", False),
        # a shell hands over names as they are
        (["docs/[a].txt"], "docs/[a].txt", True),
        (["docs/[a].txt"], "docs/a.txt", True),
        (["docs/[a]"], "docs/[a]/b.txt", True),
        (["docs/a.txt "], "docs/a.txt ", True),
        (["docs/a.txt"], "docs/a.txt.txt", False),
    ],
)
def test_globs_match_paths_from_their_own_folder(
    patterns: list[str], path: str, meant: bool
) -> None:
    assert Globs(patterns).match(path) is meant


@pytest.mark.parametrize("name", ["examples/[draft] a b.md", "docs/blank "])
def test_a_file_that_is_found_by_its_name_is_left_out_by_it(folder: Path, name: str) -> None:
    (folder / name).write_text("x")
    found = find_files(folder, [name])

    assert list(found.files) == [name]
    assert found.without(folder, [name]) == []
