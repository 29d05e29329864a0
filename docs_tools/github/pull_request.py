"""One pull request for a change: opened, or the one that is open brought up to date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from docs_tools.errors import DocsToolsError
from docs_tools.github.answers import Facts, Pull, Tree
from docs_tools.github.client import GitHub
from docs_tools.github.commit import make_commit
from docs_tools.github.explain import GitHubError
from docs_tools.github.repository import Repository, check_branch
from docs_tools.github.repository_files import Blobs, RepositoryFiles

__all__ = ["Proposal", "propose"]

Edit = Callable[[RepositoryFiles], Mapping[str, bytes]]
Describe = Callable[[RepositoryFiles], str]

_ATTEMPTS = 5
_PAUSE = 0.5  # seconds, longer each time: what GitHub tells may lag behind
_LONGEST_TITLE = 256
_LONGEST_BODY = 65_536


@dataclass(frozen=True)
class Proposal:
    """What was done, or in a dry run what would be.

    Attributes:
        number: The number of the pull request; `None` where there is none.
        url: Its address.
        created: Whether it was opened.
        updated: Whether an open one got a commit or other words.
        files: The files that the commit changes; none where it changes nothing.
        replaced: The commit that a left-over branch, of no open pull request, was at before.
    """

    number: int | None
    url: str | None
    created: bool
    updated: bool
    files: tuple[str, ...]
    replaced: str | None = None

    def __str__(self) -> str:
        if self.number is None and not self.created:
            return "nothing to change: no pull request was made"
        name = f"pull request #{self.number} {self.url}" if self.number else "a pull request"
        if self.created:
            return f"opened {name}"
        return f"updated {name}" if self.updated else f"{name} is up to date"


@dataclass(frozen=True)
class _Wish:
    """What the pull request shall be."""

    branch: str
    title: str
    body: str | Describe
    message: str
    edit: Edit
    base: str | None
    blobs: Blobs | None
    dry_run: bool


def propose(
    github: GitHub,
    branch: str,
    *,
    title: str,
    body: str | Describe,
    message: str,
    edit: Edit,
    base: str | None = None,
    blobs: Blobs | None = None,
    dry_run: bool = False,
) -> Proposal:
    """Has one open pull request from a branch, with a change in it.

    Where one is open, the change goes on top of what is on its branch. Where none is, the branch
    is set to a new commit on the base, whatever an earlier pull request left there.

    Args:
        github: The repository.
        branch: The branch for the change.
        title: The title of the pull request.
        body: Its text, or what tells it of the files of the branch to merge into.
        message: What the commit says.
        edit: The new contents of files, given those that are there. It may be called again where
            somebody else changes the branch meanwhile.
        base: The branch to merge into; the default one, or that of the open pull request, where
            it isn't given.
        blobs: The contents of files by the names that git gives them, where they are here.
        dry_run: Whether to write nothing.

    Raises:
        DocsToolsError: The repository, a branch or a text is refused, or GitHub isn't there.
    """
    check_branch(branch)
    _check_words(title, "" if callable(body) else body)
    wish = _Wish(branch, title, body, message, edit, base, blobs, dry_run)
    proposing = _Proposing(github, wish)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return proposing.attempt()
        except GitHubError as error:
            if not error.meanwhile or attempt == _ATTEMPTS:
                raise
        github.sleep(_PAUSE * attempt)
    raise AssertionError("no attempt was left")  # pragma: no cover


class _There(NamedTuple):
    """What is on a branch."""

    commit: str
    tree: Tree
    files: RepositoryFiles


class _Proposing:
    """Reads what there is and does what is left to do, as often as somebody else comes between.

    Attributes:
        files: What earlier attempts have changed on the branch.
        replaced: What a left-over branch was at before them.
    """

    def __init__(self, github: GitHub, wish: _Wish) -> None:
        self.github = github
        self.wish = wish
        self.files: set[str] = set()
        self.replaced: str | None = None
        self._made: set[str] = set()

    def attempt(self) -> Proposal:
        """The whole once.

        Raises:
            GitHubError: `meanwhile` where another attempt is worth it.
        """
        facts = self.github.facts()
        base = check_branch(self.wish.base or facts.default_branch)
        if self.wish.branch in (base, facts.default_branch):
            raise DocsToolsError(
                f'the branch "{self.wish.branch}" is one that changes are merged into',
                hint="name another one for the pull request",
            )
        pull = self._open_pull(facts)
        if pull is not None:
            body = self.wish.body
            if callable(body):
                body = self._told(body, self._read(pull.base.ref, facts))
            self._change(pull, self._read(pull.head.ref, facts, meanwhile=True), facts)
            return self._renew(pull, body)
        there = self._read(base, facts)
        changes = self._change(None, there, facts)
        if self.wish.dry_run or not changes:
            return self._proposal(None, created=changes, updated=False)
        body = self.wish.body
        body = self._told(body, there) if callable(body) else body
        return self._proposal(self._make_pull(facts, base, body), created=True, updated=False)

    def _open_pull(self, facts: Facts) -> Pull | None:
        """The open pull request from the branch; forks may have branches of that name too."""
        owner = Repository.parse(facts.full_name).owner
        found = [
            pull
            for pull in self.github.open_pulls(owner, self.wish.branch)
            if pull.head.ref == self.wish.branch
            if pull.head.repo and pull.head.repo.full_name.lower() == facts.full_name.lower()
        ]
        wanted = self.wish.base or facts.default_branch
        fitting = [pull for pull in found if pull.base.ref == wanted]
        if self.wish.base and found and not fitting:
            raise DocsToolsError(
                f"pull request #{found[0].number} from {self.wish.branch} is open, for the branch "
                f"{found[0].base.ref}, and not for {wanted}",
                hint="close it, or name another branch",
            )
        return min(fitting or found, key=lambda pull: pull.number, default=None)

    def _read(self, name: str, facts: Facts, *, meanwhile: bool = False) -> _There:
        """What is on a branch; `meanwhile` where it was there a moment ago."""
        start = self.github.branch(name)
        if start is None:
            message = f"there is no branch {name} in {facts.full_name}"
            raise GitHubError(message, meanwhile=meanwhile)
        tree = self.github.tree(self.github.commit(start).tree.sha)
        return _There(start, tree, RepositoryFiles(self.github, tree.tree, self.wish.blobs))

    def _told(self, describe: Describe, target: _There) -> str:
        """The text of the pull request, told of the branch to merge into."""
        body = describe(target.files)
        _check_words(self.wish.title, body)
        return body

    def _change(self, pull: Pull | None, there: _There, facts: Facts) -> bool:
        """Puts the change on the branch; whether there is one to put there."""
        contents = there.files.changed(self.wish.edit(there.files))
        if contents and not self.wish.dry_run:
            made = make_commit(
                self.github, there.commit, there.tree, there.files, contents, self.wish.message
            )
            self._made.add(made)
            if pull:
                self.github.move_branch(pull.head.ref, made, force=False)
            else:
                self._set_branch(made, facts)
        self.files |= contents.keys()
        return bool(contents)

    def _set_branch(self, commit: str, facts: Facts) -> None:
        """Has the branch at a commit, whatever an earlier pull request left there."""
        left = self.github.branch(self.wish.branch)
        if left is None:
            self.github.make_branch(self.wish.branch, commit)
            return
        if self._open_pull(facts):  # of a run beside this one: its commits stay
            raise GitHubError("a pull request was opened meanwhile", meanwhile=True)
        self.github.move_branch(self.wish.branch, commit, force=True)
        if left not in self._made:
            self.replaced = left

    def _make_pull(self, facts: Facts, base: str, body: str) -> Pull:
        wish = self.wish
        try:
            return self.github.make_pull(wish.branch, base, wish.title, body)
        except GitHubError as error:
            if not error.meanwhile:
                compare = f"{facts.html_url}/compare/{quote(base)}...{quote(wish.branch)}?expand=1"
                there = f"the change is on the branch {wish.branch}; to open it by hand: {compare}"
                error.hint = f"{error.hint}\n{there}" if error.hint else there
            raise

    def _renew(self, pull: Pull, body: str) -> Proposal:
        """Brings the words of an open pull request up to date."""
        wish = self.wish
        same = pull.title == wish.title and _plain(pull.body) == _plain(body)
        if not same and not wish.dry_run:
            pull = self.github.edit_pull(pull.number, wish.title, body)
        return self._proposal(pull, created=False, updated=bool(self.files) or not same)

    def _proposal(self, pull: Pull | None, *, created: bool, updated: bool) -> Proposal:
        return Proposal(
            number=pull.number if pull else None,
            url=pull.html_url if pull else None,
            created=created,
            updated=updated,
            files=tuple(sorted(self.files)),
            replaced=self.replaced,
        )


def _check_words(title: str, body: str) -> None:
    if not title.strip() or len(title) > _LONGEST_TITLE or len(body) > _LONGEST_BODY:
        raise DocsToolsError(
            f"the pull request can't be opened: GitHub takes a title of {_LONGEST_TITLE} characters"
            f" at most, and a text of {_LONGEST_BODY}"
        )


def _plain(text: str | None) -> str:
    """A text as it was sent: the website ends lines in another way."""
    return (text or "").replace("\r\n", "\n").strip()
