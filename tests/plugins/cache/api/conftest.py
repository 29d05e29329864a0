"""A site with a page for each module of a package."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocstrings_handlers.python import PythonHandler

from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.plugins.cache.api.compiled import compile_once
from tests.plugins.cache.api.site import api_site
from tests.plugins.cache.builds import Site


@pytest.fixture(autouse=True, scope="package")
def templates_are_compiled_once() -> Iterator[None]:
    """Also in builds from nothing, where compiling them is most of the time."""
    original = PythonHandler.update_env

    def update_env(self: PythonHandler, config: Any) -> None:
        original(self, config)
        compile_once(self.env)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PythonHandler, "update_env", update_env)
        yield


@pytest.fixture
def api(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that nothing is remembered of: not what other tests have built either."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "memory"))
    site = api_site(tmp_path / "project")
    monkeypatch.chdir(site.root)
    return site
