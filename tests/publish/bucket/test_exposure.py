"""A bucket that everybody can get into is told of, and left as it is."""

import json
from typing import Any

import boto3
import pytest

from docs_tools.publish.bucket.exposure import find_exposure
from docs_tools.publish.bucket.settings import BucketSettings
from tests.aws.s3 import DENIED, Refuse, at
from tests.aws.server import AwsServer

NAME = "docs-bucket"
SETTINGS = BucketSettings(name="s3", bucket=NAME)
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{NAME}/*"}
ANYBODY = {**READ, "Principal": "*"}
CLOUDFRONT = {
    **READ,
    "Principal": {"Service": "cloudfront.amazonaws.com"},
    "Condition": {"StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::1:distribution/E1"}},
}
ASKED = {"s3:GetBucketPolicyStatus", "s3:GetBucketAcl"}
BLOCK = "s3:GetBucketPublicAccessBlock"
MEND = "; block public access and let in CloudFront only, or say that it is meant: public: true"
BY_POLICY = f"the bucket {NAME} is public: its policy lets everybody in{MEND}"
BY_LIST = f"the bucket {NAME} is public: its access list lets everybody in{MEND}"


@pytest.fixture
def client(aws: AwsServer) -> Any:
    aws.bucket(NAME)
    client = boto3.client("s3")
    client.delete_public_access_block(Bucket=NAME)
    aws.reset_calls()
    return client


def let_in(client: Any, aws: AwsServer, *statements: dict[str, Any], acl: str = "private") -> None:
    if statements:
        policy = {"Version": "2012-10-17", "Statement": statements}
        client.put_bucket_policy(Bucket=NAME, Policy=json.dumps(policy))
    client.put_bucket_acl(Bucket=NAME, ACL=acl)
    aws.reset_calls()


def test_a_bucket_without_a_policy_and_without_a_block_is_private(
    client: Any, aws: AwsServer
) -> None:
    assert find_exposure(client, SETTINGS) is None
    assert aws.actions == ASKED


def test_a_bucket_that_lets_in_one_distribution_is_private(client: Any, aws: AwsServer) -> None:
    let_in(client, aws, CLOUDFRONT)
    assert find_exposure(client, SETTINGS) is None
    assert aws.actions == ASKED


def test_a_policy_for_everybody_is_told(client: Any, aws: AwsServer) -> None:
    let_in(client, aws, CLOUDFRONT, ANYBODY)
    assert find_exposure(client, SETTINGS) == BY_POLICY
    assert aws.actions == {*ASKED, BLOCK}


@pytest.mark.parametrize(
    ("acl", "who"),
    [
        ("public-read", "everybody"),
        ("public-read-write", "everybody"),
        ("authenticated-read", "everybody with an AWS account"),
    ],
)
def test_an_access_list_for_everybody_is_told(
    client: Any, aws: AwsServer, acl: str, who: str
) -> None:
    let_in(client, aws, acl=acl)
    notice = f"the bucket {NAME} is public: its access list lets {who} in{MEND}"
    assert find_exposure(client, SETTINGS) == notice


def test_both_are_told_in_one_line(client: Any, aws: AwsServer) -> None:
    let_in(client, aws, ANYBODY, acl="public-read")
    notice = find_exposure(client, SETTINGS)
    assert notice
    assert "its policy lets everybody in, and its access list lets everybody in;" in notice


@pytest.mark.parametrize(
    ("block", "notice"),
    [
        ({"RestrictPublicBuckets": True, "IgnorePublicAcls": True}, None),
        ({"RestrictPublicBuckets": True}, BY_LIST),
        ({"IgnorePublicAcls": True}, BY_POLICY),
        # these keep others from making it public, and leave it so if it is
        ({"BlockPublicPolicy": True, "BlockPublicAcls": True}, "both"),
    ],
)
def test_what_is_blocked_lets_nobody_in(
    client: Any, aws: AwsServer, block: dict[str, bool], notice: str | None
) -> None:
    let_in(client, aws, ANYBODY, acl="public-read")
    everything = dict.fromkeys(
        ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"], False
    )
    configuration = everything | block
    client.put_public_access_block(Bucket=NAME, PublicAccessBlockConfiguration=configuration)
    found = find_exposure(client, SETTINGS)
    assert (
        (found and "policy" in found and "list" in found) if notice == "both" else found == notice
    )


def test_a_bucket_that_is_meant_to_be_public_is_not_asked(client: Any, aws: AwsServer) -> None:
    let_in(client, aws, ANYBODY)
    assert find_exposure(client, BucketSettings(name="s3", bucket=NAME, public=True)) is None
    assert aws.calls == []


@pytest.mark.parametrize(
    "refusal", [DENIED, Refuse(501, "NotImplemented"), Refuse(404, "NoSuchBucket")]
)
def test_what_cannot_be_asked_is_not_said(client: Any, aws: AwsServer, refusal: Refuse) -> None:
    let_in(client, aws, ANYBODY, acl="public-read")
    aws.s3.play(refusal, at("GetBucketPolicyStatus"))
    assert find_exposure(client, SETTINGS) == BY_LIST
    aws.s3.play(refusal, at("GetBucketAcl"))
    assert find_exposure(client, SETTINGS) == BY_POLICY
    aws.s3.play(refusal, at("GetBucketAcl", "GetBucketPolicyStatus"), times=None)
    assert find_exposure(client, SETTINGS) is None


def test_where_the_block_cannot_be_asked_for_the_bucket_is_told(
    client: Any, aws: AwsServer
) -> None:
    let_in(client, aws, ANYBODY)
    aws.s3.play(DENIED, at("GetPublicAccessBlock"))
    assert find_exposure(client, SETTINGS) == BY_POLICY


def test_it_is_never_changed_and_the_owner_is_named_each_time(client: Any, aws: AwsServer) -> None:
    let_in(client, aws, ANYBODY, acl="public-read")
    find_exposure(client, BucketSettings(name="s3", bucket=NAME, owner=aws.account))
    assert {call.operation for call in aws.calls} == {
        "GetBucketAcl", "GetBucketPolicyStatus", "GetPublicAccessBlock"
    }  # fmt: skip
    owners = {request.headers.get("x-amz-expected-bucket-owner") for request in aws.s3.requests}
    assert owners == {aws.account}
