"""The commits of the docs branch, and what their messages say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from docs_tools.publish.branch.objects import GitObjects

__all__ = ["Commit", "read_log"]

_FIELDS = (
    *("%H", "%P", "%cI", "%an", "%s"),
    *(
        f"%(trailers:key=Docs-{key},valueonly,separator=%x20)"
        for key in ("Action", "Version", "Built-From", "Restored")
    ),
)
# mike/commands.py, `deploy`
_DEPLOYED = re.compile(r"Deployed ([0-9a-f]{4,64}) to .* with MkDocs .* and mike ")


@dataclass(frozen=True)
class Commit:
    """A commit of the docs branch.

    Attributes:
        hash: Its hash.
        parent: The commit before it, or `None` at the beginning.
        time: When it was made, in ISO 8601 with the time zone.
        author: Who made it.
        subject: The first line of its message.
        action: What it does by its own word, such as `publish` or `retitle`, if it says so.
        version: The version that it does it to, if it says so.
        built_from: The commit that its files were built from, if it says so.
        restored: For a rollback, the commit that had brought what it restored.
    """

    hash: str
    parent: str | None
    time: str
    author: str
    subject: str
    action: str | None
    version: str | None
    built_from: str | None
    restored: str | None

    @property
    def deployed(self) -> str | None:
        """The commit that mike deployed with it, or `None` where it isn't one of mike's."""
        found = _DEPLOYED.match(self.subject)
        return found[1] if found and not self.action else None


def read_log(objects: GitObjects, head: str, paths: Iterable[str]) -> list[Commit]:
    """The commits up to a head that changed any of some paths, the newest first.

    Where two sides were merged, the merge counts for all that came from the side that joined.

    Args:
        objects: The object database.
        head: The newest commit.
        paths: Files and folders of the branch; an empty one is all of it.
    """
    specs = [f":(literal,top){path}" for path in paths]
    output = objects.git.output(
        # whatever the user's settings are
        *("log", "--first-parent", "--no-follow", "--no-show-signature", "--no-color"),
        *("--encoding=UTF-8", "-z", f"--format={'%x00'.join(_FIELDS)}", head, "--", *specs),
    )
    # a message holds anything but the byte that ends each field
    words = [word.decode("utf-8", "replace") for word in output.split(b"\0")[:-1]]
    rows = zip(*[iter(words)] * len(_FIELDS), strict=True)
    return [_commit(*row) for row in rows]


def _commit(hash: str, parents: str, time: str, author: str, subject: str, *said: str) -> Commit:
    action, version, built_from, restored = (word.strip() or None for word in said)
    parent = parents.split(" ")[0] or None
    return Commit(hash, parent, time, author, subject, action, version, built_from, restored)
