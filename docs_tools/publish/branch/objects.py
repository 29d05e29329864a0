"""git's object database: files and trees, read and written many at a time.

A tree names what it holds by hashes, so a version that stands under a second name costs nothing.
"""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO

from docs_tools.git import Git
from docs_tools.publish.file_sums import blob_hash, changed_meanwhile
from docs_tools.publish.state.objects import NO_FILES
from docs_tools.publish.state.tree import FOLDER, Entry, Paths, rows_of

__all__ = ["GitObjects"]

_PIECE = 1 << 20  # bytes of a file in memory


class GitObjects:
    """The object database of a repository.

    Args:
        git: Git in the repository.
        folder: Where files go that are needed for a moment: a run's workspace, so that nothing is
            left of a run that was killed. The system's folder for such files if none is given.
    """

    def __init__(self, git: Git, folder: Path | None = None) -> None:
        self.git = git
        self._folder = folder
        # what a hash stands for never changes
        self._known: dict[tuple[str, ...], Mapping[str, Entry]] = {}

    @cached_property
    def algorithm(self) -> str:
        """The algorithm of the repository's hashes, as hashlib calls it."""
        return self.git.text("rev-parse", "--show-object-format")

    @cached_property
    def is_partial(self) -> bool:
        """Whether it is a partial clone: it needn't have what its remote has."""
        keys = r"^(extensions\.partialclone|remote\..*\.promisor)$"
        return self.git.ok("config", "--get-regexp", keys)

    def quarantined(self, folder: Path) -> "GitObjects":
        """The same, but what is written goes into a folder: nothing is left in the repository."""
        own = self.git.text("rev-parse", "--path-format=absolute", "--git-path", "objects")
        folder.mkdir(parents=True, exist_ok=True)
        known = os.environ.get("GIT_ALTERNATE_OBJECT_DIRECTORIES")
        alternates = os.pathsep.join(filter(None, [_quoted(own), known]))
        return GitObjects(
            self.git.with_env(
                {
                    "GIT_OBJECT_DIRECTORY": str(folder),
                    "GIT_ALTERNATE_OBJECT_DIRECTORIES": alternates,
                }
            ),
            folder,
        )

    def entries(self, tree: str) -> dict[str, Entry]:
        """What a tree or a commit holds at its top: names and what they stand for.

        Args:
            tree: A hash, or a path behind one: `COMMIT:path`.
        """
        return self._listed(tree)

    def files(self, tree: str) -> dict[str, Entry]:
        """All files of a tree, by path.

        Args:
            tree: A hash, or a path behind one: `COMMIT:path`.
        """
        return self._listed(tree, "-r")

    def _listed(self, tree: str, *flags: str) -> dict[str, Entry]:
        """What a tree holds; git is asked once."""
        if (tree, *flags) not in self._known:
            self._known[tree, *flags] = self._list(tree, *flags)
        return dict(self._known[tree, *flags])

    def _list(self, tree: str, *flags: str) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for row in self.git.output("ls-tree", "-z", "--full-tree", *flags, tree).split(b"\0"):
            if row:
                meta, _, path = row.partition(b"\t")
                mode, _, hash_ = meta.decode().split(" ")
                found[os.fsdecode(path)] = Entry(mode, hash_)
        return found

    def kept(self, tree: str) -> frozenset[str]:
        """The hashes of a tree's files, which needn't be written again."""
        return frozenset(entry.hash for entry in self.files(tree).values())

    def sizes(self, tree: str) -> dict[str, int]:
        """The size of each file of a tree in bytes, by path."""
        rows = self.git.output("ls-tree", "-r", "-l", "-z", "--full-tree", tree).split(b"\0")
        pairs = (row.partition(b"\t") for row in rows if row)
        # a submodule has `-` in place of a size
        return {
            os.fsdecode(path): int(size) if (size := meta.split()[-1]) != b"-" else 0
            for meta, _, path in pairs
        }

    def read(self, hash: str) -> bytes:
        """A file's content."""
        return self.git.output("cat-file", "blob", hash)

    def read_many(self, names: Sequence[str], kind: str = "blob") -> list[bytes | None]:
        """The contents of files, or `None` where there is none of that name, in one process.

        Args:
            names: Hashes, or names such as `COMMIT:path`; without a line's end.
            kind: git's word for what is read: `blob` for files.
        """
        listing = "".join(f"{name}\n" for name in names)
        output = self.git.output("cat-file", "--batch", stdin=os.fsencode(listing))
        contents: list[bytes | None] = []
        start = 0
        for _ in names:
            end = output.index(b"\n", start)
            words = output[start:end].rsplit(b" ", 2)
            start = end + 1
            if words[-1] in (b"missing", b"ambiguous"):
                contents.append(None)
                continue
            size = int(words[-1])
            contents.append(output[start : start + size] if words[-2] == kind.encode() else None)
            start += size + 1
        return contents

    def read_paths(self, tree: str, paths: Sequence[str]) -> list[bytes | None]:
        """The contents of files of a tree, or `None` where there is none, in one process.

        Args:
            tree: A hash, or a path behind one: `COMMIT:path`.
            paths: The files; without a line's end.
        """
        start = tree + ("" if tree.endswith(":") else "/" if ":" in tree else ":")
        return self.read_many([start + path for path in paths]) if paths else []

    def having(self, name: str, trees: Sequence[str]) -> set[str]:
        """Those of many trees that hold something of a name at their top, in one process."""
        wanted = os.fsencode(name)
        contents = self.read_many(trees, kind="tree") if trees else []
        return {
            tree
            for tree, content in zip(trees, contents, strict=True)
            if any(found == wanted for _, found, _ in rows_of(content or b"", len(tree) // 2))
        }

    def sums(self, hashes: Iterable[str]) -> dict[str, str]:
        """The SHA-256 of files by their hashes, in one process; what is no file is left out.

        However large a file is, only a piece of it is in memory at a time.
        """
        found: dict[str, str] = {}
        with tempfile.TemporaryFile() as listing:
            listing.writelines(f"{hash_}\n".encode() for hash_ in dict.fromkeys(hashes))
            listing.seek(0)
            with self.git.stream("cat-file", "--batch", stdin=listing) as output:
                while row := output.readline():
                    hash_, kind, *size = row.decode().split()
                    if not size:  # missing
                        continue
                    sum_ = hashlib.sha256()
                    for piece in _pieces(output, int(size[0])):
                        sum_.update(piece)
                    output.read(1)  # the line's end
                    if kind == "blob":
                        found[hash_] = sum_.hexdigest()
        return found

    def hashes(self, names: Sequence[str]) -> list[str | None]:
        """The hashes of names such as `COMMIT:path`, or `None` where there is nothing."""
        listing = "".join(f"{name}\n" for name in names)
        output = self.git.output(
            "cat-file", "--batch-check=%(objectname)", stdin=os.fsencode(listing)
        )
        rows = output.decode("utf-8", "replace").split("\n")[:-1]
        return [None if row.endswith((" missing", " ambiguous")) else row for row in rows]

    def hash_of(self, content: bytes) -> str:
        """The hash that a file of this content has, or would have."""
        return blob_hash(content, self.algorithm)

    def write_many(
        self,
        contents: Sequence[bytes],
        *,
        known: Collection[str] = frozenset(),
        files: Mapping[str, Path] = NO_FILES,
    ) -> list[str]:
        """Puts what is new into the database as it is, in one process or none.

        Args:
            contents: What to put there.
            known: The hashes of what is there already: git doesn't see it again.
            files: Files to put there too, by their hashes.

        Returns:
            The hashes of the contents, in the same order.

        Raises:
            DocsToolsError: A file isn't what its hash says any more.
        """
        hashes = [blob_hash(content, self.algorithm) for content in contents]
        new = {h: content for h, content in zip(hashes, contents, strict=True) if h not in known}
        paths = {hash_: path for hash_, path in files.items() if hash_ not in known}
        if new or paths:
            with self._temporary() as folder:
                for number, (hash_, content) in enumerate(new.items()):
                    paths[hash_] = Path(folder) / f"content{number}"
                    paths[hash_].write_bytes(content)
                self._write_files(paths, Path(folder))
        return hashes

    def _write_files(self, paths: Mapping[str, Path], folder: Path) -> None:
        listing = b"".join(
            os.fsencode(_on_a_line(path, folder / f"link{number}")) + b"\n"
            for number, path in enumerate(paths.values())
        )
        command = ("hash-object", "-w", "--no-filters", "--stdin-paths")
        written = self.git.text(*command, stdin=listing).split("\n")
        for (hash_, path), found in zip(paths.items(), written, strict=True):
            if found != hash_:
                raise changed_meanwhile(path)

    def tree(self, entries: Mapping[str, Entry]) -> str:
        """Writes one level of a tree; its hash."""
        kinds = {FOLDER: "tree", "160000": "commit"}
        rows = b"".join(
            f"{entry.mode} {kinds.get(entry.mode, 'blob')} {entry.hash}\t".encode()
            + os.fsencode(name)
            + b"\0"
            for name, entry in entries.items()
        )
        missing = ["--missing"] if self.is_partial else []
        return self.git.text("mktree", "-z", *missing, stdin=rows)

    def tree_of(self, files: Mapping[str, Entry]) -> str:
        """Writes a tree with folders from the paths of its files; its hash."""
        rows = b"".join(
            f"{entry.mode} {entry.hash}\t".encode() + os.fsencode(path) + b"\0"
            for path, entry in files.items()
        )
        with self._temporary() as folder:
            git = self.git.with_env({"GIT_INDEX_FILE": str(Path(folder) / "index")})
            git.output("update-index", "-z", "--index-info", stdin=rows)
            missing = ["--missing-ok"] if self.is_partial else []
            return git.text("write-tree", *missing)

    def _temporary(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="docs_tools-", dir=self._folder)

    def compare(self, before: str | None, after: str) -> Paths:
        """The files that differ between two trees or commits; `None` stands for an empty one."""
        if before == after:
            return Paths()
        if before is None:
            return Paths(added=tuple(sorted(self.files(after))))
        output = self.git.output(
            "diff-tree", "-r", "-z", "--no-renames", "--name-status", before, after
        )
        words = [os.fsdecode(word) for word in output.split(b"\0")]
        rows = list(zip(words[::2], words[1::2], strict=False))
        return Paths(
            *(
                tuple(sorted(path for what, path in rows if what in whats))
                for whats in ("A", "MT", "D")
            )
        )


def _pieces(stream: IO[bytes], size: int) -> Iterator[bytes]:
    while size and (piece := stream.read(min(size, _PIECE))):
        size -= len(piece)
        yield piece


def _on_a_line(path: Path, link: Path) -> Path:
    """The path, or a link to it where its name has a line's end, which ends a path for git."""
    if "\n" not in str(path) and "\r" not in str(path):
        return path
    link.symlink_to(path.resolve())
    return link


def _quoted(path: str) -> str:
    """A folder in git's list of them, quoted as in C where it holds what divides them."""
    if os.pathsep in path or path.startswith('"'):
        escaped = path.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return path
