"""Each step starts when all that it waits for has ended."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.release import ReleaseProcess
from docs_tools.model.schedule import CycleError, Slot, Step, compute_schedule


@st.composite
def processes(draw: st.DrawFn) -> dict[str, Step]:
    """Steps that wait for earlier ones, in any order."""
    steps: dict[str, Step] = {}
    for i in range(draw(st.integers(1, 8))):
        after = draw(st.lists(st.sampled_from(sorted(steps)), unique=True)) if steps else []
        duration, earliest = draw(st.integers(0, 500)), draw(st.integers(0, 500))
        steps[f"step{i}"] = Step(duration, tuple(after), earliest)
    return {id: steps[id] for id in draw(st.permutations(sorted(steps)))}


def make_process(text: str) -> ReleaseProcess:
    return validate(ReleaseProcess, parse_document(text, "release.yml"))


@settings(deadline=None)
@given(processes())
def test_a_step_starts_as_early_as_it_may_and_no_earlier(steps: dict[str, Step]) -> None:
    schedule = compute_schedule(steps)

    for id, step in steps.items():
        bounds = [step.earliest, *(schedule[other].end for other in step.after)]
        assert schedule[id].start == max(bounds)
        assert schedule[id].end == schedule[id].start + step.duration


@settings(deadline=None)
@given(processes())
def test_the_steps_keep_their_order_and_the_total_is_the_last_end(steps: dict[str, Step]) -> None:
    schedule = compute_schedule(steps)

    assert list(schedule) == list(steps)
    assert schedule.total == max(schedule[id].end for id in steps)


def test_a_cycle_names_its_steps_in_the_order_of_waiting() -> None:
    steps = {
        "free": Step(1),
        "a": Step(1, ("b",)),
        "b": Step(1, ("c", "free")),
        "c": Step(1, ("a",)),
    }

    with pytest.raises(CycleError) as caught:
        compute_schedule(steps)

    ids = caught.value.ids
    assert ids[0] == ids[-1]
    assert set(ids) == {"a", "b", "c"}
    assert all(later in steps[earlier].after for earlier, later in pairwise(ids))
    assert str(caught.value) == f"these wait for each other: {' -> '.join(ids)}"


def test_nothing_takes_no_time() -> None:
    assert compute_schedule({}).total == 0


def test_a_job_waits_for_the_one_before_it_in_its_section_unless_it_says_otherwise() -> None:
    process = make_process("""
title: Release
sections:
  - name: Build
    jobs:
      - {id: build, name: Build, duration: 10s}
      - {id: sign, name: Sign, duration: 5s}
      - {id: lint, name: Lint, duration: 3s, after: []}
      - {id: report, name: Report, duration: 1s}
  - name: Publish
    jobs:
      - {id: publish, name: Publish, duration: 7s}
""")

    assert dict(process.schedule.slots) == {
        "build": Slot(0, 10),
        "sign": Slot(10, 15),
        "lint": Slot(0, 3),
        "report": Slot(3, 4),
        "publish": Slot(0, 7),
    }


def test_a_milestone_stands_where_the_last_of_what_it_waits_for_ends_or_later() -> None:
    process = make_process("""
title: Release
sections:
  - name: Build
    jobs:
      - {id: build, name: Build, duration: 10s}
      - {id: test, name: Test, duration: 20s, after: []}
milestones:
  - {id: begun, name: Begun}
  - {id: built, name: Built, after: [build, test]}
  - {id: told, name: Told, after: [built], at: 1m}
""")

    assert process.schedule["begun"] == Slot(0, 0)
    assert process.schedule["built"] == Slot(20, 20)
    assert process.schedule["told"] == Slot(60, 60)


def test_a_job_can_wait_for_a_milestone() -> None:
    process = make_process("""
title: Release
sections:
  - name: Build
    jobs:
      - {id: build, name: Build, duration: 10s}
      - {id: announce, name: Announce, duration: 5s, after: [agreed]}
milestones:
  - {id: agreed, name: Agreed, after: [build], at: 30s}
""")

    assert process.schedule["announce"] == Slot(30, 35)


def test_a_milestone_may_stand_at_the_very_end_of_what_it_waits_for() -> None:
    process = make_process("""
title: Release
sections:
  - name: Build
    jobs:
      - {id: build, name: Build, duration: 10s}
milestones:
  - {id: built, name: Built, after: [build], at: 10s}
""")

    assert process.schedule["built"] == Slot(10, 10)
