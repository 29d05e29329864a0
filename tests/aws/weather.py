"""What stands between a client and moto: counts what comes in, and does what AWS may do."""

import io
import json
import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from tests.aws.cloudfront import CloudFront
from tests.aws.operations import Call, Environ, call_of
from tests.aws.s3 import S3

App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

SIGNED = (
    "https://layers.example.com/snapshots/1?X-Amz-Algorithm=AWS4-HMAC-SHA256"
    "&X-Amz-Security-Token=SIGNEDTOKEN&X-Amz-Signature=5161ed"
)
"""Where the content of a layer is to be had, for ten minutes."""

_THROTTLED = {
    "cloudformation": (400, "Throttling"),
    "cloudfront": (400, "Throttling"),
    "lambda": (429, "TooManyRequestsException"),
    "s3": (503, "SlowDown"),
    "ssm": (400, "ThrottlingException"),
    "sts": (400, "Throttling"),
}
_IN_XML = ("cloudformation", "cloudfront", "s3", "sts")


@dataclass
class Faults:
    """What goes wrong.

    Attributes:
        throttle_first: So many requests are throttled, whoever sends them.
        throttle_every: And then every so many-th.
        deny: Regions, and the error code that they answer.
        deny_resource: A part of the resource, and the error code for it.
        drop: Regions whose connections are cut.
        rewrite: Texts of Lambda's answers, and what stands there instead.
        delay: Seconds that each answer takes.
        page: How many layer versions or parameters a page has at most.
    """

    throttle_first: int = 0
    throttle_every: int = 0
    deny: dict[str, str] = field(default_factory=dict)
    deny_resource: dict[str, str] = field(default_factory=dict)
    drop: set[str] = field(default_factory=set)
    rewrite: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    page: int = 50


@dataclass
class Seen:
    """What came in since the weather was fair last.

    Attributes:
        calls: Every call.
        throttled: How many were told to come again.
        in_flight: How many are under way.
        most_in_flight: The most that were under way at a time.
        over: Set when nobody waits for these calls any more.
    """

    calls: list[Call] = field(default_factory=list)
    throttled: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    over: threading.Event = field(default_factory=threading.Event)


class Weather:
    """A WSGI application round another.

    Args:
        app: What answers where nothing goes wrong.

    Attributes:
        s3: The weather at S3, which is its own.
        cloudfront: That at CloudFront.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self.s3, self.cloudfront = S3(app), CloudFront(app)
        self._lock = threading.Condition()
        self.faults = Faults()
        self.seen = Seen()

    def reset(self) -> None:
        """Fair weather, and nothing seen."""
        self.seen.over.set()
        self.faults = Faults()
        self.seen = Seen()
        self.s3.reset()
        self.cloudfront.reset()

    def wait_for_calls(self, count: int) -> None:
        """Comes back when so many calls have come in."""
        with self._lock:
            assert self._lock.wait_for(lambda: len(self.seen.calls) >= count, timeout=60)

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        call = call_of(environ, body)
        if call is None:
            return self._app(environ, start)
        faults, seen = self.faults, self.seen
        with self._lock:
            seen.calls.append(call)
            seen.in_flight += 1
            seen.most_in_flight = max(seen.most_in_flight, seen.in_flight)
            refusal = _refusal(call, faults, seen)
            self._lock.notify_all()
        try:
            seen.over.wait(faults.delay)
            if call.region in faults.drop:
                environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
                raise ConnectionAbortedError
            if refusal:
                return _refuse(*refusal, call, start)
            if call.service == "s3":
                return self.s3.answer(call, environ, body, start)
            if call.service == "cloudfront":
                return self.cloudfront.answer(call, environ, body, start)
            return self._answer(call, environ, start)
        finally:
            with self._lock:
                seen.in_flight -= 1

    def _answer(self, call: Call, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        """What moto answers, as AWS would say it."""
        if call.operation not in ("ListLayerVersions", "GetLayerVersion"):
            return self._app(environ, start)
        status = ""

        def note(given: str, headers: list[tuple[str, str]], *rest: object) -> None:
            nonlocal status
            status = given

        text = b"".join(self._app(environ, note)).decode()
        for before, after in self.faults.rewrite.items():
            text = text.replace(before, after)
        answer = json.loads(text)
        if "LayerVersions" in answer:
            _cut(answer, parse_qs(environ["QUERY_STRING"]), self.faults.page)
        if "Content" in answer:
            answer["Content"]["Location"] = SIGNED
        return _send(status, answer, start, [("x-amzn-ErrorType", answer.get("__type", ""))])


def _refusal(call: Call, faults: Faults, seen: Seen) -> tuple[int, str] | None:
    """Status and code for a call that isn't answered."""
    if code := faults.deny.get(call.region):
        return 403, code
    for part, code in faults.deny_resource.items():
        if part in call.resource:
            return 403, code
    count = len(seen.calls)
    if count <= faults.throttle_first or (
        faults.throttle_every and count % faults.throttle_every == 0
    ):
        seen.throttled += 1
        return _THROTTLED[call.service]
    return None


def _cut(answer: dict[str, Any], query: dict[str, list[str]], most: int) -> None:
    """One page: moto gives all at once, and content that AWS doesn't list."""
    first = int(query.get("Marker", ["0"])[0])
    size = min(int(query.get("MaxItems", ["50"])[0]), most)
    versions = answer["LayerVersions"]
    answer["LayerVersions"] = versions[first : first + size]
    for version in answer["LayerVersions"]:
        version.pop("Content", None)
    if first + size < len(versions):
        answer["NextMarker"] = str(first + size)


def _refuse(status: int, code: str, call: Call, start: Callable[..., Any]) -> Iterable[bytes]:
    # AWS names the caller and the request in such messages
    message = f"User arn:aws:iam::123456789012:user/SECRETUSER: {call.action} on {call.resource}"
    if call.service in _IN_XML:
        xml = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
        start(f"{status} Refused", [("Content-Type", "text/xml")])
        return [(xml if call.service == "s3" else f"<ErrorResponse>{xml}</ErrorResponse>").encode()]
    body = {"__type": code, "message": message, "Message": message}
    return _send(f"{status} Refused", body, start, [("x-amzn-ErrorType", code)])


def _send(
    status: str, body: object, start: Callable[..., Any], headers: list[tuple[str, str]]
) -> Iterable[bytes]:
    content = json.dumps(body).encode()
    length = ("Content-Length", str(len(content)))
    start(status, [("Content-Type", "application/json"), length, *(h for h in headers if h[1])])
    return [content]
