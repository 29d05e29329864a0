"""A GitHub on this machine, over HTTP, for one repository.

Each request and each answer is held to GitHub's published description; what isn't as described
fails the test at its end. What a test has it answer instead, `fail`, is not.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from docs_tools.git import Git
from docs_tools.github import GitHub, Repository
from docs_tools.github.transport import Patience
from tests.github.description import Description
from tests.github.handler import handler
from tests.github.state import PullState, RefusedError, Store

TOKEN = "ghs_16C7e42F292c6912E7710c838347Ae178B4a"
QUICK = Patience(tries=3, pause=0.0, longest=5.0, connect=30.0, read=30.0)

# what a token must be allowed to, by what is called
_RIGHTS = {"git": "contents", "pulls": "pull_requests"}


@dataclass
class Fault:
    """What happens instead of a call, or around it."""

    calls: re.Pattern[str]
    times: int
    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    carried_out: bool = False
    action: Callable[[], object] | None = None


class StandIn:
    """The server, and what a test says to it and asks of it.

    Attributes:
        store: The repository.
        bare: The bare repository on the disk; push to it as to any remote.
        requests: The calls so far: `GET /git/ref/heads/main`.
        bodies: What was sent with them.
        problems: What was not as described.
        rights: What the token may write.
        moved: Names that the repository had before.
    """

    def __init__(self, folder: Path, description: Description) -> None:
        self.bare = folder / "github.git"
        options = ("--quiet", "--bare", "--initial-branch=main", "--template=")
        Git(folder).output("init", *options, str(self.bare))
        self.store = Store(self.bare, description)
        self.requests: list[str] = []
        self.bodies: list[bytes] = []
        self.problems: list[str] = []
        self.rights = {"contents", "pull_requests"}
        self.moved: set[str] = set()
        self.ending = threading.Event()
        self._faults: list[Fault] = []
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self.serve, self.ending))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        """Where the API is."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def env(self) -> dict[str, str]:
        """The environment of a command, as GitHub Actions sets it."""
        return {
            "GITHUB_API_URL": self.url,
            "GITHUB_REPOSITORY": self.store.full_name,
            "GITHUB_TOKEN": TOKEN,
            "NO_PROXY": "127.0.0.1",
        }

    @property
    def pulls(self) -> list[PullState]:
        """All pull requests, open or not."""
        return self.store.pulls

    @property
    def writes(self) -> list[str]:
        """The calls that may have changed something."""
        return [request for request in self.requests if not request.startswith("GET ")]

    def client(self, token: str = TOKEN, patience: Patience = QUICK) -> GitHub:
        """A client that doesn't wait between its tries."""
        repository = Repository.parse(self.store.full_name)
        return GitHub(repository, token, self.url, patience=patience, sleep=lambda _: None)

    def push(self, folder: Path, refs: str = "HEAD:refs/heads/main") -> None:
        """Fills it from a repository of this machine."""
        Git(folder).output("push", "--quiet", "--force", str(self.bare), refs)

    def commit(
        self, branch: str, files: Mapping[str, bytes], message: str = "By hand", **modes: str
    ) -> str:
        """A commit of a person on a branch, which is made on the default one where it isn't there.

        Args:
            branch: The branch.
            files: What is in files.
            message: What it says.
            **modes: The mode of all its files, as `mode`.
        """
        store = self.store
        parent = store.sha(branch) or store.sha(store.default)
        entries = [
            {
                "path": path,
                "mode": modes.get("mode", "100644"),
                "sha": store.git.text("hash-object", "-w", "--stdin", stdin=content),
            }
            for path, content in files.items()
        ]
        base = {"base_tree": store.git.text("rev-parse", f"{parent}^{{tree}}")} if parent else {}
        _, tree = store.create_tree({"tree": entries, **base})
        parents = [parent] if parent else []
        body = {"message": message, "tree": tree["sha"], "parents": parents}
        _, made = store.create_commit(body)
        sha: str = made["sha"]
        store.git.output("update-ref", f"refs/heads/{branch}", sha)
        return sha

    def file(self, branch: str, path: str) -> bytes:
        """What is in a file of a branch."""
        return self.store.git.output("cat-file", "blob", f"refs/heads/{branch}:{path}")

    def log(self, branch: str) -> list[str]:
        """The subjects of a branch's commits, newest first."""
        return self.store.git.text("log", "--format=%s", f"refs/heads/{branch}").splitlines()

    def fail(
        self,
        calls: str,
        status: int | None,
        body: object = b"",
        *,
        times: int = 1,
        carried_out: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answers calls in another way.

        Args:
            calls: A pattern of the calls, such as `GET /git/ref/.*`.
            status: The answer's status; with `None` there comes no answer.
            body: The answer.
            times: How many calls.
            carried_out: Whether the calls are carried out all the same.
            headers: The headers of the answer.
        """
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        names = {"content-type": "application/json; charset=utf-8", **(headers or {})}
        pattern = re.compile(calls)
        self._faults.append(Fault(pattern, times, status, content, names, carried_out))

    def before(self, calls: str, action: Callable[[], object], *, times: int = 1) -> None:
        """Has something happen right before calls."""
        self._faults.append(Fault(re.compile(calls), times, action=action))

    def close(self) -> None:
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def serve(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int | None, Mapping[str, str], bytes]:
        """Answers a request; a bug in here fails the test."""
        try:
            return self._serve(method, url, headers, body)
        except Exception as error:
            self.problems.append(f"{method} {url}: {error!r}")
            return 500, {}, b""

    def _serve(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int | None, Mapping[str, str], bytes]:
        call = f"{method} {_below(url)}"
        with self._lock:
            self.requests.append(call)
            self.bodies.append(body)
            described = self.store.described
            self.problems += described.wrong_request(method, url, headers, body)
            fault = self._fault(call)
        if fault and fault.action:
            fault.action()
            fault = None
        with self._lock:
            if fault and not fault.carried_out:
                return fault.status, fault.headers, fault.body
            status, told, content = self._answer(method, url, headers, body)
            self.problems += described.wrong_response(method, url, status, told, content)
        return (fault.status, fault.headers, fault.body) if fault else (status, told, content)

    def _fault(self, call: str) -> Fault | None:
        for fault in self._faults:
            if fault.times and fault.calls.fullmatch(call):
                fault.times -= 1
                return fault
        return None

    def _answer(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        told = {"content-type": "application/json; charset=utf-8"}
        try:
            self._check(method, url, headers)
            status, value = self._call(method, url, json.loads(body) if body else {})
            if status == 201:
                told["location"] = str(value.get("url", ""))
        except RefusedError as refused:
            status, told = refused.status, {**told, **refused.headers}
            value = {
                "message": refused.message,
                "documentation_url": "https://docs.github.com/rest",
                "status": str(refused.status),
            }
            if refused.errors:
                value["errors"] = list(refused.errors)
        return status, told, json.dumps(value).encode()

    def _check(self, method: str, url: str, headers: Mapping[str, str]) -> None:
        """Whether whoever asks may."""
        if headers.get("authorization") != f"Bearer {TOKEN}":
            raise RefusedError(401, "Bad credentials")
        full_name = "/".join(urlsplit(url).path.split("/")[2:4])
        if full_name in self.moved:
            there = url.replace(full_name, self.store.full_name, 1)
            status = 301 if method == "GET" else 307
            raise RefusedError(status, "Moved Permanently", location=self.url + there)
        if full_name != self.store.full_name:
            raise RefusedError(404, "Not Found")
        right = _RIGHTS.get(_below(url).strip("/").partition("/")[0])
        if method != "GET" and right not in self.rights:
            wanted = f"{right}=write"
            message = "Resource not accessible by integration"
            raise RefusedError(403, message, x_accepted_github_permissions=wanted)

    def _call(self, method: str, url: str, body: Any) -> tuple[int, Any]:
        template, _, values = self.store.described.call(method, url)
        query = dict(parse_qsl(urlsplit(url).query))
        store = self.store
        here = template.removeprefix("/repos/{owner}/{repo}")
        calls: dict[str, Callable[[], tuple[int, Any]]] = {
            "GET ": store.repository,
            "GET /git/ref/{ref}": lambda: store.get_ref(values["ref"]),
            "POST /git/refs": lambda: store.create_ref(body),
            "PATCH /git/refs/{ref}": lambda: store.update_ref(values["ref"], body),
            "GET /git/commits/{commit_sha}": lambda: store.get_commit(values["commit_sha"]),
            "POST /git/commits": lambda: store.create_commit(body),
            "GET /git/trees/{tree_sha}": lambda: store.get_tree(
                values["tree_sha"], recursive="recursive" in query
            ),
            "POST /git/trees": lambda: store.create_tree(body),
            "GET /git/blobs/{file_sha}": lambda: store.get_blob(values["file_sha"]),
            "POST /git/blobs": lambda: store.create_blob(body),
            "GET /pulls": lambda: store.list_pulls(query),
            "POST /pulls": lambda: store.create_pull(body),
            "PATCH /pulls/{pull_number}": lambda: store.update_pull(
                int(values["pull_number"]), body
            ),
        }
        return calls[f"{method} {here}"]()


def _below(url: str) -> str:
    """The path below the repository, as it was sent."""
    return "".join(f"/{part}" for part in urlsplit(url).path.split("/")[4:])
