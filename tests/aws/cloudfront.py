"""CloudFront: invalidations with the limits and the states that moto leaves out."""

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, unescape

from tests.aws.operations import Call, Environ

App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
_MOST_PATHS, _MOST_WILDCARDS = 3000, 15


@dataclass
class Invalidation:
    """An invalidation that was asked for.

    Attributes:
        paths: Of what.
        polls: How often it has still to be asked for until it is completed.
    """

    paths: list[str]
    polls: int


@dataclass
class CloudFront:
    """CloudFront round moto's.

    Attributes:
        app: moto.
        polls: How often an invalidation is asked for until it is completed.
        refuse: Status and code that each request gets, where there is one.
        invalidations: By their id, in the order that they were made.
    """

    app: App
    polls: int = 1
    refuse: tuple[int, str] | None = None
    invalidations: dict[str, Invalidation] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def reset(self) -> None:
        """Nothing asked for, and nothing goes wrong."""
        self.polls, self.refuse, self.invalidations = 1, None, {}

    def answer(
        self, call: Call, environ: Environ, body: bytes, start: Callable[..., Any]
    ) -> Iterable[bytes]:
        """What a client gets."""
        with self._turn:
            paths = [unescape(path) for path in re.findall(r"<Path>(.*?)</Path>", body.decode())]
            if refusal := self.refuse or self._refusal(call, paths):
                return _refuse(*refusal, start)
            told: list[Any] = []
            content = b"".join(self.app(environ, lambda *given: told.extend(given[:2]))).decode()
            if call.operation in ("CreateInvalidation", "GetInvalidation"):
                content = self._state(call, paths, content)
            headers = [h for h in told[1] if h[0].lower() != "content-length"]
            start(told[0], [*headers, ("Content-Length", str(len(content.encode())))])
            return [content.encode()]

    def _refusal(self, call: Call, paths: list[str]) -> tuple[int, str] | None:
        if call.operation != "CreateInvalidation":
            return None
        if not paths or not all(path.startswith("/") for path in paths):
            return 400, "InvalidArgument"
        running = [one for one in self.invalidations.values() if one.polls > 0]
        under_way = paths + [path for one in running for path in one.paths]
        wildcards = sum(path.endswith("*") for path in under_way)
        if len(under_way) - wildcards > _MOST_PATHS or wildcards > _MOST_WILDCARDS:
            return 400, "TooManyInvalidationsInProgress"
        return None

    def _state(self, call: Call, paths: list[str], content: str) -> str:
        found = re.search(r"<Id>(\w+)</Id>", content)
        if not found:
            return content
        one = self.invalidations.setdefault(found[1], Invalidation(paths, self.polls))
        if call.operation == "GetInvalidation" and one.polls:
            one.polls -= 1
        state = "InProgress" if one.polls else "Completed"
        return re.sub(r"<Status>\w+</Status>", f"<Status>{state}</Status>", content)


def _refuse(status: int, code: str, start: Callable[..., Any]) -> Iterable[bytes]:
    message = escape("User: arn:aws:iam::123456789012:user/SECRETUSER")
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    content = f"<ErrorResponse>{error}<RequestId>1</RequestId></ErrorResponse>".encode()
    length = ("Content-Length", str(len(content)))
    start(f"{status} Refused", [("Content-Type", "text/xml"), length])
    return [content]
