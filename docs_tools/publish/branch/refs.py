"""The docs branch as refs: fetched, pushed and read back, and followed by the local one.

No work tree and no index is touched. A commit reaches the remote first, and only then the branch
here moves, so that whatever happens in between, each side has the old state or the new one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git, GitError
from docs_tools.publish.branch.checks import check_identity, check_names, check_not_checked_out
from docs_tools.publish.branch.remote import Answer, Remote, is_lock, lines, pauses
from docs_tools.publish.settings import PublishSettings

__all__ = ["DocsBranch", "LockedError", "OvertakenError"]

_ABSENT = ""  # whatever the length of a hash
_EVERYTHING = "2147483647"  # git's own word for an unlimited depth (git-fetch, --unshallow)


class OvertakenError(DocsToolsError):
    """Somebody else moved the branch between our fetch and our push: start again from there."""


class LockedError(OvertakenError):
    """Somebody else is about to move it, or was killed there: start again, but not for long."""


class DocsBranch:
    """The docs branch of a repository.

    Args:
        git: Git at the top of the checkout.
        settings: Where the project publishes.

    Attributes:
        head: The newest commit of here and there, as `update` found it; `None` where nothing is
            published.
        remote: The remote's commit.
        diverged: Whether both have commits of their own; then `head` is the remote's.
        notice: What there is to know about it.

    Raises:
        DocsToolsError: The branch or the remote has a name that can't be one.
    """

    def __init__(self, git: Git, settings: PublishSettings) -> None:
        check_names(git, settings)
        self.git = git
        self.settings = settings
        self._there = Remote(git, settings)
        self.has_remote = self._there.exists
        self.head: str | None = None
        self.notice: str | None = None
        self.diverged = False
        self._local: str | None = None
        self.remote: str | None = None
        self._local_ref = f"refs/heads/{settings.branch}"

    def update(self, *, needs_remote: bool = False) -> None:
        """Fetches the remote's branch and finds the newest commit of both.

        Args:
            needs_remote: Whether an unreachable remote is an error, as before a push.

        Raises:
            DocsToolsError: The remote can't be reached and that matters.
        """
        if needs_remote and not self.has_remote:
            raise DocsToolsError(
                f'there is no remote "{self.settings.remote}" to push to',
                hint=f"add it: git remote add {self.settings.remote} ADDRESS",
            )
        self.notice = None
        answer = self._there.fetch()
        if not answer.ok:
            self._not_fetched(answer, needs_remote)
        local, remote = self.git.commit(self._local_ref), self._there.commit
        self._local, self.remote = local, remote
        self.head = local or remote
        if self.head is None and not answer.ok:
            raise DocsToolsError(
                f"{self.settings.remote} can't be reached, and there is no {self.settings.branch} "
                "here: whether something is published isn't known",
                hint=f"{answer.output}\nconnect to it, then run the command again",
            )
        self.diverged = False
        if local and remote and local != remote:
            if self.is_ancestor(local, remote):
                self.head = remote
            elif not self.is_ancestor(remote, local):
                self.head, self.diverged = remote, True

    @property
    def unpushed(self) -> bool:
        """Whether the remote lacks the newest commit."""
        return self.head is not None and self.remote != self.head

    @property
    def there(self) -> str:
        """What to call the remote's branch."""
        return self._there.there

    @property
    def unchanged(self) -> str:
        """What to say where both sides are as they were."""
        where = f", here or on {self.settings.remote}" if self.has_remote else ""
        return f"nothing was changed{where}"

    @contextmanager
    def left_alone(self) -> Iterator[None]:
        """Says of a failure of git, or of the disk, that both sides are as they were."""
        again = "mend it, then run the same command again"
        try:
            yield
        except GitError as error:
            hint = lines(error.output, again)
            raise DocsToolsError(f"{error.message}: {self.unchanged}", hint=hint) from error
        except BrokenPipeError:  # the reader of our output went away
            raise
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            message = f"{place}{error.strerror or error}: {self.unchanged}"
            raise DocsToolsError(message, hint=again) from error

    @property
    def sides(self) -> tuple[str, str]:
        """The commits of here and there, where both have gone their own way."""
        assert self._local  # noqa: S101 - both are there where they diverged
        assert self.remote  # noqa: S101
        return self._local, self.remote

    def common(self, one: str, other: str) -> str | None:
        """The newest commit that two have in common, or `None`."""
        try:
            return self.git.text("merge-base", one, other)
        except GitError:
            return None

    def commit(
        self,
        tree: str,
        message: str,
        parents: tuple[str, ...] | None = None,
        git: Git | None = None,
    ) -> str:
        """A commit of a tree; no branch moves yet.

        Args:
            tree: The tree.
            message: The commit's message.
            parents: The commits before it; the newest one if none are given.
            git: Git where the tree is; the repository's own if none is given.
        """
        before = parents if parents is not None else (self.head,) if self.head else ()
        flags = [word for parent in before for word in ("-p", parent)]
        stdin = message.encode("utf-8", "surrogateescape")
        return (git or self.git).text("commit-tree", tree, *flags, "-F", "-", stdin=stdin)

    def push(self, commit: str) -> None:
        """Pushes a commit and reads the remote back.

        Raises:
            OvertakenError: Somebody else pushed meanwhile.
            DocsToolsError: The remote refused, or doesn't hold the commit.
        """
        before = self.remote
        pushed = self._there.push(commit)
        back = self._there.fetch()
        self.remote = self._there.commit
        if back.ok and self.remote and self.is_ancestor(commit, self.remote):
            self.remote = commit  # what others have put on top of it since is for the next run
            return
        name, remote = self.settings.branch, self.settings.remote
        if back.ok and self.remote != before:
            raise OvertakenError(
                f"{name} keeps moving on {remote}: others publish all the time; {self.unchanged}",
                hint=lines(pushed.output, "run the command again in a while"),
            )
        if back.ok and is_lock(pushed.output):
            raise LockedError(
                f"{name} is locked on {remote}: {self.unchanged}",
                hint=lines(
                    pushed.output,
                    "run the command again in a while; a lock that stays was left by a push that "
                    "was killed: have it removed there",
                ),
            )
        raise self._there.refusal(commit, pushed, back)

    def follow(self, commit: str, *, published: bool = False) -> None:
        """Moves the local branch to a commit, from where `update` found it.

        Args:
            commit: The commit.
            published: Whether the remote has it: then a branch that was moved meanwhile follows
                from where it is now, if it is only behind.

        Raises:
            OvertakenError: It was moved meanwhile.
            DocsToolsError: It can't be moved.
        """
        output = ""
        for _ in pauses():
            if self._local != commit:
                output = self._move(commit)
            if self._local != commit:
                self._look_again(commit, published=published)
            if self._local == commit:
                self.head = commit
                return
        state = "" if published else f": {self.unchanged}"
        raise DocsToolsError(
            f"{self.settings.branch} can't be moved{state}",
            hint=lines(output, "mend it, then run the same command again"),
        )

    def _move(self, commit: str) -> str:
        """Moves the local branch if it is where it was; what git says where it can't be."""
        before = self._local or _ABSENT
        try:
            self.git.output("update-ref", "-m", "docs_tools", self._local_ref, commit, before)
        except GitError as error:
            return error.output
        self._local = commit
        return ""

    def _look_again(self, commit: str, *, published: bool) -> None:
        """Where the local branch is by now, after it could not be moved from where it was."""
        name, now = self.settings.branch, self.git.commit(self._local_ref)
        if now == self._local:
            return
        if not published:
            raise OvertakenError(
                f"{name} here keeps moving: {self.unchanged}",
                hint="run the command again in a while",
            )
        if now and not self.is_ancestor(now, commit):
            if not self.is_ancestor(commit, now):
                raise DocsToolsError(f"{name} here has commits of its own by now")
            now = commit  # it has ours, and more
        self._local = now

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether a commit is part of another's history; the history is fetched if it is cut."""
        if self.git.ok("merge-base", "--is-ancestor", older, newer):
            return True
        return self.deepen() and self.git.ok("merge-base", "--is-ancestor", older, newer)

    def deepen(self) -> bool:
        """Fetches the branch's whole history where the clone is shallow; whether it was."""
        if not self.has_remote or self.git.text("rev-parse", "--is-shallow-repository") == "false":
            return False
        return self._there.fetch(f"--depth={_EVERYTHING}").ok

    def last_change(self, path: str) -> str:
        """Who changed a path of the newest commit last: commit, name and time."""
        assert self.head is not None  # noqa: S101 - asked where something is published
        return self.git.text(
            *("log", "-1", "--no-follow", "--no-show-signature", "--no-color", "--encoding=UTF-8"),
            *("--format=%h by %an, %cI: %s", self.head, "--", f":(literal,top){path}"),
        )

    def check_writable(self) -> None:
        """Fails early where a commit could not be made.

        Raises:
            DocsToolsError: git knows no name or e-mail address, or the branch is checked out.
        """
        check_identity(self.git)
        self.check_not_checked_out()

    def check_not_checked_out(self) -> None:
        """Fails where a work tree shows the branch.

        Raises:
            DocsToolsError: What is seen there would become stale.
        """
        check_not_checked_out(self.git, self.settings.branch)

    def _not_fetched(self, answer: Answer, needs_remote: bool) -> None:
        if needs_remote:
            raise self._there.unreachable(answer.output, self.unchanged)
        locked = is_lock(answer.output)
        what = f"{self.there} is locked" if locked else f"{self.settings.remote} can't be reached"
        self.notice = f"{what}: this is what was known of it before"
