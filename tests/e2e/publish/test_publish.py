"""Versions are published to a bucket behind a distribution, and read back from there."""

import json
import os
import re
from pathlib import Path

import boto3
import pytest

from tests.demo import ROOT
from tests.e2e.utils.assembly import read_assembly
from tests.e2e.utils.data_builder import RELEASE, build_prefix, build_project, build_site
from tests.e2e.utils.data_fetcher import (
    count_object_versions,
    get_invalidations,
    get_lambda_code,
    get_lambda_response,
    get_object,
    get_objects,
)
from tests.e2e.utils.deployer import ON_AWS, CdkCli, cdk_command
from tests.e2e.utils.places import CDK_OUT, PYTHON
from tests.project import TinyProject

CHAPTER = (ROOT / "docs/maintainers/e2e-internals.md").read_text("utf-8")


@pytest.fixture
def project(infrastructure: dict[str, str], tmp_path: Path) -> TinyProject:
    """A project whose target is the bucket, below a prefix of its own, with a built site."""
    s3 = {
        "bucket": infrastructure["BucketName"],
        "prefix": build_prefix(),
        "distribution": infrastructure["DistributionId"],
        "origin_path": False,
    }
    project = build_project(tmp_path / "project", s3=s3)
    build_site(project.folder / "built", "The first wording.")
    return project


@pytest.fixture
def prefix(project: TinyProject) -> str:
    config = json.loads((project.folder / "mkdocs.yml").read_text("utf-8"))
    targets = next(row for row in config["plugins"] if "docs_tools/publish" in row)
    return str(targets["docs_tools/publish"]["targets"]["s3"]["prefix"])


def publish(project: TinyProject, *more: str) -> str:
    """Publishes the built site, which must work; what was printed."""
    args = ("--version", RELEASE, "--site-dir", "built", "--target", "s3")
    result = project.docs_tools("publish", *args, *more)
    assert result.status == 0, result.err
    return result.out


def test_a_version_is_published_and_read_back(
    infrastructure: dict[str, str], project: TinyProject, prefix: str
) -> None:
    bucket = infrastructure["BucketName"]
    publish(project, "latest")

    built = {
        path.relative_to(project.folder / "built").as_posix(): path.read_text("utf-8")
        for path in (project.folder / "built").rglob("*")
        if path.is_file()
    }
    assert len(built) == 4
    found = get_objects(bucket, prefix)
    for name in (RELEASE, "latest"):
        assert {f"{prefix}/{name}/{path}" for path in built} < set(found)
    for path in ("guide/index.html", "style.css"):
        assert get_object(bucket, f"{prefix}/{RELEASE}/{path}") == built[path]
    (version,) = json.loads(get_object(bucket, f"{prefix}/versions.json"))
    assert (version["version"], version["aliases"]) == (RELEASE, ["latest"])
    page = boto3.client("s3").head_object(Bucket=bucket, Key=f"{prefix}/{RELEASE}/index.html")
    assert page["ContentType"] == "text/html; charset=utf-8"
    assert page["CacheControl"]


def test_only_what_changed_is_sent(
    infrastructure: dict[str, str], project: TinyProject, prefix: str
) -> None:
    bucket = infrastructure["BucketName"]
    publish(project)
    sent, before = count_object_versions(bucket, prefix), get_objects(bucket, prefix)
    publish(project)
    assert count_object_versions(bucket, prefix) == sent

    build_site(project.folder / "built", "The second wording.")
    publish(project)

    after = get_objects(bucket, prefix)
    page = f"{prefix}/{RELEASE}/index.html"
    assert "The second wording." in get_object(bucket, page)
    changed = {key for key in after if after[key] != before.get(key)}
    assert page in changed
    assert not any(key.endswith(("/style.css", "/guide/index.html")) for key in changed)


def test_what_is_published_goes_back_to_what_it_was(
    infrastructure: dict[str, str], project: TinyProject, prefix: str
) -> None:
    bucket, page = infrastructure["BucketName"], f"{prefix}/{RELEASE}/index.html"
    publish(project)
    build_site(project.folder / "built", "The second wording.")
    publish(project)
    rolled = project.docs_tools("versions", "rollback", RELEASE, "--target", "s3")
    assert rolled.status == 0, rolled.err
    assert "The first wording." in get_object(bucket, page)


def test_the_distribution_is_told_what_changed(
    infrastructure: dict[str, str], project: TinyProject, prefix: str
) -> None:
    publish(project)
    build_site(project.folder / "built", "The second wording.")
    known = get_invalidations(infrastructure["DistributionId"])
    publish(project)
    new = get_invalidations(infrastructure["DistributionId"]).items() - known.items()
    paths = {path for _, found in new for path in found}
    assert paths
    assert all(path.startswith(f"/{prefix}/") for path in paths)
    assert not any("style.css" in path for path in paths)


@pytest.mark.skipif(not ON_AWS, reason="handlers are invoked on AWS alone")
def test_a_function_reads_the_page(
    infrastructure: dict[str, str], project: TinyProject, prefix: str
) -> None:
    publish(project)
    event = {"key": f"{prefix}/{RELEASE}/index.html"}
    answer = get_lambda_response(infrastructure["PageHandlerArn"], event)
    assert answer["content_type"] == "text/html; charset=utf-8"
    assert "The first wording." in answer["body"]


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
        assert os.environ.get("DOCS_TOOLS_BROWSER") != "required", "CI needs the CDK CLI"
        pytest.skip("no CDK CLI was found: `make e2e` installs it with npm")
    folder = CDK_OUT / "publish"
    assert CdkCli().list_stacks(folder) == [read_assembly(folder).stack_name]
