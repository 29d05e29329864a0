"""The number of a known layer changes, and not a byte beside it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.layers import Insertion, Numbers, insert_numbers
from docs_tools.model.arn import LayerArn, partition_of
from docs_tools.model.layers import LayerSet, LayerVersion
from tests.size import examples

ACCOUNT = "017000801446"
REGIONS = ("eu-west-1", "us-east-1", "us-gov-west-1", "cn-north-1")
NAMES = ("PythonV2", "PythonV2-Arm64", "PythonV3-python312-x86_64")


def layer_set(*arns: str) -> LayerSet:
    return LayerSet("2.20.0", tuple(LayerVersion(LayerArn.parse(arn)) for arn in arns), "arns.txt")


def arn(region: str, name: str, number: int | str, account: str = ACCOUNT) -> str:
    return f"arn:{partition_of(region)}:lambda:{region}:{account}:layer:{name}:{number}"


known = st.lists(
    st.tuples(st.sampled_from(REGIONS), st.sampled_from(NAMES), st.integers(1, 10**6)),
    min_size=1,
    unique_by=lambda layer: layer[:2],
).map(lambda layers: [arn(*layer) for layer in layers])

# any ARN that may stand in a page: ours, a stranger's, an old name, a placeholder for the region
written = st.builds(
    "arn:{}:lambda:{}:{}:layer:{}:{}".format,
    st.sampled_from(["aws", "aws-us-gov", "aws-cn"]),
    st.sampled_from([*REGIONS, "ap-south-2", "{region}", "${AWS::Region}", "{env.region}"]),
    st.sampled_from([ACCOUNT, "999999999999"]),
    st.sampled_from([*NAMES, "PythonV1", "PythonV2x"]),
    st.integers(0, 10**6),
)
prose = st.text(st.sampled_from("`*|<>\n\r\t {}:.,;é0:7") | st.characters(codec="utf-8"))
# digits or letters right behind an ARN would be part of it
documents = st.lists(
    st.tuples(prose, written, st.sampled_from(["", " ", "`", "{ .copy }", ":", "\n", '"', "."])),
    max_size=6,
)


def assemble(document: list[tuple[str, str, str]]) -> str:
    return "".join(f"{text} {found}{end}\n" for text, found, end in document)


@settings(max_examples=examples(200), deadline=None)
@given(documents, known)
def test_an_arn_in_a_literal_region_changes_as_by_a_substitution_for_each_layer(
    document: list[tuple[str, str, str]], arns: list[str]
) -> None:
    document = [part for part in document if "{" not in part[1]]
    text = expected = assemble(document)
    for known_arn in arns:
        layer, _, number = known_arn.rpartition(":")
        expected = re.sub(rf"{re.escape(layer)}:[0-9]+", f"{layer}:{number}", expected)

    assert insert_numbers(text, Numbers.of(layer_set(*arns)))[0] == expected


@settings(max_examples=examples(200), deadline=None)
@given(documents, known)
def test_nothing_changes_but_numbers(document: list[tuple[str, str, str]], arns: list[str]) -> None:
    text = assemble(document)
    number = r"(?<=:layer:)([A-Za-z0-9_-]+):[0-9]+"

    changed, _, _ = insert_numbers(text, Numbers.of(layer_set(*arns)))

    assert re.sub(number, r"\1:N", changed) == re.sub(number, r"\1:N", text)


@settings(max_examples=examples(200), deadline=None)
@given(documents, known)
def test_inserting_again_changes_nothing(
    document: list[tuple[str, str, str]], arns: list[str]
) -> None:
    numbers = Numbers.of(layer_set(*arns))

    once, first, _ = insert_numbers(assemble(document), numbers)
    twice, second, _ = insert_numbers(once, numbers)

    assert twice == once
    assert [i.arn for i in second] == [i.arn for i in first]
    assert all(i.arn.endswith(f":{i.before}") for i in second)


@settings(deadline=None)
@given(documents)
def test_without_a_release_every_arn_keeps_its_number(
    document: list[tuple[str, str, str]],
) -> None:
    text = assemble(document)

    assert insert_numbers(text, Numbers.of(None)) == (text, [], [])


@pytest.mark.parametrize(
    "stranger",
    [
        arn("eu-west-1", "PythonV2", 7, account="999999999999"),
        arn("eu-west-1", "PythonV1", 7),
        arn("eu-west-1", "PythonV2-Extra", 7),
        arn("sa-east-1", "PythonV2", 7),
        f"arn:aws-cn:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2:7",
        f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV1:7",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2",
        f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:PythonV2:7",
    ],
)
def test_a_layer_that_is_not_ours_keeps_its_number(stranger: str) -> None:
    numbers = Numbers.of(layer_set(arn("eu-west-1", "PythonV2", 40)))

    assert insert_numbers(f"Use {stranger} here", numbers) == (f"Use {stranger} here", [], [])


@pytest.mark.parametrize(
    "region",
    [
        "{region}",
        "${AWS::Region}",
        "{env.region}",
        "${data.aws_region.current.name}",
        "{Stack.of(self).region}",
    ],
)
def test_a_placeholder_stands_for_every_region(region: str) -> None:
    numbers = Numbers.of(
        layer_set(arn("eu-west-1", "PythonV2", 40), arn("us-east-1", "PythonV2", 40))
    )
    start = f"arn:aws:lambda:{region}:{ACCOUNT}:layer:PythonV2"

    text, inserted, ambiguous = insert_numbers(f'f"{start}:7"', numbers)

    assert text == f'f"{start}:40"'
    assert inserted == [Insertion(f"{start}:40", 7)]
    assert ambiguous == []


def test_every_arn_with_a_placeholder_gets_the_number_not_only_the_first() -> None:
    numbers = Numbers.of(layer_set(arn("eu-west-1", "PythonV2", 40)))
    text = f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV2:{{}}\n"

    changed, inserted, _ = insert_numbers(text.replace("{}", "7") * 3, numbers)

    assert changed == text.replace("{}", "40") * 3
    assert len(inserted) == 3


def test_a_placeholder_for_regions_with_different_numbers_is_reported_and_left() -> None:
    numbers = Numbers.of(
        layer_set(arn("eu-west-1", "PythonV2", 40), arn("us-east-1", "PythonV2", 39))
    )
    text = f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:PythonV2:7"

    assert insert_numbers(text, numbers) == (text, [], [text])


def test_a_placeholder_never_reaches_into_another_partition() -> None:
    numbers = Numbers.of(
        layer_set(arn("eu-west-1", "PythonV2", 40), arn("us-gov-west-1", "PythonV2", 12))
    )
    text = "arn:{}:lambda:${{AWS::Region}}:" + ACCOUNT + ":layer:PythonV2:{}"

    changed = insert_numbers(text.format("aws-us-gov", 7) + " " + text.format("aws", 7), numbers)

    assert changed[0] == text.format("aws-us-gov", 12) + " " + text.format("aws", 40)
    assert changed[2] == []


@pytest.mark.parametrize(
    "template",
    [
        "[{arn}](#x)",
        "`{arn}`{{ .copy }}",
        "{arn}{{: .copy #id data-n=7 }}",
        "| eu-west-1 | {arn} |",
        '"{arn}"',
        "Layers: [!Sub {arn}]",
        "{arn}.",
        "{arn}\r\n",
        "<b>{arn}</b>",
    ],
)
def test_what_stands_right_beside_an_arn_is_kept(template: str) -> None:
    numbers = Numbers.of(layer_set(arn("eu-west-1", "PythonV2", 40)))

    text, _, _ = insert_numbers(template.format(arn=arn("eu-west-1", "PythonV2", 7)), numbers)

    assert text == template.format(arn=arn("eu-west-1", "PythonV2", 40))


def test_each_insertion_is_told_with_the_number_that_stood_there() -> None:
    numbers = Numbers.of(layer_set(arn("eu-west-1", "PythonV2", 40)))
    text = "\n".join(arn("eu-west-1", "PythonV2", n) for n in (7, 40, 123456789))

    _, inserted, _ = insert_numbers(text, numbers)

    assert inserted == [Insertion(arn("eu-west-1", "PythonV2", 40), n) for n in (7, 40, 123456789)]


@pytest.mark.parametrize("end", [".5", "abc", "-1", "_"])
def test_what_only_begins_like_an_arn_is_left(end: str) -> None:
    numbers = Numbers.of(layer_set(arn("eu-west-1", "PythonV2", 40)))
    text = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2:1{end}"
    assert insert_numbers(text, numbers) == (text, [], [])


def test_a_full_stop_behind_an_arn_ends_the_sentence() -> None:
    numbers = Numbers.of(layer_set(arn("eu-west-1", "PythonV2", 40)))
    text = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:PythonV2:"
    assert insert_numbers(f"Use {text}1.", numbers)[0] == f"Use {text}40."


def test_a_placeholder_for_the_partition_stands_for_each() -> None:
    text = f"arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:{ACCOUNT}:layer:PythonV2:1"
    one = layer_set(arn("eu-west-1", "PythonV2", 40))
    assert insert_numbers(text, Numbers.of(one))[0].endswith(":40")
    two = layer_set(arn("eu-west-1", "PythonV2", 40), arn("us-gov-west-1", "PythonV2", 12))
    assert insert_numbers(text, Numbers.of(two)) == (text, [], [text])
