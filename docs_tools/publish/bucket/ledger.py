"""The record in the bucket, written so that what others note in it stays."""

import random
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.faults import OvertakenError
from docs_tools.publish.bucket.headers import HeaderRules
from docs_tools.publish.bucket.read import BucketState
from docs_tools.publish.bucket.record import PATH, Record
from docs_tools.publish.bucket.store import Store

__all__ = ["Ledger"]

_ATTEMPTS = 40
_LONGEST = 0.5  # seconds
_RENEWED_AFTER = 60.0  # seconds


@dataclass
class Ledger:
    """One run's part in the record.

    Attributes:
        store: The bucket.
        rules: What objects are served with.
        run: What the record calls the run.
    """

    store: Store
    rules: HeaderRules
    run: str
    _revision: str = ""
    _alone: bool = True  # since the claim
    _last: tuple[Record, str] | None = None  # as this run wrote it
    _renewed: float = 0.0

    def claim(
        self,
        state: BucketState,
        names: Collection[str],
        aim: str,
        removed: Iterable[str],
        live: Collection[str],
    ) -> None:
        """Notes which folders are written to, and what may go after a while.

        Args:
            state: What was read, which must be what is there.
            names: The folders.
            aim: The same for who does the same thing again.
            removed: What nothing will refer to any more.
            live: What will be in use.

        Raises:
            OvertakenError: Somebody else wrote to the record.
        """
        when = self.store.now + timedelta(hours=self.store.settings.delete_after)
        record = state.record.with_claim(self.run, names, aim, self.store.now)
        self._write(record.with_due(removed, live, when), state.record_etag)
        self._renewed, self._alone = time.monotonic(), True

    def renew(self) -> None:
        """Notes now and then that the run is alive."""
        if time.monotonic() - self._renewed > _RENEWED_AFTER:
            self._renewed = time.monotonic()
            self.change(lambda record: record.renewed(self.run, self.store.now))

    def give_up(self) -> None:
        """Notes that nobody need wait for the run, as far as that can be noted."""
        try:
            self.change(lambda record: record.given_up(self.run))
        except DocsToolsError:
            return  # others wait until they take it for ended

    def finish(self, outcome: Callable[[Record, Collection[str]], Record]) -> None:
        """Notes what the bucket holds now.

        Args:
            outcome: Makes the record that shall be from the one that is there, and from the folders
                that nobody else has taken over.
        """

        def finished(record: Record) -> Record:
            claim = record.claims.get(self.run)
            made = outcome(record, claim.names if claim else ()).without_claim(self.run)
            # of what two runs wrote at once beside the versions nobody knows which came last
            return replace(made, sure=self._alone)

        self.change(finished)

    def change(self, what: Callable[[Record], Record]) -> None:
        """Changes the record as it is now, and again where somebody was faster.

        Raises:
            DocsToolsError: Others were faster time and again, or it can't be written.
        """
        for _ in range(_ATTEMPTS):
            record, etag = self._last or self._read()
            self._last = None
            self._alone = self._alone and record.revision == self._revision
            try:
                self._write(what(record), etag)
            except OvertakenError:
                time.sleep(random.uniform(0, _LONGEST))  # noqa: S311
                continue
            return
        raise DocsToolsError(
            f"others write to {self.store.where(PATH)} time and again",
            hint="run the same command again when they have ended",
        )

    def _read(self) -> tuple[Record, str]:
        kept = self.store.get(PATH)
        if kept is None:
            raise self.store.gone(PATH)
        return Record.loads(kept.content, self.store.where(PATH)), kept.etag

    def _write(self, record: Record, etag: str | None) -> None:
        record = replace(record, revision=uuid4().hex)
        headers = replace(self.rules.of(PATH), content_encoding=None)
        content = record.dumps().encode("utf-8")
        try:
            written = self.store.put(PATH, content, headers, etag=etag, new=etag is None)
        except OvertakenError:
            # an answer that was lost on its way: the second try found what the first had written
            there = self.store.get(PATH)
            if there is None or there.content != content:
                raise
            written = there.etag
        self._last = record, written
        self._revision = record.revision
