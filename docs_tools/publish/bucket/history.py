"""What was done to a version, as the older versions of the bucket's objects have it.

Each publish writes `versions.json`, and beside it what it did and which manifests came with it. So
on a bucket that keeps versions, those of `versions.json` are what commits are on a branch.
"""

import shlex
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote

from docs_tools.aws.parallel import run_parallel
from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.answers import Got, Past
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.bucket.record import PATH, Record, stamp
from docs_tools.publish.bucket.store import JOBS, Store
from docs_tools.publish.bucket.sums import sha256_of, tree_hash
from docs_tools.publish.manifest.manifest import MANIFEST, built_from, read_manifest
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.event import Event, VersionState, entry_in, is_alias_in
from docs_tools.publish.state.tree import Entry

__all__ = ["BucketHistory"]


@dataclass
class BucketHistory:
    """Finds what was done to a version.

    Attributes:
        store: The bucket.
        settings: Where the project publishes.
        objects: Is told what older versions of objects hold.
    """

    store: Store
    settings: PublishSettings
    objects: BucketObjects
    _manifests: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, version: str) -> list[Event]:
        """What was done to a version, the newest first.

        Raises:
            DocsToolsError: The bucket keeps no versions.
        """
        if not self.store.keeps_versions():
            raise self._forgetful(version)
        lists = self._lists()
        folder = self.settings.path(version)
        older = self.store.past(f"{folder}/")
        self._find_manifests([one for one in older if one.path == f"{folder}/{MANIFEST}"])
        states: list[VersionState] = []
        for _, got in reversed(lists):
            states.append(self._state(got, version, states[-1] if states else VersionState()))
        states.reverse()
        before = [*states[1:], VersionState()]
        events = [
            self._event(past, got, state, old)
            for (past, got), state, old in zip(lists, states, before, strict=True)
            if state != old
        ]
        self._note_older(folder, older, events[1:])
        return events

    def _lists(self) -> list[tuple[Past, Got]]:
        """All versions of `versions.json`, the newest first."""
        path = self.settings.path("versions.json")
        past = [one for one in self.store.past(path) if one.path == path and not one.deleted]
        found = self._read(past)
        return [(one, got) for one in past if (got := found.get(one.version))]

    def _read(self, past: Sequence[Past]) -> Mapping[str, Got]:
        calls = [partial(self.store.get, one.path, one.version) for one in past]
        with closing(run_parallel(calls, JOBS)) as answers:
            return {past[number].version: got for number, got in answers if got}

    def _find_manifests(self, past: Sequence[Past]) -> None:
        """Reads the manifests that a version had, by their hashes."""
        for got in self._read([one for one in past if not one.deleted]).values():
            text = got.file
            self._manifests[sha256_of(text)] = text

    def _state(self, got: Got, version: str, before: VersionState) -> VersionState:
        """What a version was by a list, and what was said of its manifest."""
        entry = entry_in(got.file, version)
        if entry is None and is_alias_in(got.file, version):
            return VersionState(None, None)
        tree = before.tree if entry else None
        for said in got.said.get("docs-manifests", "").split(", "):
            name, _, hash_ = said.rpartition(" ")
            if entry and unquote(name) == version and hash_ in self._manifests:
                tree = self._tree(hash_)
        return VersionState(tree, entry)

    def _tree(self, hash: str) -> str | None:
        """The folder of a manifest."""
        text = self._manifests[hash]
        manifest = read_manifest(text)
        if manifest is None:
            return None
        files = {path: Entry.file(sum_) for path, sum_ in manifest.files.items()}
        files[MANIFEST] = Entry.file(hash)
        name = tree_hash(files)
        self.objects.keep(name, files)
        self.objects.write_many([text])
        return name

    def _event(self, past: Past, got: Got, state: VersionState, before: VersionState) -> Event:
        said = got.said
        brought = state.tree is not None and state.tree != before.tree
        return Event(
            commit=past.version,
            time=stamp(past.modified),
            author="",
            action=said.get("docs-action") or "change",
            built_from=(said.get("docs-built-from") or self._source(state)) if brought else None,
            restored=said.get("docs-restored"),
            tree=state.tree,
            entry=state.entry,
            tree_before=before.tree,
            entry_before=before.entry,
        )

    def _source(self, state: VersionState) -> str | None:
        if state.tree is None:
            return None
        manifest = self.objects.files(state.tree)[MANIFEST].hash
        return built_from(self._manifests.get(manifest))

    def _note_older(self, folder: str, past: Sequence[Past], events: Sequence[Event]) -> None:
        """Finds the older versions of objects by which the last state can be had again.

        What an object holds is told by its checksum; where that is the one looked for doesn't
        depend on anybody's clock.
        """
        trees = dict.fromkeys(event.tree for event in events if event.tree)
        wanted = {
            (f"{folder}/{path}", entry.hash)
            for tree in trees
            for path, entry in self.objects.files(tree).items()
        }
        paths = {path for path, _ in wanted}
        some = [one for one in past if one.path in paths and not one.deleted]
        calls = [partial(self.store.head, one.path, one.version) for one in some]
        with closing(run_parallel(calls, JOBS)) as answers:
            for number, head in answers:
                one = some[number]
                sum_ = head.sha256 if head else None
                if head and sum_ is None:
                    got = self.store.get(one.path, one.version)
                    sum_ = sha256_of(got.file) if got else None
                if sum_ and (one.path, sum_) in wanted:
                    self.objects.was(sum_, one.path, one.version)

    def _forgetful(self, version: str) -> DocsToolsError:
        """The fault where the bucket keeps no versions, with what would do instead."""
        got = self.store.get(PATH)
        record = Record.loads(got.content, self.store.where(PATH)) if got else Record("")
        known = record.folders.get(self.settings.path(version))
        before = known.before if known else None
        said = f"was built from {before}" if before else "was built from, nobody knows"
        if before and before.endswith("+"):
            said = f"was built from {before[:-1]}, with changes that were not committed"
        words = ["docs_tools", "hotfix", "--version", version]
        words += ["--ref", (before or "REF").rstrip("+"), "--target", self.store.settings.name]
        return DocsToolsError(
            f"{self.store.settings.place} keeps no versions of its objects: what {version} was "
            "before can't be brought back without a build",
            hint=f"what it was before {said}; to build that again: {shlex.join(words)}\n"
            "to keep them from now on, turn versioning on: docs_tools s3 template",
        )
