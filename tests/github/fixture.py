"""GitHub for a test: `from tests.github.fixture import github` gives the fixture to others."""

import os
import shutil
from collections.abc import Iterator
from functools import cache

import pytest

from tests.github.description import FILE, Description
from tests.github.stand_in import StandIn


@cache
def description() -> Description:
    """GitHub's description; without it tests are skipped, but in CI they fail."""
    if not FILE.is_file():
        npm = shutil.which("npm")
        wanted = "`make test` installs it with npm" if npm else "install Node.js and npm"
        if os.environ.get("DOCS_TOOLS_BROWSER") == "required":
            pytest.fail(f"CI needs GitHub's description of its API: {wanted}")
        pytest.skip(f"GitHub's description of its API was not found: {wanted}")
    return Description()


@pytest.fixture
def github(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[StandIn]:
    """A GitHub with an empty repository; import it where a test needs it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    stand_in = StandIn(tmp_path_factory.mktemp("github"), description())
    yield stand_in
    stand_in.close()
    if stand_in.problems:
        pytest.fail("not as GitHub describes it:\n" + "\n".join(stand_in.problems))
