"""What is published in a bucket at one moment."""

import posixpath
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from docs_tools.publish.bucket.folders import LISTED, MD5, is_tree
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.bucket.record import PATH, Record
from docs_tools.publish.bucket.store import Store
from docs_tools.publish.bucket.sums import sha256_of
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.event import Event
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.versions.list import Versions

__all__ = ["BucketState", "read_bucket"]


@dataclass(frozen=True)
class BucketState:
    """What a bucket holds, and by what it is told whether somebody wrote in between.

    Attributes:
        snapshot: What is published.
        record: What is known of it; an empty one where there is none yet.
        record_etag: The state of the record, or `None` where there is none.
        versions_etag: The state of `versions.json`, or `None` where there is none.
        files: The files beside the versions, by their paths; `versions.json` is one.
        unsure: What folders held that somebody wrote to, by their paths.
    """

    snapshot: Snapshot
    record: Record
    record_etag: str | None
    versions_etag: str | None
    files: Mapping[str, Entry]
    unsure: Mapping[str, Mapping[str, Entry]]

    def there(self, folder: str) -> Entry:
        """What is in a folder, by its path, whether that is published or not.

        Where it isn't known, or somebody writes there, the bucket itself is asked.
        """
        known = self.record.folders.get(folder)
        if known and folder not in self.record.claimed() and self._is_believed(folder):
            return Entry.folder(known.tree)
        return Entry.folder(LISTED + folder)

    def _is_believed(self, folder: str) -> bool:
        """What somebody took out of the list by hand may be gone altogether."""
        settings = self.snapshot.settings
        name = folder.removeprefix(settings.path(""))
        entry = self.snapshot.folder(name)
        listed = settings.path(name) == folder and self.snapshot.versions.find(name) is not None
        return listed and entry is not None and is_tree(entry.hash)


def read_bucket(
    store: Store,
    settings: PublishSettings,
    objects: BucketObjects,
    events: Callable[[str], list[Event]],
) -> BucketState:
    """Reads a bucket: two requests, and a listing of the top where the record can't be relied on.

    Args:
        store: The bucket.
        settings: Where the project publishes.
        objects: Is told what is where.
        events: Finds what was done to a version.

    Raises:
        DocsToolsError: It can't be read, or the list of versions is broken.
    """
    listed = settings.path("versions.json")
    # the record first: what it says may be older than the list, and is then found out by its ETag
    kept, got = store.get(PATH), store.get(listed)
    record = Record.loads(kept.content, store.where(PATH)) if kept else Record("")
    versions = Versions.loads(got.file, store.where(listed)) if got else Versions()
    # of somebody who was cut off nobody knows whether what he took away is in use still
    cut_off = tuple(f"{folder}/" for folder in record.claimed())
    objects.forget({path for path in record.due if not path.startswith(cut_off)})
    found = _Found(store, settings, objects, record)
    if got:
        found.files[listed] = Entry.file(sha256_of(got.file))
    names = [settings.path(name) for one in versions for name in (one.version, *one.aliases)]
    known = all(name in record.folders for name in names)
    # with other rules the files beside the versions are sent again: those that are still there
    sound = record.sure and known and record.rules == objects.rules.digest
    if kept is None or objects.thorough or record.claims or not sound:
        found.look()
    else:
        found.files |= {path: Entry.file(sum_) for path, sum_ in record.files.items()}
    for path, entry in found.files.items():
        objects.place(entry.hash, path)
    found.believe(names)
    root = settings.prefix
    is_empty = not found.folders and not found.files
    snapshot = Snapshot(
        objects,
        settings,
        record.revision if kept else None,
        None if is_empty else objects.tree(found.level(root)),
        tuple(map(found.level, _above(root))),
        versions,
        events,
    )
    if snapshot.root:
        objects.expect(snapshot.root, root)
    etags = (kept.etag if kept else None, got.etag if got else None)
    unsure = {
        path: {
            file: entry
            for file, entry in objects.files(LISTED + path).items()
            if f"{path}/{file}" not in record.due
        }
        for path in record.claimed()
    }
    return BucketState(snapshot, record, *etags, found.files, unsure)


@dataclass
class _Found:
    """What lies beside each other in the bucket."""

    store: Store
    settings: PublishSettings
    objects: BucketObjects
    record: Record
    folders: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)
    _there: set[str] | None = None

    def look(self) -> None:
        """Lists the top, and the folders down to the versions."""
        self._there = set()
        listed = self.settings.path("versions.json")
        for folder in _above(self.settings.prefix):
            files, folders = self.store.top(f"{folder}/" if folder else "")
            for path, entry in files.items():
                if path != listed and path not in self.objects.hidden:
                    self.files[path] = Entry.file(MD5 + entry.md5)
            self._there |= {posixpath.join(folder, name) for name in folders}

    def believe(self, names: Collection[str]) -> None:
        """Takes folders for what the record says; those that somebody writes to are listed.

        Args:
            names: The folders of versions and aliases.
        """
        claimed = self.record.claimed()
        for path in sorted({*names, *self._strangers(names, claimed)}):
            known = self.record.folders.get(path)
            sure = known is not None and path not in claimed and not self.objects.thorough
            name = known.tree if known and sure else LISTED + path
            if self._there is not None and path not in self._there:
                continue
            self.objects.expect(name, path, sitemap=known.sitemap if known and sure else None)
            self.folders[path] = Entry.folder(name)
        for path in {*names, *claimed}:
            self.objects.expect(LISTED + path, path)

    def _strangers(self, names: Collection[str], claimed: Collection[str]) -> Iterator[str]:
        """Folders beside the versions that somebody else put there."""
        for path in self._there or ():
            if path in names or path in claimed or path in self.record.folders:
                continue
            if posixpath.dirname(path) != self.settings.prefix:
                continue
            # what was deleted stays for a while
            is_due = any(due.startswith(f"{path}/") for due in self.objects.hidden)
            self.objects.expect(LISTED + path, path)
            if not is_due or self.objects.files(LISTED + path):
                yield path

    def level(self, folder: str) -> dict[str, Entry]:
        """What lies right in a folder."""
        found = {
            posixpath.basename(path): entry
            for path, entry in {**self.folders, **self.files}.items()
            if posixpath.dirname(path) == folder
        }
        root, start = self.settings.prefix, f"{folder}/" if folder else ""
        if root != folder and root.startswith(start):  # the folder that leads to the versions
            name = root.removeprefix(start).split("/")[0]
            if below := self.level(posixpath.join(folder, name)):
                found[name] = Entry.folder(self.objects.tree(below))
        return found


def _above(folder: str) -> list[str]:
    """The folders from the top down to one."""
    parts = folder.split("/") if folder else []
    return ["/".join(parts[:number]) for number in range(len(parts) + 1)]
