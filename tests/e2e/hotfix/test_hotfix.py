"""A page that is published gets the number of a layer that was deployed since."""

from pathlib import Path

import pytest

from docs_tools.model.arn import LayerArn
from tests.e2e.utils.data_builder import (
    OLDER,
    RELEASE,
    build_layer_data,
    build_prefix,
    build_project,
)
from tests.e2e.utils.data_fetcher import (
    count_object_versions,
    get_lambda_code,
    get_lambda_response,
    get_object,
)
from tests.e2e.utils.deployer import ON_AWS
from tests.e2e.utils.places import CDK_OUT
from tests.project import TinyProject

OUTPUTS = CDK_OUT / "hotfix" / "stack_outputs.json"


@pytest.fixture
def older(infrastructure: dict[str, str]) -> str:
    """The ARN of the version before the newest."""
    found = LayerArn.parse(infrastructure["LayerVersionArn"])
    return f"{infrastructure['LayerVersionArn'].rpartition(':')[0]}:{found.number - 1}"


@pytest.fixture
def prefix() -> str:
    return build_prefix()


@pytest.fixture
def project(infrastructure: dict[str, str], older: str, prefix: str, tmp_path: Path) -> TinyProject:
    """Its docs are published with the number of the layer that was there then."""
    data = build_layer_data(older, infrastructure["LayerName"], architectures={"x86_64": ""})
    s3 = {"bucket": infrastructure["BucketName"], "prefix": prefix}
    project = build_project(tmp_path / "project", layers=data, page=f"`{older}`", s3=s3)
    numbers = project.folder / "numbers.txt"
    numbers.write_text(f"{older}\n")
    args = ("--version", RELEASE, "--layers", str(numbers))
    published = project.docs_tools("publish", *args)
    assert published.status == 0, published.err
    return project


def hotfix(project: TinyProject) -> str:
    result = project.docs_tools("hotfix", "--version", RELEASE, "--layers", str(OUTPUTS))
    assert result.status == 0, result.err
    return result.out


def test_the_page_in_the_bucket_has_the_new_arn(
    infrastructure: dict[str, str], project: TinyProject, prefix: str, older: str
) -> None:
    bucket, page = infrastructure["BucketName"], f"{prefix}/{RELEASE}/index.html"
    assert older in get_object(bucket, page)

    assert infrastructure["LayerVersionArn"] in hotfix(project)

    text = get_object(bucket, page)
    assert infrastructure["LayerVersionArn"] in text
    assert older not in text


def test_a_second_hotfix_sends_nothing(
    infrastructure: dict[str, str], project: TinyProject, prefix: str
) -> None:
    hotfix(project)
    sent = count_object_versions(infrastructure["BucketName"], prefix)
    assert "nothing changed" in hotfix(project)
    assert count_object_versions(infrastructure["BucketName"], prefix) == sent


def test_a_version_that_was_never_published_is_refused(project: TinyProject) -> None:
    result = project.docs_tools("hotfix", "--version", OLDER, "--layers", str(OUTPUTS))
    assert result.status == 1
    assert OLDER in result.err


@pytest.mark.skipif(not ON_AWS, reason="handlers are invoked on AWS alone")
def test_a_function_finds_the_new_arn(
    infrastructure: dict[str, str], project: TinyProject, prefix: str
) -> None:
    hotfix(project)
    arn = infrastructure["LayerVersionArn"]
    event = {"key": f"{prefix}/{RELEASE}/index.html", "arn": arn}
    assert get_lambda_response(infrastructure["ArnHandlerArn"], event) == {"found": True}


def test_the_handler_is_deployed_as_it_is_here(infrastructure: dict[str, str]) -> None:
    handler = Path(__file__).parent / "handlers" / "arn_handler.py"
    code = get_lambda_code(infrastructure["ArnHandler"])
    assert code == {"arn_handler.py": handler.read_text("utf-8")}
