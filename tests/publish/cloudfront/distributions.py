"""Distributions to ask for invalidations."""

import boto3
from moto.cloudfront.models import cloudfront_backends

from tests.aws.server import AwsServer


def make_distribution(aws: AwsServer, reference: str) -> str:
    """The id of a new distribution; making it isn't counted."""
    origin = {
        "Id": "bucket",
        "DomainName": "docs.s3.eu-west-1.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    config = {
        "CallerReference": reference,
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


def rename_distribution(old: str, new: str) -> None:
    """Gives a distribution the id that a guide shows."""
    distributions = cloudfront_backends[AwsServer.account]["aws"].distributions
    distribution = distributions.pop(old)
    distribution.distribution_id = new
    distributions[new] = distribution
