"""Looks for an ARN in a published page."""

import os

import boto3


def lambda_handler(event: dict[str, str], context: object) -> dict[str, bool]:
    """Answers whether the page at the key has the ARN, both as the event names them."""
    page = boto3.client("s3").get_object(Bucket=os.environ["BUCKET"], Key=event["key"])
    return {"found": event["arn"] in page["Body"].read().decode()}
