"""Figures of measurements, and what the performance page tells of them."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.builds.contestants import OURS, OURS_IN_MKDOCS, PLAIN, ZENSICAL
from bench.builds.hotfix import API, GUIDE, HOTFIX, WHOLE
from bench.builds.record import Record, Results
from bench.report import Figure, figures, median, ratio, spread, together
from bench.report_page import fill, parts, table
from bench.report_plot import Bar, Group, bars

MACHINE = {
    "processor": "Some CPU",
    "processors": "2",
    "memory": "8 GB",
    "system": "Linux 6.1",
    "Python": "3.11.7",
    "mkdocs": "1.6.1",
    "date": "2026-11-23",
}
SECONDS = st.floats(0.001, 1000)


def results(*records: Record) -> Results:
    found = Results()
    found.take(records, MACHINE)
    return found


def edit(site: str, plain: float, ours: float, ours_in_mkdocs: float) -> list[Record]:
    times = {PLAIN: plain, OURS: ours, OURS_IN_MKDOCS: ours_in_mkdocs, ZENSICAL: plain / 2}
    return [Record(site, "edit", who.name, [t, t, t + 5]) for who, t in times.items()]


def test_the_middle_of_some_runs_counts() -> None:
    assert median([3, 1, 100]) == 3
    assert median([1, 2]) == 1.5


def test_a_ratio_is_one_median_by_another() -> None:
    assert ratio([1, 2, 30], [4, 3, 5]) == 0.5


@given(st.lists(st.tuples(SECONDS, SECONDS), min_size=1))
def test_the_spread_of_ratios_is_that_of_runs_that_belong_together(
    pairs: list[tuple[float, float]],
) -> None:
    least, most = spread([a for a, _ in pairs], [b for _, b in pairs])
    assert least <= most
    assert all(least <= a / b <= most for a, b in pairs)


def test_runs_of_different_number_are_not_put_beside_each_other() -> None:
    with pytest.raises(ValueError, match="shorter"):
        spread([1.0, 2.0], [1.0])


def test_what_is_run_one_after_the_other_is_summed_run_by_run() -> None:
    one, two = Record("a", "b", "c", [1, 2]), Record("a", "b", "d", [10, 20])
    assert together(one, two) == [11, 22]


def test_nothing_measured_gives_no_figures() -> None:
    assert figures(Results()) == []


def test_an_edit_is_reached_only_if_both_ways_to_build_with_us_reach_it() -> None:
    (good, *_) = figures(results(*edit("40+20", 10, 2, 2.5)))
    (bad, *_) = figures(results(*edit("40+20", 10, 2, 2.6)))
    assert good == Figure("an edit of a page", "40+20", 0.25, (0.2, 0.25))
    assert (good.reached, bad.reached) == (True, False)


def test_as_fast_as_zensical_is_not_faster() -> None:
    found = figures(results(*edit("400+60", 100, 50, 4)))
    beside = next(figure for figure in found if "Zensical" in figure.what)
    assert beside.measured == (1.0, 0.08)
    assert not beside.reached


def test_a_hotfix_stands_beside_one_site_and_beside_two() -> None:
    times = {HOTFIX: 2.0, WHOLE: 20.0, GUIDE: 10.0, API: 15.0}
    found = figures(results(*(Record("40+240", "hotfix", w.name, [t]) for w, t in times.items())))
    assert [figure.measured for figure in found] == [(0.08,), (0.1,)]


def test_growth_is_that_of_an_edit_from_100_to_1000_pages() -> None:
    found = figures(results(*edit("100+20", 10, 2, 1), *edit("1000+100", 100, 5, 4)))
    growth = next(figure for figure in found if figure.wanted == 3)
    assert growth.measured == (2.5, 4.0)
    assert not growth.reached


def test_growth_is_not_told_of_two_machines() -> None:
    found = results(*edit("100+20", 10, 2, 1))
    found.take(edit("1000+100", 100, 5, 4), {**MACHINE, "processors": "4"})
    assert not [figure for figure in figures(found) if figure.wanted == 3]


def test_memory_is_that_of_all_processes() -> None:
    records = [
        Record("1000+100", "memory cold", PLAIN.name, [], [90], tree=100),
        Record("1000+100", "memory cold", OURS.name, [], [50], tree=140),
    ]
    (found,) = figures(results(*records))
    assert (found.measured, found.reached) == ((1.4,), False)


def test_what_an_earlier_run_measured_stays_on_the_same_machine() -> None:
    found = results(*edit("40+20", 10, 2, 2))
    found.take([Record("40+20", "cold", PLAIN.name, [9])], {**MACHINE, "date": "2027-01-01"})
    found.take([Record("40+20", "edit", PLAIN.name, [11])], MACHINE)
    assert found.find("40+20", "edit", OURS.name) is not None
    plain = found.find("40+20", "edit", PLAIN.name)
    assert plain is not None
    assert plain.seconds == [11]


def test_what_was_measured_elsewhere_goes_as_it_does_not_stand_beside_what_is_new() -> None:
    found = results(*edit("40+20", 10, 2, 2), *edit("400+60", 10, 2, 2))
    found.take([Record("40+20", "edit", PLAIN.name, [9])], {**MACHINE, "mkdocs": "1.7"})
    assert {(r.site, r.who) for r in found.records if r.site == "40+20"} == {("40+20", PLAIN.name)}
    assert found.find("400+60", "edit", OURS.name) is not None


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    found = results(
        *edit("40+20", 10, 2, 2),
        Record("100+20", "counts", OURS.name, counts={"converted": 1}, same=True, tree=7),
    )
    found.save(path)
    text = path.read_text()
    again = Results.load(path)
    again.save(path)
    assert path.read_text() == text
    assert sorted(again.records, key=repr) == sorted(found.records, key=repr)
    assert Results.load(path.with_name("none.json")) == Results()


def test_a_table_has_a_line_for_each_row() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
    assert table(["a", "b"], []) == ""


PAGE = """# Title

