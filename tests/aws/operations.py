"""Which operation of AWS an HTTP request is, by botocore's models of the services."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote

import botocore.session

Environ = dict[str, Any]

_SCOPE = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")

# IAM's action where it isn't called as the operation:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
_S3_ACTIONS = {
    "CopyObject": "PutObject",
    "DeleteObjects": "DeleteObject",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "HeadObject": "GetObject",
    "ListObjectVersions": "ListBucketVersions",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
}


@dataclass(frozen=True)
class Call:
    """A request that the server got.

    Attributes:
        service: As it signs, such as `lambda`.
        operation: Such as `ListLayerVersions`.
        region: Of the credential scope.
        resource: The path, unquoted, or the body where all is in it.
    """

    service: str
    operation: str
    region: str
    resource: str

    @property
    def action(self) -> str:
        """The action that IAM has to allow."""
        name = _S3_ACTIONS.get(self.operation) if self.service == "s3" else None
        return f"{self.service}:{name or self.operation}"


@cache
def _routes(service: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Method, path and operation; the most exact path first."""
    model = botocore.session.Session().get_service_model(service)
    routes = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        path = re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(http["requestUri"].split("?")[0]))
        routes.append((http["method"], re.compile(path + "/?"), name))
    return sorted(routes, key=lambda route: route[1].pattern.count("[^/]+"))


@cache
def _s3_operations() -> Mapping[tuple[str, int, str], str]:
    """Operations by their method, how much of `/BUCKET/KEY` they name, and their sub-resource."""
    model = botocore.session.Session().get_service_model("s3")
    found = {
        ("PUT", 2, ""): "PutObject",
        ("GET", 2, ""): "GetObject",
        ("DELETE", 2, ""): "DeleteObject",
        ("GET", 0, ""): "ListBuckets",
    }
    for name in model.operation_names:
        http = model.operation_model(name).http
        path, _, query = http["requestUri"].partition("?")
        found.setdefault((http["method"], path.count("{"), query.split("&")[0]), name)
    return found


def _s3_operation(environ: Environ, raw: str) -> str:
    method, query = environ["REQUEST_METHOD"], environ["QUERY_STRING"]
    copies = "HTTP_X_AMZ_COPY_SOURCE" in environ
    depth = len([part for part in raw.lstrip("/").split("/", 1) if part])
    given = parse_qs(query, keep_blank_values=True)
    if "partNumber" in given and method == "PUT":
        return "UploadPartCopy" if copies else "UploadPart"
    if copies:
        return "CopyObject"
    if "list-type" in given:
        return "ListObjectsV2"
    operations = _s3_operations()
    words = [word for word in given if (method, depth, word) in operations]
    return operations[method, depth, words[0] if words else ""]


def call_of(environ: Environ, body: bytes) -> Call | None:
    """The call that a signed request is; `None` where nobody signed it."""
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not scope:
        return None
    service, region = scope["service"], scope["region"]
    path = environ["PATH_INFO"]
    raw = str(environ.get("RAW_URI", path)).split("?")[0]
    if service == "s3":
        return Call(service, _s3_operation(environ, raw), region, unquote(raw))
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return Call(service, target.rpartition(".")[2], region, body.decode())
    if action := re.search(rb"(?:^|&)Action=(\w+)", body):
        return Call(service, action[1].decode(), region, body.decode())
    for method, pattern, operation in _routes(service):
        if method == environ["REQUEST_METHOD"] and pattern.fullmatch(raw):
            return Call(service, operation, region, unquote(path))
    raise LookupError(f"no operation of {service} is {environ['REQUEST_METHOD']} {raw}")
