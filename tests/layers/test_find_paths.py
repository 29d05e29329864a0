"""Globs stand for the same files of a commit as of the folder that it is checked out in."""

import posixpath
from pathlib import Path

import hypothesis
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from docs_tools.layers.find_files import find_files, find_paths
from tests.size import examples

PATHS = (
    "README.md",
    ".github/a.yml",
    "docs/.cache/a.md",
    "docs/.hidden.md",
    "docs/a.md",
    "docs/node_modules/x/a.md",
    "docs/sub/__pycache__/a.md",
    "docs/sub/a.txt",
    "site/[x]/a.md",
    "site/x/a.md",
)
PARTS = st.sampled_from(
    ["docs", "site", "sub", "**", "*", "a.*", "*.md", "a.md", ".*", ".cache", "..", ".", "[x]",
     "node_modules", "?", ".github", "x"]
)  # fmt: skip
PATTERNS = st.lists(PARTS, min_size=1, max_size=4).map("/".join)


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("top")
    for path in PATHS:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)
    return folder


@hypothesis.settings(max_examples=examples(100))
@given(
    patterns=st.lists(PATTERNS, min_size=1, max_size=3),
    start=st.sampled_from([".", "docs", "docs/sub", "site/[x]"]),
)
def test_a_commit_and_its_checkout_have_the_same_files(
    top: Path, patterns: list[str], start: str
) -> None:
    bases = [posixpath.normpath(posixpath.join(start, pattern)) for pattern in patterns]
    assume(not any(base.startswith("..") for base in bases))
    here = find_files(top / start, patterns)
    inside = {path.resolve() for path in here.files.values() if path.is_relative_to(top)}

    found, unmatched = find_paths(PATHS, patterns, start)

    assert {top.resolve() / path for path in found} == inside
    assert unmatched == here.unmatched


@pytest.mark.parametrize("pattern", ["../x/*.md", "/etc/*", "../top/docs/**", "../.."])
def test_what_is_outside_of_the_repository_is_nothing(pattern: str) -> None:
    assert find_paths(PATHS, [pattern]) == ((), (pattern,))


def test_files_outside_of_the_folder_are_excused_as_those_in_it(tmp_path: Path) -> None:
    for path in ("shared/old/a.md", "shared/b.md", "site/c.md", "site/d.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path)
    found = find_files(tmp_path / "site", ["../shared/**", "*.md"])

    left = found.without(tmp_path / "site", ["../shared/old/", "d.*"])

    assert [path.relative_to(tmp_path).as_posix() for _, path in left] == [
        "shared/b.md",
        "site/c.md",
    ]
