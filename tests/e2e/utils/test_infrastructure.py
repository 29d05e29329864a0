"""Whatever happens, nothing that was deployed is left; and features don't meet."""

import importlib
import inspect
import json
import sys
import threading
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest

from tests.e2e.publish.infrastructure import PublishStack
from tests.e2e.utils.canned import BUCKET, Canned, canned
from tests.e2e.utils.deployer import ON_AWS, CdkCli
from tests.e2e.utils.infrastructure import BaseInfrastructure
from tests.e2e.utils.places import PYTHON

pytestmark = pytest.mark.skipif(ON_AWS, reason="what is tried out here is for moto alone")
FEATURES = ("hotfix", "layers", "publish")
NO_CODE = {
    "Type": "AWS::Lambda::Function",
    "Properties": {
        "Code": {"S3Bucket": "nobody-has-this", "S3Key": "none"},
        "Role": "arn:aws:iam::123456789012:role/none",
        "Handler": "basic.lambda_handler",
        "Runtime": "python3.12",
    },
}
BROKEN: Mapping[str, Any] = {"Resources": {**BUCKET["Resources"], "Function": NO_CODE}}


def stacks() -> list[str]:
    """Those that are there, in whatever state."""
    rows = boto3.client("cloudformation").describe_stacks()["Stacks"]
    return sorted(row["StackName"] for row in rows)


def buckets() -> list[str]:
    return [row["Name"] for row in boto3.client("s3").list_buckets()["Buckets"]]


def fixture_of(feature: str, stack: BaseInfrastructure) -> Generator[dict[str, str]]:
    """What the conftest of a feature does, with another stack than its own."""
    conftest = importlib.import_module(f"tests.e2e.{feature}.conftest")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conftest, f"{feature.capitalize()}Stack", lambda: stack)
        yield from inspect.unwrap(conftest.infrastructure)()


@pytest.mark.parametrize("feature", FEATURES)
def test_a_failing_test_leaves_nothing(feature: str, tmp_path: Path) -> None:
    running = fixture_of(feature, canned(tmp_path, "one"))
    name = next(running)["BucketName"]
    client = boto3.client("s3")
    status = {"Status": "Enabled"}
    client.put_bucket_versioning(Bucket=name, VersioningConfiguration=status)
    for _ in range(2):
        client.put_object(Bucket=name, Key="index.html", Body=b"page")
    client.delete_object(Bucket=name, Key="index.html")
    assert (stacks(), name in buckets()) == (["one"], True)

    with pytest.raises(AssertionError):
        running.throw(AssertionError("a test failed"))

    assert (stacks(), name in buckets()) == ([], False)


@pytest.mark.parametrize("feature", FEATURES)
def test_a_failing_deployment_leaves_nothing(feature: str, tmp_path: Path) -> None:
    before = buckets()
    stack = canned(tmp_path, "one", BROKEN)
    with pytest.raises(Exception, match="NoSuchBucket"):
        next(fixture_of(feature, stack))
    assert (stacks(), buckets()) == ([], before)
    assert (stack.output / "manifest.json").exists()


def test_an_app_that_fails_leaves_the_feature_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = fixture_of("publish", canned(tmp_path, "one"))
    with monkeypatch.context() as patch:
        patch.setattr("tests.e2e.utils.canned.Canned.synthesize", _fail)
        with pytest.raises(RuntimeError, match="no such construct"):
            next(running)
    again = canned(tmp_path, "one")
    assert again.deploy()
    again.delete()
    assert stacks() == []


def _fail(*_: object) -> None:
    raise RuntimeError("no such construct")


def test_what_an_earlier_run_left_is_not_taken_for_this_one(tmp_path: Path) -> None:
    first = canned(tmp_path, "one")
    first.deploy()
    first.delete()
    broken = canned(tmp_path, "one", BROKEN)
    with pytest.raises(Exception, match="NoSuchBucket"):
        broken.deploy()
    broken.delete()
    assert not (broken.output / "stack_outputs.json").exists()


