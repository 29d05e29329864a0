"""Objects of a bucket."""

from typing import Any

import boto3


def get_object(bucket: str, key: str) -> str:
    """The text of an object."""
    return str(boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode())


def get_objects(bucket: str, prefix: str = "") -> dict[str, str]:
    """Key and ETag of each object below a prefix."""
    pages = boto3.client("s3").get_paginator("list_objects_v2").paginate
    found: list[dict[str, Any]] = [
        row for page in pages(Bucket=bucket, Prefix=prefix) for row in page.get("Contents", [])
    ]
    return {row["Key"]: row["ETag"] for row in found}


def count_object_versions(bucket: str, prefix: str = "") -> int:
    """How many objects were ever put below a prefix."""
    pages = boto3.client("s3").get_paginator("list_object_versions").paginate
    return sum(len(page.get("Versions", [])) for page in pages(Bucket=bucket, Prefix=prefix))
