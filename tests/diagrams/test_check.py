"""What Mermaid draws although it is wrong is a fault, and what it refuses an error."""

import pytest
from hypothesis import given, settings

from docs_tools.diagrams import Drawings, Fault, MermaidError, find_faults
from docs_tools.model.release import ReleaseProcess
from docs_tools.render.flowchart import render_flowchart
from docs_tools.render.gantt import render_gantt
from tests.diagrams.processes import processes
from tests.size import examples

DRAWINGS = Drawings()
LENGTH = "write such as 8s, 2.2m or 1h, or make it a milestone"
TIME = "its tasks wait for each other, or stand in a long chain above what they wait for"
FIRST = "First :a, 2024-01-01, 3d"
DEEP = [f"T{i} :t{i}, after t{i + 1}, 1d" for i in range(12)] + ["T12 :t12, 2024-01-01, 1d"]


def no_length(name: str, length: str) -> Fault:
    return Fault(f'"{name}": a task of no length ("{length}")', LENGTH)


WRONG: dict[str, tuple[list[str], list[Fault]]] = {
    "an unknown id behind after": (
        [FIRST, "Next :b, after c, 2d"],
        [Fault('"Next": no task has the id "c" that stands behind "after"')],
    ),
    "unknown ids among known ones": (
        [FIRST, "Next :b, after a c  d, 2d"],
        [
            Fault('"Next": no task has the id "c" that stands behind "after"'),
            Fault('"Next": no task has the id "d" that stands behind "after"'),
        ],
    ),
    "an unknown id behind until": (
        ["First :a, 2024-01-01, until z"],
        [Fault('"First": no task has the id "z" that stands behind "until"')],
    ),
    "an id that Mermaid cuts off": (
        ["First :a.b, 2024-01-01, 3d", "Next :b, after a.b, 2d"],
        [
            Fault(
                '"Next": Mermaid can\'t read the id "a.b" behind "after"',
                "an id that others wait for has letters, digits, - and _ only",
            )
        ],
    ),
    "a task that waits for itself": (
        ["First :a, after a, 3d"],
        [Fault('"First": Mermaid finds no time for it', TIME)],
    ),
    "tasks that wait for each other": (
        ["First :a, after b, 3d", "Next :b, after a, 3d"],
        [
            Fault('"First": Mermaid finds no time for it', TIME),
            Fault('"Next": Mermaid finds no time for it', TIME),
        ],
    ),
    "a long chain above what it waits for": (
        DEEP,
        [Fault(f'"T{i}": Mermaid finds no time for it', TIME) for i in range(2)],
    ),
    "minutes as people write them": (
        ["First :a, 2024-01-01, 2min"],
        [no_length("First", "2min")],
    ),
    "a blank before the unit": (["First :a, 2024-01-01, 2 m"], [no_length("First", "2 m")]),
    "a decimal without a digit": (["First :a, 2024-01-01, .5m"], [no_length("First", ".5m")]),
    "a remark behind the length": (
        ["First :a, 2024-01-01, 3d %% note"],
        [no_length("First", "3d %% note")],
    ),
    "a length of nothing": (["First :a, 2024-01-01, 0d"], [no_length("First", "0d")]),
    "a negative length": (["First :a, 2024-01-01, -3d"], [no_length("First", "-3d")]),
    "an end on the day of the start": (
        ["First :a, 2024-01-01, 2024-01-01"],
        [no_length("First", "2024-01-01")],
    ),
    "an end before the start": (
        ["First :a, 2024-02-01, 2024-01-01"],
        [Fault('"First": it ends before it starts ("2024-01-01")')],
    ),
    "two tasks of one id": (
        [FIRST, "Next :a, 2024-01-02, 3d", "Last :c, after a, 1d"],
        [Fault('"Next": the id "a" is taken by another task')],
    ),
    "an id that Mermaid gives itself": (
        ["First :2024-01-01, 3d", "Next :task1, 2024-01-02, 3d"],
        [Fault('"Next": the id "task1" is taken by another task')],
    ),
    "a name with codes and a semicolon": (
        ["A#58; b#59; c; d :a, 2024-01-01, 0d"],
        [no_length("A: b; c; d", "0d")],
    ),
    "each of several": (
        ["First :a, 2024-01-01, 0d", "Next :a, after x, 1d"],
        [
            no_length("First", "0d"),
            Fault('"Next": the id "a" is taken by another task'),
            Fault('"Next": no task has the id "x" that stands behind "after"'),
        ],
    ),
}

