"""The text of the pull request: what changes, and by which numbers."""

import re
from collections.abc import Collection, Iterator, Sequence

from docs_tools.layers.in_files import FileChange
from docs_tools.proposal.names import clip

__all__ = ["render_body"]

_FILES = 50
_LINES = 20
_NUMBERS = 3
_LONGEST = 200
_END = "Written by docs_tools. Commits that you add to this branch stay."


def render_body(
    release: str,
    *,
    origin: str | None = None,
    data_file: str | None = None,
    data_lines: Sequence[str] = (),
    files: Sequence[FileChange] = (),
    notices: Sequence[str] = (),
) -> str:
    """The text of a pull request as Markdown, of bounded length.

    Args:
        release: The release whose numbers are brought into files.
        origin: Where the numbers come from, if not from the data file.
        data_file: The data file, if it is on GitHub.
        data_lines: What changes in it.
        files: The files that change.
        notices: What else there is to know.
    """
    parts = [_data(data_file, data_lines, origin)]
    if files:
        parts += [_headline(release, files), _table(files)]
    elif data_lines:
        parts.append("The files whose ARNs are written by hand have their numbers already.")
    else:
        parts[:] = ["The branch to merge into has all these numbers already."]
    if notices:
        parts.append(f"Worth knowing:\n\n{_list(notices)}")
    return "\n\n".join([*filter(None, parts), _END])


def _data(file: str | None, lines: Sequence[str], origin: str | None) -> str:
    if lines and file:
        return f"The layer numbers in {_code(file)}:\n\n{_list(lines)}"
    if origin:
        return f"The layer numbers come from {_code(origin)}."
    return f"The layer numbers are in {_code(file)} already." if file else ""


def _headline(release: str, files: Sequence[FileChange]) -> str:
    arns = sum(len(file.changed) for file in files)
    return f"{_count(arns, 'ARN')} in {_count(len(files), 'file')}, now as in {_code(release)}:"


def _table(files: Sequence[FileChange]) -> str:
    rows = ["| file | ARNs | numbers |", "| --- | --- | --- |"]
    rows += [
        f"| {_code(file.name, cell=True)} | {len(file.changed)} | {', '.join(_numbers(file))} |"
        for file in files[:_FILES]
    ]
    if rest := files[_FILES:]:
        arns = sum(len(file.changed) for file in rest)
        rows.append(f"| and {_count(len(rest), 'file')} more | {arns} | |")
    return "\n".join(rows)


def _numbers(file: FileChange) -> Iterator[str]:
    found = sorted({(i.before or 0, i.number) for i in file.changed})
    yield from (f"{before} → {number}" for before, number in found[:_NUMBERS])
    if len(found) > _NUMBERS:
        yield "…"


def _list(lines: Collection[str]) -> str:
    shown = [f"- {_code(line)}" for line in [*lines][:_LINES]]
    more = [f"- and {len(lines) - _LINES} more"] if len(lines) > _LINES else []
    return "\n".join([*shown, *more])


def _code(text: str, *, cell: bool = False) -> str:
    """Text as it is, whatever is in it: names of files and releases are anybody's."""
    text = clip(text, _LONGEST)
    if cell:  # a bar ends a cell, even in code
        text = text.replace("|", r"\|")
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
