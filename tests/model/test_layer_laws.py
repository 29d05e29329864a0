"""A layer's number never goes down, where it is certain which release is the older one."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.model.layer_laws import find_falls
from docs_tools.model.layers import LayerException, LayerRelease
from tests.model.layer_data import LARGE, MIXED, read
from tests.size import examples

LAYER = read(MIXED).layers[0]


def falls(*numbers: tuple[str, int]) -> list[tuple[str, str]]:
    """The falls as pairs of the older and the newer release."""
    releases = [LayerRelease(version=v, layer="v3", number=n) for v, n in numbers]
    found = find_falls(LAYER, list(enumerate(releases)))
    return [(fall.older, releases[fall.release].version) for fall in found]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("3.0.0", "3.1.0"),
        ("3.1.0", "3.1.1"),
        ("3.1.1", "3.1.2"),
        ("3.0.0", "3.1.1"),
        ("2.20.0", "3.0.0"),
        ("2.9.0", "2.10.0"),
        ("3.0.0a1", "3.0.0a2"),
        ("3.0.0rc1", "3.0.0"),
        ("3.0", "3.1"),
        ("v3.0.0", "v3.1.0"),
        ("3.1.0", "3.1.0.post1"),
    ],
)
def test_a_lower_number_of_a_newer_release_is_found_in_any_order_of_the_file(
    older: str, newer: str
) -> None:
    assert falls((older, 5), (newer, 4)) == [(older, newer)]
    assert falls((newer, 4), (older, 5)) == [(older, newer)]
    assert falls((newer, 5), (older, 5)) == []
    assert falls((newer, 6), (older, 5)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.0.1", "3.1.0"),  # a patch may be deployed behind the next minor
        ("3.0.1", "3.1.1"),
        ("2.20.1", "3.0.0"),
        ("2.20.0", "3.0.0a1"),  # a pre-release may be older than a release of the old line
        ("3.0.0a1", "3.1.0"),
        ("dev", "3.0.0"),
        ("3.0", "3.0.0"),
    ],
)
def test_releases_without_a_certain_order_may_have_any_numbers(one: str, other: str) -> None:
    assert falls((one, 5), (other, 4)) == []
    assert falls((one, 4), (other, 5)) == []


def test_one_wrong_number_is_one_problem() -> None:
    numbers = [("3.0.0", 1), ("3.1.0", 200), ("3.2.0", 3), ("3.2.1", 4), ("3.3.0", 5)]

    assert falls(*numbers) == [("3.1.0", "3.2.0")]


def test_a_release_that_is_not_there_is_passed_over() -> None:
    gone = LayerException(regions=("cn-north-1",))
    releases = [
        LayerRelease(version="3.0.0", layer="v3", number=5),
        LayerRelease(version="3.1.0", layer="v3", number=6, exceptions=(gone,)),
        LayerRelease(
            version="3.2.0",
            layer="v3",
            number=7,
            exceptions=(LayerException(regions=("cn-north-1",), number=4),),
        ),
    ]

    [fall] = find_falls(LAYER, list(enumerate(releases)))
    assert (fall.release, fall.exception, fall.number, fall.before) == (2, 0, 4, 5)
    assert fall.slot is not None
    assert fall.slot.region == "cn-north-1"
    assert fall.problem.path == (2, "exceptions", 0, "number")


def test_a_region_that_is_new_needs_to_be_told_of_older_releases() -> None:
    new = (
        '  - version: "3.1.0"\n    layer: v3\n    number: 4\n'
        "    exceptions: [{regions: [ca-west-1], number: 1}]\n"
    )
    old = '  - {version: "3.0.0", layer: v3, number: 3}\n'

    with pytest.raises(DocsToolsError) as caught:
        read(LARGE + new + old)
    assert [str(problem) for problem in caught.value.diagnostics] == [
        "layers.yml:12:41: releases[0].exceptions[0].number: 1 is lower than the 3 of the older"
        " 3.0.0 in ca-west-1\n"
        "    a layer's number never goes down: correct one of the two, or say where 3.0.0 isn't"
    ]
    assert read(LARGE + new + old.replace("}", ", exceptions: [{regions: [ca-west-1]}]}"))


slots = list(LAYER.slots())
exceptions = st.builds(
    LayerException,
    regions=st.lists(st.sampled_from(LAYER.regions), max_size=2, unique=True).map(tuple),
    architectures=st.lists(st.sampled_from(list(LAYER.architectures)), max_size=1).map(tuple),
    number=st.none() | st.integers(1, 4),
)
minors = st.lists(
    st.tuples(st.integers(1, 4), st.lists(exceptions, max_size=2).map(tuple)), max_size=4
)


@settings(max_examples=examples(100))
@given(minors)
def test_a_fall_is_found_exactly_where_a_layer_version_has_a_lower_number(
    numbers: list[tuple[int, tuple[LayerException, ...]]],
) -> None:
    releases = [
        LayerRelease(version=f"3.{i}.0", layer="v3", number=number, exceptions=inner)
        for i, (number, inner) in enumerate(numbers)
    ]

    expected = set()
    for slot in slots:
        there = [(i, n) for i, r in enumerate(releases) if (n := r.number_at(slot)) is not None]
        expected |= {
            (i, releases[i].exception_at(slot))
            for (_, before), (i, number) in pairwise(there)
            if number < before
        }
    found = [(f.release, f.exception) for f in find_falls(LAYER, list(enumerate(releases)))]
    assert len(found) == len(set(found))
    assert set(found) == expected
