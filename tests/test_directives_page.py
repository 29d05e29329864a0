"""The page about directives: it has every one of them, with all options, as they are."""

import re

import pytest

from docs_tools.markdown.directives import DIRECTIVES
from docs_tools.model.document import parse_document
from docs_tools.model.facts import load_facts, validate
from docs_tools.model.release import ReleaseProcess
from docs_tools.render.gantt import render_gantt
from docs_tools.render.values import render_values
from tests.demo import ROOT

GUIDE = ROOT / "docs/user-guide"
PAGE = (GUIDE / "directives.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"(?m)^## ", PAGE)[1:]}


def rows(section: str, header: str) -> list[str]:
    """The first cells of the table with this header."""
    lines = section.partition(f"| {header} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [line.split("|")[1].strip() for line in lines]


def test_each_directive_has_its_section() -> None:
    assert set(SECTIONS) == set(DIRECTIVES)


@pytest.mark.parametrize("name", DIRECTIVES)
def test_each_option_is_described_and_no_other(name: str) -> None:
    fields = DIRECTIVES[name].options.model_fields
    options = {f"`{field.alias or key}`" for key, field in fields.items()}
    assert set(rows(SECTIONS[name], "option")) == options


def test_the_source_of_the_gantt_chart_is_what_the_example_data_gives() -> None:
    writing = (GUIDE / "writing.md").read_text("utf-8")
    data = re.search(r'```yaml title="docs/data/release.yml"\n(.*?)```', writing, re.DOTALL)
    assert data
    process = validate(ReleaseProcess, parse_document(data[1], "release.yml"))
    assert f"```text\n{render_gantt(process)}\n```" in SECTIONS["gantt"]


def test_each_path_of_a_fact_is_described_and_no_other() -> None:
    facts = load_facts(ROOT / "docs/data", "docs/data")
    described = set()
    for row in rows(SECTIONS["fact"], "path"):
        names = re.findall(r"`([^`]+)`", row)
        topic = names[0].rpartition(".")[0]
        described |= {f"{topic}{name}" if name.startswith(".") else name for name in names}
    known = {
        re.sub(r"^labels\..+\.(\w+)$", r"labels.NAME.\1", path) for path in render_values(facts)
    }
    items = r"^release\.(?!estimate\.)\w+\.(\w+)$"
    known = {re.sub(items, r"release.ID.\1", path) for path in known}
    assert described == known
