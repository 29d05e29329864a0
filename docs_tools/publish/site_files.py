"""The files of a site, put into git's object database as they are: those that it lacks."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from docs_tools.errors import DocsToolsError
from docs_tools.git import GitError
from docs_tools.publish.file_sums import sums_of
from docs_tools.publish.manifest.manifest import MANIFEST, Manifest
from docs_tools.publish.state.objects import Objects
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry

__all__ = ["SiteFiles", "check_site_dir", "published_files", "read_site", "sealed"]


@dataclass(frozen=True)
class SiteFiles:
    """What a site holds.

    Attributes:
        entries: Each file as git names it, by its path in the site.
        sums: The SHA-256 of each file, in hexadecimal digits.
        paths: Where each file is, by its hash.
        known: The hashes of files that the object database has.
        left_out: Links, which are never followed, as they may lead out of the site; and what is
            neither a file nor a folder.
    """

    entries: Mapping[str, Entry]
    sums: Mapping[str, str]
    paths: Mapping[str, Path]
    known: frozenset[str]
    left_out: tuple[str, ...]


def published_files(planned: Snapshot, version: str) -> frozenset[str]:
    """The hashes of published files that a site will have most of: they needn't be written again.

    Args:
        planned: What is published.
        version: The version to publish. Where there is none yet, a first one of the list, which
            is the newest, shares at least the theme's files.
    """
    folders = map(planned.folder, (version, *(entry.version for entry in planned.versions)))
    folder = next(filter(None, folders), None)
    files = planned.objects.files(folder.hash) if folder else {}
    return frozenset(entry.hash for entry in files.values())


def read_site(folder: Path, algorithm: str, known: frozenset[str]) -> SiteFiles:
    """Reads a site: each file once, whatever is known of it.

    A file's time and size don't tell that it is unchanged: a build writes each anew.

    Args:
        folder: The site, absolute.
        algorithm: That of the repository's hashes.
        known: The hashes of files that the object database has.

    Raises:
        OSError: A folder or a file can't be read.
        DocsToolsError: A file was written to meanwhile.
    """
    entries: dict[str, Entry] = {}
    sums: dict[str, str] = {}
    paths: dict[str, Path] = {}
    left_out: list[str] = []
    for name, found in sorted(_walk(folder), key=itemgetter(0)):
        if not _is_plain(found):
            left_out.append(name)
            continue
        hash_, sums[name] = sums_of(found.path, algorithm)
        entries[name] = Entry("100755" if os.access(found.path, os.X_OK) else "100644", hash_)
        paths[hash_] = Path(found.path)
    return SiteFiles(entries, sums, paths, known, tuple(left_out))


def sealed(files: SiteFiles, manifest: Manifest, objects: Objects) -> Entry:
    """The folder of a version: a site with its manifest.

    Raises:
        DocsToolsError: A file of the site isn't what it was when it was read.
    """
    text = manifest.dumps().encode("utf-8")
    (hash_,) = objects.write_many([text], known=files.known, files=files.paths)
    entries = {**files.entries, MANIFEST: Entry.file(hash_)}
    try:
        return Entry.folder(objects.tree_of(entries))
    except GitError:  # the repository lost a file that is published: this brings it back
        objects.write_many([text], files=files.paths)
        return Entry.folder(objects.tree_of(entries))


def check_site_dir(folder: Path) -> Path:
    """A folder that holds a site built elsewhere; absolute.

    Raises:
        DocsToolsError: It is no folder, or has no page.
    """
    if not folder.is_dir():
        raise DocsToolsError(f"{folder} is no folder", hint="name the folder of a built site")
    if not any(Path(name).suffix == ".html" and _is_plain(found) for name, found in _walk(folder)):
        raise DocsToolsError(f"{folder} holds no page", hint="name the folder of a built site")
    return folder.resolve()


def _walk(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files of a site by path, but what git would refuse, and an older manifest."""
    below = [""]
    while below:
        start = below.pop()
        with os.scandir(folder / start) as found:  # what can't be read: half a site is none
            for entry in found:
                name = start + entry.name
                if entry.name.lower() == ".git":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append(f"{name}/")
                elif name != MANIFEST:
                    yield name, entry


def _is_plain(found: os.DirEntry[str]) -> bool:
    """Whether it is a file: to read a pipe would take forever."""
    return found.is_file(follow_symlinks=False)
