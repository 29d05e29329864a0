"""What each renderer makes of data, byte for byte; `--update-golden` writes it anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from docs_tools.model.classes import load_classes
from docs_tools.model.facts import load_fact
from docs_tools.model.folder import load_folder
from docs_tools.model.labels import Labels
from docs_tools.model.layers import Layers
from docs_tools.model.people import Maintainers
from docs_tools.model.release import ReleaseProcess
from docs_tools.render.class_diagram import render_class_diagram, render_class_table
from docs_tools.render.gantt import render_gantt
from docs_tools.render.labels import render_labels
from docs_tools.render.layers import render_layers
from docs_tools.render.people import render_maintainers
from docs_tools.render.tree import render_tree

GOLDEN = Path(__file__).parent.parent / "golden"


def _people(path: Path) -> str:
    people = load_fact(Maintainers, path, path.name)
    return f"{render_maintainers(people.active)}\n\n{render_maintainers(people.emeritus)}"


def _labels(path: Path) -> str:
    return render_labels(load_fact(Labels, path, path.name))


def _gantt(path: Path) -> str:
    return render_gantt(load_fact(ReleaseProcess, path, path.name), "chart")


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
    "layers": _layers,
    "class_diagram": _class_diagram,
    "tree": _tree,
}
CASES = [case for renderer in RENDERERS for case in sorted((GOLDEN / renderer).iterdir())]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_renderer_writes_what_it_wrote_before(case: Path, update_golden: bool) -> None:
    rendered = RENDERERS[case.parent.name](case / "input.yml") + "\n"

    expected = case / "expected.md"
    if update_golden:
        expected.write_text(rendered, encoding="utf-8")
    assert rendered == expected.read_text(encoding="utf-8")
