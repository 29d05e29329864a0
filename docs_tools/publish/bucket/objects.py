"""The files and folders of a bucket by their hashes, as `Objects`; read where they are needed.

A file's hash is the SHA-256 of its content, that of a folder is made from those of its files. What
was only listed is known by its MD5, which S3 tells without being asked for each object: its hash is
`md5:` and that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from docs_tools.aws.parallel import run_parallel
from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.folders import (
    LEVEL,
    MD5,
    are_there,
    is_tree,
    list_folder,
    look_at,
)
from docs_tools.publish.bucket.headers import HeaderRules, encoded
from docs_tools.publish.bucket.store import JOBS, Store
from docs_tools.publish.bucket.sums import md5_of, sha256_of, tree_hash
from docs_tools.publish.manifest.manifest import MANIFEST, read_manifest
from docs_tools.publish.state.objects import NO_FILES
from docs_tools.publish.state.tree import Entry, Paths

__all__ = ["BucketObjects"]


class BucketObjects:
    """What a bucket holds, and what shall be sent to it.

    Args:
        store: The bucket.
        rules: What objects are served with.

    Attributes:
        hidden: Paths that are there still, but nothing refers to any more.
        thorough: Whether each object is looked at whose content counts.
    """

    def __init__(self, store: Store, rules: HeaderRules) -> None:
        self.store = store
        self.rules = rules
        self.hidden: Collection[str] = ()
        self.thorough = False
        self._contents: dict[str, bytes] = {}
        self._paths: dict[str, Path] = {}  # of files on this machine, by hash
        self._places: dict[str, str] = {}  # of objects in the bucket, by hash
        self._folders: dict[str, dict[str, Entry]] = {}  # all files, by tree
        self._where: dict[str, str] = {}  # the folder of the bucket that holds a tree
        self._versions: dict[str, str] = {}  # of objects that aren't the newest, by hash
        self._levels: dict[str, dict[str, Entry]] = {}
        self._sitemaps: dict[str, bool] = {}

    def expect(self, tree: str, folder: str, *, sitemap: bool | None = None) -> None:
        """Notes that a folder holds a tree; it is read when somebody wants to know its files.

        Args:
            tree: The tree's name.
            folder: The folder's path in the site.
            sitemap: Whether it has a `sitemap.xml`, if that is known.
        """
        self._where.setdefault(tree, folder)
        if sitemap is not None:
            self._sitemaps[tree] = sitemap

    def forget(self, hidden: Collection[str]) -> None:
        """Forgets what others may have changed since it was read.

        Args:
            hidden: Paths that are there still, but nothing refers to any more.
        """
        self.hidden = hidden
        self._places.clear()
        self._versions.clear()
        self._where.clear()
        for tree in [tree for tree in self._folders if not is_tree(tree)]:
            del self._folders[tree]
        self._sitemaps = {k: found for k, found in self._sitemaps.items() if is_tree(k)}

    def place(self, hash: str, path: str) -> None:
        """Notes that an object of the bucket has a content."""
        self._places.setdefault(hash, path)

    def keep(self, tree: str, files: Mapping[str, Entry]) -> None:
        """Notes the files of a tree."""
        self._folders[tree] = dict(files)

    def level(self, name: str) -> Mapping[str, Entry] | None:
        """What lies beside each other at one level; `None` for the folder of a version."""
        return self._levels.get(name)

    def source(self, hash: str) -> str | None:
        """The path of an object of the bucket that has a content, if any is known."""
        return self._places.get(hash)

    def version_of(self, hash: str) -> str | None:
        """The version of an object that has a content, where it isn't the newest."""
        return self._versions.get(hash)

    def was(self, hash: str, path: str, version: str) -> None:
        """Notes that an older version of an object has a content."""
        if hash not in self._places and not self.on_this_machine(hash):
            self._places[hash] = path
            self._versions[hash] = version

    def on_this_machine(self, hash: str) -> bool:
        """Whether a content needn't be read from the bucket."""
        return hash in self._contents or hash in self._paths

    def same(self, before: Entry, after: Entry, path: str) -> bool:
        """Whether a file is in the bucket as it shall be.

        Args:
            before: What is there.
            after: What shall be there.
            path: The file in its folder, by which it is told how it is sent.
        """
        if not before.hash.startswith(MD5) or before.hash == after.hash:
            return before.hash == after.hash
        if not self.on_this_machine(after.hash):
            return False
        body = encoded(self.read(after.hash), self.rules.of(path))
        return before.hash == MD5 + md5_of(body)

    def entries(self, tree: str) -> dict[str, Entry]:
        """What a tree holds at its top; all files of a version by their paths."""
        level = self._levels.get(tree)
        return dict(level) if level is not None else self.files(tree)

    def files(self, tree: str) -> dict[str, Entry]:
        """All files of a tree, by path."""
        if tree in self._levels:
            found = {}
            for name, entry in self._levels[tree].items():
                below = self.files(entry.hash) if entry.is_folder else {}
                found.update({f"{name}/{path}": file for path, file in below.items()})
                if not entry.is_folder:
                    found[name] = entry
            return found
        if tree not in self._folders:
            self._folders[tree] = self._load(tree)
        return dict(self._folders[tree])

    def _load(self, tree: str) -> dict[str, Entry]:
        folder = self._where[tree]
        if self.thorough or not is_tree(tree):
            return self._list(folder)
        found = self.store.get_file(f"{folder}/{MANIFEST}")
        manifest = read_manifest(found)
        if found and manifest:
            hash_ = sha256_of(found)
            self._contents[hash_] = found
            files = {path: Entry.file(sum_) for path, sum_ in manifest.files.items()}
            files[MANIFEST] = Entry.file(hash_)
            if tree_hash(files) == tree:
                self._note(folder, files)
                return files
        return self._list(folder)  # somebody else wrote there

    def _list(self, folder: str) -> dict[str, Entry]:
        """The files of a folder as the bucket has them."""
        found = list_folder(self.store, folder, self.hidden)
        if self.thorough:
            found = look_at(self.store, folder, found)
        self._note(folder, found)
        return found

    def _note(self, folder: str, files: Mapping[str, Entry]) -> None:
        for path, entry in files.items():
            self.place(entry.hash, f"{folder}/{path}")

    def kept(self, tree: str) -> Collection[str]:
        """Nothing: what is sent is found out later."""
        return ()

    def sizes(self, tree: str) -> dict[str, int]:
        """The size of each object below the folder that holds all versions, by path."""
        folder = self._where[tree]
        start = f"{folder}/" if folder else ""
        return {
            path.removeprefix(start): entry.size
            for path, entry in self.store.files(start).items()
            if path not in self.hidden
        }

    def read(self, hash: str) -> bytes:
        """A file's content.

        Raises:
            DocsToolsError: The bucket doesn't have it any more.
        """
        if hash not in self._contents:
            path = self._paths.get(hash)
            content = path.read_bytes() if path else self._get(self._places.get(hash, ""))
            if content is None or (not hash.startswith(MD5) and sha256_of(content) != hash):
                raise _changed(path) if path else self.store.gone(self._places.get(hash, hash))
            if path:
                return content  # what is on the disk needn't be in memory too
            self._contents[hash] = content
        return self._contents[hash]

    def _get(self, path: str) -> bytes | None:
        """An object's file: what is kept compressed is that of which it was made."""
        return self.store.get_file(path) if path else None

    def read_many(self, names: Sequence[str]) -> list[bytes | None]:
        """The contents of files by their hashes, many at a time."""
        known = (self._contents, self._paths, self._places)
        return [
            self.read(name) if any(name in found for found in known) else None for name in names
        ]

    def read_paths(self, tree: str, paths: Sequence[str]) -> list[bytes | None]:
        """The contents of files of a tree, many at a time."""
        folder = self._where.get(tree)
        if folder is None:
            files = self.files(tree)
            return self.read_many([files[path].hash if path in files else "" for path in paths])
        start = f"{folder}/" if folder else ""
        calls = [partial(self.store.get_file, start + path) for path in paths]
        found: dict[int, bytes | None] = {}
        with closing(run_parallel(calls, JOBS)) as answers:
            found.update(answers)
        return [found[number] for number in range(len(paths))]

    def having(self, name: str, trees: Sequence[str]) -> set[str]:
        """Those of many trees that hold something of a name at their top."""
        known = self._sitemaps if name == "sitemap.xml" else {}
        # of what another tool put there nothing is known
        seen = {*known, *self._folders, *self._levels}
        asked = {tree: f"{self._where[tree]}/{name}" for tree in trees if tree not in seen}
        known |= are_there(self.store, asked, self.hidden)
        return {t for t in trees if (known[t] if t in known else name in self.files(t))}

    def sums(self, hashes: Iterable[str]) -> dict[str, str]:
        """The SHA-256 of files by their hashes: itself, but for what was only listed."""
        return {
            hash_: sha256_of(self.read(hash_)) if hash_.startswith(MD5) else hash_
            for hash_ in hashes
        }

    def named(self, folder: Entry | None) -> Entry | None:
        """A folder by the hash of its files; `None` where not all of them are known by theirs."""
        if folder is None or is_tree(folder.hash):
            return folder
        files = self.files(folder.hash)
        unknown = any(entry.hash.startswith(MD5) for entry in files.values())
        return None if unknown else Entry.folder(self.tree_of(files))

    def hash_of(self, content: bytes) -> str:
        """The SHA-256 of a file."""
        return sha256_of(content)

    def write_many(
        self,
        contents: Sequence[bytes],
        *,
        known: Collection[str] = frozenset(),
        files: Mapping[str, Path] = NO_FILES,
    ) -> list[str]:
        """Keeps contents, and files by their hashes, to be sent later."""
        hashes = [sha256_of(content) for content in contents]
        self._contents.update(zip(hashes, contents, strict=True))
        self._paths.update(files)
        return hashes

    def tree(self, entries: Mapping[str, Entry]) -> str:
        """Makes one level of a tree; its name."""
        rows = {name: Entry.file(f"{e.mode} {e.hash}") for name, e in entries.items()}
        name = LEVEL + tree_hash(rows)
        self._levels[name] = dict(entries)
        return name

    def tree_of(self, files: Mapping[str, Entry]) -> str:
        """Makes the folder of a version from the paths of its files; its hash."""
        # all are plain files in a bucket
        plain = {path: Entry.file(entry.hash) for path, entry in files.items()}
        name = tree_hash(plain)
        self._folders[name] = plain
        self._sitemaps[name] = "sitemap.xml" in plain
        return name

    def compare(self, before: str | None, after: str) -> Paths:
        """The files that differ between two trees; `None` stands for an empty one."""
        old, new = self.files(before) if before else {}, self.files(after)
        return Paths(
            tuple(sorted(new.keys() - old.keys())),
            tuple(sorted(p for p in new.keys() & old.keys() if not self.same(old[p], new[p], p))),
            tuple(sorted(old.keys() - new.keys())),
        )


def _changed(path: Path) -> DocsToolsError:
    hint = "run the command again when nothing writes there"
    return DocsToolsError(f"{path} was written to while it was sent", hint=hint)
