"""Killed at any point, a publish leaves the old state or the new one; the next run completes it.

A stand-in for `git` counts the calls of `docs_tools`, and kills it at the one that a test names.
"""

import shutil
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.forkserver import CHANGES, KILLED_BEFORE
from tests.project import Result, TinyProject
from tests.publish.stand_in import stand_in
from tests.size import LONG

# kills its parent: `docs_tools`
STAND_IN = """\
echo "$*" >> "$here/commands"
number=$(($(wc -l < "$here/commands")))
if [ "$CRASH_BEFORE" = $number ]; then kill -KILL $PPID; exit; fi
if [ "$CRASH_AFTER" = $number ]; then "$git" "$@"; kill -KILL $PPID; exit; fi
"""

CONFIG = """\
site_name: Tiny
site_url: https://example.com/
theme: {name: null, custom_dir: theme}
plugins:
  - mike: {alias_type: copy}
  - docs_tools/publish
hooks: [hook.py]
"""
HOOK = """\
import os, signal

def on_post_build(config, **kwargs):
    if "CRASH_IN_BUILD" in os.environ:
        os.kill(os.getpid(), signal.SIGKILL)
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "hook.py": HOOK,
    "theme/main.html": "<html><body>{{ page.content }}</body></html>\n",
    "docs/index.md": "# Tiny\n",
    ".gitignore": "site/\n",
    # git runs a program for this page when it checks it out, where one is configured
    ".gitattributes": "docs/index.md filter=crash\n",
}
KILL_ALL = "kill -KILL 0"
"""Kills its process group: `docs_tools` and all that it started."""
SITES = {
    "one": {"index.html": "<p>One</p>", "old.html": "<p>Old</p>"},
    "two": {"index.html": "<p>Two</p>", "sub/new.html": "<p>New</p>"},
}

COMMANDS = {
    "publish-ref": ("publish", "--version", "3.0.0", "latest", "-u", "--ref", "v3.0.0"),
    "publish-site-dir": ("publish", "--version", "2.0.0", "next", "--site-dir", "../two"),
    "hotfix": ("hotfix", "--version", "2.0.0", "--site-dir", "../two"),
    "rollback": ("versions", "rollback", "1.0.0"),
    "delete": ("versions", "delete", "1.0.0", "first"),
}
WRITES = ("hash-object", "update-index", "write-tree", "mktree", "commit-tree", "worktree",
          "push", "fetch", "update-ref")  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A project and its remote in a folder of their own, with a folder for temporary files."""

    top: Path

    @property
    def project(self) -> TinyProject:
        dates = {f"GIT_{who}_DATE": "2026-01-02T03:04:05Z" for who in ("AUTHOR", "COMMITTER")}
        return TinyProject(self.top / "project", {"TMPDIR": str(self.top / "tmp"), **dates})

    @classmethod
    def create(cls, top: Path) -> "Scene":
        """1.0.0 published twice, with `first`; 2.0.0 with `latest`; a tag to publish next."""
        scene = cls(top)
        (top / "tmp").mkdir()
        project = scene.project.create(FILES)
        project.git("remote", "set-url", "origin", "../remote.git")
        # a remote without its first branch is worth a notice to `git fsck`
        project.git("--git-dir", "../remote.git", "symbolic-ref", "HEAD", "refs/heads/gh-pages")
        for git in (project.folder / ".git", project.remote):
            shutil.rmtree(git / "hooks")
        project.git("tag", "v3.0.0")
        for site, files in SITES.items():
            for path, text in files.items():
                project.write(f"../{site}/{path}", text)
        for words in (
            "publish --version 1.0.0 first --site-dir ../two",
            "publish --version 1.0.0 --title One --site-dir ../one",
            "publish --version 2.0.0 latest --site-dir ../one",
            "versions default latest",
        ):
            assert project.docs_tools(*words.split(), "--push").status == 0
        return scene

    def copy(self, top: Path) -> "Scene":
        shutil.copytree(self.top, top, symlinks=True)
        return Scene(top)

    def watched(self, command: tuple[str, ...], **crash: int) -> tuple[Result, list[str]]:
        """Runs a command with the stand-in; what came of it, and git's arguments in each call."""
        stand = stand_in(self.top / "bin", STAND_IN)
        variables = {f"CRASH_{when.upper()}": str(number) for when, number in crash.items()}
        result = self.project.docs_tools(*command, "--push", env={**variables, **stand.env})
        return result, (stand.folder / "commands").read_text().splitlines()

    def changing(self, command: tuple[str, ...], killed_before: int = 0) -> list[str]:
        """Runs a command, killed before one of its changes to files; the changes."""
        log = self.top / "changes"
        env = {CHANGES: str(log), KILLED_BEFORE: str(killed_before)}
        result = self.project.docs_tools(*command, "--push", env=env)
        assert result.status == (-signal.SIGKILL if killed_before else 0), result.err
        return log.read_text().splitlines()

    def heads(self) -> tuple[str, str]:
        """The docs branch here and on the remote."""
        here, there = (
            (folder / "refs/heads/gh-pages").read_text().strip()
            for folder in (self.project.folder / ".git", self.project.remote)
        )
        return here, there

    def left(self) -> list[str]:
        """What a run may leave when it is killed; at the end all of it has to be gone."""
        git = self.project.folder / ".git"
        found = [
            *self.top.glob("tmp/docs_tools-*"),
            *git.glob("docs_tools/runs/*"),
            *git.glob("worktrees/*/*"),
        ]
        found += [*git.rglob("*.lock"), *self.project.remote.rglob("*.lock")]
        names = [str(path.relative_to(self.top)) for path in found]
        names += self.project.git("worktree", "list").splitlines()[1:]
        return names + self.broken(git)

    def broken(self, folder: Path) -> list[str]:
        """What is wrong with a repository."""
        fsck = ("git", "--git-dir", str(folder), "fsck", "--no-progress", "--no-dangling")
        checked = self.project.run(*fsck)
        return [*checked.out.splitlines(), *checked.err.splitlines()]


