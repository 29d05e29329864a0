"""Several publishers at the same moment: nobody's work is lost, and each is told what happened."""

from pathlib import Path

import pytest

from docs_tools.cli import cli
from docs_tools.errors import DocsToolsError
from tests.project import TinyProject, run_together
from tests.publish.stand_in import (
    assert_all_verified,
    heads,
    make_site,
    owner,
    publish,
    remote_git,
    stand_in,
    versions,
)
from tests.size import LONG

ROUNDS = 5 if LONG else 2
EIGHT = range(8)

# every process waits before its first push until all have planned on the same state
BARRIER = """\
arrived() {{ set -- "$here"/at-*; echo $#; }}
if [ "$1" = push ] && once "push-$PPID"; then
    : > "$here/at-$PPID"
    tries=0
    while [ "$(arrived)" -lt {count} ] && [ $tries -lt 1200 ]; do
        tries=$((tries + 1)); sleep 0.05
    done
fi
"""
# somebody else moves the remote before each push
ALWAYS_MOVING = """\
if [ "$1" = push ]; then
    there="$git --git-dir {remote} -c user.name=Else -c user.email=else@example.com"
    commit=$($there commit-tree -p gh-pages -m moved "gh-pages^{{tree}}")
    $there update-ref refs/heads/gh-pages "$commit"
fi
"""


def assert_sound(project: TinyProject) -> None:
    """Linear history, nothing broken, and no lock left."""
    assert remote_git(project, "rev-list", "--merges", "gh-pages") == ""
    remote_git(project, "fsck", "--strict", "--no-dangling")
    project.git("fsck", "--no-dangling")
    for folder in (project.remote, project.folder / ".git"):
        assert not list(folder.rglob("*.lock"))


@pytest.mark.parametrize("clones", [8, 1])
def test_eight_publishers_at_the_same_moment_all_land(
    small: TinyProject, tmp_path: Path, clones: int
) -> None:
    projects = [small.clone(tmp_path / f"clone{n}") for n in range(clones)]
    expected: set[str] = set()
    for turn in range(ROUNDS if clones > 1 else 1):
        barrier = stand_in(tmp_path / f"bin{turn}", BARRIER.format(count=len(EIGHT)))
        calls = []
        for n in EIGHT:
            site = make_site(tmp_path / f"site{turn}.{n}", text=f"{turn} {n}")
            words = ("publish", "--version", f"{turn}.{n}.0", "--push", "--site-dir", site)
            calls.append((projects[n % clones], words, barrier.env))
            expected.add(f"{turn}.{n}.0")
        results = run_together(calls)
        assert [result.status for result in results] == [0] * 8, [r.err for r in results]
        assert len(list(barrier.folder.glob("at-*"))) == 8
    small.git("fetch", "--quiet", "origin", "gh-pages:gh-pages")
    assert set(versions(small)) == expected
    assert small.commits() == len(expected)
    assert_all_verified(small, expected)
    for project in projects:
        assert_sound(project)
        # what is here is a part of what is there: nobody has to mend anything
        project.git("fetch", "--quiet", "origin")
        project.git("merge-base", "--is-ancestor", "gh-pages", "origin/gh-pages")


