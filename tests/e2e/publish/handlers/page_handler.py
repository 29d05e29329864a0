"""Reads a page of the site from the bucket."""

import os
from typing import Any

import boto3


def lambda_handler(event: dict[str, str], context: object) -> dict[str, Any]:
    """Answers with the page at the key that the event names."""
    page = boto3.client("s3").get_object(Bucket=os.environ["BUCKET"], Key=event["key"])
    return {"content_type": page["ContentType"], "body": page["Body"].read().decode()}
