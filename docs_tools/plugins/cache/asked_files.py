"""The files of a site, noting which of them a page asked for."""

from collections.abc import Callable

from mkdocs.structure.files import File, Files

__all__ = ["AskedFiles", "file_value", "files_value"]


class AskedFiles(Files):
    """Files as a page sees them while it is converted.

    A page depends on the files that it links to and not on the set of all files, so that a new one
    costs no more than itself.

    Args:
        files: The files of the site.
        ask: Is told of each path that is looked up; of nothing where the whole set was looked at.
    """

    def __init__(self, files: Files, ask: Callable[[str | None], None]) -> None:
        self._site = files
        self._tell = ask

    def get_file_from_path(self, path: str) -> File | None:
        """The file of a path, noted."""
        self._tell(path)
        return self._site.get_file_from_path(path)

    @property
    def _src_uris(self) -> dict[str, File]:  # type: ignore[override]
        """All files: what the methods of MkDocs' class go by."""
        self._tell(None)
        return self._site._src_uris


def file_value(file: File | None) -> str | None:
    """What a link to a file depends on: where it is, and whether it is in the site."""
    return f"{file.url} {file.inclusion.name}" if file else None


def files_value(files: Files) -> str:
    """What somebody depends on who looks at all files."""
    return "\n".join(f"{file.src_uri} {file_value(file)}" for file in files)
