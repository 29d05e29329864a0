"""Lengths of time are said as people say them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.render.duration import render_duration
from tests.size import examples

LONGEST = 40 * 24 * 3600
UNITS = {"s": 1, "min": 60, "h": 3600}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (1, "1 s"),
        (8, "8 s"),
        (59, "59 s"),
        (60, "1 min"),
        (61, "1 min"),
        (63, "1.1 min"),
        (90, "1.5 min"),
        (119, "2 min"),
        (120, "2 min"),
        (132, "2.2 min"),
        (360, "6 min"),
        (596, "9.9 min"),
        (597, "10 min"),
        (599, "10 min"),
        (600, "10 min"),
        (629, "10 min"),
        (631, "11 min"),
        (1560, "26 min"),
        (3569, "59 min"),
        (3571, "1 h"),
        (3599, "1 h"),
        (3600, "1 h"),
        (3629, "1 h"),
        (3631, "1 h 1 min"),
        (5400, "1 h 30 min"),
        (7199, "2 h"),
        (7200, "2 h"),
        (86400, "24 h"),
        (360_000, "100 h"),
    ],
)
def test_a_length_is_said_in_the_unit_that_fits_it(seconds: int, said: str) -> None:
    assert render_duration(seconds) == said


def parse(said: str) -> list[tuple[float, str]]:
    found = re.findall(r"(\d+(?:\.\d)?) (s|min|h)(?: |$)", said)
    assert " ".join(f"{number} {unit}" for number, unit in found) == said
    return [(float(number), unit) for number, unit in found]


def seconds_of(said: str) -> float:
    return sum(number * UNITS[unit] for number, unit in parse(said))


@settings(max_examples=examples(1000))
@given(st.integers(0, LONGEST))
def test_no_number_is_odd(seconds: int) -> None:
    parts = parse(render_duration(seconds))

    assert [unit for _, unit in parts] in (["s"], ["min"], ["h"], ["h", "min"])
    number, unit = parts[-1]
    assert number < 60 or unit == "h"
    assert ".0" not in render_duration(seconds)
    for number, unit in parts:
        assert number >= 1 or seconds == 0
        if number != int(number):
            assert unit == "min"
            assert number < 10
            assert len(parts) == 1


@settings(max_examples=examples(1000))
@given(st.integers(0, LONGEST))
def test_what_is_said_is_right_to_what_it_shows(seconds: int) -> None:
    said = render_duration(seconds)

    off = abs(seconds_of(said) - seconds)
    assert round(off, 6) <= (0 if seconds < 60 else 3 if seconds < 600 else 30)


@settings(max_examples=examples(1000))
@given(st.integers(0, LONGEST), st.integers(0, 7200))
def test_a_longer_time_is_never_said_to_be_shorter(seconds: int, more: int) -> None:
    assert seconds_of(render_duration(seconds)) <= seconds_of(render_duration(seconds + more))


def test_none_of_the_first_two_hours_is_said_to_be_shorter_than_the_second_before() -> None:
    said = [seconds_of(render_duration(seconds)) for seconds in range(7300)]

    assert said == sorted(said)
