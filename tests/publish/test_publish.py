"""`docs_tools publish` and `versions list`, against real git and a real bare remote."""

import json
from pathlib import Path

import pytest

from tests.project import CONFIG, TinyProject


def test_publishes_a_version_with_aliases_and_a_title(project: TinyProject) -> None:
    args = ["--version", "1.0.0", "latest", "stable", "--title", "One"]
    assert project.docs_tools("publish", *args).status == 0
    assert json.loads(project.published("versions.json")) == [
        {"version": "1.0.0", "title": "One", "aliases": ["latest", "stable"]}
    ]
    assert project.tree("latest").keys() == {
        path.replace("1.0.0/", "latest/") for path in project.tree("1.0.0")
    }
    assert ".nojekyll" in project.tree()
    assert "1.0.0/facts/maintainers.yml" not in project.tree()


@pytest.mark.parametrize("alias_type", ["symlink", "copy", "redirect"])
@pytest.mark.parametrize("prefix", ["", "some/where"])
def test_the_branch_is_what_mike_would_have_written(
    project: TinyProject, alias_type: str, prefix: str
) -> None:
    options = f"{{alias_type: {alias_type}, deploy_prefix: '{prefix}'}}"
    project.write("mkdocs.yml", CONFIG.replace("{alias_type: copy}", options))
    project.commit("options")
    epoch = project.git("show", "-s", "--format=%ct")
    project.env["SOURCE_DATE_EPOCH"] = epoch
    for branch, tool in (("ours", project.docs_tools), ("theirs", None)):
        for version in ("1.0.0", "2.0.0"):
            config = (project.folder / "mkdocs.yml").read_text() + f"remote_branch: {branch}\n"
            (project.folder / "other.yml").write_text(config)
            if tool:
                args = ["-f", "other.yml", "--version", version, "latest", "-u", "--allow-dirty"]
                result = tool("publish", *args)
                assert result.status == 0, result.err
            else:
                project.mike("deploy", "-F", "other.yml", "-u", version, "latest")
    assert project.tree(branch="ours") == project.tree(branch="theirs")


def test_an_alias_of_another_version_moves_only_when_told(project: TinyProject) -> None:
    project.docs_tools("publish", "--version", "1.0.0", "latest")
    refused = project.docs_tools("publish", "--version", "2.0.0", "latest")
    assert refused.status == 1
    assert '"latest" is an alias of 1.0.0 already' in refused.err
    assert "--update-aliases" in refused.err
    assert project.docs_tools("publish", "--version", "2.0.0", "latest", "-u").status == 0
    listed = project.docs_tools("versions", "list", "--json").json
    assert [(entry["version"], entry["aliases"]) for entry in listed] == [
        ("2.0.0", ["latest"]),
        ("1.0.0", []),
    ]


def test_push_reaches_the_remote_and_a_rerun_pushes_what_a_failed_push_left(
    project: TinyProject,
) -> None:
    hook = project.remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho the quota is used up >&2\nexit 1\n")
    hook.chmod(0o755)
    refused = project.docs_tools("publish", "--version", "1.0.0", "--push")
    assert refused.status == 1
    assert "origin did not take the push of gh-pages" in refused.err
    assert "the quota is used up" in refused.err
    hook.unlink()
    again = project.docs_tools("publish", "--version", "1.0.0", "--push")
    assert again.status == 0, again.err
    assert "nothing changed" in again.out
    assert "pushed" in again.out
    assert project.git("ls-remote", "origin", "gh-pages").split()[0] == project.git(
        "rev-parse", "gh-pages"
    )


def test_push_true_in_the_configuration_pushes_and_no_push_does_not(project: TinyProject) -> None:
    config = CONFIG.replace(
        "  - docs_tools/publish\n", "  - docs_tools/publish: {targets: {git: {push: true}}}\n"
    )
    project.write("mkdocs.yml", config)
    project.commit("push")
    kept = project.docs_tools("publish", "--version", "1.0.0", "--no-push", "--json").json
    assert not kept["pushed"]
    assert kept["next"] == ["git push origin gh-pages"]
    assert project.git("ls-remote", "origin", "gh-pages") == ""
    assert project.docs_tools("publish", "--version", "1.0.0", "--json").json["pushed"]
    assert project.git("ls-remote", "origin", "gh-pages") != ""


