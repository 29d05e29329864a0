"""The sites that pages are converted for; each module says what facts they have."""

import pytest

from docs_tools.model.facts import Facts
from tests.markdown.site import FENCED, SITE, Site


@pytest.fixture(params=[FENCED, SITE], ids=["markdown", "pymdownx"])
def engine(request: pytest.FixtureRequest, facts: Facts) -> Site:
    """A site with Python-Markdown's own extensions, and one with PyMdown's."""
    return Site(facts, request.param)


@pytest.fixture
def site(facts: Facts) -> Site:
    """A site with all the extensions that a site has."""
    return Site(facts, SITE)
