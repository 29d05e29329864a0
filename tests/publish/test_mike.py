"""The real `mike` command reads and changes the branch before and after ours."""

import json
from pathlib import Path

from tests.project import TinyProject
from tests.publish.stand_in import make_site, publish


def mike(project: TinyProject, *args: str) -> str:
    result = project.try_mike(*args)
    assert result.status == 0, result.err
    return result.out


def test_mike_and_docs_tools_take_turns_on_one_branch(project: TinyProject) -> None:
    project.mike("deploy", "--push", "1.0.0", "latest")
    [listed] = project.docs_tools("versions", "list", "--json").json
    known = {"version": "1.0.0", "title": "1.0.0", "aliases": ["latest"]}
    assert {key: listed[key] for key in known} == known
    assert listed["built_from"] == project.git("rev-parse", "HEAD")[: len(listed["built_from"])]
    assert project.docs_tools("publish", "--version", "2.0.0", "latest", "-u", "--push").status == 0
    assert mike(project, "list").split("\n")[:2] == ["2.0.0 [latest]", "1.0.0"]
    mike(project, "alias", "--push", "2.0.0", "stable")
    mike(project, "set-default", "--push", "latest")
    project.write("docs/page.md", "# Page\n\nMended.\n")
    project.commit("mended")
    assert project.docs_tools("hotfix", "--version", "2.0.0", "--push").status == 0
    assert "Mended." in project.published("stable/page.html")
    assert "Mended." in project.published("latest/page.html")
    assert "latest/" in project.published("index.html")
    mike(project, "retitle", "--push", "2.0.0", "Two")
    mike(project, "delete", "--push", "1.0.0")
    listed = project.docs_tools("versions", "list", "--json").json
    assert [(e["version"], e["title"], sorted(e["aliases"])) for e in listed] == [
        ("2.0.0", "Two", ["latest", "stable"])
    ]
    # mike doesn't know the files that are made from the list
    result = project.docs_tools("hotfix", "--version", "2.0.0", "--push", "--json")
    assert result.status == 0, result.err
    assert result.json["paths"] == {
        "added": [],
        "changed": ["404.html", "docs-status.js"],
        "removed": [],
    }
    assert json.loads(project.published("versions.json"))[0]["title"] == "Two"
    assert project.git("rev-parse", "gh-pages") == project.git("rev-parse", "origin/gh-pages")


def test_a_hotfix_of_what_mike_deployed_finds_no_page_to_change(project: TinyProject) -> None:
    project.env["SOURCE_DATE_EPOCH"] = project.git("show", "-s", "--format=%ct")
    mike(project, "deploy", "2.0.0", "latest")
    before = project.tree()
    args = ("hotfix", "--version", "2.0.0", "--json")
    first, second = project.docs_tools(*args), project.docs_tools(*args)
    assert first.status == second.status == 0, first.err + second.err
    # what mike doesn't write; a manifest alone is no reason to publish
    added = ["404.html", "docs-status.js"]
    assert first.json["paths"] == {"added": added, "changed": [], "removed": []}
    assert second.json["paths"] == {"added": [], "changed": [], "removed": []}
    assert {path: meta for path, meta in project.tree().items() if path not in added} == before


def test_what_mike_deploys_between_ours_is_kept_and_pushed(
    small: TinyProject, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site")
    assert publish(small, "1.0.0", "latest", "--title", "One", site=site).status == 0
    mike(small, "deploy", "2.0.0", "dev")
    assert publish(small, "3.0.0", "--push", site=site).status == 0
    assert mike(small, "list").split("\n")[:3] == ["3.0.0", "2.0.0 [dev]", '"One" (1.0.0) [latest]']
    verified = small.docs_tools("versions", "verify")
    assert verified.status == 0, verified.out
