"""The files of a site, put into git's object database as they are."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from docs_tools.errors import DocsToolsError
from docs_tools.publish.branch.objects import Entry, Objects
from docs_tools.publish.manifest.manifest import MANIFEST, Manifest

__all__ = ["SiteFiles", "check_site_dir", "read_site", "sealed"]


@dataclass(frozen=True)
class SiteFiles:
    """What a site holds.

    Attributes:
        entries: Each file in git, by its path in the site.
        sums: The SHA-256 of each file, in hexadecimal digits.
        left_out: Links, which are never followed, as they may lead out of the site; and what is
            neither a file nor a folder.
    """

    entries: Mapping[str, Entry]
    sums: Mapping[str, str]
    left_out: tuple[str, ...]


def read_site(folder: Path, objects: Objects) -> SiteFiles:
    """Reads a site and puts its files into the object database.

    Args:
        folder: The site, absolute.
        objects: Where the files go.

    Raises:
        OSError: A folder can't be read.
    """
    found = sorted(_walk(folder))
    paths = [path for path in found if _is_plain(path)]
    names = [path.relative_to(folder).as_posix() for path in paths]
    hashes = objects.write_files(paths)
    entries = {
        name: Entry("100755" if os.access(path, os.X_OK) else "100644", hash_)
        for name, path, hash_ in zip(names, paths, hashes, strict=True)
    }
    sums = {name: _sum(path) for name, path in zip(names, paths, strict=True)}
    others = (path.relative_to(folder).as_posix() for path in found if not _is_plain(path))
    return SiteFiles(entries, sums, tuple(others))


def sealed(files: SiteFiles, manifest: Manifest, objects: Objects) -> Entry:
    """The folder of a version: a site with its manifest."""
    text = manifest.dumps().encode("utf-8")
    entries = {**files.entries, MANIFEST: Entry.file(objects.write(text))}
    return Entry.folder(objects.tree_of(entries))


def check_site_dir(folder: Path) -> Path:
    """A folder that holds a site built elsewhere; absolute.

    Raises:
        DocsToolsError: It is no folder, or has no page.
    """
    if not folder.is_dir():
        raise DocsToolsError(f"{folder} is no folder", hint="name the folder of a built site")
    if not any(path.suffix == ".html" and _is_plain(path) for path in _walk(folder)):
        raise DocsToolsError(f"{folder} holds no page", hint="name the folder of a built site")
    return folder.resolve()


def _walk(folder: Path) -> Iterator[Path]:
    """The files of a site, but what git would refuse, and an older manifest."""
    for parent, folders, names in os.walk(folder, onerror=_fail):
        folders[:] = [name for name in folders if name.lower() != ".git"]
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in [*names, *links]:
            path = Path(parent) / name
            if name.lower() != ".git" and path != folder / MANIFEST:
                yield path


def _fail(error: OSError) -> None:
    raise error  # half a site is none


def _is_plain(path: Path) -> bool:
    """Whether it is a file: to read a pipe would take forever."""
    return stat.S_ISREG(path.lstat().st_mode)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
