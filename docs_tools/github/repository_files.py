"""The files of one commit on GitHub, read from this machine where they are here."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
from docs_tools.github.answers import Entry
from docs_tools.github.client import GitHub, blob_hash

__all__ = ["RepositoryFiles", "local_blobs"]

Blobs = Callable[[Sequence[str]], Sequence[bytes | None]]
"""Finds the contents of files by the names that git gives them."""

# files, executable or not; the rest are links, folders and submodules
_MODES = ("100644", "100755", "100664")


class RepositoryFiles:
    """The files of a commit.

    Args:
        github: Where they are.
        entries: All that is in the commit.
        blobs: The contents of files by the names that git gives them, `None` for what isn't here.

    Attributes:
        paths: The regular files, sorted; no links and no submodules.
    """

    def __init__(
        self,
        github: GitHub,
        entries: tuple[Entry, ...],
        blobs: Blobs | None = None,
    ) -> None:
        self._github = github
        self._blobs = blobs
        self._files = {
            entry.path: entry
            for entry in sorted(entries, key=lambda entry: entry.path)
            if entry.type == "blob" and entry.mode in _MODES
        }
        self.paths: tuple[str, ...] = tuple(self._files)

    def read(self, path: str) -> bytes:
        """What is in a file.

        Args:
            path: One of the paths.

        Raises:
            DocsToolsError: There is no such file, or it can't be had.
        """
        return next(self.read_many([path]))[1]

    def read_many(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Files and what is in them; those that are on this machine are read at once.

        Args:
            paths: Some of the paths.

        Raises:
            DocsToolsError: There is no such file, or it can't be had.
        """
        hashes = [self.entry(path).sha for path in paths]
        here = self._blobs(hashes) if self._blobs and hashes else [None] * len(hashes)
        for path, sha, content in zip(paths, hashes, here, strict=True):
            yield path, self._github.blob(sha) if content is None else content

    def entry(self, path: str) -> Entry:
        """How a file stands in the commit.

        Raises:
            DocsToolsError: There is no such file.
        """
        if path not in self._files:
            raise DocsToolsError(f"there is no file {path} on the branch on GitHub")
        return self._files[path]

    def changed(self, contents: Mapping[str, bytes]) -> dict[str, bytes]:
        """Those of some new contents that differ from what is there, in the files' order.

        Raises:
            DocsToolsError: One is for no file of these.
        """
        differing = {
            path
            for path, content in contents.items()
            if blob_hash(content, sha := self.entry(path).sha) != sha
        }
        return {path: contents[path] for path in sorted(differing)}


def local_blobs(git: Git) -> Blobs:
    """Finds contents in a repository of this machine, and nowhere else, by one process of git.

    Args:
        git: The repository.
    """
    here = git.with_env({"GIT_NO_LAZY_FETCH": "1"})

    def find(hashes: Sequence[str]) -> list[bytes | None]:
        listing = "".join(f"{name}\n" for name in hashes)
        output = here.output("cat-file", "--batch", stdin=listing.encode("ascii"))
        found: list[bytes | None] = []
        start = 0
        for _ in hashes:
            end = output.index(b"\n", start)
            words = output[start:end].split(b" ")
            start = end + 1
            if len(words) < 3:  # `HASH missing`
                found.append(None)
                continue
            size = int(words[2])
            found.append(output[start : start + size] if words[1] == b"blob" else None)
            start += size + 1
        return found

    return find
