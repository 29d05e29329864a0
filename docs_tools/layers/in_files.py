"""Layer numbers into files: read, planned as a whole, and then written one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from docs_tools.errors import Diagnostic
from docs_tools.files import replace_contents
from docs_tools.layers.insert import Inserted, Insertion, insert_numbers, judged
from docs_tools.layers.numbers import Numbers
from docs_tools.layers.verdict import Kind

__all__ = [
    "NOT_TEXT",
    "FileChange",
    "Places",
    "Planned",
    "as_written",
    "plan_files",
    "plan_insertion",
    "read_files",
    "utf_16_problem",
    "write_changes",
]

NOT_TEXT = "not a text file"

_LOWER = (
    "fetch the numbers of the newest release, or say that it may: --allow-lower; a comment"
    " with `docs_tools: keep` on the line keeps its number"
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class FileChange:
    """A file, and what it holds with its numbers.

    Attributes:
        name: The file as the user would name it.
        before: What it holds.
        after: What it will hold; the same where every number is right.
        insertions: Its ARNs that carry the release's numbers.
    """

    name: str
    before: bytes
    after: bytes
    insertions: tuple[Insertion, ...]

    @property
    def changed(self) -> tuple[Insertion, ...]:
        """The ARNs whose number changes."""
        return tuple(i for i in self.insertions if i.before != i.number)


@dataclass(frozen=True)
class Planned:
    """What an insertion into files would do.

    Attributes:
        changes: The files that have ARNs of the release.
        problems: Why it can't be done: nothing is written where there are any.
        other: How many ARNs of ours keep their number, as the release doesn't have them.
        skipped: Files that aren't text, and why.
        files: How many files were read.
        faulty: How many ARNs can't be right, and are left as they are.
    """

    changes: tuple[FileChange, ...]
    problems: tuple[Diagnostic, ...]
    other: int
    skipped: tuple[str, ...]
    files: int
    faulty: int = 0

    @property
    def changed(self) -> tuple[FileChange, ...]:
        """The files that change."""
        return tuple(change for change in self.changes if change.before != change.after)


def plan_files(
    files: Iterable[tuple[str, Path]], numbers: Numbers, *, allow_lower: bool = False
) -> Planned:
    """Reads files and works out what they hold with the numbers; writes nothing."""
    unread: list[Diagnostic] = []
    planned = plan_insertion(read_files(files, unread), numbers, allow_lower=allow_lower)
    return replace(planned, problems=(*unread, *planned.problems)) if unread else planned


def read_files(
    files: Iterable[tuple[str, Path]], unread: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    """Reads files, one when it is asked for.

    Args:
        files: The files by name.
        unread: Where to put what is wrong with those that can't be read.
    """
    for name, path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            unread.append(Diagnostic(f"can't be read: {error.strerror or error}", name))
        else:
            yield name, content


def plan_insertion(
    contents: Iterable[tuple[str, bytes]], numbers: Numbers, *, allow_lower: bool = False
) -> Planned:
    """Works out what files hold with the numbers.

    A file is taken for bytes with ASCII among them: whatever else it holds stays as it is, in any
    encoding that has ASCII, with any line ends.

    Args:
        contents: The files by name.
        numbers: The numbers.
        allow_lower: Whether a number may become smaller.
    """
    changes: list[FileChange] = []
    problems: list[Diagnostic] = []
    skipped: list[str] = []
    other = count = faulty = 0
    for name, before in contents:
        count += 1
        if b":layer:" not in before:  # as nearly every file
            problems += utf_16_problem(name, before, numbers)
            continue
        done = insert_numbers(before.decode("latin-1"), numbers)
        if not (done.insertions or done.ambiguous or done.other or done.faulty):
            continue
        if b"\0" in before:
            skipped.append(f"{name}: {NOT_TEXT}")
            continue
        other += len(done.other)
        faulty += len(done.faulty)
        problems += _problems(name, before, done, allow_lower=allow_lower)
        if done.insertions:
            after = done.text.encode("latin-1")
            changes.append(FileChange(name, before, after, tuple(map(_as_meant, done.insertions))))
    return Planned(tuple(changes), tuple(problems), other, tuple(skipped), count, faulty)


def utf_16_problem(name: str, content: bytes, numbers: Numbers) -> Iterator[Diagnostic]:
    """That a file has layer ARNs in an encoding where they can't be changed in place."""
    if content.startswith(_UTF_16):
        found = judged(content.decode("utf-16", "ignore"), numbers)
        if any(verdict.kind is not Kind.FOREIGN for _, verdict in found):
            yield Diagnostic("has layer ARNs and is UTF-16", name, hint="save it as UTF-8")


def write_changes(changes: Iterable[tuple[Path, bytes]]) -> None:
    """Writes what files hold now; each is old or new at every moment.

    Raises:
        OSError: One can't be written. Where that shows before the first is, none is.
    """
    replace_contents(changes)


class Places:
    """Lines and columns in a file, for places that are asked for in order.

    Args:
        content: What the file holds.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._offset, self._line, self._column = 0, 1, 1

    def find(self, offset: int) -> tuple[int, int]:
        """The line and column of a byte, both counted from 1; not before the last one."""
        content, begin = self._content, self._offset
        if lines := content.count(b"\n", begin, offset):
            self._line, self._column = self._line + lines, 1
            begin = content.rfind(b"\n", begin, offset) + 1
        # a byte order mark is no column
        before = content[begin:offset].decode("utf-8" if begin else "utf-8-sig", "replace")
        self._column += len(before)
        self._offset = offset
        return self._line, self._column


def _problems(
    name: str, content: bytes, done: Inserted, *, allow_lower: bool
) -> Iterable[Diagnostic]:
    found = [(reference.start, v.fault, v.hint) for reference, v in done.ambiguous]
    for insertion in done.insertions:
        before = insertion.before or 0
        if before > insertion.number and not allow_lower:
            message = f"number {before} would go back to {insertion.number}: {insertion.arn}"
            found.append((insertion.place, message, _LOWER))
    places = Places(content)
    for place, message, hint in sorted(found, key=lambda problem: problem[0]):
        yield Diagnostic(as_written(message), name, *places.find(place), hint)


def _as_meant(insertion: Insertion) -> Insertion:
    if insertion.arn.isascii():
        return insertion
    return replace(insertion, arn=as_written(insertion.arn))


def as_written(text: str) -> str:
    """Text that was read as Latin-1, as whoever wrote it in UTF-8 meant it."""
    return text.encode("latin-1", "replace").decode("utf-8", "replace")
