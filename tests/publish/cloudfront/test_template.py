"""The template is whole, can be deployed as far as moto knows its resources, and keeps promises."""

import ast
import json
import warnings
from typing import Any

import boto3
import pytest
import yaml

from docs_tools.publish.cloudfront.template import function_code, template_json, template_yaml
from tests.aws.server import AwsServer

PARAMETERS = {
    "BucketName": "docs-of-toolbox",
    "Prefix": "toolbox",
    "KeepDays": "30",
    "GitHubRepository": "example/toolbox",
    "GitHubProviderArn": (
        "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    ),
}


@pytest.fixture(scope="module")
def template() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(template_json())
    return found


@pytest.fixture
def resources(template: dict[str, Any]) -> dict[str, Any]:
    return {name: one.get("Properties") for name, one in template["Resources"].items()}


def references(value: Any) -> set[str]:
    """The names that a part of the template refers to."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    found = {name for item in value.values() for name in references(item)}
    if "Ref" in value:
        found.add(value["Ref"])
    if "Fn::GetAtt" in value:
        found.add(value["Fn::GetAtt"][0])
    if text := value.get("Fn::Sub"):
        found |= {part.split("}")[0].split(".")[0] for part in text.split("${")[1:]}
    return found


def test_every_name_is_there_and_every_parameter_is_used(template: dict[str, Any]) -> None:
    used = references(template)
    known = {*template["Parameters"], *template["Resources"]}
    assert {name for name in used if "::" not in name} <= known
    assert set(template["Parameters"]) <= used
    grouped = template["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    assert [name for group in grouped for name in group["Parameters"]] == [*template["Parameters"]]


def test_every_condition_is_there_and_used(template: dict[str, Any]) -> None:
    text = json.dumps(template)
    for name in template["Conditions"]:
        assert text.count(f'"{name}"') >= 2, name
    parts = [*template["Resources"].values(), *template["Outputs"].values()]
    assert {part["Condition"] for part in parts if "Condition" in part} <= {*template["Conditions"]}


def test_both_forms_are_the_same_and_hold_the_function() -> None:
    loaded = json.loads(template_json())
    code = loaded["Resources"]["FolderIndex"]["Properties"]["FunctionCode"]
    assert code == function_code()
    assert "@index.js@" not in template_yaml()
    yaml.compose(template_yaml())
    assert "# " in template_yaml()  # comments are for who reads it
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
    assert len(template_yaml().encode()) <= 51_200


def test_nothing_is_public_and_all_that_is_replaced_is_kept_for_a_while(
    template: dict[str, Any], resources: dict[str, Any]
) -> None:
    bucket = resources["Bucket"]
    assert template["Resources"]["Bucket"]["DeletionPolicy"] == "Retain"
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    replaced, broken = bucket["LifecycleConfiguration"]["Rules"]
    assert replaced["NoncurrentVersionExpiration"] == {"NoncurrentDays": {"Ref": "KeepDays"}}
    assert "ExpirationInDays" not in replaced
    assert broken["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"] == 7
    reads, tls = resources["BucketPolicy"]["PolicyDocument"]["Statement"]
    assert (reads["Effect"], reads["Action"]) == ("Allow", "s3:GetObject")
    assert reads["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert "${Distribution}" in reads["Condition"]["StringEquals"]["AWS:SourceArn"]["Fn::Sub"]
    assert (tls["Effect"], tls["Action"]) == ("Deny", "s3:*")


def test_the_distribution_keeps_what_the_objects_say(resources: dict[str, Any]) -> None:
    config = resources["Distribution"]["DistributionConfig"]
    assert config["HttpVersion"] == "http2and3"
    behavior = config["DefaultCacheBehavior"]
    assert behavior["Compress"] is True
    assert behavior["CachePolicyId"] == {"Ref": "CachePolicy"}
    policy = resources["CachePolicy"]["CachePolicyConfig"]
    assert (policy["MinTTL"], policy["MaxTTL"]) == (0, 31_536_000)
    assert policy["DefaultTTL"] <= 60
    for error in config["CustomErrorResponses"]:
        assert error["ResponseCode"] == 404
        assert error["ErrorCachingMinTTL"] == 10  # what `smallest_paths` relies on
    assert {error["ErrorCode"] for error in config["CustomErrorResponses"]} == {403, 404}


def test_only_one_exact_subject_may_take_the_role(resources: dict[str, Any]) -> None:
    (trust,) = resources["PublishRole"]["AssumeRolePolicyDocument"]["Statement"]
    claims = {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": {
            "Fn::Sub": "repo:${GitHubRepository}:${GitHubSubject}"
        },
    }
    assert trust["Condition"] == {"StringEquals": claims}


def test_the_role_may_only_what_publishing_needs(resources: dict[str, Any]) -> None:
    (policy,) = resources["PublishRole"]["Policies"]
    actions = {}
    for statement in policy["PolicyDocument"]["Statement"]:
        assert statement["Effect"] == "Allow"
        assert statement["Resource"] != "*"
        actions[statement["Sid"]] = statement["Action"]
    assert not any("*" in action for found in actions.values() for action in found)
    assert set(actions) == {"Objects", "Bucket", "Caches"}


def test_it_is_deployed_as_far_as_moto_knows_its_resources(
    aws: AwsServer, template: dict[str, Any]
) -> None:
    """moto's CloudFormation knows the bucket and the role. A distribution it leaves out."""
    outputs = {
        k: v for k, v in template["Outputs"].items() if k not in ("Distribution", "DomainName")
    }
    assert len(outputs) == len(template["Outputs"]) - 2
    client = boto3.client("cloudformation")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Tried to parse", category=UserWarning)
        client.create_stack(
            StackName="docs",
            TemplateBody=json.dumps({**template, "Outputs": outputs}),
            Parameters=[
                {"ParameterKey": key, "ParameterValue": value} for key, value in PARAMETERS.items()
            ],
            Capabilities=["CAPABILITY_IAM"],
        )
    (stack,) = client.describe_stacks(StackName="docs")["Stacks"]
    assert stack["StackStatus"] == "CREATE_COMPLETE"
    found = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    assert found["Bucket"] == PARAMETERS["BucketName"]
    assert found["Prefix"] == PARAMETERS["Prefix"]
    boto3.client("s3").head_bucket(Bucket=found["Bucket"])
    check_role(found["RoleArn"].rpartition("/")[2])


def check_role(name: str) -> None:
    iam = boto3.client("iam")
    trust = iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
    (statement,) = trust["Statement"]
    claims = statement["Condition"]["StringEquals"]
    assert claims["token.actions.githubusercontent.com:sub"] == (
        "repo:example/toolbox:environment:docs"
    )
    assert statement["Principal"]["Federated"] == PARAMETERS["GitHubProviderArn"]
    policy = iam.get_role_policy(RoleName=name, PolicyName="publish")["PolicyDocument"]
    policy = ast.literal_eval(policy) if isinstance(policy, str) else policy
    assert policy["Statement"][0]["Resource"] == "arn:aws:s3:::docs-of-toolbox/toolbox/*"
    assert policy["Statement"][1]["Resource"] == "arn:aws:s3:::docs-of-toolbox"
