"""S3: each request in order, what may go wrong with it, and what moto leaves out."""

import base64
import hashlib
import socket
import struct
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT
from moto.s3.models import FakeKey, s3_backends

from tests.aws.operations import Call, Environ

App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Answer = tuple[str, list[tuple[str, str]], bytes]

NOTED = (
    "cache-control",
    "content-encoding",
    "content-type",
    "if-match",
    "if-none-match",
    "x-amz-checksum-mode",
    "x-amz-checksum-sha256",
    "x-amz-copy-source",
    "x-amz-expected-bucket-owner",
    "x-amz-metadata-directive",
)
"""The headers that are kept with a request."""

CHANGES = {"CopyObject", "DeleteObject", "DeleteObjects", "PutObject"}
"""Operations that change what a bucket holds."""

# S3 names the caller and what was signed in its answers
_TOLD = "User: arn:aws:iam::123456789012:user/SECRETUSER X-Amz-Security-Token=SIGNEDTOKEN"
_MOST_KEYS, _LONGEST_KEY = 1000, 1024

# an object that is replaced may come back: a test puts a bucket into an earlier state
FakeKey.dispose = lambda self, garbage=False: None  # type: ignore[method-assign]


@dataclass
class S3Request:
    """A request to S3.

    Attributes:
        number: From 1, since the weather was fair last.
        operation: Such as `PutObject`.
        bucket: Its bucket.
        key: Its key; empty where it has none.
        headers: Those of `NOTED` that it has.
        query: What follows the question mark.
        size: Bytes of its body.
        status: Of the answer; 0 where it had none.
    """

    number: int
    operation: str
    bucket: str
    key: str
    headers: dict[str, str]
    query: str
    size: int
    status: int = 0

    def __str__(self) -> str:
        return f"{self.number} {self.operation} {self.key} {self.status}"


@dataclass(frozen=True)
class Refuse:
    """S3 refuses the request, and does nothing."""

    status: int
    code: str


@dataclass(frozen=True)
class Drop:
    """The connection is lost.

    Attributes:
        done: Whether the request was carried out before.
        reset: Whether the client is told so at once (RST).
    """

    done: bool = False
    reset: bool = False


@dataclass(frozen=True)
class Wait:
    """The answer takes a time; the request was carried out before."""

    seconds: float


@dataclass(frozen=True)
class Alter:
    """The first byte of the answer's body is another one."""


@dataclass(frozen=True)
class Hold:
    """The request waits at the door until a test lets it in."""

    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    released: threading.Event = field(default_factory=threading.Event)

    def wait(self, count: int = 1) -> None:
        """Comes back when so many more requests wait."""
        for _ in range(count):
            assert self.arrived.acquire(timeout=60), "nobody came"

    def release(self) -> None:
        """Lets in those that wait, and all that come."""
        self.released.set()


Play = Refuse | Drop | Wait | Alter | Hold

SLOW_DOWN = Refuse(503, "SlowDown")
INTERNAL_ERROR = Refuse(500, "InternalError")
BAD_DIGEST = Refuse(400, "BadDigest")
CONFLICT = Refuse(409, "ConditionalRequestConflict")
DENIED = Refuse(403, "AccessDenied")
EXPIRED = Refuse(400, "ExpiredToken")
LOST = Refuse(412, "PreconditionFailed")
SKEWED = Refuse(403, "RequestTimeTooSkewed")


@dataclass
class _Rule:
    play: Play
    when: Callable[[S3Request], bool]
    times: int | None


def at(*operations: str, key: str = "*", after: int = 0) -> Callable[[S3Request], bool]:
    """Tells requests by their operation (any, where none is named), key and number."""
    return lambda request: (
        (not operations or request.operation in operations)
        and fnmatchcase(request.key, key)
        and request.number > after
    )


