"""Whether an alias is what its version is now, whichever of mike's three ways it was made."""

import shlex
from collections.abc import Iterator, Mapping

from docs_tools.errors import Diagnostic
from docs_tools.model.nearest import list_some
from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.state.aliases import redirect_pages
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry

__all__ = ["check_alias"]

_Files = Mapping[str, Entry]


def check_alias(
    snapshot: Snapshot, alias: str, version: str, files: Mapping[str, _Files]
) -> Iterator[Diagnostic]:
    """What is wrong with an alias.

    Args:
        snapshot: The docs branch.
        alias: The alias.
        version: Its version, which has a folder.
        files: The files of each folder on the branch.
    """
    place = snapshot.settings.where(alias)
    fault = _fault(snapshot, alias, version, files)
    if fault:
        command = shlex.join(["docs_tools", "versions", "alias", version, alias])
        hint = f"make it anew: {command}"
        yield Diagnostic(fault, place, hint=hint)


def _fault(snapshot: Snapshot, alias: str, version: str, files: Mapping[str, _Files]) -> str | None:
    entry = snapshot.entries.get(alias)
    if entry is None:
        return f"is an alias of {version}, but not there"
    if entry.is_link:
        target = snapshot.objects.read(entry.hash).decode("utf-8", "replace")
        return None if target.rstrip("/") == version else f'leads to "{target}", not to {version}'
    if not entry.is_folder:
        return f"is a file, not {version}"
    if entry == snapshot.folder(version):
        return None
    # in whichever way it was made: the setting may be another one since then
    copied = _differing(files[alias], files[version])
    redirecting = _not_redirecting(snapshot, alias, version, files)
    if not copied or not redirecting:
        return None
    return f"is not what {version} is now, in {list_some(min(copied, redirecting, key=len))}"


def _differing(ours: _Files, theirs: _Files) -> list[str]:
    names = ours.keys() | theirs.keys()
    return sorted(name for name in names if ours.get(name) != theirs.get(name))


def _not_redirecting(
    snapshot: Snapshot, alias: str, version: str, files: Mapping[str, _Files]
) -> list[str]:
    """The files of an alias that aren't those that redirect to its version."""
    ours, wanted = files[alias], dict(files[version])
    wanted.pop(MANIFEST, None)
    made = redirect_pages(snapshot.settings, alias, version, wanted)
    pages = {path: Entry.file(snapshot.objects.hash_of(page)) for path, page in made.items()}
    if not any(path in ours for path in wanted.keys() - pages.keys()):
        wanted.clear()  # mike leaves out what is no page
    return _differing(ours, {**wanted, **pages})
