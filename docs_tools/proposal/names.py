"""What a release's branch and pull request are called."""

from hashlib import sha256
from urllib.parse import quote

from docs_tools.errors import printable

__all__ = ["branch_of", "clip", "title_of"]

_LONGEST_BRANCH = 150  # git makes a file of that name, and adds to it while it writes
_LONGEST_TITLE = 100


def branch_of(version: str) -> str:
    """The branch of a release: one that git takes, and no other release's.

    What a branch can't hold is written as in an address: `%7E` for `~`. A name that would be too
    long is told by its hash; `=` before it is in none of the others.

    Args:
        version: The release.
    """
    name = quote(version, safe="+", errors="surrogatepass")
    name = name.replace("~", "%7E").replace("..", ".%2E")
    if name.endswith((".", ".lock")):
        start, _, end = name.rpartition(".")
        name = f"{start}%2E{end}"
    if len(name) > _LONGEST_BRANCH:
        name = f"={sha256(version.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return f"docs_tools/layers-{name}"


def title_of(version: str) -> str:
    """The title of a release's pull request, and the first line of its commit."""
    return f"docs(layers): numbers of {clip(version, _LONGEST_TITLE)}"


def clip(text: str, longest: int) -> str:
    """A text on one line, and no longer than that."""
    text = printable(text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
