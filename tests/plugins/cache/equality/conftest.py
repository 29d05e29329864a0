"""What builds the projects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.plugins.cache.equality.law import Bench
from tests.plugins.cache.equality.server import Builder


@pytest.fixture(scope="session")
def builder() -> Iterator[Builder]:
    """A fresh process for each build."""
    builder = Builder()
    yield builder
    builder.close()


@pytest.fixture
def bench(tmp_path: Path, builder: Builder) -> Bench:
    """Where projects are built."""
    return Bench(tmp_path, builder, builder)
