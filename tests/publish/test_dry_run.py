"""`--dry-run --json` tells each path that changes, and writes nothing."""

from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import make_site, publish

# in this order, each on what those before it left
COMMANDS = [
    "publish --version 2.0.0 latest --update-aliases --site-dir ../two",
    "publish --version 2.0.0 latest --site-dir ../two",
    "hotfix --version 1.0.0 --site-dir ../two",
    "versions alias 1.0.0 stable",
    "versions default latest",
    "versions retitle 1.0.0 One",
    "versions hide 1.0.0",
    "versions mark 1.0.0 eol",
    "versions rollback 1.0.0",
    "versions delete 1.0.0 old stable",
    "publish --version 0.1.0 --site-dir ../two",
    "versions prune --keep majors:1 --delete",
    "versions hide 2.0.0",
    "versions default --none",
]


@pytest.mark.parametrize(
    ("alias_type", "commands"),
    [("redirect", COMMANDS), ("copy", COMMANDS[:3]), ("symlink", COMMANDS[:3])],
    ids=["redirect", "copy", "symlink"],
)
def test_carrying_it_out_changes_exactly_what_the_plan_says(
    small: TinyProject, tmp_path: Path, alias_type: str, commands: list[str]
) -> None:
    config = (small.folder / "mkdocs.yml").read_text().replace("copy", alias_type)
    small.write("mkdocs.yml", config + "site_url: https://example.com/docs/\n")
    site = make_site(tmp_path / "one", {"index.html": "<p>", "sitemap.xml": "x", "old.html": ""})
    assert publish(small, "1.0.0", "latest", "old", "--push", site=site).status == 0
    make_site(tmp_path / "two", {"index.html": "<p>two", "sitemap.xml": "x", "new.html": ""})
    (tmp_path / "tmp").mkdir()
    small.env["TMPDIR"] = str(tmp_path / "tmp")
    changed = 0
    for command in commands:
        before = state(small)
        plan = small.docs_tools(*command.split(), "--dry-run", "--json", "--push")
        assert plan.status == 0, plan.err
        assert plan.json["dry_run"]
        assert state(small) == before
        assert not list((tmp_path / "tmp").iterdir())
        done = small.docs_tools(*command.split(), "--json", "--push")
        assert done.status == 0, done.err
        assert plan.json["paths"] == done.json["paths"] == difference(small, before["head"])
        assert plan.json["changed"] == any(plan.json["paths"].values())
        changed += plan.json["changed"]
    idle = [command for command in commands if "publish --version 2.0.0 latest --site" in command]
    assert changed == len(commands) - len(idle)


def state(project: TinyProject) -> dict[str, str]:
    """What a dry run may not change, here and on the remote."""
    remote = ("--git-dir", str(project.remote))
    return {
        "head": project.git("rev-parse", "gh-pages"),
        "refs": project.git("for-each-ref"),
        "objects": project.git("count-objects", "-v"),
        "refs there": project.git(*remote, "for-each-ref"),
        "objects there": project.git(*remote, "count-objects", "-v"),
        "files": project.git("status", "--porcelain", "--ignored"),
    }


def difference(project: TinyProject, before: str) -> dict[str, list[str]]:
    """What git says has changed on the docs branch since a commit."""
    rows = project.git("diff-tree", "-r", "--no-renames", "--name-status", before, "gh-pages")
    found: dict[str, list[str]] = {"added": [], "changed": [], "removed": []}
    names = {"A": "added", "M": "changed", "T": "changed", "D": "removed"}
    for row in rows.splitlines():
        kind, path = row.split("\t")
        found[names[kind]].append(path)
    return found


def test_a_plan_on_a_branch_that_is_not_there_yet(small: TinyProject, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    plan = publish(small, "1.0.0", "latest", "--dry-run", "--json", site=site)
    assert plan.status == 0, plan.err
    assert small.git("for-each-ref", "--format=%(refname)") == "refs/heads/main"
    done = publish(small, "1.0.0", "latest", "--json", site=site)
    assert plan.json["paths"] == done.json["paths"]
    assert set(done.json["paths"]["added"]) == small.tree().keys()
