"""The docs branch on the remote: fetched, and pushed to."""

import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git, GitError
from docs_tools.publish.settings import PublishSettings

__all__ = ["Answer", "Remote", "is_lock", "lines", "pauses"]

_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds; another git holds a lock for an instant only
# one branch and nothing else, whatever the user's settings are
_FETCH = (
    *("--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules"),
    *("--no-write-fetch-head", "--no-auto-maintenance"),
)
# what git says where another one is at work, here or there: a full disk is another matter
_LOCK = re.compile(
    r"\.lock': file exists|but expected|incorrect old value|shallow file has changed",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Answer:
    """What became of a fetch or a push.

    Attributes:
        ok: Whether it succeeded.
        output: What git said where it didn't.
    """

    ok: bool
    output: str = ""


class Remote:
    """The docs branch on the remote.

    Args:
        git: Git at the top of the checkout.
        settings: Where the project publishes.

    Attributes:
        exists: Whether there is a remote at all.
        there: What to call its branch.
        commit: The branch's commit as the last fetch found it.
    """

    def __init__(self, git: Git, settings: PublishSettings) -> None:
        self._git = git
        self._name, self._branch = settings.remote, settings.branch
        self._ref = f"refs/remotes/{settings.remote}/{settings.branch}"
        self.exists = git.ok("remote", "get-url", settings.remote)
        self.there = f"{settings.remote}/{settings.branch}"
        self.commit: str | None = None

    def fetch(self, *flags: str) -> Answer:
        """Fetches the branch; where that fails, `commit` is what was known before."""
        spec = f"+refs/heads/{self._branch}:{self._ref}"
        command = ("fetch", *_FETCH, *flags)
        output = ""
        for _ in pauses() if self.exists else ():
            answer = self._try(*command, self._name, spec)
            output = answer.output
            if "couldn't find remote ref" in output:
                self._git.ok("update-ref", "-d", self._ref)
                self.commit = None
                return Answer(True)
            if answer.ok or not is_lock(output):
                break
        self.commit = self._git.commit(self._ref)
        return Answer(not output, output)

    def push(self, commit: str) -> Answer:
        """Pushes a commit; only reading the branch back tells whether it is there."""
        spec = f"{commit}:refs/heads/{self._branch}"
        return self._try("push", "--quiet", "--no-verify", self._name, spec)

    def unreachable(self, output: str, unchanged: str) -> DocsToolsError:
        """The fault where a fetch failed that was needed before a push."""
        if is_lock(output):
            hint = "if no other git is at work here, remove the lock, then run the command again"
            message = f"what is known of {self.there} is locked here: {unchanged}"
        else:
            hint = "connect to it, then run the command again"
            message = f"{self._name} can't be reached: {unchanged}"
        return DocsToolsError(message, hint=lines(output, hint))

    def refusal(self, commit: str, pushed: Answer, back: Answer) -> DocsToolsError:
        """The fault where the remote doesn't have a commit after a push.

        Args:
            commit: The commit.
            pushed: What became of the push.
            back: What became of reading the branch back.
        """
        name, here = self._branch, f"{self._branch} here is as it was"
        again = "run the same command again: what is there already isn't published twice"
        if not back.ok:
            message = (
                f"the push of {name} {'went through' if pushed.ok else 'broke off'}, and "
                f"{self._name} can't be read back: whether it has the commit {commit[:9]} isn't "
                f"known; {here}"
            )
            return DocsToolsError(message, hint=lines(pushed.output, back.output, again))
        if pushed.ok:
            message = f"{self._name} took the push, but its {name} does not have it; {here}"
            return DocsToolsError(message, hint=again)
        message = (
            f"{self._name} did not take the push of {name}: nothing was changed there, and {here}"
        )
        mend = "mend it, then run the same command again"
        return DocsToolsError(message, hint=lines(pushed.output, mend))

    def _try(self, *command: str) -> Answer:
        try:
            self._git.output(*command)
        except GitError as error:
            return Answer(False, error.output or error.message)
        return Answer(True)


def lines(*texts: str) -> str:
    """The texts that there are, each on a line of its own."""
    return "\n".join(filter(None, texts))


def is_lock(output: str) -> bool:
    """Whether git failed because another one was at work, or left a lock behind."""
    return _LOCK.search(output) is not None


def pauses() -> Iterator[None]:
    """A few attempts with a pause before each but the first, longer and longer."""
    yield
    for longest in _PAUSES:
        # those who wait for the same lock don't all come back at the same moment
        time.sleep(random.uniform(longest / 2, longest))  # noqa: S311
        yield
