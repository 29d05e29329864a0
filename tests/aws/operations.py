"""Which operation of AWS an HTTP request is, by botocore's models of the services."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

import botocore.session

Environ = dict[str, Any]

_SCOPE = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")


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
        return f"{self.service}:{self.operation}"


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


def call_of(environ: Environ, body: bytes) -> Call | None:
    """The call that a signed request is; `None` where nobody signed it."""
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not scope:
        return None
    service = scope["service"]
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return Call(service, target.rpartition(".")[2], scope["region"], body.decode())
    if action := re.search(rb"(?:^|&)Action=(\w+)", body):
        return Call(service, action[1].decode(), scope["region"], body.decode())
    path = environ["PATH_INFO"]
    raw = str(environ.get("RAW_URI", path)).split("?")[0]
    for method, pattern, operation in _routes(service):
        if method == environ["REQUEST_METHOD"] and pattern.fullmatch(raw):
            return Call(service, operation, scope["region"], unquote(path))
    raise LookupError(f"no operation of {service} is {environ['REQUEST_METHOD']} {raw}")
