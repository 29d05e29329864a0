"""What the tests of publishing share."""

from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import CONFIG, make_site, publish


@pytest.fixture(scope="session")
def _unpublished(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    files = {"mkdocs.yml": CONFIG, "docs/index.md": "# Tiny\n"}
    return TinyProject(tmp_path_factory.mktemp("unpublished") / "project").create(files)


@pytest.fixture(scope="session")
def _published(tmp_path_factory: pytest.TempPathFactory, _unpublished: TinyProject) -> TinyProject:
    folder = tmp_path_factory.mktemp("published")
    project = _unpublished.copy(folder)
    site = make_site(folder / "site")
    assert publish(project, "1.0.0", "latest", "--push", site=site).status == 0
    return project


@pytest.fixture
def small(_unpublished: TinyProject, tmp_path: Path) -> TinyProject:
    """A project of one page, for sites that were built elsewhere; nothing is published."""
    return _unpublished.copy(tmp_path)


@pytest.fixture
def released(_published: TinyProject, tmp_path: Path) -> TinyProject:
    """The same with 1.0.0 published and pushed, and `latest` for it."""
    return _published.copy(tmp_path)


@pytest.fixture
def other(released: TinyProject, tmp_path: Path) -> TinyProject:
    """Another clone, whose user is called Other."""
    clone = released.clone(tmp_path / "other")
    clone.git("branch", "--quiet", "--track", "gh-pages", "origin/gh-pages")
    return clone
