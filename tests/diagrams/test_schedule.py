"""Our schedule is the truth: what real Mermaid makes of each chart is what Python computed."""

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings

from docs_tools.diagrams.check import find_faults
from docs_tools.diagrams.engine import mermaid
from docs_tools.diagrams.reading import Reading, reading_of
from docs_tools.model.release import Milestone, ReleaseProcess
from docs_tools.render.duration import render_duration
from docs_tools.render.flowchart import render_flowchart
from docs_tools.render.gantt import render_gantt
from docs_tools.render.process import describe_process, order_items
from tests.diagrams.processes import made, nasty_names, processes, release
from tests.size import LONG, examples

FIRST_DAY = datetime(2007, 1, 1)
ZONES = ["UTC", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kolkata", "Africa/Khartoum"]


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Another time zone for Python and for Mermaid."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def read(source: str) -> Reading:
    return reading_of(mermaid().read(source))


def check_gantt(process: ReleaseProcess) -> None:
    """Mermaid finds the sections, names and times that Python has, to the second."""
    reading = read(render_gantt(process, "chart"))
    schedule, base = process.schedule, FIRST_DAY.replace(tzinfo=UTC).timestamp()

    assert [
        (task.section, task.name, task.id, task.start, task.end, task.point)
        for task in reading.tasks
    ] == [
        (
            on_one_line(section),
            on_one_line(item.name),
            f"chart-{item.id}",
            base + schedule[item.id].start,
            base + schedule[item.id].end,
            isinstance(item, Milestone),
        )
        for section, items in order_items(process)
        for item in items
    ]
    assert reading.title == on_one_line(process.title)
    assert reading.description == on_one_line(describe_process(process))
    assert list(find_faults(reading)) == []


def check_flowchart(process: ReleaseProcess) -> None:
    """Mermaid finds a node for each job and milestone, and an edge for each dependency."""
    reading = read(render_flowchart(process))
    labels = {
        item.id: on_one_line(item.name)
        if isinstance(item, Milestone)
        else f"{on_one_line(item.name)} {render_duration(item.duration)}"
        for _, items in order_items(process)
        for item in items
    }
    ids = {node: id for id, (node, _) in zip(process.steps, sorted_nodes(reading), strict=True)}

    assert {ids[node]: label for node, label in reading.nodes} == labels
    assert [(ids[start], ids[end], label) for start, end, label in reading.edges] == [
        (other, id, "") for id, step in process.steps.items() for other in step.after
    ]
    assert reading.title == on_one_line(process.title)
    assert reading.description == on_one_line(describe_process(process))


def sorted_nodes(reading: Reading) -> list[tuple[str, str]]:
    return sorted(reading.nodes, key=lambda node: int(node[0].removeprefix("n")))


def shown(svg: str) -> list[str]:
    """The text of each text element and of each group of them, without blanks."""
    root = ElementTree.fromstring(svg)
    return ["".join("".join(element.itertext()).split()) for element in root.iter()]


@settings(max_examples=examples(50))
@given(processes())
def test_mermaid_resolves_every_task_as_it_was_computed(process: ReleaseProcess) -> None:
    check_gantt(process)


@settings(max_examples=examples(50))
@given(processes())
def test_mermaid_finds_what_waits_for_what(process: ReleaseProcess) -> None:
    check_flowchart(process)


def test_mermaid_resolves_the_release_process_as_it_was_computed() -> None:
    check_gantt(release())


def test_mermaid_finds_what_waits_for_what_in_the_release_process() -> None:
    check_flowchart(release())


def test_clocks_that_change_change_nothing(zone: str) -> None:
    check_gantt(made(("Long", ["one", "two", "three"]), duration="240h"))
    check_gantt(release())


def test_a_chart_that_an_author_wrote_is_the_same_wherever_it_is_drawn(zone: str) -> None:
    # two hours after the first, clocks were put forward in Egypt
    source = "gantt\n dateFormat YYYY-MM-DD HH:mm\n a :2024-04-25 22:00, 48h\n b :36h"
    svg, facts = mermaid().draw(source)
    start = datetime(2024, 4, 25, 22, tzinfo=UTC).timestamp()
    assert [(task["start"], task["end"]) for task in facts["tasks"]] == [
        (start, start + 48 * 3600),
        (start + 48 * 3600, start + 84 * 3600),
    ]
    # a tick every six hours, the first of them at midnight
    (width,) = re.findall(r'class="domain"[^>]* d="M[\d.]+,[-\d.]+V0.5H([\d.]+)V', svg)
    ticks = [float(x) for x in re.findall(r'class="tick"[^>]*translate\(([\d.]+)', svg)]
    hour = (float(width) - 0.5) / 84
    assert ticks == [pytest.approx(0.5 + hour * (2 + 6 * n), abs=0.6) for n in range(14)]
    # and the process has its own time back
    offset = ZoneInfo(zone).utcoffset(FIRST_DAY)
    assert datetime.fromtimestamp(FIRST_DAY.timestamp()).astimezone().utcoffset() == offset
    assert os.environ["TZ"] == zone


def test_no_clock_changed_in_the_month_of_the_charts() -> None:
    half_days = [FIRST_DAY + timedelta(hours=12 * n) for n in range(2 * 31 + 1)]
    for name in {*ZONES, *available_timezones()}:
        zone = ZoneInfo(name)
        offsets = {moment.replace(tzinfo=zone).utcoffset() for moment in half_days}
        assert len(offsets) == 1, name


def test_a_process_of_a_month_is_refused() -> None:
    check_gantt(made(("Long", ["job"]), duration="743h3599s"))
    with pytest.raises(ValueError, match="the process takes a month or longer"):
        render_gantt(made(("Long", ["job"]), duration="744h"))


@pytest.mark.parametrize("render", [render_gantt, render_flowchart])
def test_names_are_shown_as_they_are_in_the_data(
    render: Callable[[ReleaseProcess], str],
) -> None:
    names = nasty_names(99 if LONG else 33)
    jobs = [name[::-1] if i % 2 else name for i, name in enumerate(names)]
    process = made(*((name, [job]) for name, job in zip(names, jobs, strict=True)))

    svg, _ = mermaid().draw(render(process))

    texts = shown(svg)
    length = "" if render is render_gantt else "5s"
    assert [name for name in names if "".join(name.split()) not in texts] == []
    assert [name for name in jobs if "".join(name.split()) + length not in texts] == []


def test_the_label_of_each_section_stands_beside_its_own_tasks() -> None:
    names = ["Docs", "10", "Docs", "__proto__", "2", "constructor", "Docs", "# Docs", "# Docs"]
    process = made(*((name, ["a", "b"] if i % 2 else ["c"]) for i, name in enumerate(names)))

    svg, raw = mermaid().draw(render_gantt(process))

    root = ElementTree.fromstring(svg)
    titles = [e for e in root.iter() if (e.get("class") or "").startswith("sectionTitle")]
    rows = [e for e in root.iter() if (e.get("class") or "").startswith("section ")]
    assert ["".join(title.itertext()) for title in titles] == names
    top = sorted(float(row.attrib["y"]) for row in rows)
    height = float(rows[0].attrib["height"])
    first = 0
    for i, title in enumerate(titles):
        last = first + i % 2
        assert top[first] < float(title.attrib["y"]) < top[last] + height, names[i]
        first = last + 1
    assert [task["section"] for task in raw["tasks"]] == [
        name for i, name in enumerate(names) for _ in range(1 + i % 2)
    ]
