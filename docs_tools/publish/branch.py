"""The docs branch: what is on it, here and on the remote, and commits to it.

Everything goes through git's object database and a temporary index; no work tree is touched.
"""

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git, GitError
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions import Versions

__all__ = ["Blob", "DocsBranch"]

_ABSENT = "0" * 40


@dataclass(frozen=True)
class Blob:
    """A file in git: its mode, such as `100644`, and the hash of its content."""

    mode: str
    hash: str


class DocsBranch:
    """The docs branch of a repository.

    Args:
        git: Git at the top of the checkout.
        settings: Where the project publishes.
    """

    def __init__(self, git: Git, settings: PublishSettings) -> None:
        self.git = git
        self.settings = settings
        self.has_remote = git.ok("remote", "get-url", settings.remote)
        self.head: str | None = None
        self.notice: str | None = None
        self._local: str | None = None
        self._local_ref = f"refs/heads/{settings.branch}"
        self._remote_ref = f"refs/remotes/{settings.remote}/{settings.branch}"

    def update(self, *, needs_remote: bool = False, only_read: bool = False) -> None:
        """Fetches the remote's branch and finds the newest commit of both.

        Args:
            needs_remote: Whether an unreachable remote is an error, as before a push.
            only_read: Whether the remote's commit is good enough where both have gone their own
                way; before a write that is an error.

        Raises:
            DocsToolsError: The remote can't be reached, or both sides have commits of their own.
        """
        if not self.git.ok("check-ref-format", "--branch", self.settings.branch):
            raise DocsToolsError(
                f'remote_branch: "{self.settings.branch}" is no name for a branch',
                hint="mend it in mkdocs.yml",
            )
        if needs_remote and not self.has_remote:
            raise DocsToolsError(
                f'there is no remote "{self.settings.remote}" to push to',
                hint=f"add it: git remote add {self.settings.remote} ADDRESS",
            )
        if self.has_remote:
            self._fetch(needs_remote)
        local, remote = self.git.commit(self._local_ref), self.git.commit(self._remote_ref)
        self._local = local
        self.head = local or remote
        if local and remote and local != remote:
            if self.git.ok("merge-base", "--is-ancestor", local, remote):
                self.head = remote
            elif not self.git.ok("merge-base", "--is-ancestor", remote, local):
                self._diverged(remote, only_read=only_read)

    def _diverged(self, remote: str, *, only_read: bool) -> None:
        name, there = self.settings.branch, f"{self.settings.remote}/{self.settings.branch}"
        message = f"{name} here and {there} have each gone their own way"
        if not only_read:
            hint = f"give up what is only here: git branch --force {name} {there}"
            raise DocsToolsError(message, hint=hint)
        self.head = remote
        self.notice = f"{message}: this is {there}"

    @property
    def unpushed(self) -> bool:
        """Whether the remote lacks the newest commit."""
        return self.head is not None and self.git.commit(self._remote_ref) != self.head

    def versions(self) -> Versions:
        """What is published.

        Raises:
            DocsToolsError: The list on the branch is broken.
        """
        text = self.read(self.settings.path("versions.json"))
        if text is None:
            return Versions()
        file = f"{self.settings.branch}:{self.settings.path('versions.json')}"
        return Versions.loads(text.decode("utf-8", "replace"), file)

    def read(self, path: str) -> bytes | None:
        """A file's content, or `None` where it isn't on the branch."""
        blob = self.files([path]).get(path)
        return self.git.output("cat-file", "blob", blob.hash) if blob else None

    def files(self, paths: Iterable[str]) -> dict[str, Blob]:
        """The files at and below paths of the branch."""
        if self.head is None:
            return {}
        listing = self.git.output("ls-tree", "-r", "-z", "--full-tree", self.head, "--", *paths)
        files: dict[str, Blob] = {}
        for line in listing.split(b"\0"):
            if line:
                meta, _, path = line.partition(b"\t")
                mode, _, hash_ = meta.decode().split(" ")
                files[os.fsdecode(path)] = Blob(mode, hash_)
        return files

    def hash_files(self, paths: list[Path], *, write: bool) -> list[str]:
        """The hashes of files' contents; `write` puts them into the object database."""
        # one process for all; a name with a line's end can't go through its standard input
        plain = [p for p in paths if "\n" not in str(p)]
        flags = ["-w"] if write else []
        listing = b"".join(os.fsencode(path) + b"\n" for path in plain)
        lines = self.git.text("hash-object", "--no-filters", *flags, "--stdin-paths", stdin=listing)
        known = dict(zip(plain, lines.split("\n"), strict=True)) if plain else {}
        return [known.get(p) or self.hash_bytes(p.read_bytes(), write=write) for p in paths]

    def hash_bytes(self, content: bytes, *, write: bool) -> str:
        """The hash of a content; `write` puts it into the object database."""
        flags = ["-w"] if write else []
        return self.git.text("hash-object", "--no-filters", *flags, "--stdin", stdin=content)

    def commit(self, changes: Mapping[str, Blob | None], message: str) -> str:
        """Commits changes on top of the newest commit and moves the local branch there.

        Args:
            changes: The new file at each path, or `None` where it goes away.
            message: The commit's message.

        Returns:
            The commit.

        Raises:
            DocsToolsError: The branch moved meanwhile; it is left as it is.
        """
        with tempfile.TemporaryDirectory(prefix="docs_tools-") as folder:
            git = self.git.with_env({"GIT_INDEX_FILE": str(Path(folder) / "index")})
            if self.head:
                git.output("read-tree", self.head)
            git.output("update-index", "-z", "--index-info", stdin=_index_info(changes))
            tree = git.text("write-tree")
        parent = ["-p", self.head] if self.head else []
        stdin = message.encode("utf-8")
        commit = self.git.text("commit-tree", tree, *parent, "-F", "-", stdin=stdin)
        # only from where `update` found it: what somebody else published meanwhile stays
        before = self._local or _ABSENT
        try:
            self.git.output("update-ref", "-m", "docs_tools", self._local_ref, commit, before)
        except GitError as error:
            name = self.settings.branch
            if self.git.commit(self._local_ref) == self._local:
                raise DocsToolsError(f"{name} can't be moved", hint=error.output) from error
            message = f"{name} moved meanwhile: somebody else published here; nothing was changed"
            raise DocsToolsError(message, hint="run the command again") from error
        self.head = commit
        return commit

    def push(self) -> None:
        """Pushes the newest commit.

        Raises:
            DocsToolsError: The remote refused; the commit stands on the local branch.
        """
        assert self.head is not None  # noqa: S101 - there is a commit: the version is on it
        target = f"{self.head}:{self._local_ref}"
        try:
            self.git.output("push", "--quiet", self.settings.remote, target)
        except GitError as error:
            self._give_way(self.head)
            raise DocsToolsError(
                f"{self.settings.remote} did not take the push of {self.settings.branch};"
                f" the commit {self.head[:9]} is on the branch here",
                hint=f"{error.output}\nmend it, then run the same command again: it pushes",
            ) from error
        self.git.output("update-ref", self._remote_ref, self.head)

    def _give_way(self, commit: str) -> None:
        """Takes our commit back where somebody else pushed meanwhile, so that a rerun works.

        Raises:
            DocsToolsError: Somebody else pushed; our commit was taken back, unless the branch here
                holds more that the remote lacks: that is not ours to take back.
        """
        self._fetch(needs_remote=False)
        remote = self.git.commit(self._remote_ref)
        if remote is None or self.git.ok("merge-base", "--is-ancestor", remote, commit):
            return
        if self._local and not self.git.ok("merge-base", "--is-ancestor", self._local, remote):
            self._diverged(remote, only_read=False)
        target = [self._local] if self._local else []
        flags = [] if target else ["-d"]
        self.git.output("update-ref", *flags, self._local_ref, *target, commit)
        raise DocsToolsError(
            f"{self.settings.branch} moved meanwhile on {self.settings.remote}: somebody else "
            "published; nothing was changed",
            hint="run the command again",
        )

    def check_writable(self) -> None:
        """Fails early where a commit could not be made.

        Raises:
            DocsToolsError: git knows no name or e-mail address, or the branch is checked out.
        """
        if not self.git.ok("var", "GIT_COMMITTER_IDENT"):
            raise DocsToolsError(
                "git does not know who you are, so it can't commit",
                hint="tell it, then run the command again:\n"
                '    git config --global user.name "Your Name"\n'
                '    git config --global user.email "you@example.com"',
            )
        place = self.git.text("for-each-ref", "--format=%(worktreepath)", self._local_ref)
        if place:
            raise DocsToolsError(
                f"{self.settings.branch} is checked out in {place}",
                hint="check out another branch there: what you see there would become stale",
            )

    def _fetch(self, needs_remote: bool) -> None:
        remote, branch = self.settings.remote, self.settings.branch
        spec = f"+refs/heads/{branch}:{self._remote_ref}"
        try:
            self.git.output("fetch", "--quiet", "--no-tags", remote, spec)
        except GitError as error:
            if "couldn't find remote ref" in error.output:
                self.git.ok("update-ref", "-d", self._remote_ref)
                return
            if needs_remote:
                raise DocsToolsError(f"{remote} can't be reached", hint=error.output) from error
            self.notice = f"{remote} can't be reached: this is what was known of it before"


def _index_info(changes: Mapping[str, Blob | None]) -> bytes:
    """Changes in the form of `git update-index --index-info`; what goes away comes first.

    A file that becomes a folder, or a folder a link, could else not be put in its place.
    """
    gone = [path for path, blob in changes.items() if blob is None]
    lines = [f"0 {_ABSENT}\t".encode() + os.fsencode(path) for path in gone]
    lines += [
        f"{blob.mode} {blob.hash}\t".encode() + os.fsencode(path)
        for path, blob in changes.items()
        if blob
    ]
    return b"".join(line + b"\0" for line in lines)