def test_a_fresh_clone_takes_the_branch_from_the_remote(
    project: TinyProject, tmp_path: Path
) -> None:
    assert project.docs_tools("publish", "--version", "1.0.0", "--push").status == 0
    clone = project.clone(tmp_path / "clone", "--depth=1")
    assert "1.0.0" in clone.docs_tools("versions", "list").out
    result = clone.docs_tools("publish", "--version", "2.0.0", "--push")
    assert result.status == 0, result.err
    assert [entry["version"] for entry in json.loads(clone.published("versions.json"))] == [
        "2.0.0",
        "1.0.0",
    ]
    project.git("fetch", "--quiet", "origin")
    assert project.git("merge-base", "--is-ancestor", "gh-pages", "origin/gh-pages") == ""


def test_a_local_branch_that_is_behind_follows_the_remote(
    project: TinyProject, tmp_path: Path
) -> None:
    assert project.docs_tools("publish", "--version", "1.0.0", "--push").status == 0
    clone = project.clone(tmp_path / "clone")
    assert clone.docs_tools("publish", "--version", "2.0.0", "--push").status == 0
    assert project.docs_tools("publish", "--version", "3.0.0a1", "--push").status == 0
    listed = project.docs_tools("versions", "list", "--json").json
    assert [entry["version"] for entry in listed] == ["3.0.0a1", "2.0.0", "1.0.0"]


def test_branches_that_went_their_own_ways_are_not_overwritten(
    project: TinyProject, tmp_path: Path
) -> None:
    assert project.docs_tools("publish", "--version", "1.0.0", "--push").status == 0
    clone = project.clone(tmp_path / "clone")
    assert clone.docs_tools("publish", "--version", "2.0.0", "--push").status == 0
    project.git("config", "remote.origin.url", "gone")
    assert project.docs_tools("publish", "--version", "3.0.0a1").status == 0
    project.git("config", "remote.origin.url", str(project.remote))
    result = project.docs_tools("publish", "--version", "3.0.0a1", "--push")
    assert result.status == 1
    assert "each gone their own way" in result.err


def test_an_unreachable_remote_is_a_note_without_push_and_an_error_with(
    project: TinyProject,
) -> None:
    project.git("config", "remote.origin.url", "https://user:secret@127.0.0.1:9/x.git")
    result = project.docs_tools("publish", "--version", "1.0.0")
    assert result.status == 0, result.err
    assert "note: origin can't be reached" in result.out
    pushed = project.docs_tools("publish", "--version", "1.0.0", "--push")
    assert pushed.status == 1
    assert "origin can't be reached" in pushed.err
    assert "secret" not in pushed.err + pushed.out + result.out + result.err


def test_a_broken_list_of_versions_is_reported_and_left_alone(project: TinyProject) -> None:
    project.docs_tools("publish", "--version", "1.0.0")
    project.git("checkout", "--quiet", "gh-pages")
    project.write("versions.json", '[\n  {"version": "1.0.0",}\n]\n')
    project.commit("broken by hand")
    project.git("checkout", "--quiet", "main")
    before = project.git("rev-parse", "gh-pages")
    result = project.docs_tools("publish", "--version", "2.0.0")
    assert result.status == 1
    assert "gh-pages:versions.json:2:" in result.err
    assert project.git("rev-parse", "gh-pages") == before


def test_a_checked_out_docs_branch_is_refused(project: TinyProject, tmp_path: Path) -> None:
    project.docs_tools("publish", "--version", "1.0.0")
    project.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "gh-pages")
    result = project.docs_tools("publish", "--version", "2.0.0")
    assert result.status == 1
    assert "gh-pages is checked out in" in result.err


def test_without_an_identity_it_says_how_to_mend_it(project: TinyProject) -> None:
    project.git("config", "--unset", "user.name")
    project.git("config", "--unset", "user.email")
    project.git("config", "user.useConfigOnly", "true")
    result = project.docs_tools("publish", "--version", "1.0.0")
    assert result.status == 1
    assert "git does not know who you are" in result.err
    assert 'git config --global user.name "Your Name"' in result.err
    assert 'git config --global user.email "you@example.com"' in result.err


def test_names_with_spaces_letters_and_line_ends_are_published(project: TinyProject) -> None:
    project.write("docs/files/a b.txt", "a")
    project.write("docs/files/ä.txt", "b")
    project.write("docs/files/line\nend.txt", "c")
    project.commit("names")
    result = project.docs_tools("publish", "--version", "1.0.0", "--json")
    assert result.status == 0, result.err
    assert {
        "1.0.0/files/a b.txt",
        "1.0.0/files/ä.txt",
        "1.0.0/files/line\nend.txt",
    } <= set(result.json["paths"]["added"])
    assert "nothing changed" in project.docs_tools("publish", "--version", "1.0.0").out


def test_nothing_published_is_an_empty_list(project: TinyProject) -> None:
    result = project.docs_tools("versions", "list", "--json")
    assert (result.status, result.json) == (0, [])
    assert "nothing is published on gh-pages" in project.docs_tools("versions", "list").err
