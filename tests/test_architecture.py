"""What holds for the code as a whole."""

import importlib
import pkgutil
import re
import subprocess
from pathlib import Path

import pytest
import yaml

import docs_tools
from tests.demo import ROOT
from tests.project import BIN

SOURCES = sorted((ROOT / "docs_tools").rglob("*.py"))


def test_the_import_contract_holds() -> None:
    done = subprocess.run([BIN / "lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_the_package_knows_nothing_of_this_repository() -> None:
    data = ROOT / "docs" / "data"
    people = yaml.safe_load((data / "maintainers.yml").read_text())
    layers = yaml.safe_load((data / "layers.yml").read_text())
    names = [person[key] for group in ("active", "emeritus") for person in people[group]
             for key in ("name", "github")]  # fmt: skip
    names += [people["project"]["name"], "powertools"]
    names += [layer["account"] for layer in layers["layers"]]
    pattern = re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    assert len(names) > 16
    found = [f"{path}: {m[0]}" for path in SOURCES if (m := pattern.search(path.read_text()))]
    assert not found


def public_modules() -> list[str]:
    walk = pkgutil.walk_packages(docs_tools.__path__, "docs_tools.")
    return [info.name for info in walk if not info.name.endswith("__main__")]


@pytest.mark.parametrize("name", public_modules())
def test_what_a_module_exports_is_there_once_and_documented(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, f"{name} has no docstring"
    exported = getattr(module, "__all__", [])
    assert len(exported) == len(set(exported))
    for symbol in exported:
        value = getattr(module, symbol)
        if isinstance(value, type) or callable(value):
            assert value.__doc__, f"{name}.{symbol} has no docstring"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_module_can_be_read_without_scrolling_for_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


def test_workflows_never_paste_an_input_into_a_shell_line() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        for job in yaml.safe_load(path.read_text())["jobs"].values():
            for step in job["steps"]:
                assert "${{" not in step.get("run", ""), path


def test_the_hotfix_workflow_runs_the_command_with_the_version_from_the_environment() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/hotfix.yml").read_text())
    # YAML 1.1 reads the key `on` as true
    assert list(workflow[True]["workflow_dispatch"]["inputs"]) == ["version", "open-pr"]
    step = workflow["jobs"]["hotfix"]["steps"][-1]
    assert step["env"]["VERSION"] == "${{ inputs.version }}"
    # one of two words of ours, whatever the input is
    assert step["env"]["OPEN_PR"] == "${{ inputs.open-pr && '--open-pr' || '' }}"
    assert 'docs_tools hotfix --version "$VERSION" --push $OPEN_PR\n' in step["run"]
    assert workflow["permissions"] == {"contents": "write", "pull-requests": "write"}


@pytest.mark.parametrize("name", ["ci", "hotfix"])
def test_a_workflow_that_builds_the_site_begins_with_what_was_built_last(name: str) -> None:
    workflow = yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text())
    (job,) = workflow["jobs"].values()
    used = [step.get("uses", "") for step in job["steps"]]
    place = used.index("actions/cache@v4")
    assert all(not step.get("run", "").count("docs_tools") for step in job["steps"][:place])
    options = job["steps"][place]["with"]
    assert options["path"] == ".cache/docs_tools"
    # GitHub never changes a cache: the key is new each time, and what it begins with is found
    assert options["key"].startswith(options["restore-keys"])
    assert options["key"].endswith("-${{ github.run_id }}-${{ github.run_attempt }}")


def test_the_lock_names_no_registry_and_has_a_hash_for_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--index" not in lock
    requirements = re.split(r"\n(?=\S)", lock.strip())
    pinned = [entry for entry in requirements if not entry.startswith("#")]
    assert len(pinned) > 40
    assert all("==" in entry and "--hash=sha256:" in entry for entry in pinned)


def test_the_readme_names_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text()
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"\bmake ([a-z][a-z-]*)", readme))
    assert {"demo", "test"} <= targets
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    for verb in set(re.findall(r"^docs_tools (\w+)", readme, re.MULTILINE)):
        done = subprocess.run([BIN / "docs_tools", verb, "--help"], capture_output=True)
        assert done.returncode == 0, verb
