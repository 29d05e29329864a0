"""What can't be published: what happened, the state of both sides, what to do; and nothing left."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import heads, make_site, publish, remote_git, stand_in

NEITHER = "nothing was changed, here or on origin"
THERE = "nothing was changed there, and gh-pages here is as it was"
REFUSED = "origin did not take the push of gh-pages"
AGAIN = "run the same command again"


@pytest.fixture
def released(released: TinyProject, tmp_path: Path) -> TinyProject:
    """1.0.0 published and pushed; temporary files have a folder of their own."""
    (tmp_path / "tmp").mkdir()
    released.env["TMPDIR"] = str(tmp_path / "tmp")
    return released


@pytest.fixture
def two(tmp_path: Path) -> str:
    """A site to publish."""
    return make_site(tmp_path / "two", text="two")


def decline(project: TinyProject) -> None:
    hook = project.remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho the quota is used up >&2\nexit 1\n")
    hook.chmod(0o755)


def protect(project: TinyProject) -> None:
    hook = project.remote / "hooks" / "update"
    hook.write_text("#!/bin/sh\necho GH006: Protected branch update failed for $1. >&2\nexit 1\n")
    hook.chmod(0o755)


def check_out_there(project: TinyProject) -> None:
    remote_git(project, "symbolic-ref", "HEAD", "refs/heads/gh-pages")
    remote_git(project, "config", "core.bare", "false")


def lock_there(project: TinyProject) -> None:
    (project.remote / "refs/heads/gh-pages.lock").touch()


def lock_what_is_known(project: TinyProject) -> None:
    """Of the remote, which has moved on since."""
    who = ("-c", "user.name=Else", "-c", "user.email=else@example.com")
    commit = remote_git(project, *who, "commit-tree", "-p", "gh-pages", "-m", "x", "gh-pages:")
    remote_git(project, "update-ref", "refs/heads/gh-pages", commit)
    (project.folder / ".git/refs/remotes/origin/gh-pages.lock").touch()


def left(project: TinyProject) -> list[str]:
    """What a run may not leave: files, work trees, locks, objects that never were in use."""
    git = project.folder / ".git"
    found = [*Path(project.env["TMPDIR"]).iterdir(), *git.glob("docs_tools/runs/*")]
    for folder in filter(Path.exists, (git, project.remote)):
        found += [*folder.rglob("*.lock"), *folder.glob("objects/tmp_objdir*")]
        found += folder.glob("objects/incoming*")
    return [*map(str, found), *project.git("worktree", "list").splitlines()[1:]]


@dataclass(frozen=True)
class Refusal:
    """How a push is refused, and what has to be said of it.

    Attributes:
        says: What the message has to hold.
        prepare: What is done to the project before.
        script: What the stand-in for git does.
    """

    says: tuple[str, ...]
    prepare: Callable[[TinyProject], None] = lambda _: None
    script: str = ""


# git's own words, and what a write beyond the size that is allowed makes of a full disk
DENIED = "ERROR: Permission to tiny/docs.git denied to ann."
UNREAD = "git@example.com: Permission denied (publickey)."
FULL = 'trap "" XFSZ; ulimit -f 0'
REFUSALS = {
    "a hook declines": Refusal((REFUSED, "the quota is used up", THERE, AGAIN), decline),
    "the branch is protected": Refusal((REFUSED, "GH006: Protected branch", THERE, AGAIN), protect),
    "it is checked out there": Refusal(
        (REFUSED, "refusing to update checked out branch", THERE, AGAIN), check_out_there
    ),
    "no permission to write": Refusal(
        (REFUSED, DENIED, THERE, AGAIN),
        script=f'[ "$1" = push ] && {{ echo "{DENIED}" >&2; exit 128; }}',
    ),
    "no permission to read": Refusal(
        ("origin can't be reached", UNREAD, NEITHER, "run the command again"),
        script=f'[ "$1" = fetch ] && {{ echo "{UNREAD}" >&2; exit 128; }}',
    ),
    "the disk there is full": Refusal(
        (REFUSED, "File too large", THERE, AGAIN), script=f'[ "$1" = push ] && {{ {FULL}; }}'
    ),
    "the disk here is full for files": Refusal(
        ("git hash-object failed", "File too large", NEITHER, AGAIN),
        script=f'[ "$1" = hash-object ] && {{ {FULL}; }}',
    ),
    "the disk here is full for trees": Refusal(
        ("git mktree failed", "File too large", NEITHER, AGAIN),
        script=f'[ "$1" = mktree ] && {{ {FULL}; }}',
    ),
    "the disk here is full for the commit": Refusal(
        ("git commit-tree failed", "File too large", NEITHER, AGAIN),
        script=f'[ "$1" = commit-tree ] && {{ {FULL}; }}',
    ),
    "a lock was left there": Refusal(
        ("gh-pages is locked on origin", "gh-pages.lock': File exists", NEITHER, "removed there"),
        lock_there,
    ),
    "a lock was left on what is known": Refusal(
        (
            "what is known of origin/gh-pages is locked here",
            "origin/gh-pages.lock': File exists",
            NEITHER,
            "remove the lock",
        ),
        lock_what_is_known,
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_says_what_happened_and_leaves_both_sides_as_they_were(
    released: TinyProject, tmp_path: Path, two: str, refusal: Refusal
) -> None:
    refusal.prepare(released)
    before, lasting = heads(released), left(released)
    stand = stand_in(tmp_path / "bin", refusal.script)
    result = publish(released, "2.0.0", "--push", site=two, stand=stand)
    assert result.status == 1
    assert result.out == ""
    for text in refusal.says:
        assert text in result.err
    assert heads(released) == before
    assert left(released) == lasting
    assert stand.calls.count("push") <= 8


@pytest.mark.parametrize("there", [True, False], ids=["after the push", "before the push"])
def test_a_remote_that_goes_away_half_way_is_told_with_what_isnt_known(
    released: TinyProject, tmp_path: Path, two: str, there: bool
) -> None:
    before = released.git("rev-parse", "gh-pages")
    push = '"$git" "$@"; ' if there else ""
    script = f'[ "$1" = push ] && {{ {push} mv {released.remote} {tmp_path}/away; }}'
    stand = stand_in(tmp_path / "bin", script + ('; [ "$1" = push ] && exit 0' if there else ""))
    result = publish(released, "2.0.0", "--push", site=two, stand=stand)
    assert result.status == 1
    what = "went through" if there else "broke off"
    assert f"the push of gh-pages {what}, and origin can't be read back" in result.err
    assert "isn't known; gh-pages here is as it was" in result.err
    assert "does not appear to be a git repository" in result.err
    assert AGAIN in result.err
    assert released.git("rev-parse", "gh-pages") == before
    assert left(released) == []

    shutil.move(tmp_path / "away", released.remote)
    again = publish(released, "2.0.0", "--push", site=two)
    assert again.status == 0, again.err
    here, remote = heads(released)
    assert here == remote
    assert remote_git(released, "rev-list", "--count", "gh-pages") == "2"


def test_a_lock_left_on_the_branch_here_stops_what_is_only_here(
    released: TinyProject, two: str
) -> None:
    before = heads(released)
    lock = released.folder / ".git/refs/heads/gh-pages.lock"
    lock.touch()
    result = publish(released, "2.0.0", site=two)
    assert result.status == 1
    assert "gh-pages can't be moved: nothing was changed" in result.err
    assert "gh-pages.lock': File exists" in result.err
    assert AGAIN in result.err
    assert heads(released) == before
    assert left(released) == [str(lock)]


def test_a_lock_left_on_the_branch_here_is_a_note_where_the_remote_has_it(
    released: TinyProject, two: str
) -> None:
    here = released.git("rev-parse", "gh-pages")
    lock = released.folder / ".git/refs/heads/gh-pages.lock"
    lock.touch()
    result = publish(released, "2.0.0", "--push", "--json", site=two)
    assert result.status == 0, result.err
    [notice] = result.json["notices"]
    assert "gh-pages here did not follow: gh-pages can't be moved" in notice
    assert "gh-pages.lock': File exists" in notice
    assert result.json["next"] == []
    assert heads(released) == (here, result.json["commit"])
    lock.unlink()
    assert publish(released, "2.0.0", "--push", site=two).status == 0
    assert heads(released) == (result.json["commit"],) * 2


def test_a_lock_left_on_packed_refs_stops_nothing(released: TinyProject, two: str) -> None:
    for git in (released.folder / ".git", released.remote):
        released.git("--git-dir", str(git), "pack-refs", "--all")
        (git / "packed-refs.lock").touch()
    result = publish(released, "2.0.0", "--push", site=two)
    assert result.status == 0, result.err
    here, there = heads(released)
    assert here == there


def test_a_branch_that_is_gone_there_is_not_believed_because_of_a_lock(
    released: TinyProject, two: str
) -> None:
    released.git("pack-refs", "--all")
    (released.folder / ".git/packed-refs.lock").touch()
    remote_git(released, "update-ref", "-d", "refs/heads/gh-pages")
    result = publish(released, "1.0.0", "--push", "--json", site=make_site(Path(two)))
    assert result.status == 0, result.err
    here, there = heads(released)
    assert here == there


@pytest.mark.parametrize(
    "checked_out",
    [
        ("worktree", "add", "--quiet", "../tree", "gh-pages"),
        ("checkout", "--quiet", "gh-pages"),
    ],
    ids=["linked", "main"],
)
@pytest.mark.parametrize("push", ["--push", "--no-push"])
def test_a_docs_branch_that_is_checked_out_is_refused_and_left_as_it_is(
    released: TinyProject, tmp_path: Path, two: str, checked_out: tuple[str, ...], push: str
) -> None:
    released.git("worktree", "add", "--quiet", "--detach", "../other", "main")
    released.git(*checked_out)
    other = TinyProject(tmp_path / "other", released.env)
    tree = tmp_path / "tree" if checked_out[0] == "worktree" else released.folder
    before = heads(released)
    for result in (
        publish(other, "2.0.0", push, site=two),
        other.docs_tools("versions", "retitle", "1.0.0", "One", push),
    ):
        assert result.status == 1
        assert f"gh-pages is checked out in {tree}: nothing was changed" in result.err
        assert "check out another branch there" in result.err
    assert heads(released) == before
    assert TinyProject(tree, released.env).git("status", "--porcelain") == ""
    # what only looks, or tells what would be done, is free to
    assert publish(other, "2.0.0", "--dry-run", site=two).status == 0
    assert other.docs_tools("versions", "list").status == 0


@pytest.mark.parametrize("push", ["--push", "--no-push"])
def test_a_docs_branch_that_is_checked_out_during_the_build_is_left_as_it_is(
    released: TinyProject, tmp_path: Path, two: str, push: str
) -> None:
    before = heads(released)
    add = f'"$git" worktree add --quiet {tmp_path}/tree gh-pages'
    stand = stand_in(tmp_path / "bin", f'[ "$1" = hash-object ] && once tree && {add}')
    result = publish(released, "2.0.0", push, site=two, stand=stand)
    assert result.status == 1
    assert f"gh-pages is checked out in {tmp_path}/tree: nothing was changed" in result.err
    assert heads(released) == before


def test_a_docs_branch_that_is_about_to_be_made_by_hand_is_left_to_it(
    small: TinyProject, two: str
) -> None:
    small.git("worktree", "add", "--quiet", "--detach", "../tree")
    TinyProject(small.folder.parent / "tree").git("checkout", "--quiet", "--orphan", "gh-pages")
    result = publish(small, "1.0.0", site=two)
    assert result.status == 1
    assert "gh-pages is checked out in" in result.err
    assert small.git("branch", "--list", "gh-pages") == ""


def test_a_work_tree_that_is_gone_is_to_be_forgotten(
    released: TinyProject, tmp_path: Path, two: str
) -> None:
    released.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "gh-pages")
    shutil.rmtree(tmp_path / "tree")
    refused = publish(released, "2.0.0", site=two)
    assert refused.status == 1
    assert "git worktree prune" in refused.err
    released.git("worktree", "prune")
    assert publish(released, "2.0.0", site=two).status == 0


BROKEN = '[\n  {"version": "1.0.0", "title": "1.0.0", "aliases": ["latest"],}\n]\n'
WRITING = [
    "publish --version 2.0.0 --site-dir ../two",
    "publish --version 2.0.0 --site-dir ../two --dry-run",
    "hotfix --version 1.0.0 --site-dir ../two",
    "versions alias 1.0.0 stable",
    "versions default 1.0.0",
    "versions retitle 1.0.0 One",
    "versions hide 1.0.0",
    "versions mark 1.0.0 eol",
    "versions delete 1.0.0",
    "versions prune --keep majors",
    "versions rollback 1.0.0",
]


def test_a_broken_list_of_versions_is_never_written_over(released: TinyProject, two: str) -> None:
    released.git("checkout", "--quiet", "gh-pages")
    released.write("versions.json", BROKEN)
    released.commit("broken by hand")
    released.git("checkout", "--quiet", "main")
    before = heads(released)
    for command in WRITING:
        result = released.docs_tools(*command.split(), "--push")
        assert result.status == 1, command
        assert "gh-pages:versions.json:2:" in result.err, command
        assert "mend it by hand on the docs branch" in result.err, command
    assert heads(released) == before
