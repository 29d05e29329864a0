"""A folder of remembered results: each entry is whole and as it was put, or isn't there.

An entry is one file, `pages/KIND/ab/REST-OF-KEY`: a line with the format's version and a checksum,
a line of JSON, then text. It is written beside its place and renamed, so a reader never sees half
of one, and whoever puts the same key last wins. Nothing is locked and nothing waits for the disk:
what a crash leaves fails its checksum. What can't be read or written costs time, never an error;
and nothing that is read is run, unpickled or used as a path.
"""

import json
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from docs_tools.build.memory.digest import DIGEST_SIZE, digest_bytes

__all__ = ["LIMIT", "Entry", "Store"]

LIMIT = 2 * 1024**3
"""Bytes that are kept where nothing else is said."""

_MAGIC = b"docs_tools memory 1 "
"""How an entry begins; the number counts the format's versions."""

_HEADER = len(_MAGIC) + 2 * DIGEST_SIZE + 1
_KIND = re.compile(r"[a-z][a-z0-9-]{0,31}")
_KEY = re.compile(r"[0-9a-f]{4,128}")
_HOUR, _DAY = 3600.0, 86400.0
_KEPT = 0.9
"""The part of the limit that is left where it was passed, so that not every build passes it."""

_LEDGER_LIMIT = 2**20
_PLAIN_FILE = (
    # a link or a pipe in an entry's place is none: it is neither followed nor waited for
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True)
class Entry:
    """What is remembered under one key.

    Attributes:
        meta: Facts that JSON can hold; keys are text, and tuples come back as lists.
        text: Any text, lone surrogates included.
    """

    meta: dict[str, Any]
    text: str = ""