def test_of_eight_hotfixes_of_one_version_one_wins_and_is_named(
    released: TinyProject, tmp_path: Path
) -> None:
    barrier = stand_in(tmp_path / "bin", BARRIER.format(count=len(EIGHT)))
    sites = [make_site(tmp_path / f"site{n}", text=f"mended {n}") for n in range(4)]
    calls = []
    for n in EIGHT:
        clone = released.clone(tmp_path / f"clone{n}")
        clone.git("config", "user.name", f"Publisher {n}")
        words = ("hotfix", "--version", "1.0.0", "--push", "--site-dir", sites[n // 2])
        calls.append((clone, words, barrier.env))
    results = run_together(calls)

    assert remote_git(released, "rev-list", "--count", "gh-pages") == "2"
    winner = int(remote_git(released, "log", "-1", "--format=%an", "gh-pages").split()[-1])
    won = winner // 2
    for n, result in enumerate(results):
        assert result.status == (0 if n // 2 == won else 1), (n, result.err)
        if result.status == 1:
            assert "1.0.0 was published meanwhile by somebody else: theirs stands" in result.err
            assert f"by Publisher {winner}, " in result.err
    released.git("fetch", "--quiet", "origin", "gh-pages:gh-pages")
    for path in ("index.html", "sub/page.html"):
        text = Path(sites[won], path).read_text()
        for name in ("1.0.0", "latest"):
            assert released.published(f"{name}/{path}") + "\n" == text
    assert_all_verified(released, {"1.0.0"})
    assert_sound(released)


def test_of_two_who_want_an_alias_the_later_has_it_and_says_so(
    small: TinyProject, tmp_path: Path
) -> None:
    barrier = stand_in(tmp_path / "bin", BARRIER.format(count=2))
    calls = []
    for version in ("2.0.0", "3.0.0"):
        site = make_site(tmp_path / version, text=version)
        words = ("publish", "--version", version, "latest", "--push", "--site-dir", site, "--json")
        calls.append((small.clone(tmp_path / f"clone{version}"), words, barrier.env))
    results = run_together(calls)
    assert [result.status for result in results] == [0, 0], [r.err for r in results]

    small.git("fetch", "--quiet", "origin", "gh-pages:gh-pages")
    log = small.git("log", "--format=%(trailers:key=Docs-Version,valueonly)", "gh-pages").split()
    later, earlier = log
    assert owner(small, "latest") == [later]
    notices = {result.json["version"]: result.json["notices"] for result in results}
    assert notices[earlier] == []
    assert notices[later] == [
        f"kept what others published meanwhile: {earlier}",
        f'"latest" was given to {earlier} meanwhile; it is {later}\'s now',
    ]
    assert small.git("rev-parse", "gh-pages:latest") == small.git("rev-parse", f"gh-pages:{later}")
    assert_all_verified(small, {"2.0.0", "3.0.0"})


def test_who_is_overtaken_time_and_again_gives_up(
    released: TinyProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = stand_in(tmp_path / "bin", ALWAYS_MOVING.format(remote=released.remote))
    for name, value in {**released.environment, **stand.env}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(released.folder)
    pauses: list[float] = []
    monkeypatch.setattr("docs_tools.publish.branch.transact.time.sleep", pauses.append)
    before, tree = released.git("rev-parse", "gh-pages"), released.tree()
    words = ["publish", "--version", "2.0.0", "--push", "--site-dir", make_site(tmp_path / "two")]
    with pytest.raises(DocsToolsError) as caught:
        cli.main(words, standalone_mode=False)
    assert caught.value.exit_code == 1
    assert "gh-pages keeps moving on origin" in caught.value.message
    assert "nothing was changed, here or on origin" in caught.value.message
    pushes = stand.calls.count("push")
    assert 8 < pushes <= 20
    assert len(pauses) == pushes - 1
    assert len(set(pauses)) == len(pauses), "all wait for the same time"
    assert max(pauses) <= 2
    assert released.git("rev-parse", "gh-pages") == before
    released.git("fetch", "--quiet", "origin")
    assert released.tree(branch="origin/gh-pages") == tree


def test_branches_that_went_their_own_ways_are_put_together(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    assert publish(other, "2.0.0", "--push", site=make_site(tmp_path / "two")).status == 0
    released.git("config", "remote.origin.url", "gone")
    assert publish(released, "3.0.0a1", "next", site=make_site(tmp_path / "three")).status == 0
    released.git("config", "remote.origin.url", str(released.remote))

    listed = released.docs_tools("versions", "list", "--json")
    assert "each gone their own way" in listed.err
    assert [entry["version"] for entry in listed.json] == ["2.0.0", "1.0.0"]

    result = publish(released, "4.0.0", "--push", site=make_site(tmp_path / "four"))
    assert result.status == 0, result.err
    assert "merged what was only here with origin/gh-pages" in result.out
    assert versions(released, "origin/gh-pages") == ["4.0.0", "3.0.0a1", "2.0.0", "1.0.0"]
    assert owner(released, "next") == ["3.0.0a1"]
    assert released.git("rev-parse", "gh-pages") == remote_git(released, "rev-parse", "gh-pages")
    assert_all_verified(released, {"4.0.0", "3.0.0a1", "2.0.0", "1.0.0"})


def test_branches_that_changed_the_same_version_are_not_put_together(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    assert publish(other, "2.0.0", "--push", site=make_site(tmp_path / "a", text="a")).status == 0
    released.git("config", "remote.origin.url", "gone")
    assert publish(released, "2.0.0", site=make_site(tmp_path / "b", text="b")).status == 0
    released.git("config", "remote.origin.url", str(released.remote))
    before = heads(released)
    result = publish(released, "4.0.0", "--push", site=make_site(tmp_path / "four"))
    assert result.status == 1
    assert "2.0.0: added here and on origin, in different ways" in result.err
    assert "git branch --force gh-pages origin/gh-pages" in result.err
    assert heads(released) == before
