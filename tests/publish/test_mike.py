"""The real `mike` command reads and changes the branch before and after ours."""

import json

from tests.project import TinyProject


def test_mike_and_docs_tools_take_turns_on_one_branch(project: TinyProject) -> None:
    project.mike("deploy", "--push", "1.0.0", "latest")
    assert project.docs_tools("versions", "list", "--json").json == [
        {"version": "1.0.0", "title": "1.0.0", "aliases": ["latest"]}
    ]
    assert project.docs_tools("publish", "--version", "2.0.0", "latest", "-u", "--push").status == 0
    assert project.mike("list").split("\n")[:2] == ["2.0.0 [latest]", "1.0.0"]
    project.mike("alias", "--push", "2.0.0", "stable")
    project.mike("set-default", "--push", "latest")
    project.write("docs/page.md", "# Page\n\nMended.\n")
    project.commit("mended")
    assert project.docs_tools("hotfix", "--version", "2.0.0", "--push").status == 0
    assert "Mended." in project.published("stable/page.html")
    assert "Mended." in project.published("latest/page.html")
    assert "latest/" in project.published("index.html")
    project.mike("retitle", "--push", "2.0.0", "Two")
    project.mike("delete", "--push", "1.0.0")
    listed = project.docs_tools("versions", "list", "--json").json
    assert [(e["version"], e["title"], sorted(e["aliases"])) for e in listed] == [
        ("2.0.0", "Two", ["latest", "stable"])
    ]
    assert project.docs_tools("hotfix", "--version", "2.0.0").status == 0
    assert json.loads(project.published("versions.json"))[0]["title"] == "Two"
    assert project.git("rev-parse", "gh-pages") == project.git("rev-parse", "origin/gh-pages")


def test_a_hotfix_of_what_mike_deployed_finds_nothing_to_change(project: TinyProject) -> None:
    project.env["SOURCE_DATE_EPOCH"] = project.git("show", "-s", "--format=%ct")
    project.mike("deploy", "2.0.0", "latest")
    result = project.docs_tools("hotfix", "--version", "2.0.0", "--json")
    assert result.status == 0, result.err
    assert result.json["paths"] == {"added": [], "changed": [], "removed": []}