def test_features_that_are_deployed_at_once_are_independent(tmp_path: Path) -> None:
    one, two = canned(tmp_path, "one"), canned(tmp_path, "two")
    found: dict[str, dict[str, str]] = {}
    threads = [
        threading.Thread(target=lambda stack=stack: found.update({stack.feature: stack.deploy()}))
        for stack in (one, two)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stacks() == ["one", "two"]
    assert found["one"]["BucketName"] != found["two"]["BucketName"]
    for name in ("one", "two"):
        document = json.loads((tmp_path / name / "stack_outputs.json").read_text())
        assert document == {name: found[name]}
    one.delete()
    assert stacks() == ["two"]
    assert found["two"]["BucketName"] in buckets()
    two.delete()
    assert stacks() == []


def test_a_second_run_of_a_feature_waits_for_the_first(tmp_path: Path) -> None:
    first, second = canned(tmp_path, "one"), canned(tmp_path, "one")
    told = [first.deploy()]
    thread = threading.Thread(target=lambda: told.append(second.deploy()))
    thread.start()
    thread.join(0.3)
    assert len(told) == 1
    first.delete()
    thread.join(120)
    assert len(told) == 2
    second.delete()
    assert stacks() == []


def test_the_app_is_that_of_the_feature_and_of_this_python(tmp_path: Path) -> None:
    stack = PublishStack(cdk_out=tmp_path, deployer=Canned("one", BUCKET))
    stack.deploy()
    stack.delete()
    path = tmp_path / "publish" / "cdk_app_V{}{}.py".format(*sys.version_info)
    assert path.read_text() == (
        "from tests.e2e.publish.infrastructure import PublishStack\n\n"
        "stack = PublishStack()\nstack.create_resources()\nstack.app.synth()\n"
    )


@pytest.mark.parametrize("name", ["bucket_name", "bucketName", "Bucket-Name", "", "Bucket_Name"])
def test_an_output_must_be_in_pascal_case(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="PascalCase"):
        canned(tmp_path, "one").add_cfn_output(name, "value")


def test_what_is_meant_for_moto_never_goes_to_aws(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = canned(tmp_path, "one")
    with monkeypatch.context() as patch:
        patch.delenv("AWS_ENDPOINT_URL")
        with pytest.raises(RuntimeError, match="AWS_ENDPOINT_URL"):
            stack.deploy()
    stack.delete()


CDK = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$1" in
  synth) cp -r "$MADE"/. "$6" ;;
  deploy) echo '{"one": {"BucketName": "b"}}' > "$5" ;;
  destroy) exit 3 ;;
esac
"""


def test_on_aws_the_cdk_cli_works_in_the_folder_of_the_feature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    made.mkdir()
    Canned("one", BUCKET).synthesize(made, made)
    cdk = tmp_path / "bin" / "cdk"
    cdk.parent.mkdir()
    cdk.write_text(CDK)
    cdk.chmod(0o755)
    monkeypatch.setattr("tests.e2e.utils.deployer.LOCAL_CLI", cdk.parent)
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.setenv("MADE", str(made))
    stack = PublishStack(cdk_out=tmp_path / "cdk.out", deployer=CdkCli())

    assert stack.deploy() == {"BucketName": "b"}
    with pytest.raises(RuntimeError, match="destroy"):
        stack.delete()

    folder = tmp_path / "cdk.out" / "publish"
    app = f"{sys.executable} {folder}/cdk_app_{PYTHON}.py"
    outputs = f"--outputs-file {folder}/stack_outputs.json --require-approval never"
    assert (tmp_path / "calls").read_text().splitlines() == [
        f"synth --quiet --app {app} --output {folder} --ci --no-notices",
        f"deploy --app {folder} {outputs} --ci --no-notices",
        f"destroy --app {folder} --force --ci --no-notices",
    ]
