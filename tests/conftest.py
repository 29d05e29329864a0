"""What all tests share."""

import os
from pathlib import Path

import hypothesis
import pytest

from tests.project import TinyProject

# `make test-long` runs the properties at their full size
hypothesis.settings.register_profile("long", max_examples=2000, deadline=None)
hypothesis.settings.register_profile("short", deadline=None)
hypothesis.settings.load_profile("long" if os.environ.get("DOCS_TOOLS_LONG") else "short")


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
