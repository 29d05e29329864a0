"""What each renderer makes of data, byte for byte; `--update-golden` writes it anew.

A case is a folder `tests/golden/<renderer>/<case>/` with the data and `expected.md`.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from docs_tools.diagrams import Drawings, find_faults
from docs_tools.model.classes import load_classes
from docs_tools.model.facts import load_fact, load_facts
from docs_tools.model.folder import load_folder
from docs_tools.model.labels import Labels
from docs_tools.model.layers import Layers
from docs_tools.model.people import Maintainers
from docs_tools.model.release import ReleaseProcess
from docs_tools.render.class_diagram import render_class_diagram, render_class_table
from docs_tools.render.duration import render_duration
from docs_tools.render.flowchart import render_flowchart
from docs_tools.render.gantt import render_gantt
from docs_tools.render.labels import render_labels
from docs_tools.render.layers import render_layers
from docs_tools.render.people import render_maintainers
from docs_tools.render.process import describe_process, render_process_table
from docs_tools.render.tree import render_tree
from docs_tools.render.values import render_values

GOLDEN = Path(__file__).parent.parent / "golden"


def _people(path: Path) -> str:
    people = load_fact(Maintainers, path, path.name)
    tables = [
        render_maintainers(people.active),
        render_maintainers(people.emeritus),
        render_maintainers(people.active, ["affiliation", "name"]),
    ]
    return "\n\n".join(tables)


def _labels(path: Path) -> str:
    labels = load_fact(Labels, path, path.name).labels
    groups = dict.fromkeys(label.group for label in labels if label.group)
    tables = [
        render_labels(label for label in labels if label.listed),
        *(render_labels(label for label in labels if label.group == name) for name in groups),
        render_labels(labels, plain=True),
    ]
    return "\n\n".join(tables)


def _gantt(path: Path) -> str:
    return render_gantt(load_fact(ReleaseProcess, path, path.name), "chart")


def _flowchart(path: Path) -> str:
    return render_flowchart(load_fact(ReleaseProcess, path, path.name))


def _process(path: Path) -> str:
    process = load_fact(ReleaseProcess, path, path.name)
    return f"{describe_process(process)}\n\n{render_process_table(process)}"


def _values(path: Path) -> str:
    values = render_values(load_facts(path.parent, path.parent.name))
    return "\n".join(f"{name}: {value}" for name, value in values.items())


def _layers(path: Path) -> str:
    data = load_fact(Layers, path, path.name)
    chosen = [data.select(version, path.name) for version in data.versions]
    return "\n\n".join(render_layers(layers) for layers in chosen if layers)


def _class_diagram(path: Path) -> str:
    wanted = yaml.safe_load(path.read_text("utf-8"))
    classes = load_classes(wanted["class"], path.parent, members=wanted.get("members"))
    return f"{render_class_diagram(classes)}\n\n{render_class_table(classes)}"


def _tree(path: Path) -> str:
    wanted = yaml.safe_load(path.read_text("utf-8"))
    comments = wanted.pop("comments", {})
    return render_tree(load_folder(path.parent, **wanted), comments)


RENDERERS: dict[str, Callable[[Path], str]] = {
    "people": _people,
    "labels": _labels,
    "gantt": _gantt,
    "flowchart": _flowchart,
    "process": _process,
    "values": _values,
    "layers": _layers,
    "class_diagram": _class_diagram,
    "tree": _tree,
}
CASES = [case for renderer in RENDERERS for case in sorted((GOLDEN / renderer).iterdir())]
CHARTS = [case for case in CASES if case.parent.name in ("gantt", "flowchart")]
DRAWINGS = Drawings()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_renderer_writes_what_it_wrote_before(case: Path, update_golden: bool) -> None:
    rendered = RENDERERS[case.parent.name](case / "input.yml") + "\n"

    expected = case / "expected.md"
    if update_golden:
        expected.write_text(rendered, encoding="utf-8")
    assert rendered == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CHARTS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_mermaid_reads_what_a_renderer_writes_and_shows_the_very_names(case: Path) -> None:
    process = load_fact(ReleaseProcess, case / "input.yml", "input.yml")

    reading = DRAWINGS.read((case / "expected.md").read_text(encoding="utf-8"))

    assert list(find_faults(reading)) == []
    jobs = [job for section in process.sections for job in section.jobs]
    items = [job.name for job in jobs] + [point.name for point in process.milestones]
    names = Counter(" ".join(name.split()) for name in items)
    shown = [task.name for task in reading.tasks]
    lengths = {f" {render_duration(job.duration)}" for job in jobs}
    for _, label in reading.nodes:
        (length,) = {length for length in lengths if label.endswith(length)} or {""}
        shown.append(label.removesuffix(length))
    assert Counter(shown) == names
    assert reading.title == " ".join(process.title.split())
    assert reading.description
