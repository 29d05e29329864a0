"""The bucket and the distribution are what publishing needs."""

import json
import re
from pathlib import Path

import boto3
import pytest

from tests.demo import ROOT
from tests.e2e.utils.assembly import read_assembly
from tests.e2e.utils.data_fetcher import get_lambda_code
from tests.e2e.utils.deployer import CdkCli, cdk_command
from tests.e2e.utils.places import CDK_OUT, PYTHON

CHAPTER = (ROOT / "docs/maintainers/e2e-framework.md").read_text("utf-8")


def test_the_bucket_is_private_and_versioned(infrastructure: dict[str, str]) -> None:
    bucket, client = infrastructure["BucketName"], boto3.client("s3")
    assert client.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    block = client.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert len(block) == 4
    assert all(block.values())


def test_only_the_distribution_reads_the_bucket(infrastructure: dict[str, str]) -> None:
    bucket = infrastructure["BucketName"]
    policy = json.loads(boto3.client("s3").get_bucket_policy(Bucket=bucket)["Policy"])
    (statement,) = [row for row in policy["Statement"] if row["Effect"] == "Allow"]
    assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    (source,) = statement["Condition"]["StringEquals"].values()
    assert source.endswith(f":distribution/{infrastructure['DistributionId']}")

    found = boto3.client("cloudfront").get_distribution(Id=infrastructure["DistributionId"])
    assert found["Distribution"]["DomainName"] == infrastructure["DistributionDomainName"]
    (origin,) = found["Distribution"]["DistributionConfig"]["Origins"]["Items"]
    assert origin["DomainName"].startswith(f"{bucket}.s3.")


def test_the_outputs_stand_beside_the_app(infrastructure: dict[str, str]) -> None:
    folder = CDK_OUT / "publish"
    document = json.loads((folder / "stack_outputs.json").read_text("utf-8"))
    assert document == {read_assembly(folder).stack_name: infrastructure}
    told = re.search(r'\["stack_outputs.json"\] \{(.*?)\}', CHAPTER, re.DOTALL)
    assert told
    assert set(told[1].split()) <= set(infrastructure)


def test_the_folder_holds_what_the_chapter_shows(infrastructure: dict[str, str]) -> None:
    told = re.search(r'\["publish"\] \{(.*?)\}', CHAPTER, re.DOTALL)
    assert told
    made = {re.sub("^asset[.].*", "asset.HASH/", path.name) for path in CDK_OUT.glob("publish/*")}
    assert {name.replace("V311", PYTHON) for name in told[1].split()} <= made


def test_the_handler_is_deployed_as_it_is_here(infrastructure: dict[str, str]) -> None:
    handler = Path(__file__).parent / "handlers" / "page_handler.py"
    code = get_lambda_code(infrastructure["PageHandler"])
    assert code == {"page_handler.py": handler.read_text("utf-8")}


def test_the_cdk_cli_finds_the_stack_in_the_folder(infrastructure: dict[str, str]) -> None:
    if cdk_command() is None:
        pytest.skip("no CDK CLI was found: `make e2e` installs it with npm")
    folder = CDK_OUT / "publish"
    assert CdkCli().list_stacks(folder) == [read_assembly(folder).stack_name]
