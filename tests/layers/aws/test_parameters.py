"""ARNs in SSM parameters: one for each name of a template, or all below a path."""

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers.aws import find_parameters, open_session
from docs_tools.model.layers import LayerVersion
from tests.aws.server import AwsServer
from tests.layers.aws import ACCOUNT, layers

TEMPLATE = "/layers/tiny/{architecture}/{runtime}/{version}"
ALL = layers(
    "eu-west-1",
    "us-east-1",
    runtimes=tuple(f"python3.{minor}" for minor in range(8, 14)),
    architectures=("x86_64", "arm64"),
    number=4,
)
ONE = layers("eu-west-1", number=4)
NAME = "/layers/tiny/x86_64/python3.12/3.4.0"
HINT = "    put the ARN of the layer there, or correct the template or the data"


def put(aws: AwsServer, versions: list[LayerVersion], version: str = "3.4.0") -> None:
    for layer in versions:
        name = f"/layers/tiny/{layer.architecture}/{layer.runtime}/{version}"
        aws.put_parameter(layer.arn.region, name, str(layer.arn))


def problem_of(template: str, versions: list[LayerVersion] = ONE) -> str:
    with pytest.raises(DocsToolsError) as caught:
        find_parameters(open_session(), template, versions, "3.4.0")
    return str(caught.value)


def test_parameters_are_asked_for_by_name_ten_at_a_time(aws: AwsServer) -> None:
    put(aws, ALL)

    found = find_parameters(open_session(), TEMPLATE, ALL, "3.4.0")

    assert found.arns == tuple(layer.arn for layer in ALL)
    assert found.notices == ()
    assert aws.actions == {"ssm:GetParameters"}
    assert sorted(call.region for call in aws.calls) == ["eu-west-1"] * 2 + ["us-east-1"] * 2


def test_a_parameter_that_is_not_there_is_left_out(aws: AwsServer) -> None:
    put(aws, ALL[3:])
    put(aws, layers("eu-west-1", number=3), "3.3.0")

    found = find_parameters(open_session(), TEMPLATE, ALL, "3.4.0")

    assert found.arns == tuple(layer.arn for layer in ALL[3:])


@pytest.mark.parametrize("path", ["/layers/tiny/", "/layers/"])
def test_all_pages_below_a_path_count(aws: AwsServer, path: str) -> None:
    put(aws, ALL)

    found = find_parameters(open_session(), path, ALL, "3.4.0")

    assert found.arns == tuple(layer.arn for layer in ALL)
    assert aws.actions == {"ssm:GetParametersByPath"}
    assert len(aws.calls) == 4


def test_a_path_may_name_the_release(aws: AwsServer) -> None:
    for version, number in (("3.3.0", 3), ("3.4.0", 4)):
        for layer in layers("eu-west-1", "us-east-1", number=number):
            aws.put_parameter(layer.arn.region, f"/tiny/{version}/arn", str(layer.arn))

    found = find_parameters(open_session(), "/tiny/{version}/", ALL, "3.4.0")

    assert [arn.number for arn in found.arns] == [4, 4]


def test_below_a_path_only_the_layers_asked_for_count(aws: AwsServer) -> None:
    put(aws, ONE)
    aws.put_parameter("eu-west-1", "/layers/tiny/password", "hunter2")
    aws.put_parameter(
        "eu-west-1", "/layers/other", f"arn:aws:lambda:eu-west-1:{ACCOUNT}:layer:Other:7"
    )

    assert find_parameters(open_session(), "/layers/", ONE, "3.4.0").arns == (ONE[0].arn,)


def test_two_numbers_below_a_path_are_refused_with_both_names(aws: AwsServer) -> None:
    put(aws, layers("eu-west-1", number=3), "3.3.0")
    put(aws, ONE)

    assert problem_of("/layers/") == (
        f"SSM parameter {NAME} in eu-west-1 has number 4 for Tiny-python312-x86_64,"
        " /layers/tiny/x86_64/python3.12/3.3.0 has 3\n"
        "    keep the number that was deployed; a name with {version} tells releases apart\n"
        "SSM doesn't tell all numbers of 3.4.0"
    )


