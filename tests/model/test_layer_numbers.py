"""Numbers of single layer versions are said by one number and few exceptions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.model.layer_numbers import change_numbers, describe_numbers, group_slots
from docs_tools.model.layers import Exclusion, LayerException, LayerRelease, Slot
from tests.model.layer_data import LARGE, MIXED, REGIONS, read
from tests.size import examples

LAYER = read(MIXED).layers[0]
LARGE_LAYER = read(LARGE.removesuffix("releases:\n")).layers[0]
SLOTS = list(LAYER.slots())


def describe(**special: int | None) -> tuple[int, list[dict[str, object]]]:
    """The number and exceptions of a large layer with 4 everywhere but in some kinds of slot."""

    def number(slot: Slot) -> int | None:
        for kind, value in special.items():
            if all(part in slot or part in slot.region for part in kind.split("__")):
                return value
        return 4

    numbers = {slot: number(slot) for slot in LARGE_LAYER.slots()}
    release = describe_numbers(LARGE_LAYER, "3.0.0", numbers)
    assert {slot: release.number_at(slot) for slot in numbers} == numbers
    return release.number, [e.model_dump(exclude_defaults=True) for e in release.exceptions]


def test_one_number_needs_no_exception() -> None:
    assert describe() == (4, [])


def test_exceptions_are_said_by_what_they_have_in_common() -> None:
    assert describe(arm64=5) == (5, [{"architectures": ("x86_64",), "number": 4}])
    assert describe(python38=None) == (4, [{"runtimes": ("python38",)}])
    assert describe(arm64__python38=2, arm64__python39=2) == (
        4,
        [{"architectures": ("arm64",), "runtimes": ("python38", "python39"), "number": 2}],
    )
    regions = tuple(region for region in REGIONS if region.startswith("ap-"))
    assert describe(**{"ap-": None}) == (4, [{"regions": regions}])


def test_an_exception_may_stand_before_another_that_it_overlaps() -> None:
    assert describe(**{"ca-west-1": 1, "arm64__python38": 2}) == (
        4,
        [
            {"regions": ("ca-west-1",), "number": 1},
            {"architectures": ("arm64",), "runtimes": ("python38",), "number": 2},
        ],
    )


def test_the_higher_one_of_two_frequent_numbers_is_the_release_s() -> None:
    numbers = {slot: 7 if slot.architecture == "arm64" else 6 for slot in LARGE_LAYER.slots()}

    assert describe_numbers(LARGE_LAYER, "3.0.0", numbers).number == 7


@pytest.mark.parametrize("prefer", [6, 7])
def test_of_two_frequent_numbers_that_which_the_release_has_stays(prefer: int) -> None:
    numbers = {slot: 7 if slot.architecture == "arm64" else 6 for slot in LARGE_LAYER.slots()}

    old = LayerRelease(version="3.0.0", layer=LARGE_LAYER.id, number=prefer)
    assert change_numbers(LARGE_LAYER, old, numbers).number == prefer
    rest = {slot: number if number == 7 else None for slot, number in numbers.items()}
    assert change_numbers(LARGE_LAYER, old, rest).number == 7


def test_what_is_left_out_is_where_the_release_is_not() -> None:
    numbers = {slot: 4 for slot in SLOTS if slot.region != "cn-north-1"}
    release = describe_numbers(LAYER, "3.0.0", numbers)

    assert release.exceptions == (LayerException(regions=("cn-north-1",)),)


@pytest.mark.parametrize("numbers", [{}, {SLOTS[0]: None}])
def test_without_a_number_there_is_no_release(numbers: dict[Slot, int | None]) -> None:
    with pytest.raises(ValueError, match="no number"):
        describe_numbers(LAYER, "3.0.0", numbers)


def test_a_number_of_what_the_layer_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have"):
        describe_numbers(LAYER, "3.0.0", {**dict.fromkeys(SLOTS, 1), Slot("a", "b", "c"): 1})


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(st.sampled_from([None, 1, 2, 2, 2, 3]), min_size=len(SLOTS), max_size=len(SLOTS)))
def test_a_release_expands_to_the_numbers_that_it_was_made_of(values: list[int | None]) -> None:
    numbers = dict(zip(SLOTS, values, strict=True))
    if not any(values):
        return

    release = describe_numbers(LAYER, "3.0.0", numbers)

    assert {v.slot: v.arn.number for v in release.expand(LAYER)} == {
        slot: number for slot, number in numbers.items() if number is not None
    }
    assert (
        list(release.check_exceptions(LAYER, SLOTS)) == []
    )  # each counts, and is about what is there


def change(number: int, **regions: int | None) -> list[tuple[str, int | None]]:
    """Exceptions of a release that had two, one a region, and gets other numbers."""
    exceptions = (
        LayerException(regions=("il-central-1",), number=2),
        LayerException(regions=("ca-west-1",)),
    )
    old = LayerRelease(version="3.0.0", layer=LARGE_LAYER.id, number=4, exceptions=exceptions)
    places = {name.replace("_", "-"): value for name, value in regions.items()}
    numbers = {slot: places.get(slot.region, number) for slot in LARGE_LAYER.slots()}
    new = change_numbers(LARGE_LAYER, old, numbers)
    assert {slot: new.number_at(slot) for slot in numbers} == numbers
    return [(e.regions[0], e.number) for e in new.exceptions]


def test_exceptions_that_a_release_has_stay_in_their_order() -> None:
    assert change(4, il_central_1=2, ca_west_1=None) == [("il-central-1", 2), ("ca-west-1", None)]
    assert change(5, il_central_1=3, ca_west_1=None) == [("il-central-1", 3), ("ca-west-1", None)]
    assert change(4, il_central_1=2, ca_west_1=4) == [("il-central-1", 2)]
    assert change(4, il_central_1=4, ca_west_1=1, eu_west_1=3) == [
        ("ca-west-1", 1),
        ("eu-west-1", 3),
    ]


some_numbers = st.lists(
    st.sampled_from([None, 1, 2, 2, 2, 3]), min_size=len(SLOTS), max_size=len(SLOTS)
)


@settings(max_examples=examples(80), deadline=None)
@given(some_numbers, some_numbers)
def test_a_release_that_is_changed_expands_to_its_new_numbers(
    before: list[int | None], after: list[int | None]
) -> None:
    if not any(before) or not any(after):
        return
    old = describe_numbers(LAYER, "3.0.0", dict(zip(SLOTS, before, strict=True)))
    numbers = dict(zip(SLOTS, after, strict=True))

    new = change_numbers(LAYER, old, numbers)

    assert {slot: new.number_at(slot) for slot in SLOTS} == numbers
    assert list(new.check_exceptions(LAYER, SLOTS)) == []
    assert change_numbers(LAYER, new, numbers) is new


@settings(max_examples=examples(50), deadline=None)
@given(st.sets(st.sampled_from(SLOTS)))
def test_groups_match_what_they_were_made_of_and_nothing_else(chosen: set[Slot]) -> None:
    groups = group_slots(LAYER, chosen)

    matched = {s for s in SLOTS if any(g.matches(s.region, s[0], s[1]) for g in groups)}
    assert matched == chosen
    if chosen == set(SLOTS):
        assert groups == (Exclusion(),)


def test_every_number_may_be_another_one() -> None:
    numbers = {slot: i + 1 for i, slot in enumerate(LARGE_LAYER.slots())}
    release = describe_numbers(LARGE_LAYER, "3.0.0", numbers)

    assert {slot: release.number_at(slot) for slot in numbers} == numbers
