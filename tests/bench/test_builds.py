"""How builds are measured: edits, comparing, and commands run."""

import os
import sys
from pathlib import Path

import pytest

from bench.builds.__main__ import LARGE, SUBJECTS, chosen
from bench.builds.compare import differing_files, differing_paths, published
from bench.builds.contestants import Contestant
from bench.builds.measure import Bench
from bench.builds.process import Failed, run, tree_memory
from bench.builds.subject import Copies, Subject, edit_module, edit_page, own
from bench.report import SITES
from bench.sites import make_repository
from bench.sites.repository import commit, git
from tests.demo import ROOT


def subject() -> Subject:
    def write(folder: Path) -> None:
        (folder / "docs").mkdir(parents=True)
        (folder / "docs" / "index.md").write_text("# Home\n\nText.\n")
        (folder / "core.py").write_text('"""A module."""\n')

    return Subject("tiny", "tiny", write, "index.md", "core.py", "core", ".")


def test_an_edit_changes_every_copy_and_one_that_joins_later(tmp_path: Path) -> None:
    copies = Copies(subject(), tmp_path)
    first = copies.of("plain")
    copies.edit("page")
    copies.edit("module")
    copies.edit("page")
    second = copies.of("ours")
    for name in ("docs/index.md", "core.py"):
        assert (first / name).read_text() == (second / name).read_text()
    assert (
        first / "docs/index.md"
    ).read_text() == "# Home\n\nText.\n\nThis was mended in edit 3.\n"
    assert (first / "core.py").read_text() == '"""Mended in edit 2. A module."""\n'


def test_an_edit_changes_one_sentence_however_often(tmp_path: Path) -> None:
    page, module = tmp_path / "a.md", tmp_path / "a.py"
    page.write_text("# A\n\n[^1]: A note.\n")
    module.write_text('"""A."""\n')
    for number in (1, 22):
        edit_page(page, number)
        edit_module(module, number)
    assert page.read_text() == "# A\n\n[^1]: A note.\n\nThis was mended in edit 22.\n"
    assert module.read_text() == '"""Mended in edit 22. A."""\n'


def test_an_edit_that_is_committed_leaves_nothing_to_commit(tmp_path: Path) -> None:
    copies = Copies(subject(), tmp_path)
    copy = copies.of("hotfix")
    copies.edit("page", committed=True)
    assert git(copy, "status", "--porcelain") == ""
    assert git(copy, "rev-list", "--count", "HEAD").strip() == "2"


def test_this_site_has_what_is_edited() -> None:
    assert (ROOT / "docs" / own().page).is_file()
    assert (ROOT / own().module).read_text().startswith('"""')


def test_folders_that_differ_in_a_byte_or_a_file_differ(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name / "in").mkdir(parents=True)
        (tmp_path / name / "in" / "same.html").write_text("x")
        (tmp_path / name / "other.html").write_text(name)
    (tmp_path / "b" / "new.html").touch()
    assert differing_files(tmp_path / "a", tmp_path / "b") == ["new.html", "other.html"]
    assert differing_files(tmp_path / "a", tmp_path / "a") == []


def test_nothing_equals_a_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no files"):
        differing_files(tmp_path, tmp_path)


def test_published_versions_are_compared_by_what_is_on_the_branch(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    for name, text in {"1/a b.html": "x", "1/ü/c.html": "y", "2/a b.html": "x"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    make_repository(folder)
    git(folder, "branch", "gh-pages")
    one, two = published(folder, "1"), published(folder, "2")
    assert sorted(one) == ["a b.html", "ü/c.html"]
    assert differing_paths(one, two) == ["ü/c.html"]


def test_a_command_that_fails_ends_the_measurement_with_what_it_said(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; print('so sorry'); sys.exit(3)"]
    with pytest.raises(Failed, match=r"ended with 3:\nso sorry"):
        run(command, tmp_path, {}, tmp_path / "log")


def test_memory_is_that_of_what_a_command_starts_too(tmp_path: Path) -> None:
    code = "import sys, subprocess; b = b'x' * int(sys.argv[1]); import time; time.sleep(0.5);"
    code += " subprocess.run(sys.argv[2:] and [sys.executable, '-c', *sys.argv[2:]], check=True)"
    inner = "import time; b = b'x' * 90_000_000; time.sleep(0.5)"
    outer = [sys.executable, "-c", code, "60000000", inner]
    measured = run(outer, tmp_path, {}, tmp_path / "log", tree=True)
    assert measured.tree is not None
    assert measured.memory > 90_000_000 / 1024
    assert measured.tree > 150_000_000 / 1024


def test_a_process_that_ended_has_no_memory() -> None:
    assert tree_memory(os.getpid()) > 1000
    assert tree_memory(2**22 + 1) == 0


def test_a_command_builds_the_version_that_its_project_publishes(tmp_path: Path) -> None:
    code = "import sys; open('site.txt', 'w').write(sys.argv[1])"
    bench = Bench(Copies(subject(), tmp_path), 1)
    bench.build(Contestant("x", "x", (sys.executable, "-c", code, "VERSION")))
    assert (bench.copies.of("x") / "site.txt").read_text() == "1.0"


def test_forgetting_leaves_diagrams(tmp_path: Path) -> None:
    ours = tmp_path / ".cache" / "docs_tools"
    for name in ("diagrams/a.json", "pages/page/ab/cd", "trace"):
        (ours / name).parent.mkdir(parents=True, exist_ok=True)
        (ours / name).touch()
    (tmp_path / ".cache" / "12345").touch()
    contestant = Contestant("x", "x", ())
    contestant.forget(tmp_path)
    found = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert found == {".cache/docs_tools/diagrams/a.json"}
    contestant.forget(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("sites", "pages", "expected"),
    [
        (None, None, [name for name in SUBJECTS if name != LARGE]),
        (["own"], None, ["own"]),
        (None, [40], ["40+20", "40+240"]),
        (["own"], [1000], ["own", LARGE]),
    ],
)
def test_sites_are_chosen_by_name_or_size(
    sites: list[str] | None, pages: list[int] | None, expected: list[str]
) -> None:
    assert chosen(sites, pages) == expected


def test_a_size_that_is_not_there_is_refused() -> None:
    with pytest.raises(SystemExit, match="no site of 41 pages"):
        chosen(None, [41])


def test_each_site_is_told_on_the_page_with_its_size() -> None:
    assert list(SITES) == list(SUBJECTS)
    for name, (make, _) in SUBJECTS.items():
        assert make().name == name


def test_committing_takes_new_files_and_removed_ones(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "a").touch()
    make_repository(folder)
    (folder / "a").unlink()
    (folder / "b").touch()
    commit(folder, "docs: other files")
    assert git(folder, "ls-files").split() == ["b"]
