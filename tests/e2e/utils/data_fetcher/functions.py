"""Lambda functions: what they are, and what they answer."""

import base64
import hashlib
import io
import json
import zipfile
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import boto3

from tests.e2e.utils.deployer import ON_AWS


def get_lambda_code(name: str) -> dict[str, str]:
    """The modules of a deployed function, by their names.

    Raises:
        AssertionError: What was read isn't what Lambda says that it has.
    """
    function = boto3.client("lambda").get_function(FunctionName=name)
    content = _download(function["Code"]["Location"])
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert digest == function["Configuration"]["CodeSha256"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {path: archive.read(path).decode() for path in archive.namelist()}


def _download(location: str) -> bytes:
    """The zip at a signed address; moto's is of a host that isn't there, the object is."""
    if ON_AWS:
        with urlopen(location) as answer:
            return bytes(answer.read())
    client = boto3.client("s3")
    (bucket,) = [
        found["Name"] for found in client.list_buckets()["Buckets"] if "-assets-" in found["Name"]
    ]
    key = urlsplit(location).path.lstrip("/")
    return bytes(client.get_object(Bucket=bucket, Key=key)["Body"].read())


def get_lambda_response(name: str, event: dict[str, Any]) -> Any:
    """What a function answers; moto has nothing that could run it."""
    answer = boto3.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    payload = answer["Payload"].read().decode()
    assert "FunctionError" not in answer, payload
    return json.loads(payload)
