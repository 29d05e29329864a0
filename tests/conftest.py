"""What all tests share."""

from pathlib import Path

import hypothesis
import pytest

from tests.project import TinyProject

# how long an example takes says nothing about the code: machines differ
hypothesis.settings.register_profile("docs_tools", deadline=None)
hypothesis.settings.load_profile("docs_tools")


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
