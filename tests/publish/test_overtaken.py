"""What others do between our planning and our push stays, and is told; nothing is built again."""

import json
from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import (
    CONFIG,
    StandIn,
    assert_all_verified,
    heads,
    make_site,
    owner,
    publish,
    remote_git,
    stand_in,
    versions,
)

COUNT_BUILDS = """\
from pathlib import Path

def on_post_build(config, **kwargs):
    with (Path(config.config_file_path).parent / "built").open("a") as file:
        file.write("x")
"""
# what another process does here or there between our push and its end; $commit is ours
AFTER_PUSH = """\
if [ "$1" = push ] && once push; then
    for last; do :; done
    commit=${{last%%:*}}
    "$git" "$@"
    {then}
    exit 0
fi
"""


def meanwhile(tmp_path: Path, other: TinyProject) -> StandIn:
    """At the first push, what another clone has ready reaches the remote just before."""
    push = f"cd {other.folder} && $git push --quiet origin gh-pages"
    return stand_in(tmp_path / "bin", f'[ "$1" = push ] && once push && ({push})')


def test_a_hotfix_never_takes_an_alias_back(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    two = make_site(tmp_path / "two", text="two")
    assert publish(other, "2.0.0", "latest", "-u", site=two).status == 0
    mended = make_site(tmp_path / "mended", text="mended")
    args = ("hotfix", "--version", "1.0.0", "--site-dir", mended, "--push", "--json")
    result = released.docs_tools(*args, env=meanwhile(tmp_path, other).env)
    assert result.status == 0, result.err
    assert '"latest" was moved to 2.0.0 meanwhile, and stays' in result.json["notices"]
    assert result.json["aliases"] == []
    assert owner(released, "latest") == ["2.0.0"]
    assert "mended" in released.published("1.0.0/index.html")
    assert "two" in released.published("latest/index.html")
    assert_all_verified(released, {"1.0.0", "2.0.0"})


def test_a_version_whose_name_became_an_alias_meanwhile_takes_it_and_says_so(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    assert other.docs_tools("versions", "alias", "1.0.0", "next").status == 0
    site = make_site(tmp_path / "next", text="next")
    stand = meanwhile(tmp_path, other)
    result = publish(released, "next", "--push", "--json", site=site, stand=stand)
    assert result.status == 0, result.err
    assert '"next" was given to 1.0.0 meanwhile; it is a version now' in result.json["notices"]
    assert versions(released) == ["next", "1.0.0"]
    assert owner(released, "next") == []
    assert_all_verified(released, {"next", "1.0.0"})


def test_what_others_published_before_the_push_stays_and_costs_a_few_calls_of_git(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    alone = stand_in(tmp_path / "alone")
    site = make_site(tmp_path / "site")
    assert publish(released, "0.1.0", "--push", site=site, stand=alone).status == 0
    two = make_site(tmp_path / "two", text="two")
    assert publish(other, "2.0.0", "two", "--title", "Zwei", site=two).status == 0
    theirs, entries = other.tree(), json.loads(other.published("versions.json"))

    stand = meanwhile(tmp_path, other)
    result = publish(released, "3.0.0", "--push", "--json", site=site, stand=stand)

    assert result.status == 0, result.err
    assert result.json["notices"] == ["kept what others published meanwhile: 2.0.0"]
    tree = released.tree(branch="origin/gh-pages")
    derived = {"versions.json", "404.html", "docs-status.js"}
    assert {path: tree[path] for path in theirs.keys() - derived} == {
        path: meta for path, meta in theirs.items() if path not in derived
    }
    assert json.loads(released.published("versions.json"))[1:] == entries
    assert stand.calls.count("push") == 2
    assert len(alone.calls) <= 40, alone.calls
    assert len(stand.calls) - len(alone.calls) <= 25, stand.calls
    assert_all_verified(released, {"0.1.0", "1.0.0", "2.0.0", "3.0.0"})


def test_what_mike_pushed_before_the_push_stays_and_nothing_is_built_again(
    small: TinyProject, tmp_path: Path
) -> None:
    small.write("mkdocs.yml", CONFIG + "hooks: [hook.py]\n")
    small.write("hook.py", COUNT_BUILDS)
    small.commit("hook")
    site = make_site(tmp_path / "site")
    assert publish(small, "1.0.0", "--push", site=site).status == 0
    other = small.clone(tmp_path / "other")
    mike = f"cd {other.folder} && PATH=${{PATH#*:}} mike deploy --push 2.0.0 dev >&2"
    stand = stand_in(tmp_path / "bin", f'[ "$1" = push ] && once push && ({mike})')

    result = small.docs_tools("publish", "--version", "3.0.0", "--push", env=stand.env)

    assert result.status == 0, result.err
    assert (small.folder / "built").read_text() == "x"
    assert (other.folder / "built").read_text() == "x"
    assert versions(small) == ["3.0.0", "2.0.0", "1.0.0"]
    assert owner(small, "dev") == ["2.0.0"]
    assert small.tree("2.0.0") == other.tree("2.0.0")
    assert small.tree("dev") == other.tree("dev")


def test_what_was_published_here_before_the_commit_stays(
    released: TinyProject, tmp_path: Path
) -> None:
    before = released.git("rev-parse", "gh-pages")
    assert publish(released, "2.0.0", site=make_site(tmp_path / "two")).status == 0
    theirs = released.git("rev-parse", "gh-pages")
    released.git("update-ref", "refs/heads/gh-pages", before)
    move = f"$git update-ref refs/heads/gh-pages {theirs}"
    stand = stand_in(tmp_path / "bin", f'[ "$1 $2" = "update-ref -m" ] && once move && {move}')
    result = publish(released, "3.0.0", site=make_site(tmp_path / "three"), stand=stand)
    assert result.status == 0, result.err
    assert "kept what others published meanwhile: 2.0.0" in result.out
    assert versions(released) == ["3.0.0", "2.0.0", "1.0.0"]
    assert released.git("rev-parse", "gh-pages^") == theirs
    assert_all_verified(released, {"1.0.0", "2.0.0", "3.0.0"})


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (("retitle", "1.0.0", "One"), {"title": "One"}),
        (("alias", "1.0.0", "stable"), {"aliases": ["latest", "stable"]}),
        (("mark", "1.0.0", "eol"), {"properties": {"docs_tools": {"status": "eol"}}}),
    ],
    ids=["retitle", "alias", "mark"],
)
def test_other_changes_land_beside_what_others_published(
    released: TinyProject,
    other: TinyProject,
    tmp_path: Path,
    change: tuple[str, ...],
    check: dict[str, object],
) -> None:
    assert publish(other, "2.0.0", site=make_site(tmp_path / "two")).status == 0
    stand = meanwhile(tmp_path, other)
    result = released.docs_tools("versions", *change, "--push", env=stand.env)
    assert result.status == 0, result.err
    assert stand.calls.count("push") == 2
    two, one = json.loads(released.published("versions.json", "origin/gh-pages"))
    assert (two["version"], one["version"]) == ("2.0.0", "1.0.0")
    assert {key: one[key] for key in check} == check
    assert_all_verified(released, {"1.0.0", "2.0.0"})


@pytest.mark.parametrize("same", [True, False], ids=["the same site", "another site"])
def test_the_same_version_published_meanwhile_stands(
    released: TinyProject, other: TinyProject, tmp_path: Path, same: bool
) -> None:
    theirs = make_site(tmp_path / "theirs", text="theirs")
    ours = make_site(tmp_path / "ours", text="theirs" if same else "ours")
    assert publish(other, "2.0.0", site=theirs).status == 0
    before = released.git("rev-parse", "gh-pages")
    stand = meanwhile(tmp_path, other)
    result = publish(released, "2.0.0", "next", "--push", site=ours, stand=stand)
    assert result.status == (0 if same else 1)
    released.git("fetch", "--quiet", "origin")
    assert "theirs" in released.published("2.0.0/index.html", "origin/gh-pages")
    if same:
        assert owner(released, "next", "origin/gh-pages") == ["2.0.0"]
        assert_all_verified(released, {"1.0.0", "2.0.0"})
    else:
        assert "2.0.0 was published meanwhile by somebody else" in result.err
        assert "by Other, " in result.err
        assert remote_git(released, "rev-parse", "gh-pages") == other.git("rev-parse", "gh-pages")
        assert released.git("rev-parse", "gh-pages") == before


def test_a_version_deleted_meanwhile_stays_deleted(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    assert other.docs_tools("versions", "delete", "1.0.0", "latest").status == 0
    args = (
        "hotfix",
        "--version",
        "1.0.0",
        "--push",
        "--site-dir",
        make_site(tmp_path / "s", text="x"),
    )
    result = released.docs_tools(*args, env=meanwhile(tmp_path, other).env)
    assert result.status == 1
    assert "1.0.0 was deleted meanwhile by somebody else" in result.err
    assert "by Other, " in result.err
    assert remote_git(released, "rev-parse", "gh-pages") == other.git("rev-parse", "gh-pages")


def test_a_list_of_versions_broken_meanwhile_is_left_alone(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    other.git("checkout", "--quiet", "gh-pages")
    other.write("versions.json", "[\n  oops\n]\n")
    other.commit("broken by hand")
    before = released.git("rev-parse", "gh-pages")
    site = make_site(tmp_path / "two")
    result = publish(released, "2.0.0", "--push", site=site, stand=meanwhile(tmp_path, other))
    assert result.status == 1
    assert "gh-pages:versions.json:2:3: not JSON" in result.err
    assert released.git("rev-parse", "gh-pages") == before
    assert remote_git(released, "rev-parse", "gh-pages") == other.git("rev-parse", "gh-pages")


def test_what_others_put_on_top_before_the_remote_is_read_back_is_fine(
    released: TinyProject, tmp_path: Path
) -> None:
    there = f"$git --git-dir {released.remote} -c user.name=Else -c user.email=else@example.com"
    then = (
        f'top=$({there} commit-tree -p "$commit" -m top "$commit:"); '
        f"{there} update-ref refs/heads/gh-pages $top"
    )
    stand = stand_in(tmp_path / "bin", AFTER_PUSH.format(then=then))
    site = make_site(tmp_path / "two")
    result = publish(released, "2.0.0", "--push", "--json", site=site, stand=stand)
    assert result.status == 0, result.err
    assert stand.calls.count("push") == 1
    assert (result.json["notices"], result.json["next"]) == ([], [])
    here, there = heads(released)
    assert here == result.json["commit"] == released.git("rev-parse", "origin/gh-pages^") != there


@pytest.mark.parametrize(
    "then",
    [
        'update-ref refs/heads/gh-pages "$commit"',
        'update-ref refs/heads/gh-pages "$commit^"',
        "update-ref -d refs/heads/gh-pages",
    ],
    ids=["to our commit", "to the one before ours", "away"],
)
def test_a_branch_here_that_others_moved_during_the_push_follows(
    released: TinyProject, other: TinyProject, tmp_path: Path, then: str
) -> None:
    assert publish(other, "2.0.0", "--push", site=make_site(tmp_path / "two")).status == 0
    stand = stand_in(tmp_path / "bin", AFTER_PUSH.format(then=f'"$git" {then}'))
    site = make_site(tmp_path / "three")
    result = publish(released, "3.0.0", "--push", "--json", site=site, stand=stand)
    assert result.status == 0, result.err
    assert (result.json["notices"], result.json["next"]) == ([], [])
    assert heads(released) == (result.json["commit"],) * 2


def test_a_branch_here_that_others_moved_past_ours_stays_there(
    released: TinyProject, tmp_path: Path
) -> None:
    then = 'top=$("$git" commit-tree -p "$commit" -m top "$commit:"); "$git" update-ref '
    stand = stand_in(tmp_path / "bin", AFTER_PUSH.format(then=f"{then} refs/heads/gh-pages $top"))
    site = make_site(tmp_path / "two")
    result = publish(released, "2.0.0", "--push", "--json", site=site, stand=stand)
    assert result.status == 0, result.err
    assert result.json["notices"] == []
    assert heads(released)[1] == result.json["commit"] == released.git("rev-parse", "gh-pages^")


def test_a_branch_here_that_got_commits_of_its_own_during_the_push_is_left_alone(
    released: TinyProject, tmp_path: Path
) -> None:
    own = released.git("commit-tree", "-p", "gh-pages", "-m", "own", "gh-pages:")
    then = f'"$git" update-ref refs/heads/gh-pages {own}'
    stand = stand_in(tmp_path / "bin", AFTER_PUSH.format(then=then))
    site = make_site(tmp_path / "two")
    result = publish(released, "2.0.0", "--push", "--json", site=site, stand=stand)
    assert result.status == 0, result.err
    assert heads(released) == (own, result.json["commit"])
    assert result.json["notices"] == [
        "gh-pages here did not follow: gh-pages here has commits of its own by now"
    ]
    assert publish(released, "3.0.0", "--push", site=site).status == 0
    assert versions(released, "origin/gh-pages") == ["3.0.0", "2.0.0", "1.0.0"]
    released.git("merge-base", "--is-ancestor", own, "origin/gh-pages")


def test_unpushed_work_of_others_is_merged_and_lands_with_ours(
    released: TinyProject, other: TinyProject, tmp_path: Path
) -> None:
    assert released.try_mike("deploy", "1.5.0").status == 0  # here only
    assert publish(other, "2.0.0", site=make_site(tmp_path / "two")).status == 0
    site = make_site(tmp_path / "mended", text="mended")
    args = ("hotfix", "--version", "1.0.0", "--push", "--site-dir", site)
    result = released.docs_tools(*args, env=meanwhile(tmp_path, other).env)
    assert result.status == 0, result.err
    assert versions(released, "origin/gh-pages") == ["2.0.0", "1.5.0", "1.0.0"]
    assert "mended" in released.published("1.0.0/index.html", "origin/gh-pages")
    assert released.git("rev-parse", "gh-pages") == remote_git(released, "rev-parse", "gh-pages")
