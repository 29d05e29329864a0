"""Text files with an ARN a line -> ARNs, or every line that is none."""

from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers import load_arns

V2 = "arn:aws:lambda:{region}:017000801446:layer:PythonV2:{number}"
HINT = "    write such as arn:aws:lambda:eu-west-1:123456789012:layer:name:7"
END = "the layer numbers can't be used"


def v2(region: str = "eu-west-1", number: int = 40) -> str:
    return V2.format(region=region, number=number)


def write(file: Path, *lines: str) -> Path:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def problems_of(source: Path) -> str:
    with pytest.raises(DocsToolsError) as caught:
        load_arns(source)
    return str(caught.value)


def test_arns_are_read_sorted_past_comments_blank_lines_and_indentation(tmp_path: Path) -> None:
    file = write(
        tmp_path / "arns.txt", "# release 2.20.0", v2("us-east-1"), "", f"  {v2()}\t", " # end"
    )

    assert [str(arn) for arn in load_arns(file)] == [v2(), v2("us-east-1")]


def test_an_arn_that_stands_twice_counts_once(tmp_path: Path) -> None:
    file = write(tmp_path / "arns.txt", v2(), v2())

    assert [str(arn) for arn in load_arns(file)] == [v2()]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    file = tmp_path / "arns.txt"
    file.write_bytes(f"\ufeff{v2()}\r\n{v2('us-east-1')}\r\n".encode())

    assert [str(arn) for arn in load_arns(file)] == [v2(), v2("us-east-1")]


def test_a_malformed_arn_is_named_with_its_line_and_column(tmp_path: Path) -> None:
    file = write(tmp_path / "arns.txt", v2(), v2("us-east-1"), "  arn:aws:lambda:layer:PythonV2")

    assert problems_of(file) == (
        f'{file}:3:3: not a layer version ARN: "arn:aws:lambda:layer:PythonV2"\n{HINT}\n{END}'
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "arn:aws:lambda:eu-west-1:0170008:layer:PythonV2:40",
            'not a 12-digit account: "0170008" in '
            '"arn:aws:lambda:eu-west-1:0170008:layer:PythonV2:40"',
        ),
        (
            "arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2",
            "not a layer version ARN (the version number is missing): "
            '"arn:aws:lambda:eu-west-1:017000801446:layer:PythonV2"',
        ),
        (
            "arn:aws:lambda:us-gov-west-1:017000801446:layer:PythonV2:40",
            'region us-gov-west-1 is in partition "aws-us-gov", not "aws"',
        ),
        ("PythonV2 40", 'not a layer version ARN: "PythonV2 40"'),
        (
            f"{V2.format(region='eu-west-1', number=40)}  # the newest",
            f'not a version number: "40  # the newest" in "{v2()}  # the newest"',
        ),
    ],
)
def test_a_line_that_is_no_arn_is_told_which_part_is_wrong(
    tmp_path: Path, line: str, message: str
) -> None:
    file = write(tmp_path / "arns.txt", line)

    assert problems_of(file) == f"{file}:1:1: {message}\n{HINT}\n{END}"


def test_a_layer_with_two_numbers_is_refused_with_both_places(tmp_path: Path) -> None:
    file = write(tmp_path / "arns.txt", v2(), v2("us-east-1"), v2(number=41))

    assert problems_of(file) == (
        f"{file}:3:1: {v2(number=41)} has number 40 at {file}:1\n"
        f"    keep the number that was deployed\n{END}"
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_file_without_an_arn_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "arns.txt"
    file.write_text(text)

    assert problems_of(file) == f"{file}: holds no layer version ARN\n{END}"


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "arns.txt") == (
        f"there is no {tmp_path / 'arns.txt'} to read layer ARNs from\n"
        "    name a text file with an ARN a line, a JSON file, or a folder of such files"
    )


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "arns.txt"
    file.write_bytes(v2().encode("utf-16"))

    assert problems_of(file) == f"{file}: not a text file in UTF-8\n{END}"


def test_a_binary_file_is_refused_even_if_it_is_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "layer.zip"
    file.write_bytes(f"PK\x03\x04\0\0{v2()}\n".encode())

    assert problems_of(file) == f"{file}: a binary file, not a text file\n{END}"