RIGHT: dict[str, list[str]] = {
    "a chain": [FIRST, "Next :b, after a, 2d", "Last :c, after a b, 1h"],
    "a task that begins where the one before ends": [FIRST, "Next :2d"],
    "a task until another": ["First :a, 2024-01-01, until b", "Next :b, 2024-02-01, 1d"],
    "a milestone of no length": [FIRST, "Reached :milestone, m, after a, 0d"],
    "a vertical line": [FIRST, "Frozen :vert, v, 2024-01-02, 0d"],
    "tags": ["First :crit, done, a, 2024-01-01, 1d"],
    "an end that counts": ["inclusiveEndDates", "First :a, 2024-01-01, 2024-01-01"],
    "every unit": [f"U :2024-01-01, 1{unit}" for unit in ("ms", "s", "m", "h", "d", "w", "M", "y")],
    "a short chain above what it waits for": DEEP[4:],
}

STUMBLES = (
    "a task is not as it must be (cannot read property '{}' of undefined)\n"
    "write `Name :tags, id, start, length`; tags come first, and the first task needs a start"
)
REFUSED: dict[str, tuple[str, str]] = {
    "no kind": ("grant\n A :a", "No diagram type detected matching given configuration for text:"),
    "nothing": ("", "No diagram type detected matching given configuration for text:"),
    "too much": ("flowchart TB\n" + "%% note\n" * 7000, "Maximum text size in diagram exceeded"),
    "gantt, a task without data": (
        "gantt\n First :",
        "Parse error on line 2:\ngantt First :\n------------^\nExpecting 'taskData', got ':'",
    ),
    "gantt, a first task without a start": ("gantt\n First :a", STUMBLES.format("endTime")),
    "gantt, a tag behind the id": (
        "gantt\n dateFormat YYYY-MM-DD\n First :a, crit, 2024-01-01, 1d",
        STUMBLES.format("type"),
    ),
    "gantt, no date": ("gantt\n First :a, noon, 1d", "Invalid date:noon"),
    "flowchart": ("flowchart TB\n a[x --> b", "Parse error on line 3:\n...chart TB a[x --> b\n"),
    "flowchart with a code": (
        "flowchart TB\n a[#40;x --> b",
        "Parse error on line 3:\n...hart TB a[#40;x --> b\n",
    ),
    "sequence": (
        "sequenceDiagram\n A->>: hi",
        "Parse error on line 2:\n...equenceDiagram A->>: hi",
    ),
    "class": ("classDiagram\n class {", "Parse error on line 2:\nclassDiagram class {\n"),
    "state": (
        "stateDiagram-v2\n [*] -> a {",
        "Parse error on line 2:\n...tateDiagram-v2 [*] -> a {",
    ),
    "er": ("erDiagram\n A ||--o B : x", "Parse error on line 2:\nerDiagram A ||--o B : x\n"),
    "pie": (
        'pie\n "a" : x',
        "Parsing failed: Lexer error on line 2, column 8: unexpected character",
    ),
    "git": (
        "gitGraph\n commit\n checkout x",
        "Trying to checkout branch which is not yet created.",
    ),
    "mindmap": (
        "mindmap\n a\n b",
        'There can be only one root. No parent could be found for ("b")',
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_mermaid_accepts_although_it_is_wrong_is_a_fault(case: str) -> None:
    lines, faults = WRONG[case]
    reading = DRAWINGS.read("\n  ".join(["gantt", "dateFormat YYYY-MM-DD", *lines]))
    assert list(find_faults(reading)) == faults


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_has_no_fault(case: str) -> None:
    reading = DRAWINGS.read("\n  ".join(["gantt", "dateFormat YYYY-MM-DD", *RIGHT[case]]))
    assert len(reading.tasks) >= 1
    assert list(find_faults(reading)) == []


@pytest.mark.parametrize("case", REFUSED)
def test_what_mermaid_refuses_is_an_error_with_its_words(case: str) -> None:
    source, message = REFUSED[case]
    with pytest.raises(MermaidError) as caught:
        DRAWINGS.read(source)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("case", ["too much", "gantt, a first task without a start", "flowchart"])
def test_drawing_says_the_same_as_reading(case: str) -> None:
    source, message = REFUSED[case]
    with pytest.raises(MermaidError) as caught:
        DRAWINGS.draw(source)
    assert str(caught.value).removeprefix("Error: ").startswith(message)


def test_after_an_error_the_next_diagram_is_drawn() -> None:
    with pytest.raises(MermaidError):
        DRAWINGS.draw("flowchart TB\n a[x --> b")
    assert DRAWINGS.draw("flowchart TB\n a --> b").reading.edges == (("a", "b", ""),)


@settings(max_examples=examples(10))
@given(processes())
def test_no_chart_of_a_release_process_has_a_fault(process: ReleaseProcess) -> None:
    for source in (render_gantt(process), render_flowchart(process)):
        assert list(find_faults(DRAWINGS.read(source))) == []
