"""Layer version ARNs are read and written, and what is none is said to be none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.model.arn import LayerArn, partition_of

REGIONS = [
    ("eu-west-1", "aws"),
    ("me-central-1", "aws"),
    ("cn-north-1", "aws-cn"),
    ("us-gov-west-1", "aws-us-gov"),
    ("us-iso-east-1", "aws-iso"),
    ("us-isob-east-1", "aws-iso-b"),
    ("eu-isoe-west-1", "aws-iso-e"),
    ("us-isof-south-1", "aws-iso-f"),
    ("eusc-de-east-1", "aws-eusc"),
]


@st.composite
def arns(draw: st.DrawFn) -> LayerArn:
    region, partition = draw(st.sampled_from(REGIONS))
    account = draw(st.from_regex(r"[0-9]{12}", fullmatch=True))
    name = draw(st.from_regex(r"[A-Za-z0-9_-]{1,140}", fullmatch=True))
    return LayerArn(partition, region, account, name, draw(st.integers(1, 999_999_999)))


@settings(deadline=None)
@given(arns())
def test_what_is_written_reads_back_as_it_was(arn: LayerArn) -> None:
    assert LayerArn.parse(str(arn)) == arn


@settings(deadline=None)
@given(st.text(st.sampled_from("arn:aws:lambda:eu-west-1:123456789012:layer:Name:7 ٣\n{}")))
def test_only_an_arn_in_its_one_spelling_is_read(text: str) -> None:
    candidate = f"arn:aws:lambda:eu-west-1:123456789012:layer:{text}"
    try:
        arn = LayerArn.parse(candidate)
    except ValueError:
        return
    assert str(arn) == candidate


@pytest.mark.parametrize(("region", "partition"), REGIONS)
def test_a_region_tells_its_partition(region: str, partition: str) -> None:
    assert partition_of(region) == partition


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "arn:aws:lambda:eu-west-1:123456789012:layer:Name",
            "not a layer version ARN (the version number is missing): "
            '"arn:aws:lambda:eu-west-1:123456789012:layer:Name"',
        ),
        ("", 'not a layer version ARN: ""'),
        (
            "arn:aws:lambda:eu-west-1:123456789012:function:Name:7",
            'not a layer version ARN: "arn:aws:lambda:eu-west-1:123456789012:function:Name:7"',
        ),
        (
            "arn:aws:lambda:eu-west-1:1234:layer:Name:7",
            'not a 12-digit account: "1234" in "arn:aws:lambda:eu-west-1:1234:layer:Name:7"',
        ),
        (
            "arn:aws:lambda:us-gov-west-1:123456789012:layer:Name:7",
            'region us-gov-west-1 is in partition "aws-us-gov", not "aws"',
        ),
        (
            "arn:aws-us-gov:lambda:eu-west-1:123456789012:layer:Name:7",
            'region eu-west-1 is in partition "aws", not "aws-us-gov"',
        ),
    ],
)
def test_what_is_no_arn_is_refused_with_the_part_that_is_wrong(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is compared below
        LayerArn.parse(text)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "arn:AWS:lambda:eu-west-1:123456789012:layer:Name:7",
        "arn:aws:lambda:Ireland:123456789012:layer:Name:7",
        "arn:aws:lambda:eu-west-1:1234567890123:layer:Name:7",
        "arn:aws:lambda:eu-west-1:１２３４５６７８９０１２:layer:Name:7",
        "arn:aws:lambda:eu-west-1:123456789012:layer:Na me:7",
        "arn:aws:lambda:eu-west-1:123456789012:layer::7",
        "arn:aws:lambda:eu-west-1:123456789012:layer:Name:0",
        "arn:aws:lambda:eu-west-1:123456789012:layer:Name:07",
        "arn:aws:lambda:eu-west-1:123456789012:layer:Name:1٣",
        "arn:aws:lambda:eu-west-1:123456789012:layer:Name:7\n",
        " arn:aws:lambda:eu-west-1:123456789012:layer:Name:7",
        "arn:aws:lambda:eu-west-1:123456789012:layer:Name:7:8",
    ],
)
def test_each_part_has_its_form(text: str) -> None:
    with pytest.raises(ValueError, match="not a "):
        LayerArn.parse(text)


def test_a_layer_is_the_same_whatever_its_number() -> None:
    seven = LayerArn("aws", "eu-west-1", "123456789012", "Name", 7)
    eight = LayerArn("aws", "eu-west-1", "123456789012", "Name", 8)

    assert seven != eight
    assert seven.layer == eight.layer
