"""The files of one commit on GitHub, read from this machine where they are here."""

from collections.abc import Callable, Mapping

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
from docs_tools.github.answers import Entry
from docs_tools.github.client import GitHub, blob_hash

__all__ = ["RepositoryFiles", "local_blobs"]

# files, executable or not; the rest are links, folders and submodules
_MODES = ("100644", "100755", "100664")


class RepositoryFiles:
    """The files of a commit.

    Args:
        github: Where they are.
        entries: All that is in the commit.
        blob: The content of a file by the name that git gives it, or `None` where it isn't here.

    Attributes:
        paths: The regular files, sorted; no links and no submodules.
    """

    def __init__(
        self,
        github: GitHub,
        entries: tuple[Entry, ...],
        blob: Callable[[str], bytes | None] | None = None,
    ) -> None:
        self._github = github
        self._blob = blob
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
        sha = self.entry(path).sha
        content = self._blob(sha) if self._blob else None
        return self._github.blob(sha) if content is None else content

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


def local_blobs(git: Git) -> Callable[[str], bytes | None]:
    """Finds contents in a repository of this machine, and nowhere else.

    Args:
        git: The repository.
    """
    here = git.with_env({"GIT_NO_LAZY_FETCH": "1"})

    def find(sha: str) -> bytes | None:
        return here.output("cat-file", "blob", sha) if here.ok("cat-file", "-e", sha) else None

    return find
