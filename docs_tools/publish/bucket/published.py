"""A bucket to be read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from docs_tools.errors import Diagnostic
from docs_tools.publish.bucket.read import BucketState
from docs_tools.publish.bucket.record import stamp
from docs_tools.publish.bucket.store import Store
from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.published import Arrived
from docs_tools.publish.state.snapshot import Snapshot

__all__ = ["PublishedBucket"]


@dataclass(frozen=True)
class PublishedBucket:
    """What is published in a bucket.

    Attributes:
        store: The bucket.
        state: What it holds.
        notice: What there is to know of it, such as that it is public.
    """

    store: Store
    state: BucketState
    notice: str | None = None

    @property
    def snapshot(self) -> Snapshot:
        """Its newest state."""
        return self.state.snapshot

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Runs that were cut off, or are under way."""
        return tuple(
            Diagnostic(
                f"somebody writes to {', '.join(claim.names) or 'it'}, or was cut off, since "
                f"{claim.since}",
                self.store.settings.place,
                hint="if no such run is under way, run the command that was cut off again",
            )
            for claim in self.state.record.claims.values()
        )

    def arrived(self, versions: Collection[str]) -> Mapping[str, Arrived]:
        """When the files of some versions came, as far as that is known."""
        found = {}
        for version in versions:
            path = self.snapshot.settings.path(version)
            for name in (MANIFEST, "index.html"):
                if head := self.store.head(f"{path}/{name}"):
                    found[version] = Arrived(stamp(head.modified), None)
                    break
        return found

    def robbed(self, versions: Collection[str]) -> set[str]:
        """Which of the versions without a manifest had one when we wrote them."""
        settings, known = self.snapshot.settings, self.state.record.folders
        return {version for version in versions if settings.path(version) in known}
