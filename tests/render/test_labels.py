"""Chips can be read: the contrast of WCAG 2.2, computed here from its own definition."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docs_tools.model.labels import Label
from docs_tools.render.labels import readable_on, render_label
from tests.size import examples

NEEDED = 4.5
"""https://www.w3.org/TR/WCAG22/#contrast-minimum"""


def luminance(colour: int) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    total = 0.0
    for weight, shift in ((0.2126, 16), (0.7152, 8), (0.0722, 0)):
        share = (colour >> shift & 0xFF) / 255
        total += weight * (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return total


def contrast(one: int, other: int) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_of(colour: int) -> int:
    ink = readable_on(f"{colour:06x}")
    assert re.fullmatch("#[0-9a-f]{3}", ink)
    return int("".join(digit * 2 for digit in ink[1:]), 16)


def test_the_contrast_of_known_colours() -> None:
    assert contrast(0x000000, 0xFFFFFF) == pytest.approx(21)
    assert contrast(0x767676, 0xFFFFFF) == pytest.approx(4.54, abs=0.01)
    assert contrast(0x777777, 0xFFFFFF) == pytest.approx(4.48, abs=0.01)


@settings(max_examples=examples(1000))
@given(st.integers(0, 0xFFFFFF))
@example(0x000000)
@example(0xFFFFFF)
@example(0x757575)  # the greys that are as far from black as from white
@example(0x767676)
def test_a_name_can_be_read_on_any_colour(colour: int) -> None:
    assert contrast(ink_of(colour), colour) >= NEEDED


def test_a_name_can_be_read_on_every_colour_of_a_grid() -> None:
    steps = [*range(0, 256, 15), 117, 118, 119]
    for red in steps:
        for green in steps:
            for blue in steps:
                colour = red << 16 | green << 8 | blue
                assert contrast(ink_of(colour), colour) >= NEEDED, f"{colour:06x}"


@settings(max_examples=examples(500))
@given(st.integers(0, 0xFFFFFF))
def test_the_better_of_black_and_white_is_taken(colour: int) -> None:
    ink = ink_of(colour)

    assert ink in (0x000000, 0xFFFFFF)
    assert contrast(ink, colour) >= contrast(0xFFFFFF - ink, colour) - 0.05


@given(st.integers(0, 0xFFFFFF))
def test_a_chip_has_the_colour_of_its_label_and_the_ink_for_it(colour: int) -> None:
    chip = render_label(Label(name="bug", usage="x", color=f"#{colour:06X}"))

    style = dict(re.findall(r"([a-z-]+):([^;\"]*)", chip))
    assert style["background-color"] == f"#{colour:06x}"
    assert style["color"] == readable_on(f"{colour:06x}")


def test_a_chip_without_a_colour_has_those_of_the_text_around_it() -> None:
    chip = render_label(Label(name="bug", usage="x"))

    assert "background" not in chip
    assert not re.search(r"[;\"]color:", chip)
    assert "border:1px solid" in chip


def test_plain_markdown_has_no_chip() -> None:
    assert render_label(Label(name="b_ug*", usage="x", color="d73a4a"), plain=True) == (
        "**b&#95;ug&#42;**"
    )
