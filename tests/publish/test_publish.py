"""`docs_tools publish` and `versions list`, against real git and a real bare remote."""

import json
from pathlib import Path

import pytest

from tests.project import CONFIG, TinyProject
from tests.publish.stand_in import make_site, publish, remote_git


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
    project.env["SOURCE_DATE_EPOCH"] = project.git("show", "-s", "--format=%ct")
    config = (project.folder / "mkdocs.yml").read_text()
    for version in ("1.0.0", "2.0.0"):
        project.write("other.yml", f"{config}remote_branch: ours\n")
        args = ["-f", "other.yml", "--version", version, "latest", "-u", "--allow-dirty"]
        result = project.docs_tools("publish", *args)
        assert result.status == 0, result.err
        project.write("other.yml", f"{config}remote_branch: theirs\n")
        mikes = project.try_mike("deploy", "-F", "other.yml", "-u", version, "latest")
        assert mikes.status == 0, mikes.err
    ours, theirs = project.tree(branch="ours"), project.tree(branch="theirs")
    start = f"{prefix}/" if prefix else ""
    added = own_additions(start, copied=alias_type == "copy")
    if alias_type == "redirect":  # mike's alias has the pages alone
        latest = {path.replace("2.0.0/", "latest/", 1): meta for path, meta in theirs.items()
                  if path.startswith(f"{start}2.0.0/") and not path.endswith(".html")}  # fmt: skip
        assert latest
        assert latest.keys().isdisjoint(theirs)
        theirs |= latest
    assert ours.keys() - theirs.keys() == added
    assert {path: meta for path, meta in ours.items() if path not in added} == theirs


def own_additions(start: str, *, copied: bool) -> set[str]:
    """The paths that mike doesn't write."""
    folders = ["1.0.0", "2.0.0", *["latest"] * copied]
    manifests = {f"{start}{folder}/docs-manifest.json" for folder in folders}
    return {*manifests, "404.html", f"{start}404.html", f"{start}docs-status.js"}


def test_an_alias_of_another_version_moves_only_when_told(
    small: TinyProject, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site")
    assert publish(small, "1.0.0", "latest", site=site).status == 0
    refused = publish(small, "2.0.0", "latest", site=site)
    assert refused.status == 1
    assert '"latest" is an alias of 1.0.0 already' in refused.err
    assert "--update-aliases" in refused.err
    assert publish(small, "2.0.0", "latest", "-u", site=site).status == 0
    listed = small.docs_tools("versions", "list", "--json").json
    assert [(entry["version"], entry["aliases"]) for entry in listed] == [
        ("2.0.0", ["latest"]),
        ("1.0.0", []),
    ]


def test_push_true_in_the_configuration_pushes_and_no_push_does_not(
    small: TinyProject, tmp_path: Path
) -> None:
    config = (small.folder / "mkdocs.yml").read_text()
    own = "docs_tools/publish"
    small.write("mkdocs.yml", config.replace(own, f"{own}: {{targets: {{git: {{push: true}}}}}}"))
    site = make_site(tmp_path / "site")
    kept = publish(small, "1.0.0", "--no-push", "--json", site=site).json
    assert not kept["pushed"]
    assert kept["next"] == ["git push origin gh-pages"]
    assert small.git("ls-remote", "origin", "gh-pages") == ""
    assert publish(small, "1.0.0", "--json", site=site).json["pushed"]
    assert small.git("ls-remote", "origin", "gh-pages") != ""


def test_a_local_branch_that_is_behind_follows_the_remote(
    small: TinyProject, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site")
    assert publish(small, "1.0.0", "--push", site=site).status == 0
    clone = small.clone(tmp_path / "clone")
    assert publish(clone, "2.0.0", "--push", site=site).status == 0
    assert publish(small, "3.0.0a1", site=site).status == 0
    assert small.git("rev-parse", "gh-pages^") == remote_git(small, "rev-parse", "gh-pages")
    listed = small.docs_tools("versions", "list", "--json").json
    assert [entry["version"] for entry in listed] == ["3.0.0a1", "2.0.0", "1.0.0"]


def test_keys_that_nobody_knows_and_a_custom_order_stay(small: TinyProject, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    for version in ("1.0.0", "2.0.0"):
        assert publish(small, version, site=site).status == 0
    one, two = (
        {"version": version, "note": {"by": "hand", "rank": 1e400}, "aliases": [alias], "zz": None}
        for version, alias in (("1.0.0", "old"), ("2.0.0", "latest"))
    )
    small.git("checkout", "--quiet", "gh-pages")
    small.write("versions.json", json.dumps([one, two]).replace("Infinity", "1e400"))
    small.commit("by hand")
    small.git("checkout", "--quiet", "main")
    result = publish(small, "2.0.0", "stable", "next", site=make_site(tmp_path / "new", text="new"))
    assert result.status == 0, result.err
    assert publish(small, "0.1.0", site=site).status == 0
    text = small.published("versions.json")
    assert text.count('"rank": 1e400') == 2
    two["aliases"] = ["latest", "stable", "next"]
    three = {"version": "0.1.0", "title": "0.1.0", "aliases": []}
    assert json.loads(text) == [one, two, three]
    assert [list(entry) for entry in json.loads(text)] == [list(e) for e in (one, two, three)]


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
