"""The numbers of layers that were really deployed, found out, inserted and verified."""

from pathlib import Path

import boto3
import pytest

import docs_tools
from tests.demo import ROOT
from tests.e2e.utils.data_builder import RELEASE, build_layer_data, build_project
from tests.e2e.utils.data_fetcher import get_lambda_code, get_lambda_response
from tests.e2e.utils.deployer import ON_AWS
from tests.e2e.utils.places import CDK_OUT
from tests.project import TinyProject

OUTPUTS = CDK_OUT / "layers" / "stack_outputs.json"


@pytest.fixture
def arn(infrastructure: dict[str, str]) -> str:
    return infrastructure["LayerX86Arn"]


@pytest.fixture
def project(infrastructure: dict[str, str], arn: str, tmp_path: Path) -> TinyProject:
    """Its page has a number of the older release."""
    name = f"{infrastructure['LayerName']}-{{architecture}}"
    data = build_layer_data(arn, name, architectures=["x86_64", "arm64"])
    page = f"`{arn.rpartition(':')[0]}:1`"
    return build_project(tmp_path / "project", layers=data, page=page)


@pytest.mark.parametrize("source", [str(OUTPUTS), "aws"], ids=["outputs", "aws"])
def test_the_numbers_are_fetched_inserted_and_verified(
    project: TinyProject, arn: str, source: str
) -> None:
    fetched = project.docs_tools("layers", "fetch", "--version", RELEASE, "--from", source)
    assert fetched.status == 0, fetched.err
    assert f"tiny {RELEASE}: number 2\n" in fetched.out

    stale = project.docs_tools("layers", "check")
    assert stale.status == 1
    assert "has number 1 here and 2 in release" in stale.err
    assert project.docs_tools("layers", "insert").status == 0
    assert f"`{arn}`" in (project.folder / "docs/index.md").read_text("utf-8")

    checked = project.docs_tools("layers", "check", "--verify")
    assert checked.status == 0, checked.err
    assert "AWS has 2 layer versions as told" in checked.out


def test_a_number_that_was_never_deployed_is_found(project: TinyProject, arn: str) -> None:
    numbers = project.folder / "numbers.txt"
    arns = [arn.replace("x86_64", kind).rpartition(":")[0] for kind in ("x86_64", "arm64")]
    numbers.write_text("".join(f"{found}:3\n" for found in arns))
    assert project.docs_tools(
        "layers", "fetch", "--version", RELEASE, "--from", str(numbers)
    ).status == 0  # fmt: skip

    checked = project.docs_tools("layers", "check", "--verify")

    assert checked.status == 1
    assert all(f"{found}:3 " in checked.err for found in arns)


def test_the_layer_holds_this_build(arn: str) -> None:
    layer, _, number = arn.rpartition(":")
    client = boto3.client("lambda")
    answer = client.get_layer_version(LayerName=layer, VersionNumber=int(number))
    assert answer["Description"] == f"docs_tools {RELEASE}"
    assert answer["Content"]["CodeSize"] > 100_000
    built = CDK_OUT / "layer_build" / "python" / "docs_tools" / "__init__.py"
    assert built.read_bytes() == (ROOT / "docs_tools" / "__init__.py").read_bytes()


def test_the_handler_is_deployed_as_it_is_here(infrastructure: dict[str, str]) -> None:
    handler = Path(__file__).parent / "handlers" / "layer_handler.py"
    code = get_lambda_code(infrastructure["LayerHandler"])
    assert code == {"layer_handler.py": handler.read_text("utf-8")}


@pytest.mark.skipif(not ON_AWS, reason="handlers are invoked on AWS alone")
def test_a_function_finds_this_build_in_its_layer(infrastructure: dict[str, str]) -> None:
    answer = get_lambda_response(infrastructure["LayerHandlerArn"], {})
    assert answer["version"] == docs_tools.__version__
    assert answer["path"].startswith("/opt/python/")
