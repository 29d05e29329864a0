"""`docs_tools layers check --verify`, as a user runs it."""

from pathlib import Path

import pytest

from docs_tools.model.arn import partition_of
from tests.aws.server import SECRETS, AwsServer
from tests.aws.weather import SIGNED
from tests.layers.aws import ACCOUNT
from tests.project import Result, TinyProject

NAMES = ("Tiny-python312-x86_64", "Tiny-python312-arm64")
HERE = ("eu-west-1", "us-east-1")
HIDDEN = [*SECRETS.values(), "SECRETUSER", "SIGNEDTOKEN", "X-Amz-", SIGNED]
LAYERS = f"""\
layers:
  - id: tiny
    name: Tiny-{{runtime}}-{{architecture}}
    account: "{ACCOUNT}"
    architectures: [x86_64, arm64]
    runtimes: {{python3.12: python312}}
    regions: [eu-west-1, us-east-1, us-gov-west-1]
releases:
  - version: "3.4.0"
    layer: tiny
    number: 2
    exceptions: [{{regions: [us-gov-west-1], number: 1}}]
  - {{version: "3.3.0", layer: tiny, number: 1}}
"""
NOT_ASKED = "2 layer versions in aws-us-gov were not asked for: the credentials are of aws"
FINE = "nothing is wrong: 1 ARN of 3.4.0 in 1 file; AWS has 4 layer versions as told"


def arn(region: str, name: str = NAMES[0], number: int = 2) -> str:
    return f"arn:{partition_of(region)}:lambda:{region}:{ACCOUNT}:layer:{name}:{number}"


@pytest.fixture
def project(tmp_path: Path) -> TinyProject:
    """A project whose page is right."""
    project = TinyProject(tmp_path / "project")
    project.write("mkdocs.yml", "site_name: Tiny\nplugins: [docs_tools/layers: {data: layers.yml}]")
    project.write("layers.yml", LAYERS)
    project.write("docs/index.md", f"# Tiny\n\n`{arn('eu-west-1')}`\n")
    return project


@pytest.fixture
def published(aws: AwsServer) -> AwsServer:
    """AWS as the data says."""
    for region in HERE:
        for name in NAMES:
            aws.publish(region, name, "Tiny 3.3.0", "Tiny 3.4.0 for Python 3.12")
    return aws


def verify(project: TinyProject, *options: str) -> Result:
    return project.docs_tools("layers", "check", "--verify", *options)


def problems(result: Result) -> list[str]:
    """The first line of each, without the summary and how far it was."""
    assert result.status == 1
    assert "Traceback" not in result.err
    lines = [line for line in result.err.splitlines() if not line.startswith(" ")]
    return [line for line in lines if not line.startswith(("layer versions asked", "error: "))]


def test_each_layer_version_is_asked_for_once_and_all_is_right(
    project: TinyProject, published: AwsServer
) -> None:
    result = verify(project)

    assert result.status == 0
    assert result.out.splitlines() == [f"  note: {NOT_ASKED}", FINE]
    assert result.err.splitlines() == [f"layer versions asked for: {n} of 4" for n in range(5)]
    assert published.actions == {"lambda:GetLayerVersion"}
    assert len(published.calls) == 4
    quiet = verify(project, "-q")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")


def test_an_older_release_is_asked_for_too(project: TinyProject, published: AwsServer) -> None:
    result = verify(project, "--version", "3.3.0", "--region", "us-east-1", "docs/none*")

    assert problems(result) == ["no file matches docs/none*"]
    assert [call.resource.split(":")[3] for call in published.calls] == ["us-east-1"] * 2
    assert {call.resource.rpartition("/")[2] for call in published.calls} == {"1"}


def test_what_aws_lacks_or_calls_otherwise_is_told_beside_what_the_files_have(
    project: TinyProject, aws: AwsServer
) -> None:
    for region, name in ((region, name) for region in HERE for name in NAMES):
        if (region, name) == ("us-east-1", NAMES[0]):
            aws.publish(region, name, "Tiny 3.3.0")
        elif (region, name) == ("us-east-1", NAMES[1]):
            aws.publish(region, name, "Tiny 3.3.0", "Tiny 3.3.1")
        else:
            aws.publish(region, name, "Tiny 3.3.0", "Tiny 3.4.0")
    project.write("docs/index.md", f"# Tiny\n\n`{arn('eu-west-1', number=1)}`\n")

    result = verify(project)

    told = [
        f"docs/index.md:3:2: {NAMES[0]} has number 1 here and 2 in release 3.4.0",
        f"{arn('us-east-1')} isn't there",
        f'{arn("us-east-1", NAMES[1])} is 3.3.1 by its description, not 3.4.0: "Tiny 3.3.1"',
    ]
    assert result.status == 1
    assert problems(result) == told
    assert result.err.splitlines()[-1] == "error: 3 problems in the ARNs"
    document = verify(project, "--json")
    assert document.status == 1
    assert [problem["message"] for problem in document.json["problems"][1:]] == told[1:]
    assert document.json["notices"] == [NOT_ASKED]


