"""What has to be sent for a change, and in which order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from docs_tools.publish.bucket.headers import stage_of
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.state.tree import Entry, Paths

__all__ = ["Plan", "Sides", "Step", "make_plan"]


@dataclass(frozen=True)
class Step:
    """An object to write.

    Attributes:
        path: Its path in the site.
        file: Its path in its folder, by which it is told how it is served.
        hash: Its content.
        source: The object that the bucket shall copy; what is on this machine is sent.
    """

    path: str
    file: str
    hash: str
    source: str | None = None


@dataclass(frozen=True)
class Sides:
    """Folders and files beside them, before or after, by their paths in the site."""

    folders: Mapping[str, Entry]
    files: Mapping[str, Entry]


@dataclass
class Plan:
    """A change of a bucket.

    Attributes:
        stages: What is written; a stage begins when the one before it has ended.
        touched: The folders that differ, or may.
        added: The paths of objects that come.
        changed: Those of objects that become others.
        removed: Those of objects to which nothing refers any more.
    """

    stages: list[list[Step]] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    @property
    def steps(self) -> int:
        """How many objects are written."""
        return sum(map(len, self.stages))

    def paths(self) -> Paths:
        """The files that differ."""
        return Paths(*(tuple(sorted(one)) for one in (self.added, self.changed, self.removed)))


def make_plan(
    objects: BucketObjects,
    before: Sides,
    after: Sides,
    aliases: Mapping[str, str],
    resent: Iterable[str],
) -> Plan:
    """Compares what is there with what shall be, file by file where a folder differs.

    Args:
        objects: What the folders hold.
        before: What is there.
        after: What shall be there.
        aliases: The folder of the version by that of an alias.
        resent: Folders, and files beside them, that are sent again: other rules are in force.
    """
    plan, again = Plan(), set(resent)
    # an alias copies what its version is by then
    for path in sorted(after.folders, key=lambda path: (path in aliases, path)):
        entry = after.folders[path]
        if entry != before.folders.get(path) or path in again:
            plan.touched.add(path)
            there = objects.files(before.folders[path].hash) if path in before.folders else {}
            steps = _steps(objects, plan, path, there, after, aliases, again=path in again)
            staged: dict[tuple[int, bool], list[Step]] = {}
            for step in steps:
                # what is new is led to only by what changes
                staged.setdefault((stage_of(step.file), step.file in there), []).append(step)
            plan.stages += [staged[stage] for stage in sorted(staged)]
    for path in before.folders.keys() - after.folders.keys():
        plan.touched.add(path)
        plan.removed += [f"{path}/{file}" for file in objects.files(before.folders[path].hash)]
    root = list(_beside(objects, plan, before, after, again))
    plan.stages += [root] if root else []
    return plan


def _steps(
    objects: BucketObjects,
    plan: Plan,
    path: str,
    old: Mapping[str, Entry],
    after: Sides,
    aliases: Mapping[str, str],
    *,
    again: bool,
) -> Iterator[Step]:
    """What has to be written in one folder, by what is there."""
    new = objects.files(after.folders[path].hash)
    version = aliases.get(path)
    copied = (
        objects.files(after.folders[version].hash) if version and version in after.folders else {}
    )
    plan.removed += [f"{path}/{file}" for file in old.keys() - new.keys()]
    for file, entry in new.items():
        place = f"{path}/{file}"
        same = file in old and objects.same(old[file], entry, file)
        if same and not again:
            continue
        if not same:
            (plan.changed if file in old else plan.added).append(place)
        if version and copied.get(file) == entry:
            yield Step(place, file, entry.hash, f"{version}/{file}")
        elif objects.on_this_machine(entry.hash):
            yield Step(place, file, entry.hash)
        elif objects.source(entry.hash) != place or objects.version_of(entry.hash):
            yield Step(place, file, entry.hash, objects.source(entry.hash))
        else:  # the same, with other headers
            yield Step(place, file, entry.hash)


def _beside(
    objects: BucketObjects, plan: Plan, before: Sides, after: Sides, again: set[str]
) -> Iterator[Step]:
    for path, entry in sorted(after.files.items()):
        there = before.files.get(path)
        same = there is not None and objects.same(there, entry, path)
        if not same:
            (plan.changed if there else plan.added).append(path)
        if path.rpartition("/")[2] != "versions.json" and (not same or path in again):
            yield Step(path, path.rpartition("/")[2], entry.hash)
    plan.removed += sorted(before.files.keys() - after.files.keys())