class S3:
    """S3 round moto's. Requests are carried out one after the other, as S3's are atomic.

    Attributes:
        requests: All since the weather was fair last, in the order that they were carried out.
        in_flight: How many are under way.
        most_in_flight: The most that were under way at a time.
        delay: Seconds that each answer takes.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._turn = threading.Condition()
        self._rules: list[_Rule] = []
        self._fair = threading.Event()
        self.in_flight = 0
        self.reset()

    def reset(self) -> None:
        """Nothing seen, and nothing goes wrong."""
        self.mend()
        with self._turn:
            self.requests: list[S3Request] = []
            self.most_in_flight = 0

    def mend(self) -> None:
        """Nothing goes wrong any more; who was held is let in."""
        for rule in self._rules:
            if isinstance(rule.play, Hold):
                rule.play.release()
        self._fair.set()  # nobody waits for what takes its time
        self._fair = threading.Event()
        self._rules = []
        self.delay = 0.0

    def play(
        self,
        play: Play,
        when: Callable[[S3Request], bool] = at(),  # noqa: B008  a pure function
        times: int | None = 1,
    ) -> None:
        """Has something go wrong.

        Args:
            play: What.
            when: With which requests.
            times: How often at most; `None` for always.
        """
        self._rules.append(_Rule(play, when, times))

    def cut_before(self, number: int) -> None:
        """From a request on nothing comes through, until it is mended."""
        self.play(Drop(), lambda request: request.number >= number, None)

    def cut_after(self, number: int) -> None:
        """A request is carried out, and its answer lost; then nothing comes through."""
        self.play(Drop(done=True), lambda request: request.number == number)
        self.cut_before(number + 1)

    @contextmanager
    def holding(self, when: Callable[[S3Request], bool], times: int = 1) -> Iterator[Hold]:
        """Holds requests; at the end they are let in."""
        hold = Hold()
        self.play(hold, when, times)
        try:
            yield hold
        finally:
            hold.release()

    def settle(self) -> None:
        """Comes back when nothing is under way."""
        with self._turn:
            assert self._turn.wait_for(lambda: self.in_flight == 0, timeout=60)

    def of(self, *operations: str) -> list[S3Request]:
        """The requests of some operations."""
        return [request for request in self.requests if request.operation in operations]

    @property
    def changes(self) -> list[S3Request]:
        """The requests that change what the bucket holds."""
        return self.of(*CHANGES)

    def answer(
        self, call: Call, environ: Environ, body: bytes, start: Callable[..., Any]
    ) -> Iterable[bytes]:
        """What a client gets."""
        with self._turn:
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            status, headers, content = self._answer(call, environ, body)
        finally:
            with self._turn:
                self.in_flight -= 1
                self._turn.notify_all()
        start(status, headers)
        return [content]

    def _answer(self, call: Call, environ: Environ, body: bytes) -> Answer:
        fair = self._fair
        if self.delay:
            fair.wait(self.delay)
        with self._turn:
            request = _request(call, environ, body, len(self.requests) + 1)
            self.requests.append(request)
            play = self._next(request)
            if not isinstance(play, Hold):
                answer = self._carried_out(request, environ, body, play)
        if isinstance(play, Hold):
            play.arrived.release()
            play.released.wait(60)
            with self._turn:
                answer = self._carried_out(request, environ, body, None)
        if isinstance(play, Wait):
            fair.wait(play.seconds)
        return answer

    def _next(self, request: S3Request) -> Play | None:
        for rule in self._rules:
            if rule.times != 0 and rule.when(request):
                if rule.times is not None:
                    rule.times -= 1
                return rule.play
        return None

    def _carried_out(
        self, request: S3Request, environ: Environ, body: bytes, play: Play | None
    ) -> Answer:
        if isinstance(play, Drop) and not play.done:
            _hang_up(environ["werkzeug.socket"], play.reset)
        refusal = play if isinstance(play, Refuse) else _left_out(request, environ, body)
        answer = _refuse(refusal, request) if refusal else self._moto(environ)
        request.status = int(answer[0].split()[0])
        if isinstance(play, Drop):
            _hang_up(environ["werkzeug.socket"], play.reset)
        if isinstance(play, Alter) and answer[2]:
            answer = (*answer[:2], bytes([answer[2][0] ^ 1]) + answer[2][1:])
        return answer

    def _moto(self, environ: Environ) -> Answer:
        told: list[Any] = []
        content = b"".join(self._app(environ, lambda *given: told.extend(given[:2])))
        return told[0], told[1], content


def _request(call: Call, environ: Environ, body: bytes, number: int) -> S3Request:
    bucket, _, key = call.resource.removeprefix("/").partition("/")
    headers = {
        name: value
        for name in NOTED
        if (value := environ.get(name.upper().replace("-", "_")))
        or (value := environ.get(f"HTTP_{name.upper().replace('-', '_')}"))
    }
    return S3Request(
        number, call.operation, bucket, key, headers, environ["QUERY_STRING"], len(body)
    )


def _left_out(request: S3Request, environ: Environ, body: bytes) -> Refuse | None:
    """What S3 would refuse, and moto doesn't; gives moto what it needs beyond S3."""
    owner = request.headers.get("x-amz-expected-bucket-owner", ACCOUNT)
    if owner != ACCOUNT:
        return DENIED
    if len(request.key.encode()) > _LONGEST_KEY:
        return Refuse(400, "KeyTooLongError")
    if request.operation == "DeleteObjects" and body.count(b"<Key>") > _MOST_KEYS:
        return Refuse(400, "MalformedXML")
    if not _is_as_signed(environ, body):
        return BAD_DIGEST
    if request.operation == "CopyObject" and not _copy_may_be(request, environ):
        return LOST
    if request.operation == "PutObject" and "x-amz-checksum-sha256" in request.headers:
        environ.setdefault("HTTP_X_AMZ_SDK_CHECKSUM_ALGORITHM", "SHA256")
    return None


