"""`docs_tools versions` as a command with verbs: help, usage, and what each prints."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_command_line import HEAVY
from tests.project import TinyProject
from tests.publish.by_hand import alter, copied
from tests.publish.stand_in import CONFIG, make_site, publish

CHANGES = {
    "alias": ["1.0.0", "stable"],
    "default": ["latest"],
    "retitle": ["1.0.0", "One"],
    "hide": ["1.0.0"],
    "mark": ["1.0.0", "eol"],
    "delete": ["latest"],
    "prune": ["--keep", "releases:1"],
    "rollback": ["1.0.0"],
}
READS = {
    "list": [],
    "verify": [],
    "diff": ["1.0.0", "--site-dir", "../one"],
    "history": ["1.0.0"],
}
VERBS = CHANGES | READS


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    """0.9.0, and 1.0.0, which was published twice and is `latest`: no test changes them."""
    folder = tmp_path_factory.mktemp("versions")
    files = {"mkdocs.yml": CONFIG, "docs/index.md": "# Tiny\n"}
    project = TinyProject(folder / "project").create(files)
    for name, version in [("one", "0.9.0"), ("one", "1.0.0"), ("two", "1.0.0")]:
        alias = ["latest"] * (version == "1.0.0")
        site = make_site(folder / name, text=name)
        assert publish(project, version, *alias, site=site).status == 0
    return project


def test_help_of_each_verb_loads_none_of_the_heavy_modules() -> None:
    code = (
        "import sys; from docs_tools.cli import cli\n"
        f"for verb in [[], *([name] for name in {list(VERBS)})]:\n"
        "    cli(['versions', *verb, '--help'], standalone_mode=False)\n"
        "print('loaded', *sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    said, _, loaded = done.stdout.partition("\nloaded\n")
    assert {name.split(".")[0] for name in loaded.splitlines()}.isdisjoint(HEAVY)
    overall, *own = said.split("Usage: ")[1:]
    assert len(own) == len(VERBS)
    for verb, text in zip(VERBS, own, strict=True):
        assert f" {verb} " in text.splitlines()[0]
        listed = overall.split("Commands:")[1].split(f"\n  {verb} ")[1]
        assert listed.split()[:2] == text.split("\n\n")[1].split()[:2]
        assert "--json" in text
        assert ("--push / --no-push" in text) == ("--dry-run" in text) == (verb in CHANGES)


@pytest.mark.parametrize(
    ("verb", "near"), [("hist", "history"), ("retilte", "retitle"), ("xyz", None)]
)
def test_an_unknown_verb_is_told_with_the_nearest(
    released: TinyProject, verb: str, near: str | None
) -> None:
    result = released.docs_tools("versions", verb)
    assert (result.status, result.out) == (2, "")
    assert f'There is no command "{verb}".' in result.err
    assert ("Did you mean" in result.err) == (near is not None)
    assert near is None or f'Did you mean "{near}"?' in result.err


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_prints_one_document_and_nothing_else(released: TinyProject, verb: str) -> None:
    dry = ["--dry-run"] * (verb in CHANGES)
    result = released.docs_tools("versions", verb, *VERBS[verb], "--json", "-v", *dry)
    assert result.status == 0, result.err
    assert json.loads(result.out)
    said = released.docs_tools("versions", verb, *VERBS[verb], *dry)
    assert said.status == 0, said.err
    assert said.out
    if verb in CHANGES:
        assert "next: the same command with" in said.out
        assert released.docs_tools("-q", "versions", verb, *VERBS[verb], *dry).out == ""


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ("list", "prune")])
def test_malformed_names_are_wrong_usage_and_unknown_ones_are_not(
    released: TinyProject, verb: str
) -> None:
    rest = VERBS[verb][1:]
    for name in ("../up", "a\nb", "", "versions.json"):
        result = released.docs_tools("versions", verb, name, *rest)
        assert (result.status, result.out) == (2, ""), name
        assert result.err.startswith("error: ")
    if verb != "diff":  # of a version that isn't there all is new
        result = released.docs_tools("versions", verb, "lates", *rest)
        assert (result.status, result.out) == (1, "")
        assert 'did you mean "latest"?' in result.err


def test_wrong_arguments_are_wrong_usage(released: TinyProject) -> None:
    for args in (
        ["alias", "1.0.0"],
        ["alias", "1.0.0", "1.0.0"],
        ["default"],
        ["default", "latest", "--none"],
        ["retitle", "1.0.0"],
        ["mark", "1.0.0"],
        ["mark", "1.0.0", "old"],
        ["delete"],
        ["prune"],
        ["prune", "--keep", "majors:-1"],
        ["history"],
        ["list", "1.0.0"],
        ["verify", "1.0.0", "2.0.0"],
    ):
        result = released.docs_tools("versions", *args)
        assert (result.status, result.out) == (2, ""), args


def test_outside_a_repository_each_verb_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "docs").mkdir()
    make_site(tmp_path.parent / "one")
    for verb, args in VERBS.items():
        result = TinyProject(tmp_path).docs_tools("versions", verb, *args)
        assert (result.status, result.out) == (1, "")
        assert "is not in a git repository" in result.err


def test_names_on_the_branch_do_not_steer_a_terminal(released: TinyProject, tmp_path: Path) -> None:
    small = copied(released.folder.parent, tmp_path / "copy")
    odd = "\x1b[2J"
    text = b'[{"version": "1.0.0", "title": "\\u001b[2J\\n::error::", "aliases": ["a\\u009b"]}]'
    alter(small, {"versions.json": text, f"1.0.0/{odd}": b"", f"{odd}/docs-manifest.json": b""})
    for args in (["list"], ["verify"], ["history", "1.0.0"], ["delete", "1.0.0"],
                 ["retitle", "1.0.0", "x", "--dry-run"], ["mark", "1.0.1", "eol"],
                 ["diff", "1.0.0", "--site-dir", "../one"], ["rollback", "1.0.0", "--dry-run"],
                 ["prune", "--keep", "majors"]):  # fmt: skip
        result = small.docs_tools("versions", *args)
        assert result.status in (0, 1)
        shown = result.out + result.err
        assert shown.replace("\n", "").isprintable(), shown
        assert "\n::" not in shown