def test_a_value_that_is_no_arn_is_refused_and_not_shown(aws: AwsServer) -> None:
    aws.put_parameter("eu-west-1", NAME, "hunter2")

    text = problem_of(TEMPLATE)

    assert text.startswith(f"SSM parameter {NAME} in eu-west-1 holds no layer version ARN\n")
    assert "hunter2" not in text


def test_a_malformed_arn_is_refused_with_what_is_wrong(aws: AwsServer) -> None:
    arn = "arn:aws:lambda:eu-west-1:1234:layer:Tiny-python312-x86_64:4"
    for path in (NAME, "/layers/tiny/x86_64/python3.12/3.4.1"):
        aws.put_parameter("eu-west-1", path, arn)

    for template in (TEMPLATE, "/layers/"):
        assert problem_of(template).startswith(
            f'SSM parameter {NAME} in eu-west-1 is not a 12-digit account: "1234" in "{arn}"\n'
        )


@pytest.mark.parametrize(
    "arn",
    [
        f"arn:aws:lambda:us-east-1:{ACCOUNT}:layer:Tiny-python312-x86_64:4",
        "arn:aws:lambda:eu-west-1:999999999999:layer:Tiny-python312-x86_64:4",
    ],
)
def test_the_arn_of_another_region_or_account_is_refused(aws: AwsServer, arn: str) -> None:
    aws.put_parameter("eu-west-1", NAME, arn)

    for template in (TEMPLATE, "/layers/"):
        assert problem_of(template) == (
            f"SSM parameter {NAME} in eu-west-1 is of another layer: {arn}\n{HINT}\n"
            "SSM doesn't tell all numbers of 3.4.0"
        )


def test_one_name_for_several_layers_may_hold_any_of_them_and_no_other(aws: AwsServer) -> None:
    here = [layer for layer in ALL if layer.arn.region == "eu-west-1"]
    aws.put_parameter("eu-west-1", "/tiny", str(here[2].arn))

    assert find_parameters(open_session(), "/tiny", here, "3.4.0").arns == (here[2].arn,)
    assert "is of another layer" in problem_of("/tiny", here[:2])


def test_regions_are_told_as_for_any_call(aws: AwsServer) -> None:
    put(aws, ONE)
    aws.faults.deny = {"us-east-1": "AccessDeniedException"}
    aws.faults.throttle_first = 1

    assert problem_of(TEMPLATE, ALL).startswith(
        "ssm:GetParameters: denied (AccessDeniedException) in us-east-1\n"
        "    allow ssm:GetParameters there, or do without: --excuse-region us-east-1\n"
    )
    found = find_parameters(open_session(), TEMPLATE, ALL, "3.4.0", excused=["us-east-1"])
    assert found.arns == (ONE[0].arn,)
    assert found.notices == (
        "excused: ssm:GetParameters: denied (AccessDeniedException) in us-east-1",
    )


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("/tiny/{python}", 'unknown placeholder {python} in "/tiny/{python}"'),
        ("/tiny/{}", 'unknown placeholder {} in "/tiny/{}"'),
        ("/tiny/{runtime}/", '"/tiny/{runtime}/" is a path and can\'t depend on {runtime}'),
        ("tiny/", 'the path "tiny/" has no / at the front'),
        ("/tiny:3", '"/tiny:3" is no name of an SSM parameter'),
        ("/ti ny", '"/ti ny" is no name of an SSM parameter'),
        ("", '"" is no name of an SSM parameter'),
    ],
)
def test_a_template_that_can_not_be_used_is_told_before_anybody_is_asked(
    aws: AwsServer, template: str, message: str
) -> None:
    assert message in problem_of(template)
    assert aws.calls == []


def test_a_layer_for_all_runtimes_has_no_place_in_a_template_with_runtimes(
    aws: AwsServer,
) -> None:
    bare = [LayerVersion(ONE[0].arn, "x86_64")]

    assert problem_of(TEMPLATE, bare) == (
        f'"{TEMPLATE}" has {{runtime}}, and Tiny-python312-x86_64 is for all of them\n'
        "    leave {runtime} out, or choose with --layer"
    )
    put(aws, ONE)
    assert find_parameters(open_session(), "/layers/", bare, "3.4.0").arns == (ONE[0].arn,)
