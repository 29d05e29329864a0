"""What a change makes of a bucket: the folders and files that shall be, and what that takes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import quote

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.publish.bucket.folders import MD5
from docs_tools.publish.bucket.headers import HeaderRules
from docs_tools.publish.bucket.keys import key_of
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.bucket.plan import Plan, Sides, make_plan
from docs_tools.publish.bucket.read import BucketState
from docs_tools.publish.bucket.record import Folder, Record
from docs_tools.publish.bucket.remains import Remains, find_remains
from docs_tools.publish.bucket.sums import sha256_of
from docs_tools.publish.manifest.manifest import MANIFEST, built_from
from docs_tools.publish.root import NAMES
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.change import Change
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.tree import Entry

__all__ = ["Wanted", "wanted"]

_SAID = 10


@dataclass
class Wanted:
    """What a change makes of a state.

    Attributes:
        objects: What the bucket holds.
        rules: What objects are served with.
        state: What was read.
        draft: What shall be published.
        after: The folders and files that shall be there.
        plan: What that takes.
        due: What is deleted with it, because its time has come.
        alive: What was due, but is in use again.
        remains: What others left that were cut off.
        due_later: What is due, and when, once that is known.
    """

    objects: BucketObjects
    rules: HeaderRules
    state: BucketState
    draft: Draft
    after: Sides
    plan: Plan
    due: list[str] = field(default_factory=list)
    alive: list[str] = field(default_factory=list)
    remains: Remains = field(default_factory=Remains)
    due_later: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.changes or bool(self.due) or self.remains.any

    @property
    def changes(self) -> bool:
        """Whether readers or other publishers see something else afterwards."""
        return bool(self.plan.touched or self.plan.paths() or self.plan.steps)

    @property
    def names(self) -> set[str]:
        """The folders that are written to, or deleted from, by their paths in the site."""
        folders = (folder_of(self.state.snapshot.settings, path) for path in self.due)
        return self.plan.touched | self.remains.names | set(filter(None, folders))

    def version_names(self, settings: PublishSettings) -> set[str]:
        """The versions and aliases whose folders are written to."""
        start = settings.path("")
        return {path.removeprefix(start) for path in self.plan.touched}

    @property
    def aim(self) -> str:
        """The same for who does the same thing again."""
        touched = {path: self.after.folders.get(path) for path in sorted(self.plan.touched)}
        if touched:
            return sha256_of(repr(touched).encode())
        return sha256_of(self.draft.versions.dumps().encode("utf-8"))

    @cached_property
    def live(self) -> set[str]:
        """What is in use afterwards, as far as it is touched or was left by others."""
        found = set(self.after.files)
        folders = {p: e for p, e in self.after.folders.items() if p in self.plan.touched}
        for path, entry in {**folders, **self.remains.folders}.items():
            found |= {f"{path}/{file}" for file in self.objects.files(entry.hash)}
        return found

    def said(self, change: Change) -> dict[str, str]:
        """What is kept beside `versions.json`: what was done, and which manifests came with it."""
        found = {key.lower(): value for key, value in change.trailers.items()}
        manifests = []
        for path in sorted(self.plan.touched & self.after.folders.keys()):
            name = path.removeprefix(self.draft.before.settings.path(""))
            manifest = self.objects.files(self.after.folders[path].hash).get(MANIFEST)
            if self.draft.versions.get(name) and manifest:
                manifests.append(f"{quote(name, safe='')} {manifest.hash}")
        # S3 keeps 2 kB beside an object
        some = ", ".join(manifests[:_SAID])
        return {**found, "docs-manifests": some} if manifests else found

    def recorded(self, record: Record, claimed: Collection[str]) -> Record:
        """The record afterwards, made from the one that is there by then.

        Args:
            record: The one that is there.
            claimed: The folders that nobody else has taken over from a run that was long silent.
        """
        folders = dict(record.folders)
        for path in self.plan.touched.intersection(claimed):
            entry = self.objects.named(self.after.folders.get(path))
            if entry is None:
                folders.pop(path, None)
            else:
                folders[path] = self._folder(entry, record.folders.get(path))
        for path in self.remains.names.intersection(claimed):
            left, known = self.remains.folders.get(path), folders.pop(path, None)
            if left:  # what its files are served with nobody knows
                folders[path] = replace(self._folder(left, known), rules="")
        listed = self.draft.before.settings.path("versions.json")
        files = {path: e.hash for path, e in self.after.files.items() if path != listed}
        looked_up = self.objects.sums(sum_ for sum_ in files.values() if sum_.startswith(MD5))
        files = {path: looked_up.get(sum_, sum_) for path, sum_ in files.items()}
        gone = {*self.due, *self.alive}
        due = {path: when for path, when in record.due.items() if path not in gone}
        self.due_later = due
        # who publishes nothing sends no file again for the sake of other rules
        rules = self.rules.digest if self.draft.refreshed else record.rules
        return replace(record, folders=folders, files=files, rules=rules, due=due)

    def _folder(self, entry: Entry, before: Folder | None) -> Folder:
        files = self.objects.files(entry.hash)
        manifest = files.get(MANIFEST)
        text = self.objects.read(manifest.hash) if manifest else None
        source = built_from(text)
        older = None
        if before:
            older = before.before if before.tree == entry.hash else before.built_from
        return Folder(entry.hash, self.rules.digest, "sitemap.xml" in files, source, older)


def wanted(
    objects: BucketObjects,
    rules: HeaderRules,
    state: BucketState,
    draft: Draft,
    now: datetime,
    *,
    at_once: bool,
) -> Wanted:
    """Compares what is there with what a draft wants.

    Args:
        objects: What the bucket holds.
        rules: What objects are served with.
        state: What was read.
        draft: What shall be published.
        now: The bucket's time.
        at_once: Whether what nothing refers to any more goes at once.

    Raises:
        DocsToolsError: Something that isn't ours is in the way.
    """
    settings = draft.before.settings
    after = _flat(objects, draft.tree(), "")
    was = _published(settings, draft)
    touched = {p for p in was.keys() | after.folders.keys() if was.get(p) != after.folders.get(p)}
    there = {path: _there(objects, state, path) for path in touched}
    _check_free(objects, state, draft, there)
    unchanged = {path: entry for path, entry in after.folders.items() if path not in touched}
    before = Sides({**unchanged, **there}, state.files)
    resent = _resent(rules, state, draft)
    plan = make_plan(objects, before, after, _aliases(settings, draft), resent)
    _check_keys(objects, plan)
    found = Wanted(objects, rules, state, draft, after, plan)
    found.due_later = dict(state.record.due)
    found.remains = find_remains(objects, state, after.folders, plan.touched, now)
    _settle_due(found, now, at_once=at_once)
    return found


def folder_of(settings: PublishSettings, path: str) -> str | None:
    """The folder of a version or an alias that a path is in, if it is in one."""
    start = settings.path("")
    name, slash, _ = path.removeprefix(start).partition("/")
    return start + name if path.startswith(start) and slash else None


def _flat(objects: BucketObjects, tree: str, start: str) -> Sides:
    """All folders and the files beside them, by their paths in the site."""
    folders: dict[str, Entry] = {}
    files: dict[str, Entry] = {}
    for name, entry in (objects.level(tree) or {}).items():
        if not entry.is_folder:
            files[start + name] = entry
        elif objects.level(entry.hash) is None:
            folders[start + name] = entry
        else:
            below = _flat(objects, entry.hash, f"{start}{name}/")
            folders.update(below.folders)
            files.update(below.files)
    return Sides(folders, files)


def _published(settings: PublishSettings, draft: Draft) -> dict[str, Entry]:
    """The folders that are published, by their paths in the site."""
    level = draft.before.entries
    return {settings.path(name): entry for name, entry in level.items() if entry.is_folder}


def _there(objects: BucketObjects, state: BucketState, path: str) -> Entry:
    entry = state.there(path)
    objects.expect(entry.hash, path)
    return entry


def _check_free(
    objects: BucketObjects, state: BucketState, draft: Draft, there: Mapping[str, Entry]
) -> None:
    """Fails where something that isn't ours is in the way of a new version or alias.

    Raises:
        DocsToolsError: Such as for a folder that somebody else put there.
    """
    settings = draft.before.settings
    ours = _published(settings, draft).keys() | state.record.claimed() | state.record.folders.keys()
    for path, entry in there.items():
        if path not in ours and objects.files(entry.hash):
            raise draft.taken(path.removeprefix(settings.path("")))


def _check_keys(objects: BucketObjects, plan: Plan) -> None:
    """Fails for paths that can be no keys, all of them at once, before anything is written.

    Raises:
        DocsToolsError: With what is wrong with each.
    """
    problems = []
    for step in (step for stage in plan.stages for step in stage):
        try:
            key_of(objects.store.settings, step.path)
        except DocsToolsError as error:
            problems.append(Diagnostic(error.message, hint=error.hint))
    if problems:
        place = objects.store.settings.place
        raise DocsToolsError(f"nothing was sent to {place}", diagnostics=problems)


def _aliases(settings: PublishSettings, draft: Draft) -> dict[str, str]:
    """The folder of the version by that of an alias."""
    return {
        settings.path(alias): settings.path(entry.version)
        for entry in draft.versions
        for alias in entry.aliases
    }


def _resent(rules: HeaderRules, state: BucketState, draft: Draft) -> set[str]:
    """What is sent again with a version because other rules for headers are in force now."""
    settings, record = draft.before.settings, state.record
    found = set()
    before = {name for one in draft.before.versions for name in (one.version, *one.aliases)}
    names = [draft.versions.get(version) for version in draft.refreshed]
    for entry in filter(None, names):
        for path in (settings.path(name) for name in (entry.version, *entry.aliases)):
            known = record.folders.get(path)
            # of what was sent for the first time, and cut off, all that is there is ours
            fresh = path in record.claimed() and path.removeprefix(settings.path("")) not in before
            if not fresh if known is None else known.rules != rules.digest:
                found.add(path)
    if names and record.revision and record.rules != rules.digest:
        ours = ("index.html", ".nojekyll", *NAMES)
        found |= {path for path in state.files if path.rpartition("/")[2] in ours}
    return found


def _settle_due(found: Wanted, now: datetime, *, at_once: bool) -> None:
    """Finds what is deleted now, and what was to be but is in use again."""
    state, settings = found.state, found.state.snapshot.settings
    for path in state.record.due_by(now):
        folder = folder_of(settings, path)
        if folder in state.record.claimed() and folder not in found.plan.touched:
            continue  # somebody writes there: the next publish finds it again
        entry = found.after.folders.get(folder or "")
        name = path.removeprefix(f"{folder}/")
        if path in found.after.files or (entry and name in found.objects.files(entry.hash)):
            found.alive.append(path)
        else:
            found.due.append(path)
    # a file beside the versions, such as the page that leads to one, is no asset of any page
    removed = (*found.plan.removed, *found.remains.orphans)
    gone = (path for path in removed if at_once or not folder_of(settings, path))
    found.due += [path for path in gone if path not in found.due]
