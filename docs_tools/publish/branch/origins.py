"""Where the files of published versions come from: the commits that brought them."""

from collections.abc import Collection
from dataclasses import dataclass

from docs_tools.publish.branch.log import Commit, read_log
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.tree import rows_of

__all__ = ["Arrival", "arrivals"]

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


def arrivals(
    objects: GitObjects, settings: PublishSettings, head: str, versions: Collection[str]
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
