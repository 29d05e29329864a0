"""With `--push`, success means that the remote was read back and holds what was built."""

from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import heads, make_site, publish, remote_git, stand_in, versions


def decline(project: TinyProject) -> Path:
    hook = project.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho the quota is used up >&2\nexit 1\n")
    hook.chmod(0o755)
    return hook


def test_after_a_failed_push_nothing_moved_and_a_rerun_pushes(
    released: TinyProject, tmp_path: Path
) -> None:
    before = heads(released)
    hook = decline(released)
    site = make_site(tmp_path / "two")
    for _ in range(2):
        refused = publish(released, "2.0.0", "--push", site=site)
        assert refused.status == 1
        assert "origin did not take the push of gh-pages" in refused.err
        assert heads(released) == before
    hook.unlink()
    again = publish(released, "2.0.0", "--push", "--json", site=site)
    assert (again.status, again.json["pushed"]) == (0, True)
    here, there = heads(released)
    assert here == there == again.json["commit"]
    assert versions(released) == ["2.0.0", "1.0.0"]


def test_a_push_whose_answer_is_lost_is_found_on_the_remote(
    released: TinyProject, tmp_path: Path
) -> None:
    lost = 'if [ "$1" = push ]; then "$git" "$@"; echo broken pipe >&2; exit 1; fi'
    stand = stand_in(tmp_path / "bin", lost)
    result = publish(released, "2.0.0", "--push", site=make_site(tmp_path / "two"), stand=stand)
    assert result.status == 0, result.err
    assert stand.calls.count("push") == 1
    here, there = heads(released)
    assert here == there
    assert versions(released) == ["2.0.0", "1.0.0"]


def test_a_push_that_says_done_and_isnt_fails(released: TinyProject, tmp_path: Path) -> None:
    before = heads(released)
    stand = stand_in(tmp_path / "bin", '[ "$1" = push ] && exit 0')
    result = publish(released, "2.0.0", "--push", site=make_site(tmp_path / "two"), stand=stand)
    assert result.status == 1
    assert "origin took the push, but its gh-pages does not have it" in result.err
    assert "gh-pages here is as it was" in result.err
    assert heads(released) == before


def test_what_was_committed_here_before_is_pushed_where_nothing_changed(
    released: TinyProject, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "two")
    kept = publish(released, "2.0.0", "--no-push", "--json", site=site).json
    assert kept["next"] == ["git push origin gh-pages"]
    here, there = heads(released)
    assert here == kept["commit"] != there
    result = publish(released, "2.0.0", "--push", "--json", site=site)
    assert result.status == 0, result.err
    assert (result.json["changed"], result.json["pushed"]) == (False, True)
    assert result.json["paths"] == {"added": [], "changed": [], "removed": []}
    assert heads(released) == (here, here)


def test_what_mike_committed_here_before_is_pushed_with_ours(
    released: TinyProject, tmp_path: Path
) -> None:
    mikes = released.try_mike("deploy", "2.0.0")
    assert mikes.status == 0, mikes.err
    theirs = released.git("rev-parse", "gh-pages")
    result = released.docs_tools("versions", "retitle", "1.0.0", "One", "--push")
    assert result.status == 0, result.err
    here, there = heads(released)
    assert here == there
    assert released.git("rev-parse", f"{there}^") == theirs
    assert versions(released) == ["2.0.0", "1.0.0"]


@pytest.mark.parametrize("options", [(), ("--single-branch",), ("--depth=1",)], ids=str)
def test_a_missing_local_branch_is_fetched_and_never_taken_for_empty(
    released: TinyProject, tmp_path: Path, options: tuple[str, ...]
) -> None:
    clone = released.clone(tmp_path / "clone", *options)
    listed = clone.docs_tools("versions", "list", "--json")
    assert [entry["version"] for entry in listed.json] == ["1.0.0"]
    result = publish(clone, "2.0.0", "--push", site=make_site(tmp_path / "two"))
    assert result.status == 0, result.err
    assert versions(clone) == ["2.0.0", "1.0.0"]
    here, there = heads(clone)
    assert here == there
    assert remote_git(released, "rev-list", "--count", "gh-pages") == "2"