def _is_as_signed(environ: Environ, body: bytes) -> bool:
    """Whether a body has the checksums that it is said to have."""
    sums = {
        "HTTP_X_AMZ_CHECKSUM_SHA256": hashlib.sha256(body).digest,
        "HTTP_X_AMZ_CHECKSUM_CRC32": lambda: zlib.crc32(body).to_bytes(4, "big"),
        "HTTP_CONTENT_MD5": hashlib.md5(body).digest,
    }
    return all(
        base64.b64encode(make()).decode() == environ[name]
        for name, make in sums.items()
        if name in environ and "aws-chunked" not in environ.get("HTTP_CONTENT_ENCODING", "")
    )


def _copy_may_be(request: S3Request, environ: Environ) -> bool:
    """Whether the conditions of a CopyObject hold, which moto doesn't look at."""
    source = unquote(request.headers["x-amz-copy-source"]).removeprefix("/")
    path, _, version = source.partition("?versionId=")
    bucket, _, key = path.partition("/")
    there = _etag(request.bucket, request.key)
    if "HTTP_IF_MATCH" in environ and environ["HTTP_IF_MATCH"].strip('"') != there:
        return False
    if "HTTP_IF_NONE_MATCH" in environ and there is not None:
        return False
    wanted = environ.get("HTTP_X_AMZ_COPY_SOURCE_IF_MATCH")
    return wanted is None or wanted.strip('"') == _etag(bucket, key, version or None)


def _etag(bucket: str, key: str, version: str | None = None) -> str | None:
    backend = s3_backends[ACCOUNT]["aws"]
    found = backend.get_object(bucket, key, version_id=version) if bucket in backend.buckets else 0
    return found.etag.strip('"') if isinstance(found, FakeKey) else None


def _refuse(refusal: Refuse, request: S3Request) -> Answer:
    message = escape(f"{_TOLD} is not authorized to perform s3:{request.operation} {request.key}")
    told = f"<Code>{refusal.code}</Code><Message>{message}</Message><RequestId>1</RequestId>"
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{told}</Error>'.encode()
    if request.operation.startswith("Head"):
        content = b""
    headers = [("Content-Type", "application/xml"), ("Content-Length", str(len(content)))]
    return f"{refusal.status} Refused", headers, content


def _hang_up(connection: socket.socket, reset: bool) -> None:
    if reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(connection.detach())  # the server holds on to what reads and writes there
    else:
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError
