"""Sites to build, each with its own memory."""

from pathlib import Path

import pytest

from docs_tools.diagrams import CACHE_VARIABLE
from tests.plugins.cache.builds import Site


@pytest.fixture
def empty_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site without pages that is not yet created."""
    site = Site(tmp_path / "project")
    monkeypatch.setenv(CACHE_VARIABLE, str(site.cache))
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    return site


@pytest.fixture
def site(empty_site: Site) -> Site:
    """A site with eight pages, built once."""
    empty_site.create().build()
    return empty_site
