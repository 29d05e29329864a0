"""What runs left that were cut off and never repeated."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from docs_tools.publish.bucket.folders import LISTED, look_at
from docs_tools.publish.bucket.objects import BucketObjects
from docs_tools.publish.bucket.read import BucketState
from docs_tools.publish.manifest.manifest import MANIFEST, read_manifest
from docs_tools.publish.state.tree import Entry

__all__ = ["Remains", "find_remains"]


@dataclass
class Remains:
    """What nobody will complete any more.

    Attributes:
        folders: What published folders hold that such a run wrote to.
        names: All folders that such runs wrote to.
        orphans: Files of folders that are not published.
        any: Whether there was such a run at all.
    """

    folders: dict[str, Entry] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    orphans: list[str] = field(default_factory=list)
    any: bool = False


def find_remains(
    objects: BucketObjects,
    state: BucketState,
    published: Collection[str],
    touched: Collection[str],
    now: datetime,
) -> Remains:
    """Looks at the folders of runs of which nothing was heard for too long.

    Args:
        objects: What the bucket holds.
        state: What was read.
        published: The folders of versions and aliases.
        touched: The folders that are written to anyway.
        now: The bucket's time.
    """
    found = Remains()
    for claim in state.record.claims.values():
        if claim.ends() > now:
            continue
        found.any = True
        for name in set(claim.names) - set(touched):
            found.names.add(name)
            objects.expect(LISTED + name, name)
            files = objects.files(LISTED + name)
            if name in published:
                files = look_at(objects.store, name, _in_use(objects, state, name, files))
                for file, entry in files.items():
                    objects.place(entry.hash, f"{name}/{file}")
                found.folders[name] = Entry.folder(objects.tree_of(files))
            else:
                found.orphans += [f"{name}/{file}" for file in files]
    return found


def _in_use(
    objects: BucketObjects, state: BucketState, name: str, files: Mapping[str, Entry]
) -> dict[str, Entry]:
    """The files of a folder without those that were noted as due and that its manifest lacks.

    A manifest is sent behind the pages: with an old one, pages may need what is due.
    """
    manifest = read_manifest(objects.store.get_file(f"{name}/{MANIFEST}"))
    named = {MANIFEST, *(manifest.files if manifest else files)}
    due = state.record.due
    return {f: entry for f, entry in files.items() if f in named or f"{name}/{f}" not in due}
