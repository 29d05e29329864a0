"""What all tests share."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from docs_tools.aws.parallel import THREAD
from docs_tools.diagrams import CACHE_VARIABLE
from tests.project import TinyProject

if TYPE_CHECKING:
    from tests.aws.server import AwsServer

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


@pytest.fixture(scope="session")
def aws_server() -> Iterator[AwsServer]:
    """AWS's APIs over HTTP, for as long as the tests run."""
    from tests.aws.server import AwsServer  # only who asks AWS waits for it to load

    with AwsServer() as server:
        yield server


@pytest.fixture
def aws(aws_server: AwsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[AwsServer]:
    """AWS with nothing published, and an environment that leads there."""
    aws_server.reset()
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    for name, value in aws_server.environment.items():
        monkeypatch.setenv(name, value)
    yield aws_server
    for thread in threading.enumerate():
        if thread.name == THREAD:  # what ended early may still wait for an answer
            thread.join(60)
