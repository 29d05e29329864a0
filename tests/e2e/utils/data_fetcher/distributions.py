"""Distributions of CloudFront."""

import boto3


def get_invalidations(distribution: str) -> dict[str, tuple[str, ...]]:
    """The paths of each invalidation there was, by its id."""
    client = boto3.client("cloudfront")
    pages = client.get_paginator("list_invalidations").paginate(DistributionId=distribution)
    found = {}
    for page in pages:
        for row in page["InvalidationList"].get("Items", []):
            answer = client.get_invalidation(DistributionId=distribution, Id=row["Id"])
            paths = answer["Invalidation"]["InvalidationBatch"]["Paths"].get("Items", [])
            found[row["Id"]] = tuple(paths)
    return found
