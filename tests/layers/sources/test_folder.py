"""A folder of text and JSON files -> ARNs."""

import json
import os
from pathlib import Path
from threading import Thread

import pytest

from docs_tools.layers import load_arns
from tests.layers.sources.test_text import END, HINT, problems_of, v2, write


def test_every_text_and_json_file_of_a_folder_is_read_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path / "us.txt", v2("us-east-1"))
    write(tmp_path / "eu.TXT", v2())
    write(tmp_path / "sa.json", json.dumps({"Stack": {"Arn": v2("sa-east-1")}}))
    write(tmp_path / "README.md", "no ARN")
    (tmp_path / "sub.txt").mkdir()
    write(tmp_path / "sub.txt" / "more.txt", v2("me-south-1"))

    assert [str(arn) for arn in load_arns(tmp_path)] == [v2(), v2("sa-east-1"), v2("us-east-1")]


def test_files_of_a_folder_may_not_disagree_and_all_problems_are_shown(tmp_path: Path) -> None:
    first = write(tmp_path / "a.txt", v2(), "nonsense")
    second = write(tmp_path / "b.json", json.dumps({"Stack": {"Arn": v2(number=41)}}))
    third = tmp_path / "c.txt"
    third.write_bytes(b"\xff\xfe")
    fourth = write(tmp_path / "d.txt", v2(number=42))

    assert problems_of(tmp_path).split("\n") == [
        f'{first}:2:1: not a layer version ARN: "nonsense"',
        HINT,
        f"{second}:1:19: Stack.Arn: {v2(number=41)} has number 40 at {first}:1",
        "    keep the number that was deployed",
        f"{third}: not a text file in UTF-8",
        f"{fourth}:1:1: {v2(number=42)} has number 40 at {first}:1",
        "    keep the number that was deployed",
        END,
    ]


def test_a_file_without_an_arn_may_lie_in_a_folder_with_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "# none in this region")
    write(tmp_path / "manifest.json", "{}")
    write(tmp_path / "c.txt", v2())

    assert [str(arn) for arn in load_arns(tmp_path)] == [v2()]


def test_a_folder_without_a_file_to_read_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "README.md", v2())

    assert problems_of(tmp_path) == f"{tmp_path} holds no *.txt or *.json file with layer ARNs"


@pytest.mark.parametrize("name", ["arns.txt", "outputs.json"])
def test_a_link_out_of_the_folder_is_refused_and_not_read(tmp_path: Path, name: str) -> None:
    secret = write(tmp_path / "secret", "password=1234")
    folder = tmp_path / "arns"
    folder.mkdir()
    write(folder / "good.txt", v2())
    (folder / name).symlink_to(secret)

    assert problems_of(folder) == (
        f"{folder / name}: a link that leads out of the folder\n"
        f"    put the file itself there\n{END}"
    )


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path / "v2", v2())
    (tmp_path / "newest.txt").symlink_to("v2")

    assert [str(arn) for arn in load_arns(tmp_path)] == [v2()]


def test_a_link_to_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to("nowhere")

    assert problems_of(tmp_path).startswith(f"{tmp_path / 'gone.txt'}: can't be read: ")


def test_links_that_lead_to_each_other_are_told(tmp_path: Path) -> None:
    write(tmp_path / "good.txt", v2())
    (tmp_path / "loop.txt").symlink_to("other.txt")
    (tmp_path / "other.txt").symlink_to("loop.txt")

    assert problems_of(tmp_path).split("\n") == [
        f"{tmp_path / name}: can't be read: Too many levels of symbolic links"
        for name in ("loop.txt", "other.txt")
    ] + [END]


def test_what_is_no_regular_file_is_told_and_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    # whoever reads waits for somebody who writes
    writer = Thread(target=pipe.write_text, args=[v2()], daemon=True)
    writer.start()

    assert problems_of(tmp_path) == (
        f"{pipe}: not a regular file\n    put the file itself there\n{END}"
    )
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer.join()
    os.close(reader)