class Store:
    """Entries by kind and key; any number of processes may use one folder at once."""

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """A store that makes its folder at the first `put`.

        Args:
            folder: Where entries are kept, in `pages`; git is told to leave the folder alone.
            limit: How many bytes `tidy` leaves; an entry above it is not kept at all.
        """
        self.folder = folder.absolute()
        self.limit = limit
        self._root = str(self.folder / "pages")
        self._ledger = str(self.folder / "pages.size")

    def get(self, kind: str, key: str) -> Entry | None:
        """What was put under a key, or `None`: never was, has been tidied away, or is damaged.

        Args:
            kind: A short word in small letters, such as `page`.
            key: Hexadecimal digits in small letters.

        Raises:
            ValueError: The kind or the key is something else, which could lead out of the folder.
        """
        name, path = self._place(kind, key)
        content = _read(path, self.limit)
        if content is None:
            return None
        entry = _decoded(name, *content)
        if entry is None:
            with suppress(OSError):
                Path(path).unlink()
        return entry

    def put(self, kind: str, key: str, entry: Entry) -> None:
        """Keeps an entry, in place of what the key had; does nothing where that can't be written.

        Args:
            kind: A short word in small letters, such as `page`.
            key: Hexadecimal digits in small letters.
            entry: What to keep.

        Raises:
            ValueError: The kind or the key is something else.
            TypeError: JSON can't hold the entry's facts.
        """
        name, path = self._place(kind, key)
        header, body = _encoded(name, entry)
        if len(header) + len(body) > self.limit or _read(path, self.limit) == (header, body):
            return
        with suppress(OSError):
            self._write(Path(path), header + body)
            self._tell(len(header) + len(body))

    def tidy(self) -> None:
        """Where the limit was passed, removes what was not used for the longest time.

        What a killed process left half-written goes too, once nobody can be writing it any more.
        All files are looked at where the sizes that `put` told of pass the limit, and once a day:
        else a build would pay for all that earlier ones remembered.
        """
        told = self._told()
        if told is not None and told <= self.limit:
            return
        kept: list[tuple[float, int, str]] = []
        now = time.time()
        for file, status in _files(self._root):
            if file.name.startswith("."):
                if abs(now - status.st_mtime) > _HOUR:
                    _remove(file.path)
            else:
                kept.append((status.st_mtime, status.st_size, file.path))
        size = sum(size for _, size, _ in kept)
        wanted = self.limit if size <= self.limit else self.limit * _KEPT
        for _, freed, path in sorted(kept):
            if size <= wanted:
                break
            _remove(path)
            size -= freed
        if kept:
            with suppress(OSError):
                self._write(Path(self._ledger), f"{now:.0f} {size}\n".encode())

    def _tell(self, size: int) -> None:
        """Adds to the ledger: a line with the time and size that `tidy` found, then one a `put`."""
        file = os.open(self._ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _PLAIN_FILE, 0o666)
        try:
            os.write(file, b"%d\n" % size)
        finally:
            os.close(file)

    def _told(self) -> int | None:
        """About how many bytes there are, or `None` where that is to be counted again."""
        content = _read(self._ledger, _LEDGER_LIMIT)
        if content is None:
            return None
        try:
            found, *put = b"".join(content).decode().splitlines()
            when, size = map(int, found.split(" "))
            recent = abs(time.time() - when) < _DAY
            return size + sum(map(int, put)) if recent else None
        except ValueError:
            return None

    def _place(self, kind: str, key: str) -> tuple[bytes, str]:
        """An entry's name, which its checksum covers, and its path."""
        if not _KIND.fullmatch(kind) or not _KEY.fullmatch(key):
            raise ValueError(f"no kind and key of an entry: {kind!r}, {key!r}")
        return f"{kind}/{key}\n".encode(), f"{self._root}/{kind}/{key[:2]}/{key[2:]}"

    def _write(self, path: Path, content: bytes) -> None:
        beside = path.with_name(f".{uuid4().hex}")
        try:
            try:
                _write_new(beside, content)
            except OSError:
                if path.parent.is_dir():
                    raise
                self._make_folder(path.parent)
                _write_new(beside, content)
            try:
                beside.replace(path)
            except OSError:  # a folder is in the way
                shutil.rmtree(path, ignore_errors=True)
                beside.replace(path)
        except BaseException:
            _remove(beside)
            raise

    def _make_folder(self, folder: Path) -> None:
        """Makes a folder for entries, in place of what has no business there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", "utf-8")
        for part in (Path(self._root), folder.parent, folder):
            if not part.is_dir():
                _remove(part)
            part.mkdir(exist_ok=True)


def _encoded(name: bytes, entry: Entry) -> tuple[bytes, bytes]:
    """An entry's first line and the rest of its file."""
    # not as \\u escapes: two halves of a surrogate pair would come back as one character
    meta = json.dumps(entry.meta, ensure_ascii=False, separators=(",", ":"))
    body = f"{meta}\n{entry.text}".encode("utf-8", "surrogatepass")
    return _header(name, body), body


def _decoded(name: bytes, header: bytes, body: bytes) -> Entry | None:
    """The entry, if these are the bytes that were written for this name."""
    if header != _header(name, body):
        return None
    meta, _, text = body.partition(b"\n")
    try:
        facts = json.loads(meta.decode("utf-8", "surrogatepass"))
        return Entry(facts, text.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):  # a number or a depth that this Python doesn't read
        return None


def _header(name: bytes, body: bytes) -> bytes:
    """The first line: it holds the name too, so that a file in another's place is none."""
    return _MAGIC + digest_bytes(name, body).encode() + b"\n"


def _read(path: str, limit: int) -> tuple[bytes, bytes] | None:
    """The first line and the rest of a file, which is marked as used now."""
    try:
        file = os.open(path, os.O_RDONLY | _PLAIN_FILE)
    except OSError:
        return None
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            return None
        content = os.read(file, _HEADER), os.read(file, status.st_size)
    except OSError:
        return None
    finally:
        os.close(file)
    if abs(time.time() - status.st_mtime) > _HOUR:  # a use now and then is enough to know
        with suppress(OSError):
            os.utime(path)
    return content


def _write_new(path: Path, content: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN_FILE, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _files(folder: str) -> Iterator[tuple[os.DirEntry[str], os.stat_result]]:
    """All that is below a folder and is none itself, and what is known of it."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                with suppress(OSError):  # gone meanwhile
                    yield entry, entry.stat(follow_symlinks=False)


def _remove(path: str | Path) -> None:
    with suppress(OSError):
        Path(path).unlink()
