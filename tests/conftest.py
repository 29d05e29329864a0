"""What all tests share."""

import os
import tempfile
from pathlib import Path

import hypothesis
import pytest

from docs_tools.diagrams import CACHE_VARIABLE
from tests.project import TinyProject

# how long an example takes says nothing about the code: machines differ
hypothesis.settings.register_profile("docs_tools", deadline=None)
hypothesis.settings.load_profile("docs_tools")


def pytest_configure(config: pytest.Config) -> None:
    """Has all that is drawn remembered for this run, whatever process or project draws it."""
    if not hasattr(config, "workerinput"):  # a worker has the environment of what started it
        folder = tempfile.TemporaryDirectory(prefix="docs_tools-")
        config.add_cleanup(folder.cleanup)
        os.environ[CACHE_VARIABLE] = folder.name


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files instead of comparing"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def project(tmp_path: Path) -> TinyProject:
    """A small project with nothing published."""
    return TinyProject(tmp_path / "project").create()
