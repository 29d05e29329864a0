"""A bucket as a place to publish in."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property

from docs_tools.publish.bucket.exposure import find_exposure
from docs_tools.publish.bucket.headers import HeaderRules
from docs_tools.publish.bucket.history import BucketHistory
from docs_tools.publish.bucket.invalidation import Invalidator
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.bucket.published import PublishedBucket
from docs_tools.publish.bucket.read import BucketState, read_bucket
from docs_tools.publish.bucket.record import stamp
from docs_tools.publish.bucket.settings import BucketSettings
from docs_tools.publish.bucket.store import Store, open_store
from docs_tools.publish.bucket.transact import Transaction
from docs_tools.publish.manifest.manifest import MANIFEST, Manifest
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.site_files import SiteFiles
from docs_tools.publish.state.change import Change, Landed
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry, Paths
from docs_tools.publish.target import Manner

__all__ = ["BucketTarget"]


@dataclass
class BucketTarget:
    """A bucket, with a CDN before it or without.

    Attributes:
        bucket: The bucket.
        settings: Where the project publishes, as far as the bucket goes.
        manner: How a change is made.
    """

    bucket: BucketSettings
    settings: PublishSettings
    manner: Manner
    _planned: BucketState | None = None

    @classmethod
    def of(
        cls, bucket: BucketSettings, settings: PublishSettings, manner: Manner
    ) -> "BucketTarget":
        """The target for a bucket of the configuration."""
        own = replace(settings, bucket=bucket.place, alias_type=bucket.alias_type)
        return cls(bucket, own, manner)

    @property
    def name(self) -> str:
        """What the settings call it."""
        return self.bucket.name

    @cached_property
    def store(self) -> Store:
        """The bucket's objects."""
        return open_store(self.bucket)

    @cached_property
    def rules(self) -> HeaderRules:
        """What objects are served with."""
        return HeaderRules(self.bucket)

    @cached_property
    def objects(self) -> BucketObjects:
        """What the bucket holds, and what shall be sent to it."""
        return BucketObjects(self.store, self.rules)

    @cached_property
    def history(self) -> BucketHistory:
        """Finds what was done to a version."""
        return BucketHistory(self.store, self.settings, self.objects)

    def untouched(self) -> AbstractContextManager[None]:
        """A failure of git is none of the bucket's."""
        return nullcontext()

    def plan(self) -> Snapshot:
        """What is published, before a build."""
        self.objects.thorough = self.manner.thorough
        self._planned = self._state()
        return self._planned.snapshot

    def _state(self) -> BucketState:
        return read_bucket(self.store, self.settings, self.objects, self.history)

    def check_writable(self) -> None:
        """Whether the bucket may be written to shows at the first write, which is the record's."""

    def known(self, planned: Snapshot, version: str) -> frozenset[str]:
        """Nothing: git's database isn't the bucket."""
        return frozenset()

    def seal(self, files: SiteFiles, manifest: Manifest) -> Entry:
        """The folder of a version: a site with its manifest."""
        paths = {files.sums[name]: files.paths[entry.hash] for name, entry in files.entries.items()}
        (hash_,) = self.objects.write_many([manifest.dumps().encode("utf-8")], files=paths)
        entries = {name: Entry.file(sum_) for name, sum_ in files.sums.items()}
        return Entry.folder(self.objects.tree_of({**entries, MANIFEST: Entry.file(hash_)}))

    def last_change(self, path: str) -> str:
        """When a path changed last; S3 doesn't tell who did it."""
        for name in (path, f"{path}/{MANIFEST}"):
            if head := self.store.head(name):
                return f"at {stamp(head.modified)}"
        return "at a time that nobody knows"

    def prepare(self, *, history: bool) -> None:
        """Nothing has to be fetched."""

    def land(self, change: Change, planned: Snapshot | None) -> Landed:
        """Makes a change."""
        invalidator = Invalidator(self.bucket, self.settings, wait=self.manner.wait)
        landed = Transaction(
            self.store,
            self.settings,
            self.objects,
            self.rules,
            self.manner,
            self.history,
            invalidator,
            self._planned,
        ).make(change, planned)
        if not landed.paths or self.manner.dry_run:
            return landed
        exposed = find_exposure(self.store.client, self.bucket)
        return replace(landed, notices=(*landed.notices, exposed)) if exposed else landed

    def next_commands(self, paths: Paths) -> Iterator[str]:
        """The commands that come after a write."""
        if self.manner.dry_run and paths:
            yield f"the same command {self.manner.go_ahead}"

    def read(self, *, thorough: bool = False, history: bool = False) -> PublishedBucket:
        """Reads what is published."""
        self.objects.thorough = thorough
        exposed = find_exposure(self.store.client, self.bucket) if thorough else None
        return PublishedBucket(self.store, self._state(), exposed)