@dataclass(frozen=True)
class Undisturbed:
    """A run that nothing disturbs."""

    command: tuple[str, ...]
    before: str
    after: str
    calls: tuple[str, ...]

    @property
    def is_for_once(self) -> bool:
        """Whether a second time does something else."""
        return self.command[:2] in (COMMANDS["rollback"][:2], COMMANDS["delete"][:2])

    def last_calls(self, kinds: tuple[str, ...]) -> list[int]:
        """The numbers of the last call of each kind."""
        numbers = {
            kind: number
            for number, call in enumerate(self.calls, 1)
            for kind in kinds
            if kind in call.split()[:3]
        }
        return sorted(numbers.values())


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """The state that every test starts from."""
    return Scene.create(tmp_path_factory.mktemp("scene"))


@pytest.fixture
def fresh(scene: Scene, tmp_path: Path) -> Callable[[], Scene]:
    """Makes copies of it."""
    numbers = count()
    return lambda: scene.copy(tmp_path / str(next(numbers)))


def undisturbed(fresh: Callable[[], Scene], name: str) -> Undisturbed:
    command = COMMANDS[name]
    here = fresh()
    before = here.heads()
    result, calls = here.watched(command)
    assert result.status == 0, result.err
    after = here.heads()
    assert before[0] == before[1] != after[0] == after[1]
    assert here.left() == []
    return Undisturbed(command, before[0], after[0], tuple(calls))


def rerun(here: Scene, run: Undisturbed) -> None:
    """What a person does next: the same command, unless it is done already and has to be only once.

    Whatever is written next brings the branch here up to date.
    """
    landed = here.heads()[1] == run.after
    again = ("versions", "default", "latest") if landed and run.is_for_once else run.command
    result = here.project.docs_tools(*again, "--push")
    assert result.status == 0, result.err


def faults(here: Scene, run: Undisturbed) -> Iterator[str]:
    """What is wrong after a crash and the run after it."""
    local, remote = here.heads()
    if not {local, remote} <= {run.before, run.after}:
        yield "a state that is neither old nor new"
    if local == run.after != remote:
        yield "landed here and not on the remote"
    rerun(here, run)
    if here.heads() != (run.after, run.after):
        yield "not what an undisturbed run makes"
    yield from (f"left: {name}" for name in here.left())


