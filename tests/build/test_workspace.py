"""A run's folder goes with the run, and what a kill left goes with the next run."""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from docs_tools.build import find_project
from docs_tools.build import workspace as module
from docs_tools.build.source import project_at
from docs_tools.build.workspace import remove, workspace
from docs_tools.git import Git
from tests.project import CONFIG, TinyProject

KILLED = (
    "import os, signal\n\ndef on_pre_build(**kwargs):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
)


@pytest.fixture
def temporary(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary directory that only this test uses."""
    folder = project.folder.parent / "tmp"
    folder.mkdir()
    project.env["TMPDIR"] = str(folder)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def runs(project: TinyProject) -> Path:
    return project.folder / ".git/docs_tools/runs"


def left(project: TinyProject, temporary: Path) -> list[str]:
    """All that a run may leave: folders, files that name them, work trees."""
    trees = project.git("worktree", "list", "--porcelain").split("\n\n")[1:]
    registered = runs(project).iterdir() if runs(project).is_dir() else ()
    admin = project.folder / ".git/worktrees"
    trees += map(str, admin.iterdir()) if admin.is_dir() else []
    return [*map(str, temporary.iterdir()), *map(str, registered), *filter(None, trees)]


def register(project: TinyProject, content: bytes, id: str | None = None) -> Path:
    """A file as a dead run leaves it, with other content."""
    runs(project).mkdir(parents=True, exist_ok=True)
    file = runs(project) / (id or uuid4().hex)
    file.write_bytes(content)
    return file


def test_a_workspace_is_gone_after_the_run_and_after_an_error(
    project: TinyProject, temporary: Path
) -> None:
    git = Git(project.folder)
    with workspace(git) as folder:
        assert folder.is_absolute()
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.parent == temporary
        git.output("worktree", "add", "--detach", str(folder / "tree"))
        (folder / "site").mkdir()
    assert left(project, temporary) == []
    with pytest.raises(ValueError, match="stop"), workspace(git):
        raise ValueError("stop")
    assert left(project, temporary) == []


@pytest.mark.parametrize("command", ["build", "publish"])
def test_what_a_killed_run_left_is_removed_by_the_next_one(
    project: TinyProject, temporary: Path, command: str
) -> None:
    project.write("hook.py", KILLED)
    project.write("mkdocs.yml", CONFIG + "hooks: [hook.py]\n")
    project.commit("killed")
    args = {"build": ["-d", "site"], "publish": ["--version", "1.0.0"]}[command]
    killed = project.docs_tools(command, "--ref", "HEAD", *args)
    assert killed.status == -signal.SIGKILL
    assert len(list(temporary.glob("docs_tools-*/tree/mkdocs.yml"))) == 1
    assert project.git("worktree", "list").count("\n") == 1
    project.write("hook.py", "")
    project.commit("mended")
    result = project.docs_tools(command, "--ref", "HEAD", *args)
    assert result.status == 0, result.err
    assert left(project, temporary) == []


def test_a_run_in_another_work_tree_and_temporary_directory_removes_it_too(
    project: TinyProject, temporary: Path, tmp_path: Path
) -> None:
    killed_in(project)
    assert left(project, temporary)
    project.git("worktree", "add", "--quiet", str(tmp_path / "other"))
    (tmp_path / "elsewhere").mkdir()
    other = TinyProject(tmp_path / "other", {"TMPDIR": str(tmp_path / "elsewhere")})
    result = other.docs_tools("build", "--ref", "HEAD", "-d", "site")
    assert result.status == 0, result.err
    project.git("worktree", "remove", "--force", str(tmp_path / "other"))
    assert left(project, temporary) == []


def killed_in(project: TinyProject, then: str = "") -> None:
    """A process that is killed while it has a workspace with a work tree."""
    code = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from docs_tools.build.workspace import workspace\nfrom docs_tools.git import Git\n"
        "git = Git(Path.cwd())\n"
        "with workspace(git) as folder:\n"
        "    git.output('worktree', 'add', '--detach', '--quiet', str(folder / 'tree'))\n"
        f"    {then}\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = project.run(sys.executable, "-c", code)
    assert done.status == -signal.SIGKILL, done.err


@pytest.mark.parametrize(
    "then",
    [
        # as git leaves it that is killed in the middle of `worktree add`
        "Path('.git/worktrees/tree/locked').write_text('initializing')",
        "(folder / 'tree/.git').unlink(); "
        "Path('.git/worktrees/tree/locked').write_text('initializing')",
        "Path('.git/worktrees/tree/commondir').write_text('')",
        # as git makes it where it is told to: `worktree.useRelativePaths`
        "Path('.git/worktrees/tree/gitdir').write_text("
        "os.path.relpath(folder / 'tree/.git', '.git/worktrees/tree') + chr(10))",
        # as a sweep leaves it that is killed itself
        "import shutil; shutil.rmtree(folder)",
        "import shutil; shutil.rmtree(folder / 'tree')",
    ],
    ids=["locked", "half made", "just begun", "relative", "half swept", "tree gone"],
)
def test_a_half_made_or_half_removed_work_tree_is_removed(
    project: TinyProject, temporary: Path, then: str
) -> None:
    killed_in(project, then)
    with workspace(Git(project.folder)):
        assert len(left(project, temporary)) == 2  # the folder of this run and its file
    assert left(project, temporary) == []


def test_a_run_killed_before_its_folder_had_anything_is_removed(
    project: TinyProject, temporary: Path
) -> None:
    register(project, b"")  # before it named its folder
    for make in (True, False):
        id = uuid4().hex
        folder = temporary / f"docs_tools-{id}"
        if make:
            folder.mkdir()
        register(project, os.fsencode(folder), id)
    with workspace(Git(project.folder)):
        assert len(left(project, temporary)) == 2
    assert left(project, temporary) == []


def test_the_folder_of_a_living_run_is_not_touched_by_another(
    project: TinyProject, temporary: Path
) -> None:
    git = Git(project.folder)
    with workspace(git) as folder:
        git.output("worktree", "add", "--detach", "--quiet", str(folder / "tree"))
        (folder / "file").write_text("mine")
        before = left(project, temporary)
        result = project.docs_tools("build", "--ref", "HEAD", "-d", "site")
        assert result.status == 0, result.err
        assert left(project, temporary) == before
        assert (folder / "file").read_text() == "mine"
        assert (folder / "tree/mkdocs.yml").is_file()


def test_eight_runs_at_once_keep_out_of_each_others_way(
    project: TinyProject, temporary: Path
) -> None:
    killed_in(project)
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from docs_tools.build.workspace import workspace\nfrom docs_tools.git import Git\n"
        "git = Git(Path.cwd())\n"
        "for number in range(5):\n"
        "    with workspace(git) as folder:\n"
        "        git.output('worktree', 'add', '--detach', '--quiet', str(folder / 'tree'))\n"
        "        assert (folder / 'tree/mkdocs.yml').is_file()\n"
        "        assert Git(folder / 'tree').text('status', '--porcelain') == ''\n"
    )
    with ThreadPoolExecutor(8) as pool:
        done = list(pool.map(lambda _: project.run(sys.executable, "-c", code), range(8)))
    assert [result.status for result in done] == [0] * 8, [result.err for result in done]
    assert left(project, temporary) == []


def test_a_work_tree_that_another_process_is_making_is_waited_for(project: TinyProject) -> None:
    entry = project.folder / ".git/worktrees/other"
    entry.mkdir(parents=True)
    (entry / "gitdir").write_text(f"{project.folder.parent}/other/.git\n")
    (entry / "HEAD").write_text(project.git("rev-parse", "HEAD") + "\n")
    (entry / "commondir").touch()
    assert "commondir" in project.run("git", "worktree", "list").err
    with ThreadPoolExecutor(1) as pool:
        listed = pool.submit(Git(project.folder).text, "worktree", "list")
        time.sleep(0.2)
        (entry / "commondir").write_text("../..\n")
        assert "/other " in listed.result()


def test_a_work_tree_of_the_user_stays_even_where_its_disk_is_away(
    project: TinyProject, temporary: Path, tmp_path: Path
) -> None:
    project.git("worktree", "add", "--quiet", str(tmp_path / "disk"))
    (tmp_path / "disk").rename(tmp_path / "away")
    killed_in(project)
    with workspace(Git(project.folder)):
        pass
    (tmp_path / "away").rename(tmp_path / "disk")
    assert TinyProject(tmp_path / "disk").git("status", "--porcelain") == ""


def hostile(project: TinyProject, temporary: Path) -> list[Path]:
    """Folders that files of runs name and that no run made, each with a file in it."""
    ids = [uuid4().hex for _ in range(7)]
    precious = temporary / "precious"
    named = temporary / f"docs_tools-{ids[0]}"
    link = temporary / f"docs_tools-{ids[1]}"
    other = temporary / f"docs_tools-{uuid4().hex}"
    file = temporary / f"docs_tools-{ids[4]}"
    for folder in (precious, named, other):
        folder.mkdir()
        (folder / "thesis.md").write_text("years of work")
    link.symlink_to(precious)
    (precious / f".docs_tools-run-{ids[1]}").touch()
    (other / f".docs_tools-run-{ids[2]}").touch()
    file.write_text("a file")
    for id, content in [
        (ids[0], os.fsencode(named)),  # the name of a run, but not its mark
        (ids[1], os.fsencode(link)),
        (ids[2], os.fsencode(other)),  # another run's
        (ids[3], os.fsencode(precious / ".." / "precious")),
        (ids[4], os.fsencode(file)),
        (ids[5], os.fsencode(os.path.relpath(precious, project.folder))),
        (ids[6], f"/\0/docs_tools-{ids[6]}".encode()),
    ]:
        register(project, content, id)
    for content in (b"/", os.fsencode(Path.home()), b"", b"\xff\x00\n" * 2000, b"..", b"."):
        register(project, content)
    return [precious, named, link, other]


def test_files_that_no_run_wrote_remove_nothing(project: TinyProject, temporary: Path) -> None:
    folders = hostile(project, temporary)
    os.mkfifo(runs(project) / uuid4().hex)
    (runs(project) / uuid4().hex).symlink_to(project.folder / "mkdocs.yml")
    (runs(project) / uuid4().hex).mkdir()
    register(project, os.fsencode(folders[0]), "notes.txt")
    before = sorted(temporary.rglob("*"))
    with workspace(Git(project.folder)):
        pass
    assert sorted(temporary.rglob("*")) == before
    assert all((folder / "thesis.md").read_text() == "years of work" for folder in folders)
    assert (project.folder / "mkdocs.yml").read_text() == CONFIG
    assert Path.home().is_dir()


def test_the_folder_of_another_user_stays(
    project: TinyProject, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_in(project)
    before = left(project, temporary)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with workspace(Git(project.folder)):
        pass
    assert left(project, temporary) == before


@pytest.mark.parametrize("why", ["no locks here", "no lock to be had", "not to be written"])
def test_where_runs_can_not_be_told_apart_nothing_is_swept_and_the_run_works(
    project: TinyProject, temporary: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    killed_in(project)
    before = left(project, temporary)
    if why == "no locks here":
        monkeypatch.setattr(module, "fcntl", None)
    elif why == "no lock to be had":

        def flock(*_: object) -> None:
            raise OSError("no locks available")

        monkeypatch.setattr(fcntl, "flock", flock)
    else:
        runs(project).rename(runs(project).with_name("kept"))
        runs(project).touch()
    with workspace(Git(project.folder)) as folder:
        assert folder.is_dir()
    if why == "not to be written":
        runs(project).unlink()
        runs(project).with_name("kept").rename(runs(project))
    assert left(project, temporary) == before


def test_the_module_can_be_imported_where_there_is_no_fcntl() -> None:
    code = "import sys; sys.modules['fcntl'] = None; import docs_tools.build.workspace"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_two_refs_one_after_the_other_share_a_workspace(
    project: TinyProject, temporary: Path
) -> None:
    here = find_project(None, project.folder)
    project.git("tag", "old")
    project.write("docs/page.md", "# New\n")
    project.commit("new")
    git = Git(project.folder)
    with workspace(git) as folder:
        for ref, text in (("old", "# Page"), ("HEAD", "# New")):
            with project_at(here, git, ref, folder) as there:
                assert there.folder.is_relative_to(folder)
                assert (there.docs_dir / "page.md").read_text().startswith(text)
            assert not there.folder.exists()
    assert left(project, temporary) == []


def test_the_hooks_of_a_project_do_not_run_for_a_work_tree(
    project: TinyProject, temporary: Path
) -> None:
    hook = project.folder / ".git/hooks/post-checkout"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with project_at(find_project(None, project.folder), Git(project.folder), "HEAD") as there:
        assert there.config_file.is_file()


def test_removing_what_is_in_no_repository_any_more_still_removes_it(tmp_path: Path) -> None:
    (tmp_path / "folder/tree").mkdir(parents=True)
    remove(Git(tmp_path / "gone"), tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


def test_a_workspace_can_be_had_beside_another_in_one_process(
    project: TinyProject, temporary: Path
) -> None:
    git = Git(project.folder)
    with workspace(git) as outer:
        with workspace(git) as inner:
            assert outer.is_dir()
            assert inner != outer
        assert outer.is_dir()