def test_a_region_that_is_denied_is_wrong_unless_it_is_excused(
    project: TinyProject, published: AwsServer
) -> None:
    published.faults.deny = {"us-east-1": "AccessDeniedException"}

    assert problems(verify(project)) == [
        "lambda:GetLayerVersion: every layer version is denied (AccessDeniedException) in us-east-1"
    ]

    excused = verify(project, "--excuse-region", "us-east-1")
    assert excused.status == 0
    assert excused.out.splitlines() == [
        f"  note: {NOT_ASKED}",
        "  note: excused: lambda:GetLayerVersion: denied (AccessDeniedException) in us-east-1",
        FINE.replace("4 layer versions", "2 layer versions"),
    ]


def test_only_a_region_that_is_asked_for_is_asked(
    project: TinyProject, published: AwsServer
) -> None:
    published.faults.deny = {"us-east-1": "AccessDeniedException"}

    result = verify(project, "--region", "eu-west-1")

    assert result.status == 0, result.err
    assert {call.region for call in published.calls} == {"eu-west-1"}
    assert result.out.splitlines() == [FINE.replace("4 layer versions", "2 layer versions")]


def test_credentials_of_govcloud_are_good_for_its_layers(
    project: TinyProject, aws: AwsServer
) -> None:
    for name in NAMES:
        aws.publish("us-gov-west-1", name, "Tiny 3.4.0")
    project.env = {"AWS_DEFAULT_REGION": "us-gov-west-1"}

    result = verify(project)

    assert result.status == 0, result.err
    assert {call.region for call in aws.calls} == {"us-gov-west-1"}
    assert "4 layer versions in aws were not asked for" in result.out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--excuse-region us-est-1", ['no layer is in a region "us-est-1"', "us-east-1?"]),
        ("--region eu-west1", ['no layer is in a region "eu-west1"', "eu-west-1?"]),
        ("--version 9", ['layers.yml has no numbers for "9"', "it has: 3.4.0, 3.3.0"]),
    ],
)
def test_names_that_are_misspelled_are_told_before_aws_is_asked(
    project: TinyProject, aws: AwsServer, options: str, told: list[str]
) -> None:
    result = verify(project, *options.split())

    assert (result.status, result.out) == (1, "")
    assert [part for part in told if part not in result.err] == []
    assert aws.calls == []


def test_what_belongs_to_verify_is_wrong_usage_without_it(project: TinyProject) -> None:
    for option in ("--region", "--excuse-region"):
        result = project.docs_tools("layers", "check", option, "eu-west-1")
        assert (result.status, result.out) == (2, "")
        assert "belong to --verify" in result.err


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        (dict.fromkeys(SECRETS, ""), "error: there are no AWS credentials"),
        ({"AWS_PROFILE": "layres"}, 'error: there is no AWS profile "layres"'),
        (
            {"AWS_DEFAULT_REGION": "cn-north-1"},
            "error: the session is of aws-cn, where no layer is",
        ),
        (
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_MAX_ATTEMPTS": "1"},
            "lambda:GetLayerVersion: not reachable (nobody answers at the endpoint)"
            " in eu-west-1, us-east-1",
        ),
    ],
)  # fmt: skip
def test_a_session_that_can_not_be_used_is_told(
    project: TinyProject, aws: AwsServer, variables: dict[str, str], told: str
) -> None:
    project.env = variables

    result = verify(project)

    assert result.status == 1
    assert told in result.err.splitlines()
    assert "Traceback" not in result.err


def test_nothing_secret_is_said_with_v(project: TinyProject, published: AwsServer) -> None:
    published.faults.deny_resource = {NAMES[1]: "AccessDeniedException"}
    published.faults.throttle_first = 4  # those that are denied come at any time

    result = verify(project, "-v")

    assert result.status == 1
    assert f"{arn('us-east-1', NAMES[1])} is denied" in result.err
    assert published.throttled >= 1
    assert [secret for secret in HIDDEN if secret in result.out + result.err] == []
