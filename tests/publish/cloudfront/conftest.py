"""What the tests of CloudFront share."""

import boto3
import pytest

from tests.aws.server import AwsServer


@pytest.fixture
def distribution(aws: AwsServer) -> str:
    """The id of a distribution."""
    origin = {
        "Id": "bucket",
        "DomainName": "docs.s3.eu-west-1.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    config = {
        "CallerReference": "1",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "bucket",
            "ViewerProtocolPolicy": "allow-all",
            "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
        },
    }
    client = boto3.client("cloudfront")
    created = client.create_distribution(DistributionConfig=config)["Distribution"]["Id"]
    aws.reset_calls()
    return str(created)