@pytest.fixture
def cut(released: TinyProject, tmp_path: Path) -> TinyProject:
    """A clone with the second commit of the docs branch only; the remote has a third by now."""
    mended = make_site(tmp_path / "mended", text="mended")
    assert publish(released, "1.0.0", "--title", "Mended", "--push", site=mended).status == 0
    clone = released.clone(tmp_path / "clone", "--depth=1")
    clone.git("fetch", "--quiet", "--depth=1", "origin", "gh-pages:gh-pages")
    assert publish(released, "2.0.0", "--push", site=mended).status == 0
    return clone


def test_a_cut_history_is_published_to(cut: TinyProject, tmp_path: Path) -> None:
    # what is there is cut too: neither commit knows of the other
    cut.git("fetch", "--quiet", "--depth=1", "origin", "gh-pages:refs/remotes/origin/gh-pages")
    result = publish(cut, "3.0.0", "--push", site=make_site(tmp_path / "three"))
    assert result.status == 0, result.err
    assert "merged" not in result.out
    assert versions(cut) == ["3.0.0", "2.0.0", "1.0.0"]
    assert remote_git(cut, "rev-list", "--count", "gh-pages") == "4"
    here, there = heads(cut)
    assert here == there


def test_a_cut_history_is_followed_back(cut: TinyProject) -> None:
    history = cut.docs_tools("versions", "history", "1.0.0", "--json")
    assert history.status == 0, history.err
    assert [event["title"] for event in history.json] == ["Mended", "1.0.0"]


def test_a_cut_history_is_rolled_back_to(cut: TinyProject) -> None:
    result = cut.docs_tools("versions", "rollback", "1.0.0", "--push")
    assert result.status == 0, result.err
    assert "<p>text</p>" in cut.published("1.0.0/index.html", "origin/gh-pages")
    assert "mended" in cut.published("2.0.0/index.html", "origin/gh-pages")
    here, there = heads(cut)
    assert here == there


@pytest.mark.parametrize(
    "command",
    [
        ("publish", "--version", "2.0.0", "--site-dir", "../two"),
        ("publish", "--version", "2.0.0", "--site-dir", "../two", "--push"),
        ("publish", "--version", "2.0.0", "--site-dir", "../two", "--dry-run"),
        ("versions", "list"),
        ("versions", "list", "--json"),
    ],
    ids=" ".join,
)
def test_without_remote_and_branch_nobody_knows_what_is_published(
    released: TinyProject, tmp_path: Path, command: tuple[str, ...]
) -> None:
    make_site(tmp_path / "two")
    clone = released.clone(tmp_path / "clone", "--single-branch")
    clone.git("config", "remote.origin.url", str(tmp_path / "gone"))
    result = clone.docs_tools(*command)
    assert result.status == 1
    assert "origin can't be reached" in result.err
    assert result.out == ""
    assert clone.git("for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/main"


def test_an_unreachable_remote_is_a_note_where_the_branch_is_here(
    released: TinyProject, tmp_path: Path
) -> None:
    released.git("config", "remote.origin.url", str(tmp_path / "gone"))
    listed = released.docs_tools("versions", "list")
    assert listed.status == 0
    assert "1.0.0" in listed.out
    assert "origin can't be reached" in listed.err
    result = publish(released, "2.0.0", site=make_site(tmp_path / "two"))
    assert result.status == 0
    assert "note: origin can't be reached" in result.out


def test_a_docs_branch_that_was_deleted_on_the_remote_is_pushed_again(
    released: TinyProject, tmp_path: Path
) -> None:
    remote_git(released, "update-ref", "-d", "refs/heads/gh-pages")
    result = publish(released, "2.0.0", "--push", site=make_site(tmp_path / "two"))
    assert result.status == 0, result.err
    here, there = heads(released)
    assert here == there
    assert versions(released, "origin/gh-pages") == ["2.0.0", "1.0.0"]


def test_without_a_remote_there_is_nothing_to_push_to(small: TinyProject, tmp_path: Path) -> None:
    small.git("remote", "remove", "origin")
    site = make_site(tmp_path / "one")
    result = publish(small, "1.0.0", "--push", site=site)
    assert result.status == 1
    assert 'there is no remote "origin" to push to' in result.err
    assert "git remote add origin ADDRESS" in result.err
    assert small.git("branch", "--list", "gh-pages") == ""
    assert publish(small, "1.0.0", site=site).status == 0
