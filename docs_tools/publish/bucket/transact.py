"""One change of a bucket, in an order that never breaks a reader, whatever others do meanwhile.

A bucket has no transactions. So the record first says which folders are written to; whoever finds
that there later knows that only the bucket itself tells what they hold. Assets are sent before the
pages that need them, `versions.json` lands only on the state that was read, and what nothing refers
to any more stays for a while.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.faults import OvertakenError
from docs_tools.publish.bucket.folders import list_folder
from docs_tools.publish.bucket.headers import HeaderRules
from docs_tools.publish.bucket.ledger import Ledger
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.bucket.read import BucketState, read_bucket
from docs_tools.publish.bucket.record import Claim, stamp
from docs_tools.publish.bucket.send import Sender
from docs_tools.publish.bucket.store import Store
from docs_tools.publish.bucket.wanted import Wanted, wanted
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.change import Change, Landed, Sent
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.event import Event
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.target import Manner

__all__ = ["Transaction"]

_ATTEMPTS = 60
_PAUSE, _LONGEST = 0.05, 2.0  # seconds: the first pause at most, and any


@dataclass
class Transaction:
    """One change of a bucket.

    Attributes:
        store: The bucket.
        settings: Where the project publishes.
        objects: What the bucket holds.
        rules: What objects are served with.
        manner: How the change is made.
        events: Finds what was done to a version.
        invalidate: Has the CDN forget what changed; the addresses it was told.
        known: The state that was read last: whether it still holds shows at the first write.
    """

    store: Store
    settings: PublishSettings
    objects: BucketObjects
    rules: HeaderRules
    manner: Manner
    events: Callable[[str], list[Event]]
    invalidate: Callable[[Wanted], tuple[str, ...]]
    known: BucketState | None = None
    ledger: Ledger = field(init=False)
    _mine: dict[str, Entry | None] = field(default_factory=dict)
    _beside: dict[str, Entry | None] = field(default_factory=dict)
    _claimed: bool = False

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.store, self.rules, uuid4().hex)

    def make(self, change: Change, planned: Snapshot | None) -> Landed:
        """Makes a change on the newest state, and again where somebody was faster.

        Args:
            change: What to change.
            planned: The state that the change was asked for on; the first one seen if none is
                given.

        Raises:
            DocsToolsError: The change can't be made, or others were faster time and again.
        """
        try:
            return self._make(change, planned)
        except BaseException:  # with Ctrl-C too: nobody need wait until it is taken for dead
            if self._claimed:
                self.ledger.give_up()
            raise

    def _make(self, change: Change, planned: Snapshot | None) -> Landed:
        attempt, first = 0, None
        while attempt < _ATTEMPTS:
            state = self._state()
            before = self._as_it_was(state.snapshot)
            first = first or state
            if planned is None or self._only_ended(first, state):
                planned = before
            draft = Draft(before)
            change.apply(draft, planned)
            found = wanted(
                self.objects,
                self.rules,
                state,
                draft,
                self.store.now,
                at_once=self.store.settings.delete_after == 0,
            )
            if self.manner.dry_run or not found:
                self._clean(state, found)
                return self._landed(before, found)
            if claim := self._writer(state, found):
                self._wait(claim, found)
                continue
            try:
                self._land(state, change, found)
            except OvertakenError:
                attempt += 1
                # others who were overtaken try again too: not all at the same moment
                pause = min(_LONGEST, _PAUSE * 2 ** min(attempt, 10))
                time.sleep(random.uniform(0, pause))  # noqa: S311
                continue
            addresses = self._finish(state, found)
            return self._landed(before, found, addresses)
        raise DocsToolsError(
            f"others publish to {self.settings.place} time and again: nothing was changed",
            hint="run the same command again when they have ended",
        )

    def _state(self) -> BucketState:
        """What is published now."""
        known, self.known = self.known, None
        found = known or read_bucket(self.store, self.settings, self.objects, self.events)
        # what this run itself has written beside the versions is told and noted when it lands
        files = {**found.files, **self._beside}
        return replace(found, files={path: entry for path, entry in files.items() if entry})

    def _only_ended(self, first: BucketState, state: BucketState) -> bool:
        """Whether those who wrote when this was asked for had written all by then."""
        return (
            bool(first.unsure)
            and not self._mine
            and all(
                files == list_folder(self.store, path, state.record.due)
                for path, files in first.unsure.items()
            )
            and first.snapshot.versions == state.snapshot.versions
            # of others they say nothing
            and self._others(first, first) == self._others(state, first)
        )

    def _others(self, state: BucketState, first: BucketState) -> dict[str, Entry | None]:
        """The folders to which nobody wrote at first."""
        names = (name for one in first.snapshot.versions for name in (one.version, *one.aliases))
        found = {name: state.snapshot.folder(name) for name in names}
        return {
            name: e for name, e in found.items() if self.settings.path(name) not in first.unsure
        }

    def _as_it_was(self, snapshot: Snapshot) -> Snapshot:
        """The state, with what this run itself has written so far taken for what it was.

        Nobody else writes to a folder that is claimed.
        """
        if not self._mine:
            return snapshot
        level = dict(snapshot.levels[-1])
        for name, entry in self._mine.items():
            if entry is None:
                level.pop(name, None)
            elif name in level:
                level[name] = entry
        return replace(snapshot, levels=(*snapshot.levels[:-1], level))

    def _writer(self, state: BucketState, found: Wanted) -> Claim | None:
        """Who else writes to the same folders."""
        writers = (
            state.record.writer(name, self.ledger.run, found.aim, self.store.now)
            for name in sorted(found.names)
        )
        return next(filter(None, writers), None)

    def _wait(self, claim: Claim, found: Wanted) -> None:
        """Waits a moment for somebody else to end."""
        left = (claim.ends() - self.store.now).total_seconds()
        if self.manner.waiting:
            names = ", ".join(sorted(found.names & set(claim.names)))
            until = stamp(claim.ends())
            self.manner.waiting(
                f"somebody else writes to {names} in {self.settings.place} since {claim.since}: "
                f"waiting, at most until {until}"
            )
        time.sleep(max(0.05, min(left, random.uniform(0.2, 1.0))))  # noqa: S311

    def _land(self, state: BucketState, change: Change, found: Wanted) -> None:
        """Writes all but what is in the record afterwards.

        Raises:
            OvertakenError: Somebody else wrote in between.
        """
        removed = (*found.plan.removed, *found.remains.orphans)
        self.ledger.claim(state, found.names, found.aim, removed, found.live)
        self._claimed = True
        for name in found.version_names(self.settings):
            self._mine.setdefault(name, state.snapshot.entries.get(name))
        for step in (step for stage in found.plan.stages for step in stage):
            if step.path in found.after.files:
                self._beside.setdefault(step.path, state.files.get(step.path))
        sender = Sender(
            self.store, self.objects, self.rules, self.manner.progress, self.ledger.renew
        )
        sender.send(found.plan)
        if found.changes:
            self._write_list(state, found, found.said(change))
        self.store.delete(found.due)

    def _write_list(self, state: BucketState, found: Wanted, said: Mapping[str, str]) -> None:
        """Writes `versions.json`: from here on the change is what is published."""
        path = self.settings.path("versions.json")
        content = found.draft.versions.dumps().encode("utf-8")
        headers = self.rules.of("versions.json")
        etag = state.versions_etag
        try:
            self.store.put(path, content, headers, said=said, etag=etag, new=not etag)
        except OvertakenError:
            # an answer that was lost on its way: the second try found what the first had written
            there = self.store.get(path)
            if there is None or there.file != content or there.said != dict(said):
                raise

    def _finish(self, state: BucketState, found: Wanted) -> tuple[str, ...]:
        """Has the CDN forget what changed, and notes what the bucket holds now.

        Raises:
            DocsToolsError: The CDN couldn't be told; all else is done.
        """
        fault: DocsToolsError | None = None
        addresses: tuple[str, ...] = ()
        try:
            addresses = self.invalidate(found)
        except DocsToolsError as error:
            fault = error
        self.ledger.finish(found.recorded)
        self._claimed = False
        if fault:
            raise fault
        return addresses

    def _clean(self, state: BucketState, found: Wanted) -> None:
        """Where a run was cut off behind its last write, only its claim is left to be ended."""
        left = any(claim.aim == found.aim for claim in state.record.claims.values())
        if left and not self.manner.dry_run:
            self.ledger.claim(state, found.names, found.aim, (), found.live)
            self.invalidate(found)
            self.ledger.finish(found.recorded)

    def _landed(self, before: Snapshot, found: Wanted, addresses: tuple[str, ...] = ()) -> Landed:
        due = sorted(found.due_later.values())
        sent = Sent(
            self.store.put_count,
            self.store.copy_count,
            self.store.delete_count,
            (due[0], len(due)) if due else None,
            addresses,
        )
        return Landed(
            before,
            found.draft.versions,
            None,
            found.plan.paths(),
            pushed=False,
            notices=tuple(found.draft.notices),
            sent=sent,
        )
