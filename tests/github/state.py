"""What a GitHub knows of one repository: real git data, and pull requests in memory."""

import base64
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docs_tools.git import Git, GitError
from tests.github.description import Description

PERSON = {
    "GIT_AUTHOR_NAME": "Octo Cat",
    "GIT_AUTHOR_EMAIL": "octocat@example.com",
    "GIT_COMMITTER_NAME": "Octo Cat",
    "GIT_COMMITTER_EMAIL": "octocat@example.com",
}


class RefusedError(Exception):
    """GitHub's refusal of a call."""

    def __init__(self, status: int, message: str, *errors: Any, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.errors = errors
        self.message = message
        self.headers = {name.replace("_", "-"): text for name, text in headers.items()}


@dataclass
class PullState:
    """A pull request; `fork` is the repository that its branch is in, where it's another."""

    number: int
    head: str
    base: str
    title: str
    body: str | None
    state: str = "open"
    fork: str | None = None


@dataclass
class Store:
    """The repository, and each call on it.

    Attributes:
        folder: A bare repository.
        described: What is answered begins with the published examples.
        full_name: `owner/name`.
        default: The default branch.
        most_files: How many entries of a tree are told at once.
    """

    folder: Path
    described: Description
    full_name: str = "octo-org/handbook"
    default: str = "main"
    most_files: int = 100_000
    pulls: list[PullState] = field(default_factory=list)

    @property
    def git(self) -> Git:
        return Git(self.folder, PERSON)

    @property
    def owner(self) -> str:
        return self.full_name.split("/")[0]

    @property
    def api(self) -> str:
        return f"https://api.github.com/repos/{self.full_name}"

    @property
    def site(self) -> str:
        return f"https://github.com/{self.full_name}"

    def sha(self, branch: str) -> str | None:
        return self.git.commit(f"refs/heads/{branch}")

    def repository(self) -> tuple[int, Any]:
        found = self.described.example("full-repository")
        found |= {"has_discussions": False, **self._named(self.full_name)}
        return 200, {**found, "default_branch": self.default, "html_url": self.site}

    def get_ref(self, ref: str) -> tuple[int, Any]:
        sha = self.git.commit(f"refs/{ref}")
        if sha is None:
            raise RefusedError(404, "Not Found")
        return 200, self._ref(f"refs/{ref}", sha)

    def create_ref(self, body: Mapping[str, Any]) -> tuple[int, Any]:
        ref, sha = body["ref"], body["sha"]
        if not ref.startswith("refs/") or not self.git.ok("check-ref-format", ref):
            raise RefusedError(422, f"{ref} is not a valid ref name.")
        if self.git.commit(sha) != sha:
            raise RefusedError(422, "Object does not exist")
        if self.git.commit(ref):
            raise RefusedError(422, "Reference already exists")
        try:
            self.git.output("update-ref", ref, sha, "0" * 40)
        except GitError:  # such as a/b where there is a
            raise RefusedError(422, "Reference update failed") from None
        return 201, self._ref(ref, sha)

    def update_ref(self, ref: str, body: Mapping[str, Any]) -> tuple[int, Any]:
        ref, sha = f"refs/{ref}", body["sha"]
        old = self.git.commit(ref)
        if old is None:
            raise RefusedError(422, "Reference does not exist")
        if self.git.commit(sha) != sha:
            raise RefusedError(422, "Object does not exist")
        if not body.get("force") and not self.git.ok("merge-base", "--is-ancestor", old, sha):
            raise RefusedError(422, "Update is not a fast forward")
        self.git.output("update-ref", ref, sha, old)
        return 200, self._ref(ref, sha)

    def get_commit(self, sha: str) -> tuple[int, Any]:
        if self.git.commit(sha) != sha:
            raise RefusedError(404, "Not Found")
        return 200, self._commit(sha)

    def create_commit(self, body: Mapping[str, Any]) -> tuple[int, Any]:
        if not self.git.ok("cat-file", "-e", f"{body['tree']}^{{tree}}"):
            raise RefusedError(422, "Tree SHA does not exist")
        parents = [word for parent in body.get("parents", ()) for word in ("-p", parent)]
        message = body["message"].encode()
        sha = self.git.text("commit-tree", body["tree"], *parents, stdin=message)
        return 201, self._commit(sha)

    def get_tree(self, sha: str, *, recursive: bool) -> tuple[int, Any]:
        if not self.git.ok("cat-file", "-e", f"{sha}^{{tree}}"):
            raise RefusedError(404, "Not Found")
        return 200, self._tree(sha, recursive=recursive)

    def create_tree(self, body: Mapping[str, Any]) -> tuple[int, Any]:
        with tempfile.TemporaryDirectory() as folder:
            git = self.git.with_env({"GIT_INDEX_FILE": str(Path(folder) / "index")})
            if "base_tree" in body and not git.ok("read-tree", body["base_tree"]):
                raise RefusedError(422, "base_tree is not a valid tree oid")
            lines = b"".join(map(self._index_line, body["tree"]))
            git.output("update-index", "-z", "--index-info", stdin=lines)
            sha = git.text("write-tree")
        return 201, self._tree(sha, recursive=False)

    def get_blob(self, sha: str) -> tuple[int, Any]:
        if not self.git.ok("cat-file", "-e", f"{sha}^{{blob}}"):
            raise RefusedError(404, "Not Found")
        content = self.git.output("cat-file", "blob", sha)
        coded = base64.encodebytes(content).decode()  # in lines, as there
        told = {"content": coded, "encoding": "base64", "size": len(content)}
        return 200, {**self.described.example("blob"), **told, "sha": sha}

    def create_blob(self, body: Mapping[str, Any]) -> tuple[int, Any]:
        text = body["content"].encode()
        content = base64.b64decode(text) if body.get("encoding") == "base64" else text
        sha = self.git.text("hash-object", "-w", "--stdin", stdin=content)
        return 201, {"sha": sha, "url": f"{self.api}/git/blobs/{sha}"}

    def list_pulls(self, query: Mapping[str, str]) -> tuple[int, Any]:
        state, head = query.get("state", "open"), query.get("head", "")
        found = [
            self._pull(pull, "pull-request-simple")
            for pull in reversed(self.pulls)
            if state in ("all", pull.state)
            # one that names no owner is left out of account, as there
            if ":" not in head or head == f"{(pull.fork or self.owner).split('/')[0]}:{pull.head}"
        ]
        return 200, found[: int(query.get("per_page", "30"))]

    def create_pull(self, body: Mapping[str, Any]) -> tuple[int, Any]:
        head, base = body["head"], body["base"]
        for name, branch in (("head", head), ("base", base)):
            if self.sha(branch) is None:
                wrong = {"resource": "PullRequest", "field": name, "code": "invalid"}
                raise RefusedError(422, "Validation Failed", wrong)
        opened = [p for p in self.pulls if p.state == "open" and p.fork is None]
        if any((pull.head, pull.base) == (head, base) for pull in opened):
            self._invalid(f"A pull request already exists for {self.owner}:{head}.")
        if self.git.ok("merge-base", "--is-ancestor", str(self.sha(head)), str(self.sha(base))):
            self._invalid(f"No commits between {base} and {head}")
        pull = PullState(len(self.pulls) + 1, head, base, body["title"], body.get("body"))
        self.pulls.append(pull)
        return 201, self._pull(pull, "pull-request")

    def update_pull(self, number: int, body: Mapping[str, Any]) -> tuple[int, Any]:
        pull = next((pull for pull in self.pulls if pull.number == number), None)
        if pull is None:
            raise RefusedError(404, "Not Found")
        for name in ("title", "body", "state", "base"):
            if name in body:
                setattr(pull, name, body[name])
        return 200, self._pull(pull, "pull-request")

    def _invalid(self, message: str) -> None:
        wrong = {"resource": "PullRequest", "code": "custom", "message": message}
        raise RefusedError(422, "Validation Failed", wrong)

    def _named(self, full_name: str) -> dict[str, Any]:
        owner, name = full_name.split("/")
        person = self.described.example("full-repository")["owner"]
        return {"name": name, "full_name": full_name, "owner": {**person, "login": owner}}

    def _ref(self, ref: str, sha: str) -> Any:
        target = {"type": "commit", "sha": sha, "url": f"{self.api}/git/commits/{sha}"}
        return {**self.described.example("git-ref"), "ref": ref, "object": target}

    def _commit(self, sha: str) -> Any:
        form = "--format=%T%n%P%n%B"
        tree, parents, message = self.git.text("show", "-s", form, sha).split("\n", 2)
        address = f"{self.api}/git/commits/{sha}"
        return {
            **self.described.example("git-commit-2"),
            "sha": sha,
            "url": address,
            "message": message,
            "tree": {"sha": tree, "url": f"{self.api}/git/trees/{tree}"},
            "parents": [
                {
                    "sha": parent,
                    "url": f"{self.api}/git/commits/{parent}",
                    "html_url": f"{self.site}/commit/{parent}",
                }
                for parent in parents.split()
            ],
        }

    def _tree(self, sha: str, *, recursive: bool) -> Any:
        options = ["-r", "-t"] if recursive else []
        lines = self.git.output("ls-tree", "-z", *options, sha).decode().split("\0")[:-1]
        entries = []
        for line in lines:
            about, path = line.split("\t", 1)
            mode, kind, target = about.split()
            entries.append({"path": path, "mode": mode, "type": kind, "sha": target})
        told = entries[: self.most_files]
        address = f"{self.api}/git/trees/{sha}"
        return {"sha": sha, "url": address, "tree": told, "truncated": len(told) < len(entries)}

    def _index_line(self, entry: Mapping[str, Any]) -> bytes:
        sha = entry.get("sha")
        if "content" in entry:
            if "sha" in entry:
                raise RefusedError(422, "Must supply either tree.sha or tree.content")
            sha = self.git.text("hash-object", "-w", "--stdin", stdin=entry["content"].encode())
        elif sha is None:
            return f"0 {'0' * 40}\t{entry['path']}\0".encode()
        elif not self.git.ok("cat-file", "-e", sha):
            raise RefusedError(422, f"tree.sha {sha} is not a valid blob")
        return f"{entry['mode']} {sha}\t{entry['path']}\0".encode()

    def _pull(self, pull: PullState, example: str) -> Any:
        found = self.described.example(example)
        full_name = pull.fork or self.full_name
        head = {
            **found["head"],
            "ref": pull.head,
            "label": f"{full_name.split('/')[0]}:{pull.head}",
            "sha": self.sha(pull.head) or "0" * 40,
            "repo": {**found["base"]["repo"], **self._named(full_name)},
        }
        base = {**found["base"], "ref": pull.base, "sha": self.sha(pull.base)}
        return {
            **found,
            "number": pull.number,
            "url": f"{self.api}/pulls/{pull.number}",
            "html_url": f"{self.site}/pull/{pull.number}",
            "state": pull.state,
            "title": pull.title,
            "body": pull.body,
            "head": head,
            "base": {**base, "repo": {**base["repo"], **self._named(self.full_name)}},
            "requested_teams": [],
        }
