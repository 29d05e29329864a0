"""What Mermaid leaves hard to read is mended: titles under arrows, dates over dates."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from docs_tools.diagrams import Drawings
from docs_tools.diagrams.mend import mend

DRAWINGS = Drawings.of(Path())
CHART = "gantt\n dateFormat YYYY-MM-DD\n {extra}\n A :a, 2024-01-01, {days}d"
_DATE = re.compile(r'translate\(([\d.]+),\s*0\)"><line[^>]*><text[^>]*>([^<]*)</text>')


def dates(svg: str) -> list[tuple[float, str]]:
    return [(float(x), label) for x, label in _DATE.findall(svg)]


@pytest.mark.parametrize("days", [1, 2, 6, 30, 400])
def test_the_dates_of_an_axis_stand_side_by_side_and_once(days: int) -> None:
    drawn = DRAWINGS.draw(CHART.format(extra="", days=days)).svg
    shown = dates(mend(drawn))

    assert len(shown) >= 1
    assert shown[0] == dates(drawn)[0]
    assert len({label for _, label in shown}) == len(shown)
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(shown)]
    assert all(gap >= 10 * 6 for gap in gaps)


def test_each_axis_has_its_dates() -> None:
    init = '%%{init: {"gantt": {"topAxis": true}}}%%\n'
    drawn = DRAWINGS.draw(init + CHART.format(extra="", days=6)).svg
    shown = dates(mend(drawn))
    half = len(shown) // 2
    assert half > 3
    assert shown[:half] == shown[half:]


def test_dates_that_have_room_all_stay() -> None:
    drawn = DRAWINGS.draw(CHART.format(extra="axisFormat %d", days=8)).svg
    assert mend(drawn) == drawn


def test_the_title_of_a_group_stands_at_its_left() -> None:
    source = "flowchart TB\n subgraph one [A group]\n  subgraph two [Within]\n   a\n  end\n end"
    svg = mend(DRAWINGS.draw(source).svg)
    group = r'<g class="cluster[ "][^>]*><rect[^>]* x="([^"]+)"'
    groups = re.findall(rf"{group}.*?cluster-label[^>]*translate\(([^,]+),", svg)
    assert len(groups) == 2
    assert [float(title) - float(edge) for edge, title in groups] == [pytest.approx(5)] * 2
