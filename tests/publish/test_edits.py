"""`versions alias, default, retitle, hide, mark, delete, prune`: what each writes, and refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from docs_tools.build import find_project
from docs_tools.publish.edit import edit
from docs_tools.publish.edits import Retitle
from tests.project import Result, TinyProject
from tests.publish.by_hand import alter, content, copied, mike
from tests.publish.stand_in import CONFIG, StandIn, make_site, publish, remote_git, stand_in

SITE_URL = "site_url: https://example.com/lib/\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_site(tmp_path_factory.mktemp("sites") / "site")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, site: str) -> Path:
    """1.0.0 and 2.0.0, which is `latest`; copied for each test."""
    project = TinyProject(tmp_path_factory.mktemp("template") / "project").create(
        {"mkdocs.yml": CONFIG + SITE_URL, "docs/index.md": "# Tiny\n"}
    )
    assert publish(project, "1.0.0", site=site).status == 0
    assert publish(project, "2.0.0", "latest", "--push", site=site).status == 0
    project.clone(project.folder.parent / "other")
    return project.folder.parent


@pytest.fixture
def released(template: Path, tmp_path: Path) -> TinyProject:
    """1.0.0 and 2.0.0, which is `latest`."""
    return copied(template, tmp_path / "copy")


def versions(project: TinyProject, *args: str, stand: StandIn | None = None) -> Result:
    return project.docs_tools("versions", *args, env=stand.env if stand else None)


def done(project: TinyProject, *args: str) -> dict[str, Any]:
    """What a change did, which a dry run said before."""
    head, objects = project.git("rev-parse", "gh-pages"), project.git("count-objects")
    dry = versions(project, *args, "--dry-run", "--json")
    assert (dry.status, dry.json["dry_run"]) == (0, True), dry.err
    assert (project.git("rev-parse", "gh-pages"), project.git("count-objects")) == (head, objects)
    result = versions(project, *args, "--json")
    assert result.status == 0, result.err
    found: dict[str, Any] = result.json
    assert (found["paths"], found["change"]) == (dry.json["paths"], dry.json["change"])
    assert project.git("show", "-s", "--format=%s", "gh-pages") == found["change"]
    return found


def refused(project: TinyProject, *args: str, status: int = 1) -> str:
    """The message of a command that fails and changes nothing."""
    head = project.git("rev-parse", "gh-pages")
    result = versions(project, *args)
    assert (result.status, result.out) == (status, ""), result
    assert project.git("rev-parse", "gh-pages") == head
    return result.err


def entry(project: TinyProject, version: str) -> dict[str, Any]:
    found = json.loads(content(project, "versions.json"))
    return next(one for one in found if one["version"] == version)


def trailers(project: TinyProject) -> list[str]:
    return project.git("show", "-s", "--format=%(trailers)", "gh-pages").splitlines()


# alias


def test_aliases_are_added_behind_those_there_are(released: TinyProject) -> None:
    found = done(released, "alias", "latest", "z", "a")
    assert (found["action"], found["version"]) == ("alias", "2.0.0")
    assert entry(released, "2.0.0")["aliases"] == ["latest", "z", "a"]
    assert trailers(released) == ["Docs-Action: alias", "Docs-Version: 2.0.0"]
    again = versions(released, "alias", "2.0.0", "a", "--json").json
    assert (again["changed"], again["commit"]) == (False, found["commit"])


def test_an_alias_is_taken_only_where_that_is_asked_for(released: TinyProject) -> None:
    assert "an alias of 2.0.0 already" in refused(released, "alias", "1.0.0", "latest")
    found = done(released, "alias", "1.0.0", "latest", "-u")
    assert found["notices"] == ['"latest" was an alias of 2.0.0 before']
    assert entry(released, "2.0.0")["aliases"] == []
    assert "is a version already" in refused(released, "alias", "1.0.0", "2.0.0")
    assert "no such" not in refused(released, "alias", "1.0.0", "1.0.0", status=2)


def test_an_alias_never_takes_the_place_of_a_folder_of_somebody_else(released: TinyProject) -> None:
    alter(released, {"assets/a.css": b"p {}"})
    assert '"assets" is on gh-pages already' in refused(released, "alias", "1.0.0", "assets")


# default


def test_the_root_leads_to_a_version_or_an_alias_or_nowhere(released: TinyProject) -> None:
    assert done(released, "default", "latest")["paths"]["added"] == ["index.html"]
    page = content(released, "index.html")
    mike(released, "set-default", "latest")
    assert content(released, "index.html") == page
    assert done(released, "default", "1.0.0")["paths"]["changed"] == ["index.html"]
    assert done(released, "default", "--none")["paths"]["removed"] == ["index.html"]
    assert versions(released, "default", "--none", "--json").json["changed"] is False


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ('<meta http-equiv="refresh" content="0; url=latest/">', "latest"),
        ("<META content='0;URL=./latest/guide/' HTTP-EQUIV=Refresh>", "latest"),
        ('<meta http-equiv="refresh" content="0; url=https://example.com/lib/1.0.0/">', "1.0.0"),
        ('<meta http-equiv="refresh" content="0; url=/lib/1.0.0">', "1.0.0"),
        ('<meta http-equiv="refresh" content="0; url=0.9/">', "0.9"),
        ('<meta http-equiv="refresh" content="0; url=https://example.com/other/">', None),
        ('<meta http-equiv="refresh" content="0; url=https://[x/">', None),
        ('<script>fetch("a?url=latest/")</script><h1>Welcome</h1>', None),
    ],
)
def test_a_redirect_of_another_template_is_understood_and_another_page_is_left_alone(
    released: TinyProject, page: str, name: str | None
) -> None:
    alter(released, {"index.html": page.encode()})
    found = versions(released, "list").out.splitlines()[-1]
    assert (found == f"the root leads to {name}") == (name is not None)
    if name is None:
        for args in (["default", "latest"], ["default", "--none"]):
            assert "no redirect to a version" in refused(released, *args)
    else:
        assert done(released, "default", "latest")["paths"]["changed"] == ["index.html"]


@pytest.mark.parametrize(
    ("address", "name"),
    [("/docs/latest/guide/", "latest"), ("/docs/0.9/", None), ("https://a.b/1.0.0/", "1.0.0")],
)
def test_an_absolute_redirect_is_understood_without_an_address_of_the_site(
    released: TinyProject, address: str, name: str | None
) -> None:
    released.write("mkdocs.yml", CONFIG)
    page = f'<meta http-equiv="refresh" content="0; url={address}">'
    alter(released, {"index.html": page.encode()})
    assert versions(released, "list").out.endswith(f"leads to {name}\n") == (name is not None)


def test_a_template_of_the_project_is_written_and_recognized(released: TinyProject) -> None:
    own = "copy, redirect_template: own.html"
    released.write("mkdocs.yml", CONFIG.replace("copy", own))
    released.write("own.html", "<script>location = '{{href}}'</script>")
    assert done(released, "default", "latest")["change"] == "Set default version to latest"
    assert content(released, "index.html") == b"<script>location = 'latest/'</script>"
    assert "the root leads to latest" in refused(released, "delete", "latest")
    (released.folder / "own.html").unlink()
    assert versions(released, "list").status == 0
    assert "redirect_template: can't read" in refused(released, "default", "1.0.0")


def test_what_has_no_folder_is_led_to_by_nobody(released: TinyProject) -> None:
    alter(released, dict.fromkeys(released.tree("1.0.0/")))
    for args in (["default", "1.0.0"], ["alias", "1.0.0", "old"]):
        error = refused(released, *args)
        assert "1.0.0 is in the list, but has no folder" in error
        assert "docs_tools publish --version 1.0.0" in error


# retitle, hide, mark


def test_a_title_is_changed_and_nothing_else(released: TinyProject) -> None:
    listed = json.loads(content(released, "versions.json"))
    listed[1] |= {"note": [1], "properties": {"a": 1}}
    alter(released, {"versions.json": json.dumps(listed[::-1]).encode()})
    assert (
        done(released, "retitle", "1.0.0", "Eins – 1")["change"] == "Set title of 1.0.0 to Eins – 1"
    )
    listed[1]["title"] = "Eins – 1"
    assert json.loads(content(released, "versions.json")) == listed[::-1]


def test_a_title_with_lines_forges_no_trailers(released: TinyProject) -> None:
    title = "One\n\nDocs-Action: delete\nDocs-Version: 2.0.0\x1b[2J"
    edit(find_project(None, released.folder), Retitle("1.0.0", title))
    assert entry(released, "1.0.0")["title"] == title
    assert trailers(released) == ["Docs-Action: retitle", "Docs-Version: 1.0.0"]
    message = released.git("show", "-s", "--format=%B", "gh-pages")
    assert message.startswith("Set title of 1.0.0 to One Docs-Action: delete Docs-Version")
    assert message.replace("\n", "").isprintable()
    for bad in ("", " ", "One\nTwo", "\x1b[2J", "\udcff"):
        assert "is no title" in refused(released, "retitle", "1.0.0", bad, status=2)


def test_a_hidden_version_is_shown_again_as_it_was(released: TinyProject) -> None:
    before = entry(released, "2.0.0")
    assert done(released, "hide", "latest")["action"] == "hide"
    assert entry(released, "2.0.0")["properties"] == {"hidden": True}
    assert versions(released, "hide", "latest", "--json").json["changed"] is False
    assert done(released, "hide", "2.0.0", "--show")["action"] == "show"
    assert entry(released, "2.0.0") == before


@pytest.mark.parametrize("kind", ["copy", "redirect"])
def test_a_mark_changes_two_files_at_most(released: TinyProject, site: str, kind: str) -> None:
    released.write("mkdocs.yml", (CONFIG + SITE_URL).replace("copy", kind))
    assert publish(released, "3.0.0", "next", site=site).status == 0
    for step in ("1.0.0 eol", "next prerelease", "2.0.0 eol", "3.0.0 current", "1.0.0 current"):
        paths = versions(released, "mark", *step.split(), "--json").json["paths"]
        assert paths["changed"] == ["docs-status.js", "versions.json"]
        assert (paths["added"], paths["removed"]) == ([], [])
    listed = versions(released, "list", "--json").json
    assert [one["state"] for one in listed] == ["current", "eol", "current"]
    assert "properties" not in entry(released, "3.0.0")  # the newest needs no mark
    assert entry(released, "1.0.0")["properties"] == {"docs_tools": {"status": "current"}}


def test_properties_of_a_foreign_shape_are_left_alone(released: TinyProject) -> None:
    text = content(released, "versions.json").replace(
        b'"1.0.0",\n    "aliases"', b'"1.0.0",\n    "properties": ["x"],\n    "aliases"'
    )
    alter(released, {"versions.json": text})
    for args in (["mark", "1.0.0", "eol"], ["hide", "1.0.0"]):
        assert "mend it by hand" in refused(released, *args)


# delete


def test_nothing_is_deleted_that_readers_are_led_to(released: TinyProject) -> None:
    assert versions(released, "default", "latest").status == 0
    error = refused(released, "delete", "2.0.0")
    assert "latest would lead nowhere: 2.0.0 goes" in error
    assert "docs_tools versions alias VERSION latest --update-aliases" in error
    assert "docs_tools versions delete 2.0.0 latest" in error
    for names in (["latest"], ["2.0.0", "latest"], ["1.0.0", "2.0.0", "latest"]):
        error = refused(released, "delete", *names)
        assert "the root leads to latest, which goes" in error
        assert "docs_tools versions default --none" in error
    assert done(released, "delete", "1.0.0")["change"] == "Removed 1.0.0"
    assert trailers(released) == ["Docs-Action: delete"]
    assert versions(released, "default", "--none").status == 0
    assert done(released, "delete", "2.0.0", "latest")["names"] == ["2.0.0", "latest"]
    assert json.loads(content(released, "versions.json")) == []
    assert not any("/" in path for path in released.tree())
    assert versions(released, "list", "--json").json == []
    assert publish(released, "1.0.0", site=make_site(released.folder / "site")).status == 0


def test_an_alias_alone_is_deleted(released: TinyProject) -> None:
    found = done(released, "delete", "latest")
    assert {path.split("/")[0] for path in found["paths"]["removed"]} == {"latest"}
    assert entry(released, "2.0.0")["aliases"] == []
    assert versions(released, "history", "2.0.0", "--json").json[0]["action"] == "alias"


def test_all_unknown_names_are_told_at_once(released: TinyProject) -> None:
    error = refused(released, "delete", "1.0.0", "1.0.1", "lates", "versions")
    assert 'no version or alias "1.0.1"\n    did you mean "1.0.0"?' in error
    assert 'no version or alias "lates"\n    did you mean "latest"?' in error
    assert 'no version or alias "versions"' in error
    for malformed in ("../x", "a\nb", "a:b", "-x", "index.html", ".git"):
        assert "not a name" in refused(released, "delete", "--", "1.0.0", malformed, status=2)


def test_folder_and_entry_without_each_other_are_deleted(released: TinyProject) -> None:
    alter(
        released,
        {
            **dict.fromkeys(released.tree("1.0.0/")),
            "versions.json": content(released, "versions.json").replace(b"1.0.0", b"1.5.0"),
            "1.0.0/docs-manifest.json": b"{}",
            "assets/a.css": b"p {}",
        },
    )
    assert "is on gh-pages, but is no version of the list" in refused(released, "delete", "assets")
    assert done(released, "delete", "1.5.0")["paths"]["removed"] == []
    assert done(released, "delete", "1.0.0")["paths"]["removed"] == ["1.0.0/docs-manifest.json"]
    assert versions(released, "verify").status == 0


# prune


@pytest.fixture
def many(small: TinyProject, site: str) -> TinyProject:
    assert publish(small, "1.0.0", site=site).status == 0
    for version in ("1.0.1", "1.1.0", "2.0.0", "2.0.1", "dev"):
        assert publish(small, version, *["latest"] * (version == "2.0.1"), site=site).status == 0
    return small


def test_prune_says_of_each_version_why_and_deletes_only_when_told(many: TinyProject) -> None:
    assert versions(many, "default", "1.1.0").status == 0
    head = many.git("rev-parse", "gh-pages")
    dry = versions(many, "prune", "--keep", "minors", "--keep", "1.0.0", "--json")
    assert (dry.status, dry.json["dry_run"]) == (0, True)
    assert many.git("rev-parse", "gh-pages") == head
    reasons = {one["version"]: (one["kept"], one["reason"]) for one in dry.json["versions"]}
    assert reasons == {
        "dev": (True, "its name is no number"),
        "2.0.1": (True, "has the alias latest"),
        "2.0.0": (False, "no rule keeps it"),
        "1.1.0": (True, "what the root leads to"),
        "1.0.1": (True, "kept by minors"),
        "1.0.0": (True, "kept by 1.0.0"),
    }
    assert dry.json["next"] == ["the same command with --delete"]

    rules = ("--keep", "minors", "--keep", "1.0.0")
    table = versions(many, "prune", *rules).out.splitlines()
    assert table[0].split() == ["VERSION", "STATE", "WHY"]
    assert "2.0.0    would go  no rule keeps it" in table
    assert "would commit: Pruned 2.0.0" in table
    assert versions(many, "prune", *rules, "--delete", "--dry-run", "--json").json["dry_run"]
    assert many.git("rev-parse", "gh-pages") == head

    result = versions(many, "prune", *rules, "--delete")
    assert result.status == 0, result.err
    assert "2.0.0    deleted  no rule keeps it" in result.out
    assert many.git("show", "-s", "--format=%s", "gh-pages") == "Pruned 2.0.0"
    assert [one["version"] for one in versions(many, "list", "--json").json] == [
        *("dev", "2.0.1", "1.1.0", "1.0.1", "1.0.0")
    ]
    again = versions(many, "prune", *rules, "--delete", "--json").json
    assert (again["changed"], len(again["versions"])) == (False, 5)
    assert versions(many, "verify").status == 0
    assert versions(many, "history", "2.0.0", "--json").json[0]["action"] == "prune"


def test_prune_refuses_what_it_cannot_know(many: TinyProject) -> None:
    assert "matches no version" in refused(many, "prune", "--keep", "3.*", "--delete")
    assert 'did you mean "minors:3"?' in refused(many, "prune", "--keep", "minor:3", status=2)
    assert "--keep" in refused(many, "prune", "--delete", status=2)


def test_nothing_is_changed_where_nothing_is_published(small: TinyProject) -> None:
    for args in (["prune", "--keep", "majors", "--delete"], ["default", "--none"]):
        result = versions(small, *args)
        assert (result.status, result.out) == (1, "")
        assert "nothing is published on gh-pages" in result.err
    for verb in ("retitle 1 a", "hide 1", "mark 1 eol", "alias 1 a", "delete 1", "rollback 1"):
        result = versions(small, *verb.split())
        assert (result.status, "published: nothing" in result.err) == (1, True), result
    assert small.git("for-each-ref", "refs/heads/gh-pages") == ""


# what others do meanwhile


@pytest.fixture
def other(released: TinyProject) -> TinyProject:
    """Another clone of the same remote."""
    project = TinyProject(released.folder.parent / "other")
    project.git("remote", "set-url", "origin", f"file://{released.remote}")
    return project


def meanwhile(tmp_path: Path, other: TinyProject) -> StandIn:
    """At the first push, what another clone has ready reaches the remote just before."""
    push = f"cd {other.folder} && $git push --quiet origin gh-pages"
    return stand_in(tmp_path / "bin", f'[ "$1" = push ] && once push && ({push})')


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (["delete", "1.0.0"], ["retitle", "latest", "Two"]),
        (["delete", "latest"], ["retitle", "latest", "Two"]),
        (["hide", "1.0.0"], ["mark", "1.0.0", "eol"]),
        (["default", "latest"], ["hide", "1.0.0"]),
        (["prune", "--keep", "majors:1", "--delete"], ["alias", "2.0.0", "stable"]),
        (["retitle", "1.0.0", "One"], ["retitle", "1.0.0", "One"]),
        (["delete", "1.0.0"], ["delete", "1.0.0"]),
    ],
    ids=" ".join,
)
def test_both_changes_land_where_they_do_not_touch(
    released: TinyProject, other: TinyProject, tmp_path: Path, ours: list[str], theirs: list[str]
) -> None:
    assert versions(other, *theirs).status == 0
    result = versions(released, *ours, "--push", "--json", stand=meanwhile(tmp_path, other))
    assert result.status == 0, result.err
    head = remote_git(released, "rev-parse", "gh-pages")
    assert released.git("rev-parse", "gh-pages") == head
    subjects = released.git("log", "-2", "--format=%s", "gh-pages").splitlines()
    theirs_done = other.git("show", "-s", "--format=%s", "gh-pages")
    assert theirs_done in subjects
    assert (result.json["change"] in subjects) or not result.json["changed"]
    assert versions(released, "verify").status == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        ("retitle 1.0.0 One", "retitle 1.0.0 Uno", "the title of 1.0.0 was changed meanwhile"),
        ("mark 1.0.0 eol", "mark 1.0.0 prerelease", "the mark of 1.0.0 was changed meanwhile"),
        ("default latest", "default 1.0.0", "the default version was changed meanwhile"),
        ("hide 1.0.0", "delete 1.0.0", "1.0.0 was deleted meanwhile"),
        ("retitle latest New", "alias 1.0.0 latest -u", "latest was 2.0.0 when this was asked for"),
        ("delete latest", "alias 1.0.0 latest -u", "latest was given to 1.0.0 meanwhile"),
        ("delete 1.0.0", "alias 1.0.0 old", "old would lead nowhere"),
        ("delete 1.0.0", "default 1.0.0", "the root leads to 1.0.0"),
        ("alias 1.0.0 a", "delete 1.0.0", "1.0.0 was deleted meanwhile"),
    ],
)
def test_the_same_thing_is_not_changed_twice(
    released: TinyProject, other: TinyProject, tmp_path: Path, ours: str, theirs: str, message: str
) -> None:
    assert versions(other, *theirs.split()).status == 0
    before = released.git("rev-parse", "gh-pages")
    result = versions(released, *ours.split(), "--push", stand=meanwhile(tmp_path, other))
    assert result.status == 1
    assert message in result.err
    assert released.git("rev-parse", "gh-pages") == before
    assert remote_git(released, "rev-parse", "gh-pages") == other.git("rev-parse", "gh-pages")


@pytest.mark.parametrize("command", ["delete 1.0.0", "prune --keep majors:1 --delete"])
def test_what_was_published_anew_meanwhile_is_not_deleted(
    released: TinyProject, other: TinyProject, tmp_path: Path, command: str
) -> None:
    site = make_site(tmp_path / "anew", text="anew")
    assert publish(other, "1.0.0", site=site).status == 0
    stand = meanwhile(tmp_path, other)
    result = versions(released, *command.split(), "--push", "--json", stand=stand)
    assert remote_git(released, "show", "gh-pages:1.0.0/index.html") == "<p>anew</p>"
    if command.startswith("delete"):
        assert (result.status, "1.0.0 was published anew meanwhile" in result.err) == (1, True)
    else:
        reasons = {one["version"]: one["reason"] for one in result.json["versions"]}
        assert reasons["1.0.0"] == "published meanwhile by somebody else"
