"""What a folder of the bucket holds, told by the bucket itself."""

from collections.abc import Collection, Mapping
from contextlib import closing
from functools import partial

from docs_tools.aws.parallel import run_parallel
from docs_tools.publish.bucket.store import JOBS, Store
from docs_tools.publish.bucket.sums import sha256_of
from docs_tools.publish.state.tree import Entry

__all__ = ["LEVEL", "LISTED", "MD5", "are_there", "is_tree", "list_folder", "look_at"]

LISTED = "listed:"
"""Begins the name of a folder of which only the bucket itself knows what it holds."""

LEVEL = "level:"
"""Begins the name of what lies beside each other, above the folders of versions."""

MD5 = "md5:"
"""Begins the hash of a file that was listed."""


def is_tree(name: str) -> bool:
    """Whether a folder's name is the hash of its files."""
    return not name.startswith((LISTED, LEVEL))


def list_folder(store: Store, folder: str, hidden: Collection[str]) -> dict[str, Entry]:
    """The files of a folder by their MD5: a request for a thousand of them.

    Args:
        store: The bucket.
        folder: The folder, by its path in the site.
        hidden: Paths that are there still, but nothing refers to any more.
    """
    start = f"{folder}/"
    return {
        path.removeprefix(start): Entry.file(MD5 + entry.md5)
        for path, entry in store.files(start).items()
        if path not in hidden
    }


def look_at(store: Store, folder: str, files: Mapping[str, Entry]) -> dict[str, Entry]:
    """The files by the SHA-256 that S3 keeps, or else of what is read: a request for each."""
    names = list(files)
    calls = [partial(_sum_of, store, f"{folder}/{name}") for name in names]
    with closing(run_parallel(calls, JOBS)) as answers:
        return {names[number]: Entry.file(sum_) for number, sum_ in answers if sum_}


def are_there(store: Store, paths: Mapping[str, str], hidden: Collection[str]) -> dict[str, bool]:
    """Whether some objects are there, each by a name of its own: a request for each."""
    names = list(paths)
    calls = [partial(store.head, paths[name]) for name in names]
    with closing(run_parallel(calls, JOBS)) as answers:
        return {names[n]: head is not None and paths[names[n]] not in hidden for n, head in answers}


def _sum_of(store: Store, path: str) -> str | None:
    head = store.head(path)
    if head is None:
        return None
    if head.sha256:
        return head.sha256
    content = store.get_file(path)
    return sha256_of(content) if content is not None else None
