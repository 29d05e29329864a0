"""The data of this repository says what the maintainers' guide says."""

from pathlib import Path

import pytest

from docs_tools.model.facts import Facts, load_facts

DATA = Path(__file__).parents[2] / "docs" / "data"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts(DATA, "docs/data")


def test_there_are_four_active_and_four_emeritus_maintainers(facts: Facts) -> None:
    assert facts.maintainers is not None
    people = facts.maintainers
    assert [(p.name, p.github, p.affiliation) for p in people.active] == [
        ("Heitor Lessa", "heitorlessa", "Amazon"),
        ("Simon Thulbourn", "sthulb", "Amazon"),
        ("Ruben Fonseca", "rubenfonseca", "Amazon"),
        ("Leandro Damascena", "leandrodamascena", "Amazon"),
    ]
    assert [(p.name, p.github, p.affiliation) for p in people.emeritus] == [
        ("Tom McCarthy", "cakepietoast", "MongoDB"),
        ("Nicolas Moutschen", "nmoutschen", "Apollo"),
        ("Alexander Melnyk", "am29d", "Amazon"),
        ("Michal Ploski", "mploski", "Amazon"),
    ]


def test_the_project_merges_into_develop(facts: Facts) -> None:
    assert facts.maintainers is not None
    project = facts.maintainers.project
    assert project is not None
    assert project.name == "Powertools for AWS Lambda (Python)"
    assert project.repository == "aws-powertools/powertools-lambda-python"
    assert project.branch == "develop"


LISTED = """
triage, bug, not-a-bug, documentation, feature-request, typing, RFC, bug-upstream, help wanted,
need-customer-feedback, need-more-information, need-documentation, need-issue, need-rfc,
pending-release, revisit-in-3-months, breaking-change, do-not-merge, size/XS, size/S, size/M,
size/L, size/XL, size/XXL, tests, <utility>, feature, dependencies, github-actions,
github-templates, internal, tech-debt, customer-reference, community-content
"""


def test_the_guide_lists_33_labels_and_a_family(facts: Facts) -> None:
    assert facts.labels is not None
    labels = facts.labels.labels
    wanted = [name.strip() for name in LISTED.split(",")]
    assert [label.name for label in labels if label.listed] == wanted
    assert [label.name for label in labels if label.family] == ["<utility>"]
    assert len(wanted) == 33 + 1
    assert [label.name for label in labels if not label.listed] == ["good first issue"]


def test_the_size_labels_leave_no_gap(facts: Facts) -> None:
    assert facts.labels is not None
    sizes = {label.name: label.usage for label in facts.labels.labels if label.group == "size"}
    wanted = {
        "size/XS": "0-9 lines",
        "size/S": "10-29 lines",
        "size/M": "30-99 lines",
        "size/L": "100-499 lines",
        "size/XL": "500-999 lines",
        "size/XXL": "1,000 lines of code or more",
    }
    assert list(sizes) == list(wanted)
    for name, lines in wanted.items():
        assert f" {lines}" in sizes[name]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Set by the issue templates", "triage, feature-request, typing, RFC"),
        ("Set by pull-request and release automation", "bug, documentation, feature"),
        (
            "Set by pull-request automation",
            "need-issue, size/XS, size/S, size/M, size/L, size/XL, size/XXL, tests, <utility>,"
            " dependencies, github-actions, github-templates, internal",
        ),
        ("Release automation", "pending-release"),
        ("analytics", "not-a-bug"),
        ("documentation snippets don't count", "bug"),
        ("80/20", "need-customer-feedback"),
        ("`need-customer-feedback`", "revisit-in-3-months"),
        ("bandwidth", "help wanted"),
        ("uncertain", "need-customer-feedback, do-not-merge"),
        ("Public relations", "customer-reference, community-content"),
    ],
)
def test_the_notes_say_who_sets_a_label_and_why(facts: Facts, said: str, names: str) -> None:
    assert facts.labels is not None
    noted = [label.name for label in facts.labels.labels if said in (label.notes or "")]
    assert noted == names.split(", ")


@pytest.mark.parametrize(
    ("group", "count"),
    [("status", 4), ("kind", 10), ("need", 5), ("size", 6), ("area", 6), ("community", 4)],
)
def test_each_label_has_a_group(facts: Facts, group: str, count: int) -> None:
    assert facts.labels is not None
    assert [label.group for label in facts.labels.labels].count(group) == count


def test_only_githubs_own_labels_have_a_colour(facts: Facts) -> None:
    assert facts.labels is not None
    assert {label.name: label.color for label in facts.labels.labels if label.color} == {
        "bug": "d73a4a",
        "documentation": "0075ca",
        "help wanted": "008672",
        "good first issue": "7057ff",
    }


def test_the_release_process_has_10_sections_24_jobs_and_6_milestones(facts: Facts) -> None:
    assert facts.release is not None
    assert len(facts.release.sections) == 10
    assert sum(len(section.jobs) for section in facts.release.sections) == 24
    assert [milestone.name for milestone in facts.release.milestones] == [
        "Release commit",
        "PyPI release",
        "Layer release",
        "SAR release",
        "Documentation release",
        "Release complete",
    ]


def test_each_job_takes_as_long_as_the_guide_says(facts: Facts) -> None:
    assert facts.release is not None
    assert [(s.name, [job.duration for job in s.jobs]) for s in facts.release.sections] == [
        ("Seal", [8, 43]),
        ("QA", [132]),
        ("Build", [8, 39, 8]),
        ("Provenance", [8, 8]),
        ("Release", [8, 8, 29]),
        ("Git release", [8, 8, 8, 8, 8]),
        ("Layer release", [360, 378, 378]),
        ("SAR release", [132, 132]),
        ("Docs", [8, 132]),
        ("Post-release", [8]),
    ]


def test_people_are_told_to_plan_for_25_to_30_minutes(facts: Facts) -> None:
    assert facts.release is not None
    estimate = facts.release.estimate
    assert estimate is not None
    assert (estimate.least, estimate.most) == (25 * 60, 30 * 60)


def test_the_critical_path_leads_through_the_layers_and_the_docs(facts: Facts) -> None:
    """The page about releasing says so in words."""
    assert facts.release is not None
    sections = {s.name: [job.id for job in s.jobs] for s in facts.release.sections}
    critical = facts.release.schedule.critical
    assert critical.issuperset(sections["Layer release"] + sections["Docs"])
    assert critical.isdisjoint(sections["Git release"] + sections["SAR release"])


def test_a_release_takes_26_minutes_and_3_seconds(facts: Facts) -> None:
    assert facts.release is not None
    assert facts.release.schedule.total == 26 * 60 + 3
    assert facts.release.schedule["complete"].end == 1563


def test_layers_are_released_when_they_are_deployed_to_production(facts: Facts) -> None:
    assert facts.release is not None
    names = {job.id: job.name for section in facts.release.sections for job in section.jobs}
    schedule = facts.release.schedule
    assert names["layer_prod"] == "Deploy Prod"
    assert schedule["layer_release"].start == schedule["layer_prod"].end


def test_two_releases_have_layer_numbers(facts: Facts) -> None:
    assert facts.layers is not None
    assert set(facts.layers.versions) == {"2.19.0", "2.20.0"}
    for version, number in (("2.19.0", 39), ("2.20.0", 40)):
        chosen = facts.layers.select(version, "docs/data/layers.yml")
        assert chosen is not None
        assert {layer.arn.number for layer in chosen.layers} == {number}
