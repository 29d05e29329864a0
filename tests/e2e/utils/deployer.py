"""Where a synthesized app is deployed: with the CDK CLI on AWS, or with CloudFormation on moto."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import boto3
import pytest

from tests.e2e.utils.assembly import Assembly, read_assembly
from tests.e2e.utils.places import ROOT

OUTPUTS = "stack_outputs.json"
ON_AWS = os.environ.get("DOCS_TOOLS_E2E") == "aws"
"""Whether stacks are really deployed; else moto stands in for AWS."""

LOCAL_CLI = ROOT / "tests" / "e2e" / "node_modules" / ".bin"
_ENVIRONMENT = {"PYTHONPATH": str(ROOT), "CDK_DISABLE_CLI_TELEMETRY": "true"}


class Deployer(Protocol):
    """Makes a stack from an app, and takes it away."""

    def synthesize(self, app: Path, output: Path) -> None:
        """Runs an app, whose templates and assets go to a folder."""

    def deploy(self, output: Path) -> None:
        """Deploys what was synthesized; its outputs go to a file beside it."""

    def destroy(self, output: Path) -> None:
        """Deletes the stack, if it is there, with what its buckets hold."""


class CdkCli:
    """The CDK CLI, on AWS. Commands of different folders don't know of each other."""

    def synthesize(self, app: Path, output: Path) -> None:
        self._cdk(
            "synth", "--quiet", "--app", shlex.join([sys.executable, str(app)]), "--output", output
        )

    def deploy(self, output: Path) -> None:
        outputs = ("--outputs-file", output / OUTPUTS)
        self._cdk("deploy", "--app", output, *outputs, "--require-approval", "never")

    def destroy(self, output: Path) -> None:
        _empty_buckets(_buckets_of(read_assembly(output).stack_name))
        self._cdk("destroy", "--app", output, "--force")

    def list_stacks(self, output: Path) -> list[str]:
        """The names of the stacks that the CLI finds in a synthesized app."""
        return self._cdk("ls", "--app", output).split()

    def _cdk(self, *arguments: str | Path) -> str:
        cdk = cdk_command()
        if cdk is None:
            raise FileNotFoundError("the CDK CLI was not found: `make e2e` installs it")
        return _run([cdk, *map(str, arguments), "--ci", "--no-notices"], {})


class CloudFormationOnMoto:
    """CloudFormation over HTTP, as moto answers it: the CLI asks for more than moto has."""

    def synthesize(self, app: Path, output: Path) -> None:
        _need_node()
        _run([sys.executable, str(app)], {"CDK_OUTDIR": str(output)})

    def deploy(self, output: Path) -> None:
        _refuse_aws()
        assembly = read_assembly(output)
        self._upload_assets(assembly)
        client = boto3.client("cloudformation")
        client.create_stack(
            StackName=assembly.stack_name,
            TemplateBody=assembly.template.read_text("utf-8"),
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        )
        client.get_waiter("stack_create_complete").wait(StackName=assembly.stack_name)
        (stack,) = client.describe_stacks(StackName=assembly.stack_name)["Stacks"]
        outputs = {row["OutputKey"]: row["OutputValue"] for row in stack.get("Outputs", [])}
        document = json.dumps({assembly.stack_name: outputs}, indent=2)
        (output / OUTPUTS).write_text(document + "\n", encoding="utf-8")

    def destroy(self, output: Path) -> None:
        _refuse_aws()
        name = read_assembly(output).stack_name
        # asked what a stack has, moto makes once more what failed; it names buckets by the stack
        found = (row["Name"] for row in boto3.client("s3").list_buckets()["Buckets"])
        _empty_buckets(bucket for bucket in found if bucket.startswith(f"{name.lower()}-"))
        client = boto3.client("cloudformation")
        client.delete_stack(StackName=name)
        client.get_waiter("stack_delete_complete").wait(StackName=name)

    def _upload_assets(self, assembly: Assembly) -> None:
        """Does what bootstrapping and the CLI do: a bucket of the name that CDK expects, filled."""
        client = boto3.client("s3")
        account = boto3.client("sts").get_caller_identity()["Account"]
        region = client.meta.region_name
        for asset in assembly.assets(account, region):
            # for its owner, who has it already, this is no error in us-east-1 alone
            if not any(found["Name"] == asset.bucket for found in client.list_buckets()["Buckets"]):
                where = {"LocationConstraint": region}
                client.create_bucket(Bucket=asset.bucket, CreateBucketConfiguration=where)
            client.put_object(Bucket=asset.bucket, Key=asset.key, Body=asset.read())


def cdk_command() -> str | None:
    """The CDK CLI: the one that `make` installs, else the user's."""
    return shutil.which("cdk", path=f"{LOCAL_CLI}{os.pathsep}{os.environ.get('PATH', '')}")


def deployer_of_environment() -> Deployer:
    """The one that DOCS_TOOLS_E2E asks for."""
    return CdkCli() if ON_AWS else CloudFormationOnMoto()


def _run(command: list[str], env: dict[str, str]) -> str:
    """Runs a command at the root of the repository; what it printed is told if it fails."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **_ENVIRONMENT, **env},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _need_node() -> None:
    """Without Node.js CDK can't run: its tests are skipped, but fail in CI."""
    if shutil.which("node") is None:
        if os.environ.get("DOCS_TOOLS_BROWSER") == "required":
            pytest.fail("CI needs Node.js for CDK")
        pytest.skip("no Node.js was found: CDK needs it")


def _empty_buckets(names: Iterable[str]) -> None:
    """Deletes all versions of all objects: CloudFormation deletes a bucket only without them."""
    bucket = boto3.resource("s3").Bucket
    for name in names:
        bucket(name).object_versions.delete()


def _buckets_of(stack: str) -> Iterator[str]:
    """Those that are there, of a stack that may not be."""
    client = boto3.client("cloudformation")
    try:
        rows: list[dict[str, Any]] = client.describe_stack_resources(StackName=stack)[
            "StackResources"
        ]
    except client.exceptions.ClientError as error:
        if "does not exist" in str(error):
            return
        raise
    for row in rows:
        gone = row["ResourceStatus"] == "DELETE_COMPLETE"
        if row["ResourceType"] == "AWS::S3::Bucket" and "PhysicalResourceId" in row and not gone:
            yield row["PhysicalResourceId"]


def _refuse_aws() -> None:
    """Nothing goes to AWS that was meant for moto."""
    host = urlsplit(os.environ.get("AWS_ENDPOINT_URL", "")).hostname
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise RuntimeError("AWS_ENDPOINT_URL must lead to moto's server on this machine")
