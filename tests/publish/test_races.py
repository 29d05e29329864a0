"""Two publishers at the same moment: nobody's work is lost, and the loser is told."""

import json

import pytest

from tests.project import CONFIG, TinyProject

HOOK = """\
import os, subprocess

def on_post_build(config, **kwargs):
    if command := os.environ.get("MEANWHILE"):
        env = {k: v for k, v in os.environ.items() if k != "MEANWHILE"}
        subprocess.run(command, shell=True, check=True, env=env, stdout=2)
"""


@pytest.fixture
def released(project: TinyProject) -> TinyProject:
    """1.0.0 published and pushed; a hook runs a command while a site is built."""
    project.write("hook.py", HOOK)
    project.write("mkdocs.yml", CONFIG + "hooks: [hook.py]\n")
    project.commit("hook")
    assert project.docs_tools("publish", "--version", "1.0.0", "--push").status == 0
    project.write("docs/page.md", "# Mended\n")
    project.commit("mended")
    return project


def versions(project: TinyProject, branch: str = "gh-pages") -> list[str]:
    return [entry["version"] for entry in json.loads(project.published("versions.json", branch))]


def test_what_was_published_here_during_the_build_stays(released: TinyProject) -> None:
    meanwhile = {"MEANWHILE": "mike deploy 2.0.0"}
    result = released.docs_tools("hotfix", "--version", "1.0.0", env=meanwhile)
    assert result.status == 1
    assert "gh-pages moved meanwhile" in result.err
    assert versions(released) == ["2.0.0", "1.0.0"]
    again = released.docs_tools("hotfix", "--version", "1.0.0", "--ref", "HEAD")
    assert again.status == 0, again.err
    assert versions(released) == ["2.0.0", "1.0.0"]
    assert "Mended" in released.published("1.0.0/page.html")


def test_what_was_pushed_elsewhere_during_the_build_stays_and_a_rerun_lands(
    released: TinyProject,
) -> None:
    clone = released.clone(released.folder.parent / "clone")
    meanwhile = {"MEANWHILE": f"cd {clone.folder} && mike deploy --push 2.0.0"}
    args = ["hotfix", "--version", "1.0.0", "--ref", "HEAD", "--push"]
    before = released.git("rev-parse", "gh-pages")
    result = released.docs_tools(*args, env=meanwhile)
    assert result.status == 1
    assert "gh-pages moved meanwhile on origin" in result.err
    assert "run the command again" in result.err
    assert released.git("rev-parse", "gh-pages") == before

    again = released.docs_tools(*args)
    assert again.status == 0, again.err
    assert versions(released, "origin/gh-pages") == ["2.0.0", "1.0.0"]
    assert "Mended" in released.published("1.0.0/page.html", "origin/gh-pages")


def test_a_branch_that_cannot_be_moved_is_not_called_moved(released: TinyProject) -> None:
    lock = released.folder / ".git" / "refs" / "heads" / "gh-pages.lock"
    lock.touch()
    result = released.docs_tools("hotfix", "--version", "1.0.0")
    assert result.status == 1
    assert "gh-pages can't be moved" in result.err
    assert "gh-pages.lock" in result.err


def test_diverged_branches_are_listed_with_a_note(released: TinyProject) -> None:
    clone = released.clone(released.folder.parent / "clone")
    clone.mike("deploy", "--push", "2.0.0")
    released.mike("deploy", "--ignore-remote-status", "3.0.0a1")
    result = released.docs_tools("versions", "list", "--json")
    assert result.status == 0
    assert "each gone their own way" in result.err
    assert [entry["version"] for entry in result.json] == ["2.0.0", "1.0.0"]


def test_unpushed_work_of_others_is_not_taken_back_with_ours(released: TinyProject) -> None:
    clone = released.clone(released.folder.parent / "clone")
    released.mike("deploy", "1.5.0")  # here only
    meanwhile = {"MEANWHILE": f"cd {clone.folder} && mike deploy --push 2.0.0"}
    args = ["hotfix", "--version", "1.0.0", "--ref", "HEAD", "--push"]
    result = released.docs_tools(*args, env=meanwhile)
    assert result.status == 1
    assert "each gone their own way" in result.err
    assert "1.5.0" in versions(released)
