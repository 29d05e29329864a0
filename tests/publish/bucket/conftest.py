"""A bucket for each test, and a project that publishes into it."""

from pathlib import Path

import pytest

from tests.aws.server import AwsServer
from tests.project import TinyProject
from tests.publish.bucket.bench import BUCKET, FILES, Bench, config


@pytest.fixture(scope="session")
def _bare(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    folder = tmp_path_factory.mktemp("bare") / "project"
    return TinyProject(folder).create({"mkdocs.yml": config(), **FILES})


@pytest.fixture
def bucket(aws: AwsServer, _bare: TinyProject, tmp_path: Path) -> Bench:
    """A bucket with nothing in it, and a project that publishes into it only."""
    return Bench(aws, aws.bucket(BUCKET), _bare.copy(tmp_path))


@pytest.fixture
def versioned(aws: AwsServer, _bare: TinyProject, tmp_path: Path) -> Bench:
    """The same with a bucket that keeps what was overwritten or deleted."""
    return Bench(aws, aws.bucket(BUCKET, versioned=True), _bare.copy(tmp_path))
