"""The page that shows how to add a directive, followed to the letter in a copy of the code."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo import BIN, ROOT

PAGE = ROOT / "docs" / "contributing" / "adding-a-directive.md"
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODULE = "docs_tools/markdown/directives/milestones.py"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code and what its golden tests need, where nobody minds a new directive."""
    leftovers = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "docs_tools", tmp_path / "docs_tools", ignore=leftovers)
    shutil.copytree(
        ROOT / "tests/golden/directives", tmp_path / "tests/golden/directives", ignore=leftovers
    )
    (tmp_path / "tests/markdown").mkdir()
    for module in (ROOT / "tests").glob("*.py"):
        shutil.copy(module, tmp_path / "tests")
    for name in ("__init__.py", "test_golden.py"):
        shutil.copy(ROOT / "tests/markdown" / name, tmp_path / "tests/markdown")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def follow(page: str, folder: Path) -> list[str]:
    """Writes the files that the page shows; returns the commands that it then gives."""
    commands = []
    for language, title, text in FENCE.findall(page):
        if title:
            file = folder / title
            assert not file.exists(), title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif language == "console":
            commands.append(text.splitlines()[0].removeprefix("$ "))
    return commands


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs `make test PYTEST_ARGS="..."` without make, which would set up an environment."""
    *target, arguments = shlex.split(command)
    assert target == ["make", "test"]
    name, _, args = arguments.partition("=")
    assert name == "PYTEST_ARGS"
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *shlex.split(args)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
    )


def test_the_page_gives_a_directive_and_its_golden_case_which_passes(copy: Path) -> None:
    (command,) = follow(PAGE.read_text("utf-8"), copy)

    done = run(command, copy)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout  # its case, and that it has one


def test_what_the_page_shows_keeps_to_the_rules_of_the_code(copy: Path) -> None:
    follow(PAGE.read_text("utf-8"), copy)

    for check in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [BIN / "ruff", *check, MODULE], cwd=copy, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("after 2.9 min\n", "after 3 min\n", "after 3 min"),
        ('Directive("milestones"', 'Directive("milestone"', 'no directive "docs_tools/milestones"'),
    ],
    ids=["expected", "module"],
)
def test_a_page_that_does_not_work_is_noticed(
    copy: Path, right: str, wrong: str, said: str
) -> None:
    page = PAGE.read_text("utf-8")
    assert page.count(right) == 1

    (command,) = follow(page.replace(right, wrong), copy)
    done = run(command, copy)

    assert done.returncode == 1
    assert "1 failed" in done.stdout
    assert said in done.stdout
