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
    assert [person.github for person in facts.maintainers.active] == [
        "heitorlessa",
        "sthulb",
        "rubenfonseca",
        "leandrodamascena",
    ]
    assert [person.github for person in facts.maintainers.emeritus] == [
        "cakepietoast",
        "nmoutschen",
        "am29d",
        "mploski",
    ]


def test_the_guide_lists_33_labels_and_a_family(facts: Facts) -> None:
    assert facts.labels is not None
    labels = facts.labels.labels
    assert len([label for label in labels if label.listed and not label.family]) == 33
    assert [label.name for label in labels if label.family and label.listed] == ["<utility>"]
    assert [label.name for label in labels if not label.listed] == ["good first issue"]


def test_the_release_process_has_10_sections_24_jobs_and_6_milestones(facts: Facts) -> None:
    assert facts.release is not None
    assert len(facts.release.sections) == 10
    assert sum(len(section.jobs) for section in facts.release.sections) == 24
    assert len(facts.release.milestones) == 6


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