def crashed(
    fresh: Callable[[], Scene], run: Undisturbed, when: str, numbers: Iterable[int]
) -> list[str]:
    """What is wrong after crashes at some of git's calls."""
    found = []
    for number in numbers:
        here = fresh()
        result, calls = here.watched(run.command, **{when: number})
        assert (result.status, len(calls)) == (-signal.SIGKILL, number)
        told = f"killed {when} call {number} of {len(run.calls)}, git {run.calls[number - 1]}"
        found += [f"{told}: {fault}" for fault in faults(here, run)]
        shutil.rmtree(here.top)
    return found


@pytest.mark.parametrize(
    ("name", "when"),
    [(name, when) for name in COMMANDS for when in ("after", "before")
     if LONG or when == "after" or name.startswith("publish")],
)  # fmt: skip
def test_killed_at_a_call_of_git_it_left_old_or_new_and_the_next_run_completes_it(
    fresh: Callable[[], Scene], name: str, when: str
) -> None:
    run = undisturbed(fresh, name)
    everywhere = LONG or (name, when) == ("publish-site-dir", "after")
    numbers = range(1, len(run.calls) + 1) if everywhere else run.last_calls(WRITES)
    assert len(numbers) > 6
    assert crashed(fresh, run, when, numbers) == []


@pytest.mark.parametrize("name", ["delete", "publish-ref"])
def test_killed_at_a_change_of_a_file_it_leaves_nothing_to_the_next_run(
    fresh: Callable[[], Scene], name: str
) -> None:
    run, found = undisturbed(fresh, name), []
    changes = fresh().changing(run.command)
    for number, change in enumerate(changes, 1):
        # at the end, the run's folder is removed with the site in it
        if LONG or name == "delete" or number > len(changes) - 8:
            here = fresh()
            here.changing(run.command, number)
            found += [f"killed before {change}: {fault}" for fault in faults(here, run)]
            shutil.rmtree(here.top)
    assert found == []


def test_killed_while_it_builds(fresh: Callable[[], Scene]) -> None:
    run = undisturbed(fresh, "publish-ref")
    here = fresh()
    crash = {"CRASH_IN_BUILD": "1"}
    assert here.project.docs_tools(*run.command, "--push", env=crash).status == -signal.SIGKILL
    assert here.heads() == (run.before, run.before)
    assert any("tree" in name for name in here.left())
    assert list(faults(here, run)) == []


def test_killed_with_all_that_it_started_in_the_middle_of_a_checkout(
    fresh: Callable[[], Scene],
) -> None:
    run = undisturbed(fresh, "publish-ref")
    here = fresh()
    here.project.git("config", "filter.crash.smudge", KILL_ALL)
    result, calls = here.watched(run.command)
    assert result.status == -signal.SIGKILL
    assert "worktree add" in calls[-1]
    assert here.heads() == (run.before, run.before)
    here.project.git("config", "--unset", "filter.crash.smudge")
    assert list(faults(here, run)) == []


# a hook of the remote runs in the middle of a push
@pytest.mark.parametrize(("hook", "lands"), [("pre-receive", False), ("post-receive", True)])
def test_killed_with_all_that_it_started_in_the_middle_of_a_push(
    fresh: Callable[[], Scene], hook: str, lands: bool
) -> None:
    run = undisturbed(fresh, "publish-site-dir")
    here = fresh()
    file = here.project.remote / "hooks" / hook
    file.parent.mkdir()
    file.write_text(f"#!/bin/sh\n{KILL_ALL}\n")
    file.chmod(0o755)
    result, calls = here.watched(run.command)
    assert result.status == -signal.SIGKILL
    assert calls[-1].startswith("push ")
    assert here.heads() == (run.before, run.after if lands else run.before)
    file.unlink()
    assert list(faults(here, run)) == []
    assert here.broken(here.project.remote) == []
