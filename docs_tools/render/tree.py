"""A folder as a tree of its entries, with comments."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from docs_tools.errors import DocsToolsError
from docs_tools.model.folder import Entry
from docs_tools.model.nearest import find_nearest, list_some

__all__ = ["render_tree"]


def render_tree(folder: Entry, comments: Mapping[str, str]) -> str:
    """The folder as a text fence, with the comments one below the other.

    Args:
        folder: The folder.
        comments: What to say of entries, by their path from the folder.

    Raises:
        DocsToolsError: A comment is for something that the tree doesn't show.
    """
    said = {path.rstrip("/"): " ".join(text.split()) for path, text in comments.items()}
    if len(said) < len(comments):
        raise DocsToolsError("an entry has two comments", hint="keep one of the two")
    lines = list(_lines(folder))
    shown = {path: entry for path, entry, _ in lines}
    for path in said:
        if path not in shown:
            raise _not_shown(path, folder, shown)
    column = max((_width(text) for path, _, text in lines if path in said), default=0) + 2
    drawn = [f"{_visible(folder.name)}/"]
    for path, _, text in lines:
        gap = " " * (column - _width(text))
        drawn.append(f"{text}{gap}# {_visible(said[path])}" if path in said else text)
    longest = max(map(len, re.findall("`+", "\n".join(drawn))), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}text", *drawn, fence])


def _lines(folder: Entry, above: str = "", indent: str = "") -> Iterator[tuple[str, Entry, str]]:
    """Path, entry and line of each entry below the folder."""
    for entry in folder.entries:
        last = entry is folder.entries[-1]
        path = f"{above}{entry.name}"
        text = f"{indent}{'└── ' if last else '├── '}{_visible(entry.name)}{'/' * entry.is_folder}"
        yield path, entry, text
        yield from _lines(entry, f"{path}/", f"{indent}{'    ' if last else '│   '}")


def _not_shown(path: str, folder: Entry, shown: Mapping[str, Entry]) -> DocsToolsError:
    near = find_nearest(path, shown)
    above = next((p for p in _parents(path) if p in shown), None)
    hint = f"there is: {list_some([entry.name for entry in folder.entries], 'nothing')}"
    if above and shown[above].is_folder and not shown[above].entries:
        hint = f"the tree ends at {above}/: a larger `depth` shows what is in it"
    elif near:
        hint = f"did you mean {near}?"
    return DocsToolsError(f'a comment for "{path}", which is not in the tree', hint=hint)


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _visible(name: str) -> str:
    """The name without what can't be seen or encoded: an escape stands for it."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in name)


def _width(text: str) -> int:
    """Columns that the text takes where every letter is equally wide."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))
