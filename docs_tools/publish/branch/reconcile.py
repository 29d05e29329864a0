"""The newest state of the docs branch, also where here and there each went their own way."""

from collections.abc import Mapping
from dataclasses import replace

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.branch.read import read_commit
from docs_tools.publish.branch.refs import DocsBranch
from docs_tools.publish.root import NAMES
from docs_tools.publish.state.draft import Draft
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.versions.merge import Conflict, merge_entries, merge_versions

__all__ = ["newest_snapshot"]


def newest_snapshot(
    branch: DocsBranch,
    objects: GitObjects,
    *,
    needs_remote: bool = False,
    known: Snapshot | None = None,
) -> Snapshot:
    """Fetches, and reads the newest state, on which the next commit builds.

    Where here and there both have commits of their own, such as after a push of mike's that failed,
    a commit is made that has what both brought. No branch moves.

    Args:
        branch: The docs branch.
        objects: Where it is read from, and a merge is written to.
        needs_remote: Whether an unreachable remote is an error, as before a push.
        known: The state as it was seen before: where nobody moved the branch, it is this one.

    Raises:
        DocsToolsError: The branch can't be read, or both sides changed the same version.
    """
    branch.update(needs_remote=needs_remote)
    if branch.diverged:
        branch.head = _merged(branch, objects)
    if known and known.commit == branch.head and known.objects is objects:
        return known
    return read_commit(objects, branch.settings, branch.head)


def _merged(branch: DocsBranch, objects: GitObjects) -> str:
    """A commit of both sides.

    Raises:
        DocsToolsError: They have changed the same thing.
    """
    local, remote = branch.sides
    base = branch.common(local, remote)
    before, here, there = (
        read_commit(objects, branch.settings, commit) for commit in (base, local, remote)
    )
    sides = ("here", f"on {branch.settings.remote}")
    merged = merge_versions(before.versions, here.versions, there.versions, sides=sides)
    conflicts = list(merged.conflicts)
    levels: list[Mapping[str, Entry]] = []
    derived = _derived(before, here, there)
    parts = branch.settings.prefix.split("/") if branch.settings.prefix else []
    for number in range(len(parts) + 1):
        # above the versions, the folder that leads to them is made anew
        left_out = derived if number == len(parts) else {parts[number], *NAMES}
        found = merge_entries(
            *(_without(side.levels[number], left_out) for side in (before, here, there)),
            sides=sides,
        )
        conflicts += [
            Conflict(conflict.name, f"the files of {conflict.message}")
            for conflict in found.conflicts
        ]
        kept = {name: e for name, e in there.levels[number].items() if name in left_out}
        levels.append({**kept, **found.entries})
    if conflicts:
        raise _conflict(branch, conflicts)
    draft = Draft(replace(there, levels=tuple(levels)))
    draft.versions = merged.versions
    for entry in merged.versions:
        draft.refresh(entry.version)
    branch.notice = "; ".join([f"merged what was only here with {branch.there}", *merged.notices])
    message = f"Merged {branch.settings.branch} with {branch.there}\n\nDocs-Action: merge\n"
    return branch.commit(draft.tree(), message, parents=(remote, local), git=objects.git)


def _derived(*snapshots: Snapshot) -> set[str]:
    """What is made from the versions: the list, aliases, and the files for all of them."""
    aliases = {
        alias for snapshot in snapshots for entry in snapshot.versions for alias in entry.aliases
    }
    versions = {entry.version for snapshot in snapshots for entry in snapshot.versions}
    return {"versions.json", *NAMES, *(aliases - versions)}


def _without(entries: Mapping[str, Entry], names: set[str]) -> dict[str, Entry]:
    return {name: entry for name, entry in entries.items() if name not in names}


def _conflict(branch: DocsBranch, conflicts: list[Conflict]) -> DocsToolsError:
    name = branch.settings.branch
    return DocsToolsError(
        f"{name} here and {branch.there} have each gone their own way, and can't be put together",
        hint=f"give up what is only here: git branch --force {name} {branch.there}",
        diagnostics=[Diagnostic(conflict.message) for conflict in conflicts],
    )
