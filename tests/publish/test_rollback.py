"""`versions rollback` and `history`: what was published before, byte for byte, and by whom."""

from pathlib import Path
from typing import Any

import pytest

from tests.project import Result, TinyProject
from tests.publish.by_hand import alter, content, mike
from tests.publish.stand_in import CONFIG, StandIn, make_site, publish, remote_git, stand_in

ONE, TWO, THREE = ("first", "second", "third")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Sites that differ in what files they have, too."""
    folder = tmp_path_factory.mktemp("sites")
    return {
        text: make_site(
            folder / text,
            {"index.html": f"<p>{text}</p>", f"{text}/page.html": text, "same.css": "p {}"},
        )
        for text in (ONE, TWO, THREE)
    }


def rollback(project: TinyProject, *args: str, stand: StandIn | None = None) -> Result:
    return project.docs_tools("versions", "rollback", *args, env=stand.env if stand else None)


def history(project: TinyProject, version: str = "1.0.0") -> list[dict[str, Any]]:
    result = project.docs_tools("versions", "history", version, "--json")
    assert result.status == 0, result.err
    found: list[dict[str, Any]] = result.json
    return found


def tree(project: TinyProject, name: str = "1.0.0") -> str:
    return project.git("rev-parse", f"gh-pages:{name}")


def entry(project: TinyProject, version: str = "1.0.0") -> dict[str, Any]:
    listed = project.docs_tools("versions", "list", "--json").json
    return next(found for found in listed if found["version"] == version)


def put(project: TinyProject, site: str, *args: str) -> str:
    """Publishes 1.0.0; its tree."""
    result = publish(project, "1.0.0", *args, site=site)
    assert result.status == 0, result.err
    return tree(project)


def test_each_rollback_goes_one_publish_further_back(
    small: TinyProject, sites: dict[str, str]
) -> None:
    first = put(small, sites[ONE], "latest", "--title", "First")
    second = put(small, sites[TWO])
    put(small, sites[THREE], "stable", "--title", "Third")
    calls = small.docs_tools("versions", "rollback", "stable", "--json")
    assert calls.status == 0, calls.err
    assert calls.json["restored"]["action"] == "publish"
    assert calls.json["version"] == "1.0.0"
    assert (tree(small), entry(small)["title"]) == (second, "First")
    assert rollback(small, "1.0.0").status == 0
    assert (tree(small), entry(small)["title"]) == (first, "First")
    assert entry(small)["aliases"] == ["latest", "stable"]
    assert tree(small, "latest") == tree(small, "stable") == first
    head = small.git("rev-parse", "gh-pages")
    end = rollback(small, "1.0.0")
    assert end.status == 1
    assert "there is nothing of 1.0.0 before its publish of " in end.err
    assert "docs_tools versions history 1.0.0" in end.err
    assert small.git("rev-parse", "gh-pages") == head
    assert [event["action"] for event in history(small)] == [
        *("rollback", "rollback", "publish", "publish", "publish")
    ]


def test_after_a_rollback_what_is_published_anew_can_be_rolled_back(
    small: TinyProject, sites: dict[str, str]
) -> None:
    first, second = put(small, sites[ONE]), put(small, sites[TWO])
    assert rollback(small, "1.0.0").status == 0
    put(small, sites[THREE])
    assert rollback(small, "1.0.0").status == 0
    assert tree(small) == first
    assert put(small, sites[TWO]) == second
    for _ in range(2):
        assert rollback(small, "1.0.0").status in (0, 1)
    assert tree(small) == first
    assert rollback(small, "1.0.0").status == 1


def test_other_changes_in_between_are_no_publishes(
    small: TinyProject, sites: dict[str, str]
) -> None:
    first = put(small, sites[ONE])
    assert small.docs_tools("versions", "retitle", "1.0.0", "Before").status == 0
    put(small, sites[TWO], "--title", "Second")
    for change in (["retitle", "1.0.0", "After"], ["alias", "1.0.0", "latest"],
                   ["mark", "1.0.0", "eol"], ["hide", "1.0.0"]):  # fmt: skip
        assert small.docs_tools("versions", *change).status == 0
    assert publish(small, "2.0.0", "-u", "latest", site=sites[THREE]).status == 0
    assert rollback(small, "1.0.0").status == 0
    assert tree(small) == first
    found = entry(small)
    assert (found["title"], found["state"], found["hidden"]) == ("Before", "eol", True)
    assert [event["action"] for event in history(small)] == [
        *("rollback", "alias", "hide", "mark", "alias", "retitle", "publish", "retitle", "publish")
    ]
    assert history(small)[0]["built_from"] is None
    assert rollback(small, "1.0.0").status == 1


def test_a_title_that_a_publish_brought_goes_back_though_its_files_were_the_same(
    small: TinyProject, sites: dict[str, str]
) -> None:
    first = put(small, sites[ONE])
    put(small, sites[ONE], "--title", "Other")
    result = rollback(small, "1.0.0", "--json")
    assert result.status == 0, result.err
    assert (tree(small), entry(small)["title"]) == (first, "1.0.0")


@pytest.mark.parametrize("prefix", ["", "docs/guide"])
@pytest.mark.parametrize("kind", ["redirect", "symlink"])
def test_aliases_of_any_kind_follow(
    small: TinyProject, sites: dict[str, str], kind: str, prefix: str
) -> None:
    mike_options = f"{kind}, deploy_prefix: '{prefix}'"
    small.write("mkdocs.yml", CONFIG.replace("copy", mike_options))
    start = f"{prefix}/" if prefix else ""
    for site in (ONE, TWO):
        assert publish(small, "1.0.0", "latest", site=sites[site]).status == 0
        if site == ONE:
            before = small.git("rev-parse", f"gh-pages:{prefix}")
    assert rollback(small, "latest").status == 0
    assert small.git("rev-parse", f"gh-pages:{prefix}") == before
    assert small.docs_tools("versions", "verify").status == 0
    assert f"{start}1.0.0/{ONE}/page.html" in small.tree(f"{start}1.0.0/")


def test_what_mike_published_counts_too(small: TinyProject, sites: dict[str, str]) -> None:
    mike(small, "deploy", "1.0.0", "latest")
    deployed = tree(small)
    mike(small, "retitle", "1.0.0", "Title")
    small.write("docs/index.md", "# Other\n")
    mike(small, "deploy", "1.0.0", "-m", "a message of its own")
    other = tree(small)
    put(small, sites[ONE])
    for expected in (other, deployed):
        assert rollback(small, "1.0.0").status == 0
        assert tree(small) == tree(small, "latest") == expected
    assert rollback(small, "1.0.0").status == 1
    rows = [(event["action"], bool(event["built_from"])) for event in history(small)]
    assert rows == [
        *(("rollback", True), ("rollback", False), ("publish", False), ("change", False)),
        *(("retitle", False), ("deploy", True)),
    ]


def test_what_was_altered_by_hand_is_rolled_back_as_verify_hints(
    small: TinyProject, sites: dict[str, str]
) -> None:
    first = put(small, sites[ONE])
    alter(small, {"1.0.0/index.html": b"altered"})
    assert rollback(small, "1.0.0").status == 0
    assert tree(small) == first
    alter(small, {f"1.0.0/{path.removeprefix('1.0.0/')}": None for path in small.tree("1.0.0/")})
    assert rollback(small, "1.0.0").status == 0
    assert tree(small) == first


def test_a_version_that_was_deleted_and_published_again_begins_anew(
    small: TinyProject, sites: dict[str, str]
) -> None:
    put(small, sites[ONE])
    assert small.docs_tools("versions", "delete", "1.0.0").status == 0
    gone = rollback(small, "1.0.0")
    assert (gone.status, "there is no version" in gone.err) == (1, True)
    assert [event["action"] for event in history(small)] == ["delete", "publish"]
    second = put(small, sites[TWO])
    end = rollback(small, "1.0.0")
    assert end.status == 1
    assert "before its publish of" in end.err
    assert "it had been deleted" in end.err
    put(small, sites[THREE])
    assert rollback(small, "1.0.0").status == 0
    assert tree(small) == second


def test_a_rewritten_branch_is_still_rolled_back_step_by_step(
    small: TinyProject, sites: dict[str, str]
) -> None:
    first = put(small, sites[ONE])
    put(small, sites[TWO])
    put(small, sites[THREE])
    assert rollback(small, "1.0.0").status == 0
    rewrite = "git filter-branch --force --env-filter 'export GIT_AUTHOR_NAME=Else' gh-pages"
    small.env["FILTER_BRANCH_SQUELCH_WARNING"] = "1"
    done = small.run("sh", "-c", rewrite)
    assert done.status == 0, done.err
    assert rollback(small, "1.0.0").status == 0
    assert tree(small) == first


def test_a_shallow_clone_gets_the_history_that_it_needs(
    small: TinyProject, sites: dict[str, str], tmp_path: Path
) -> None:
    first = put(small, sites[ONE])
    put(small, sites[TWO], "--push")
    small.git("push", "--quiet", "origin", "main")
    for number, command in enumerate((["history", "1.0.0", "--json"], ["rollback", "1.0.0"])):
        clone = small.clone(tmp_path / f"clone{number}", "--depth=1", "--no-single-branch")
        result = clone.docs_tools("versions", *command)
        assert result.status == 0, result.err
        if number == 0:
            assert [event["action"] for event in result.json] == ["publish", "publish"]
    assert tree(clone) == first


def test_what_others_publish_meanwhile_stays_and_the_same_version_is_not_touched(
    small: TinyProject, sites: dict[str, str], tmp_path: Path
) -> None:
    first = put(small, sites[ONE])
    second = put(small, sites[TWO], "--push")
    other = small.clone(tmp_path / "other")
    push = f'[ "$1" = push ] && once push && (cd {other.folder} && $git push -q origin gh-pages)'

    assert publish(other, "1.0.0", site=sites[THREE]).status == 0
    result = rollback(small, "1.0.0", "--push", stand=stand_in(tmp_path / "bin1", push))
    assert result.status == 1
    assert "1.0.0 was published anew meanwhile" in result.err
    assert remote_git(small, "rev-parse", "gh-pages:1.0.0") == tree(other)

    assert rollback(other, "1.0.0", "--push").status == 0
    assert publish(other, "2.0.0", site=sites[THREE]).status == 0
    result = rollback(small, "1.0.0", "--push", stand=stand_in(tmp_path / "bin2", push))
    assert result.status == 0, result.err
    assert tree(small) == first != second
    assert remote_git(small, "rev-parse", "gh-pages:2.0.0") == tree(other, "2.0.0")


def test_a_dry_run_says_what_a_run_does_and_writes_nothing(
    small: TinyProject, sites: dict[str, str]
) -> None:
    put(small, sites[ONE], "latest")
    put(small, sites[TWO])
    head, objects = small.git("rev-parse", "gh-pages"), small.git("count-objects")
    dry = rollback(small, "1.0.0", "--dry-run", "--json").json
    assert (small.git("rev-parse", "gh-pages"), small.git("count-objects")) == (head, objects)
    done = rollback(small, "1.0.0", "--json").json
    assert dry["paths"] == done["paths"]
    assert dry["paths"]["removed"] == [f"1.0.0/{TWO}/page.html", f"latest/{TWO}/page.html"]
    assert (dry["dry_run"], done["dry_run"]) == (True, False)


def test_history_shows_who_did_what_with_aliases_and_never_steers_a_terminal(
    small: TinyProject, sites: dict[str, str]
) -> None:
    put(small, sites[ONE], "latest")
    small.git("config", "user.name", "Eve\x1b[2J")
    assert publish(small, "2.0.0", "latest", "-u", site=sites[TWO]).status == 0
    text = b'[{"version": "1.0.0", "title": "\\u001b[31mred", "aliases": []}]\n'
    alter(small, {"versions.json": text}, message="by \x1b[31mhand\x01\x00"[:-1])
    events = history(small)
    assert [event["action"] for event in events] == ["retitle", "alias", "publish"]
    assert [event["aliases"] for event in events] == [[], [], ["latest"]]
    assert events[1]["author"] == "Eve\x1b[2J"
    table = small.docs_tools("versions", "history", "1.0.0").out
    assert table.count("\n") == 4
    assert table.replace("\n", "").isprintable()
    assert r"\x1b[31mred" in table
    assert r"\x1b[31mred" in small.docs_tools("versions", "list").out


def test_the_list_may_have_been_broken_at_a_time(small: TinyProject, sites: dict[str, str]) -> None:
    first = put(small, sites[ONE], "--title", "First")
    listed = content(small, "versions.json")
    for broken in (b"{", b"[1]", b'[{"version": "1.0.0", "title": [], "aliases": 1}]', b"null"):
        alter(small, {"versions.json": broken})
    alter(small, {"versions.json": listed})
    put(small, sites[TWO])
    assert history(small)[0]["action"] == "publish"
    assert rollback(small, "1.0.0").status == 0
    assert (tree(small), entry(small)["title"]) == (first, "First")


def test_history_of_what_never_was_fails_with_the_nearest_name(
    small: TinyProject, sites: dict[str, str]
) -> None:
    put(small, sites[ONE])
    unknown = small.docs_tools("versions", "history", "1.0.1")
    assert (unknown.status, 'did you mean "1.0.0"?' in unknown.err) == (1, True)
    malformed = small.docs_tools("versions", "history", "1.0.0\nHEAD")
    assert (malformed.status, malformed.out) == (2, "")


def test_a_thousand_commits_cost_as_many_git_processes_as_two(
    small: TinyProject, sites: dict[str, str], tmp_path: Path
) -> None:
    put(small, sites[ONE])
    put(small, sites[TWO])
    calls = []
    for number in range(2):
        for command in (["history", "1.0.0"], ["rollback", "1.0.0", "--dry-run"], ["list"]):
            stand = stand_in(tmp_path / f"bin{number}-{command[0]}")
            assert small.docs_tools("versions", *command, env=stand.env).status == 0
            calls.append(stand.calls)
        if number == 0:
            alter(small, *[{"1.0.0/index.html": b"%d" % i} for i in range(1000)])
    assert calls[:3] == calls[3:]
    assert max(map(len, calls)) <= 30, calls
    assert len(history(small)) == 1002
