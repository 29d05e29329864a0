"""The calls of GitHub's API that are needed here, and no more."""

import os
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha1, sha256
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter, ValidationError

from docs_tools.errors import DocsToolsError
from docs_tools.github.answers import Blob, Commit, Facts, Made, Pull, Ref, Tree
from docs_tools.github.explain import Answer, GitHubError, refusal
from docs_tools.github.repository import Repository, check_branch
from docs_tools.github.transport import Patience, Transport

__all__ = ["API_VARIABLE", "TOKEN_VARIABLES", "GitHub", "blob_hash"]

TOKEN_VARIABLES = ("GITHUB_TOKEN", "GH_TOKEN")
API_VARIABLE = "GITHUB_API_URL"
_API = "https://api.github.com"

_Model = TypeVar("_Model", bound=BaseModel)
_PULLS = TypeAdapter(tuple[Pull, ...])


class GitHub:
    """A repository on GitHub, through its API.

    Args:
        repository: The repository.
        token: A token that may read and write its contents and its pull requests.
        api_url: Where the API is.
        patience: How long to wait for answers.
        sleep: Waits some seconds.

    Raises:
        DocsToolsError: The token or the address can't be one.
    """

    def __init__(
        self,
        repository: Repository,
        token: str,
        api_url: str = _API,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.repository = repository
        self.sleep = sleep
        self._transport = Transport(api_url, token, patience or Patience(), sleep)

    def __repr__(self) -> str:
        return f"GitHub({str(self.repository)!r}, {self._transport.api_url!r})"

    @classmethod
    def from_environment(
        cls, repository: Repository, environ: Mapping[str, str] | None = None
    ) -> "GitHub":
        """With the token of `GITHUB_TOKEN` or `GH_TOKEN`, and the API of `GITHUB_API_URL`.

        The token goes to github.com where `GITHUB_API_URL` doesn't say otherwise, never to a host
        that a git remote names.

        Args:
            repository: The repository.
            environ: The environment.

        Raises:
            DocsToolsError: There is no token, or the repository is on another host.
        """
        environ = os.environ if environ is None else environ
        api_url = environ.get(API_VARIABLE, "").strip() or _API
        host = repository.host
        if api_url.rstrip("/") == _API and host not in (None, "github.com"):
            raise DocsToolsError(
                f"{repository} is on {host}, and not on github.com",
                hint=f"where that is a GitHub Enterprise server, set {API_VARIABLE} to "
                f"https://{host}/api/v3; where it is github.com by another name, set "
                "GITHUB_REPOSITORY to owner/name",
            )
        token = next((environ[name] for name in TOKEN_VARIABLES if environ.get(name)), "").strip()
        if not token:
            raise DocsToolsError(
                "there is no token for GitHub",
                hint=f"set {' or '.join(TOKEN_VARIABLES)}; in a workflow: "
                "`env: {GITHUB_TOKEN: ${{ github.token }}}`",
            )
        return cls(repository, token, api_url)

    def facts(self) -> Facts:
        """The repository: its name of today, and its default branch."""
        return self._ask("GET", "", "read the repository", Facts)

    def branch(self, name: str) -> str | None:
        """The commit that a branch is at, or `None` where there is no such branch."""
        path = f"/git/ref/heads/{_quoted(check_branch(name))}"
        try:
            ref = self._ask("GET", path, f'read the branch "{name}"', Ref)
        except GitHubError as error:
            if error.status == 404:
                return None
            raise
        if ref.ref != f"refs/heads/{name}" or ref.object.type != "commit":
            raise GitHubError(f'GitHub told of something else than the branch "{name}"')
        return ref.object.sha

    def commit(self, sha: str) -> Commit:
        """A commit."""
        return self._ask("GET", f"/git/commits/{_quoted(sha)}", f"read the commit {sha}", Commit)

    def tree(self, sha: str) -> Tree:
        """All files below a folder.

        Raises:
            GitHubError: They are more than GitHub tells at once.
        """
        path = f"/git/trees/{_quoted(sha)}"
        tree = self._ask("GET", path, "list the files", Tree, query={"recursive": "1"})
        if tree.truncated:
            raise GitHubError(
                f"{self.repository} has more files than GitHub lists at once",
                hint="commit and push the change with git instead",
            )
        return tree

    def blob(self, sha: str) -> bytes:
        """What is in a file.

        Raises:
            GitHubError: It isn't what was asked for.
        """
        blob = self._ask("GET", f"/git/blobs/{_quoted(sha)}", f"read the file {sha}", Blob)
        try:
            content = b64decode(blob.content) if blob.encoding == "base64" else None
        except ValueError:
            content = None
        if content is None or blob_hash(content, sha) != sha:
            raise GitHubError(f"GitHub's answer is not the file {sha} of {self.repository}")
        return content

    def make_blob(self, content: bytes) -> str:
        """Puts a file's content there."""
        body = {"content": b64encode(content).decode(), "encoding": "base64"}
        return self._ask("POST", "/git/blobs", "write a file", Made, body=body).sha

    def make_tree(self, base: str, entries: Sequence[Mapping[str, str]]) -> str:
        """Puts a folder there: another one with some files changed."""
        body = {"base_tree": base, "tree": list(entries)}
        return self._ask("POST", "/git/trees", "write the files", Made, body=body).sha

    def make_commit(self, tree: str, parent: str, message: str) -> str:
        """Puts a commit there, on no branch yet."""
        body = {"message": message, "tree": tree, "parents": [parent]}
        return self._ask("POST", "/git/commits", "write a commit", Made, body=body).sha

    def make_branch(self, name: str, sha: str) -> None:
        """Makes a branch that isn't there."""
        body = {"ref": f"refs/heads/{check_branch(name)}", "sha": sha}
        self._ask("POST", "/git/refs", f'make the branch "{name}"', Ref, body=body, repeat=False)

    def move_branch(self, name: str, sha: str, *, force: bool) -> None:
        """Sets a branch to a commit.

        Args:
            name: The branch.
            sha: The commit.
            force: Whether commits that are on the branch may get lost.
        """
        path = f"/git/refs/heads/{_quoted(check_branch(name))}"
        body = {"sha": sha, "force": force}
        self._ask("PATCH", path, f'write the branch "{name}"', Ref, body=body)

    def open_pulls(self, owner: str, branch: str) -> tuple[Pull, ...]:
        """The open pull requests from an owner's branches of that name, forks' included."""
        query = {"state": "open", "head": f"{owner}:{branch}", "per_page": "100"}
        doing = "list the pull requests"
        answer = self._send("GET", "/pulls", doing, query=query)
        with self._understood(doing):
            return _PULLS.validate_json(answer.body)

    def make_pull(self, branch: str, base: str, title: str, body: str) -> Pull:
        """Opens a pull request."""
        sent = {"title": title, "body": body, "head": branch, "base": base}
        return self._ask("POST", "/pulls", "open a pull request", Pull, body=sent, repeat=False)

    def edit_pull(self, number: int, title: str, body: str) -> Pull:
        """Changes the words of a pull request."""
        sent = {"title": title, "body": body}
        doing = f"change the pull request #{number}"
        return self._ask("PATCH", f"/pulls/{number}", doing, Pull, body=sent)

    def _ask(
        self,
        method: str,
        path: str,
        doing: str,
        model: type[_Model],
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        repeat: bool = True,
    ) -> _Model:
        answer = self._send(method, path, doing, query=query, body=body, repeat=repeat)
        with self._understood(doing):
            return model.model_validate_json(answer.body)

    def _send(
        self,
        method: str,
        path: str,
        doing: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        repeat: bool = True,
    ) -> Answer:
        path = f"/repos/{self.repository}{path}"
        answer = self._transport.send(method, path, query=query, body=body, repeat=repeat)
        if not 200 <= answer.status < 300:
            error = refusal(answer, doing, str(self.repository))
            error.meanwhile |= answer.status >= 500 and not repeat
            error.meanwhile &= method != "GET"  # 409: there is nothing in the repository
            raise error
        return answer

    @contextmanager
    def _understood(self, doing: str) -> Iterator[None]:
        """Tells where an answer isn't as GitHub's are; what was in it is not shown."""
        try:
            yield
        except ValidationError as error:
            first = error.errors(include_input=False, include_context=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise GitHubError(
                f"the answer makes no sense, asked to {doing} of {self.repository}: "
                + (f"{place}: {first['msg']}" if place else first["msg"]),
                hint=f"is {self._transport.api_url} GitHub's API?",
            ) from None


def blob_hash(content: bytes, like: str = "") -> str:
    """The name that git gives to a file's content.

    Args:
        content: The content.
        like: A name of the repository's: they all are of one kind.
    """
    kind = sha256 if len(like) == 64 else sha1
    return kind(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def _quoted(name: str) -> str:
    return quote(name, safe="/")
