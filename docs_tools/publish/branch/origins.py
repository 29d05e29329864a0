"""Where the files of published versions come from: the commits that brought them."""

from collections.abc import Collection
from dataclasses import dataclass

from docs_tools.errors import DocsToolsError
from docs_tools.publish.branch.log import Commit, read_log
from docs_tools.publish.branch.objects import Objects
from docs_tools.publish.branch.tree import rows_of
from docs_tools.publish.manifest.manifest import MANIFEST, Manifest
from docs_tools.publish.settings import PublishSettings

__all__ = ["Arrival", "arrivals", "built_from", "read_manifest"]

_FOLDER = b"40000"  # as a tree has it


@dataclass(frozen=True)
class Arrival:
    """How a version's files came to be what they are.

    Attributes:
        commit: The commit of the docs branch that brought them.
        before: The version's folder before it, or `None` where it had none.
    """

    commit: Commit
    before: str | None


def read_manifest(text: bytes | None) -> Manifest | None:
    """A manifest, or `None` where there is none that can be trusted; `verify` tells why."""
    try:
        return Manifest.loads(text.decode("utf-8", "replace"), MANIFEST) if text else None
    except DocsToolsError:
        return None


def built_from(manifest: bytes | None) -> str | None:
    """The commit that a version was built from, by its manifest's text.

    It ends in `+` where uncommitted changes were built.
    """
    found = read_manifest(manifest)
    source = found.built_from if found else None
    return source.commit + "+" * source.dirty if source else None


def arrivals(
    objects: Objects, settings: PublishSettings, head: str, versions: Collection[str]
) -> dict[str, Arrival]:
    """For each of some versions, the commit that changed its files last.

    Two git processes, however many versions and commits there are.

    Args:
        objects: The object database.
        settings: Where the project publishes.
        head: The branch's newest commit.
        versions: The versions; one without a folder is left out.
    """
    commits = read_log(objects, head, [settings.prefix])
    trees = objects.read_many(
        [f"{commit.hash}:{settings.prefix}" for commit in commits], kind="tree"
    )
    length = len(head) // 2  # bytes of a hash
    wanted = {name.encode("utf-8", "surrogateescape"): name for name in versions}
    states = [_folders(tree or b"", wanted, length) for tree in trees]
    found: dict[str, Arrival] = {}
    sought = set(states[0]) if states else set()
    for commit, state, before in zip(commits, states, [*states[1:], {}], strict=True):
        for name in [name for name in sought if state[name] != before.get(name)]:
            found[name] = Arrival(commit, before.get(name))
            sought.remove(name)
    return found


def _folders(tree: bytes, wanted: dict[bytes, str], length: int) -> dict[str, str]:
    """The hashes of some folders in a tree."""
    return {
        wanted[name]: hash_.hex()
        for mode, name, hash_ in rows_of(tree, length)
        if name in wanted and mode == _FOLDER
    }