<!-- bench times -->
old
<!-- bench end -->

Prose stays.

<!-- bench plot -->
<!-- bench end -->
"""


def test_only_what_is_between_the_markers_is_replaced() -> None:
    filled = fill(PAGE, {"times": r"new \1", "plot": "<svg/>"})
    assert filled == PAGE.replace("old", "\nnew \\1\n").replace(
        "plot -->\n", "plot -->\n\n<svg/>\n\n"
    )
    assert fill(filled, {"times": r"new \1", "plot": "<svg/>"}) == filled


def test_a_page_without_a_marker_is_refused() -> None:
    with pytest.raises(ValueError, match="<!-- bench wanted -->"):
        fill(PAGE, {"wanted": ""})


def test_the_page_tells_times_ratios_and_what_was_not_reached() -> None:
    records = edit("40+20", 10, 2, 3)
    records[1].same, records[1].memory = True, [2048, 4096, 3072]
    told = parts(results(*records))
    assert (
        "| an edit of a page | 40 pages, 20 modules | at most 0.25 | 0.20 / 0.30 | **no** |"
        in (told["wanted"])
    )
    row = next(line for line in told["times"].splitlines() if "docs_tools build" in line)
    assert row.split(" | ")[1:] == [
        *("a page edited", "docs_tools build", "2.00 s", "0.20 (0.20 to 0.47)", "4 MB"),
        "identical |",
    ]
    assert told["machine"].startswith("Measured on 2026-11-23 with 2 processors (Some CPU), 8 GB")
    assert "Python 3.11.7, mkdocs 1.6.1" in told["machine"]


def test_a_site_that_was_measured_elsewhere_says_so() -> None:
    found = results(*edit("40+20", 10, 2, 2), *edit("400+60", 10, 2, 2))
    found.take(edit("1000+100", 10, 2, 2), {**MACHINE, "processors": "4"})
    lines = parts(found)["machine"].splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "- 40 pages, 20 modules; 400 pages, 60 modules",
        "- 1,000 pages, 100 modules",
    ]


def test_a_plot_draws_each_bar_to_the_scale_of_its_group() -> None:
    svg = bars(
        "A <plot>",
        [
            Group("one", (Bar("plain", 10, "10 s"), Bar("ours & theirs", 5, "5 s", ours=True))),
            Group("two", (Bar("plain", 1000, "1000 s"),)),
        ],
    )
    root = ElementTree.fromstring(svg)
    widths = [float(e.attrib["width"]) for e in root if e.tag.endswith("rect")]
    assert widths[0] == widths[2] == pytest.approx(2 * widths[1], abs=0.1)
    texts = [e.text for e in root if e.tag.endswith("text")]
    assert texts == ["one", "plain", "10 s", "ours & theirs", "5 s", "two", "plain", "1000 s"]
    assert root[0].text == "A <plot>"


def test_a_plot_can_be_read_on_light_and_dark_and_stands_in_markdown() -> None:
    svg = bars("A plot", [Group("one", (Bar("ours", 5, "5 s", ours=True),))])
    assert 'fill="currentColor"' in svg
    assert not re.search(r"#[0-9a-f]{3}|rgb|black|white", svg)
    assert "\n\n" not in svg


def test_a_plot_of_nothing_is_still_one() -> None:
    assert ElementTree.fromstring(bars("Empty", [])).tag.endswith("svg")
    assert "NaN" not in bars("Zero", [Group("g", (Bar("a", 0, "0 s"),))])
