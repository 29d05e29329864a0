"""Data files that are wrong are said to be so, where they are wrong; the right ones load."""

from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.model.facts import load_facts, read_facts

INVALID = Path(__file__).parent.parent / "data" / "invalid"
CASES = sorted(folder for folder in INVALID.iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_invalid_data_is_refused_with_every_problem_at_its_place(
    folder: Path, update_golden: bool
) -> None:
    with pytest.raises(DocsToolsError) as caught:
        load_facts(folder, "docs/data")

    expected = folder / "expected.txt"
    if update_golden:
        expected.write_text(f"{caught.value}\n", encoding="utf-8")
    assert f"{caught.value}\n" == expected.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_named_with_the_option_that_names_another(
    tmp_path: Path,
) -> None:
    with pytest.raises(DocsToolsError) as caught:
        load_facts(tmp_path / "data", "docs/data")

    assert str(caught.value) == (
        "there is no data folder docs/data\n"
        "    make it, or name yours: `docs_tools/handbook: {data: FOLDER}`"
    )


def test_files_that_are_not_there_are_no_facts(tmp_path: Path) -> None:
    (tmp_path / "labels.yml").write_text("labels:\n  - {name: bug, usage: Broken}\n")

    facts = load_facts(tmp_path, "docs/data")

    assert facts.labels is not None
    assert [label.name for label in facts.labels.labels] == ["bug"]
    assert (facts.maintainers, facts.release, facts.layers) == (None, None, None)


def test_a_file_of_another_purpose_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "glossary.yml").write_text("- not ours\n")

    assert load_facts(tmp_path, "docs/data").labels is None


def test_what_is_right_can_be_read_beside_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "labels.yml").write_text("labels:\n  - {name: bug, usage: Broken}\n")
    (tmp_path / "maintainers.yml").write_text("active: 1\n")
    (tmp_path / "layer.yml").write_text("layers: []\n")

    facts, problems = read_facts(tmp_path, "docs/data")

    assert facts.labels is not None
    assert (facts.maintainers, facts.layers) == (None, None)
    assert facts.broken == {"maintainers", "layers"}
    assert [problem.file for problem in problems] == [
        "docs/data/layer.yml",
        "docs/data/maintainers.yml",
    ]


def test_a_misnamed_file_beside_the_right_one_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "labels.yml").write_text("labels:\n  - {name: bug, usage: Broken}\n")
    (tmp_path / "label.yml").write_text("labels: []\n")

    facts, problems = read_facts(tmp_path, "docs/data")

    assert facts.labels is not None
    assert facts.broken == frozenset()
    assert len(problems) == 1


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    text = "labels:\n  - {name: bug, usage: Broken}\n"
    (tmp_path / "labels.yml").write_text(text, encoding="utf-8-sig")

    facts = load_facts(tmp_path, "docs/data")

    assert facts.labels is not None


def test_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    (tmp_path / "labels.yml").write_bytes(
        b"labels:\r\n  - name: bug\r\n    usage: Broken\r\n    color: redd\r\n"
    )

    with pytest.raises(DocsToolsError, match=r"docs/data/labels\.yml:4:5: labels\[0\]\.color"):
        load_facts(tmp_path, "docs/data")


def test_text_colours_and_durations_come_out_in_one_form(tmp_path: Path) -> None:
    (tmp_path / "labels.yml").write_text(
        'labels:\n  - {name: " bug ", usage: Broken, color: "#D73A4A"}\n'
    )
    (tmp_path / "release.yml").write_text(
        "title: Release\nsections:\n  - name: Build\n    jobs:\n"
        + "".join(
            f"      - {{id: job{i}, name: Job, duration: {text}}}\n"
            for i, text in enumerate(["8s", "2.2m", "6m", "1h30m", "1h1m1s", "0.01m1s"])
        )
    )

    facts = load_facts(tmp_path, "docs/data")

    assert facts.labels is not None
    assert (facts.labels.labels[0].name, facts.labels.labels[0].color) == ("bug", "d73a4a")
    assert facts.release is not None
    durations = [job.duration for job in facts.release.sections[0].jobs]
    assert durations == [8, 132, 360, 5400, 3661, 2]
