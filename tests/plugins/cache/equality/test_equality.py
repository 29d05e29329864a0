"""A site that is built from what is remembered equals a clean build, whatever was edited."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.plugins.cache.equality.edits import Edit, Touch
from tests.plugins.cache.equality.law import Bench
from tests.plugins.cache.equality.server import Builder
from tests.plugins.cache.equality.variants import VARIANTS
from tests.size import LONG

STEPS = 15
EXAMPLES = 20 if LONG else 2  # of each variant: 210 steps, and 2,100 in the long run


@pytest.fixture(params=VARIANTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bench(bench: Bench, name: str) -> Iterator[Bench]:
    """Where projects of this kind are built."""
    variant = VARIANTS[name]
    remembering = Builder(stays=True) if variant.stays else bench.remembering
    yield replace(bench, remembering=remembering, options=variant.options)
    if variant.stays:
        remembering.close()


def test_what_did_not_change_is_not_made_again(bench: Bench, name: str) -> None:
    bench.check(VARIANTS[name].start, [Touch()])
    first, again = bench.built
    assert first.converted
    assert again.converted == 0
    if not VARIANTS[name].renders:
        assert again.rendered <= 2  # which are no pages: 404.html and sitemap.xml


def test_a_remembered_site_equals_a_clean_one_after_any_edits(bench: Bench, name: str) -> None:
    variant = VARIANTS[name]

    # the first example is always the simplest: no edit at all
    @settings(
        max_examples=1 + EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        # each step is two builds: the search for fewer steps would take minutes
        phases=[Phase.explicit, Phase.reuse, Phase.generate, *[Phase.shrink] * LONG],
    )
    @given(variant.edits(2 * STEPS))
    def check(edits: list[Edit]) -> None:
        bench.check(variant.start, edits, most=STEPS)

    check()
