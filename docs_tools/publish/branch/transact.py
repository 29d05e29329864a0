"""One write to the docs branch, whole or not at all, whatever others publish meanwhile."""

import random
import time

from docs_tools.errors import DocsToolsError
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.branch.reconcile import newest_snapshot
from docs_tools.publish.branch.refs import DocsBranch, LockedError, OvertakenError
from docs_tools.publish.state.change import Change, Landed
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.snapshot import Snapshot

__all__ = ["transact"]

_ATTEMPTS = 20
_LOCKED_ATTEMPTS = 6  # one after another; then it is no push of others, but what one left behind
_PAUSE, _LONGEST = 0.1, 2.0  # seconds: the first pause at most, and any


def transact(
    branch: DocsBranch,
    change: Change,
    objects: GitObjects,
    *,
    push: bool,
    dry_run: bool,
    planned: Snapshot | None = None,
) -> Landed:
    """Makes a change on the newest state of the branch, and again where somebody was faster.

    Args:
        branch: The docs branch.
        change: What to change.
        objects: Where to write; with a dry run a quarantine.
        push: Whether to push.
        dry_run: Whether to stop before anything is written that lasts.
        planned: The state that the change was asked for on; the first one seen if none is given.

    Raises:
        DocsToolsError: The change can't be made, the remote refuses it, or others were faster time
            and again; nothing was changed.
    """
    locked = 0
    for attempt in range(_ATTEMPTS):
        with branch.left_alone():
            before = newest_snapshot(
                branch, objects, needs_remote=push and not dry_run, known=planned
            )
            planned = planned or before
            draft = Draft(before)
            change.apply(draft, planned)
            tree = draft.tree()
            paths = objects.compare(before.commit, tree)
            makes_commit = paths and not dry_run
            commit = branch.commit(tree, _message(change)) if makes_commit else branch.head
        pushed = False
        if commit and not dry_run:
            try:
                pushed = _land(branch, commit, draft, push=push)
            except OvertakenError as error:
                locked = locked + 1 if isinstance(error, LockedError) else 0
                if attempt == _ATTEMPTS - 1 or locked == _LOCKED_ATTEMPTS:
                    raise
                # others who were overtaken try again too: not all at the same moment
                time.sleep(random.uniform(0, min(_LONGEST, _PAUSE * 2**attempt)))  # noqa: S311
                continue
        notices = [branch.notice] if branch.notice else []
        return Landed(
            before, draft.versions, branch.head, paths, pushed, (*notices, *draft.notices)
        )
    raise AssertionError("unreachable")  # pragma: no cover


def _land(branch: DocsBranch, commit: str, draft: Draft, *, push: bool) -> bool:
    """Pushes a commit and moves the branch; whether something was pushed."""
    branch.check_not_checked_out()  # a build takes a while
    if not push:
        branch.follow(commit)
        return False
    pushed = commit != branch.remote
    if pushed:
        branch.push(commit)
    try:
        branch.follow(commit, published=True)
    except DocsToolsError as error:
        # it is published; that the branch here is behind is mended by the next command
        branch.head = commit
        why = ": ".join([error.message, *(error.hint or "").splitlines()[:1]])
        draft.notices.append(f"{branch.settings.branch} here did not follow: {why}")
    return pushed


def _message(change: Change) -> str:
    trailers = "".join(f"{key}: {value}\n" for key, value in change.trailers.items())
    return f"{change.subject}\n\n{trailers}" if trailers else f"{change.subject}\n"
