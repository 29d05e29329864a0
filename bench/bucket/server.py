"""S3 as moto plays it, in a process of its own: what it works isn't the client's work."""

import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType

from tests.aws.server import AwsServer

__all__ = ["Request", "Server"]


@dataclass(frozen=True)
class Request:
    """A request that came in.

    Attributes:
        operation: Such as `PutObject`.
        key: Its key; empty where it has none.
        size: Bytes of its body.
    """

    operation: str
    key: str
    size: int


class Server:
    """The server, started and stopped.

    Attributes:
        environment: Variables that lead clients to it.
    """

    environment: Mapping[str, str]

    def __init__(self) -> None:
        # not forked: it shall have nothing of this process
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)

    def __enter__(self) -> "Server":
        self._process.start()
        self.environment = self._pipe.recv()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pipe.send(None)
        self._process.join()

    def make_buckets(self, *names: str) -> None:
        """Forgets all that was there, and makes empty buckets."""
        self._pipe.send(names)
        self._pipe.recv()

    def requests(self) -> list[Request]:
        """What came in since this was asked last."""
        self._pipe.send("requests")
        return [Request(*one) for one in self._pipe.recv()]


def _serve(pipe: Connection) -> None:
    with AwsServer() as aws:
        pipe.send(dict(aws.environment))
        while (asked := pipe.recv()) is not None:
            if asked == "requests":
                aws.s3.settle()
                pipe.send([(one.operation, one.key, one.size) for one in aws.s3.requests])
                aws.reset_calls()
            else:
                aws.reset()
                for name in asked:
                    aws.bucket(name)
                pipe.send(None)
