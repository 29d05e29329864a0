"""An entry put into `layers.yml`, between those beside it."""

import re
from collections.abc import Iterator

import yaml

from docs_tools.layers.data_file.entry_list import EntryList
from docs_tools.layers.data_file.entry_text import write_entry
from docs_tools.layers.data_file.yaml_text import Edit
from docs_tools.model.layers import LayerRelease

__all__ = ["add_entry"]


def add_entry(entries: EntryList, index: int, new: LayerRelease) -> Iterator[Edit]:
    """The edits that put an entry into a file.

    Args:
        entries: The entries of the file.
        index: How many stand before it.
        new: What it is to say.

    Raises:
        UnsafeEditError: Where it would stand isn't certain.
    """
    if entries.node is None:
        yield _add_list(entries, new)
    elif not entries.items:
        yield from _fill_list(entries, entries.node, new)
    elif entries.flow:
        yield from _add_within_brackets(entries, index, new)
    elif index == 0:
        yield _add_first(entries, new)
    else:
        yield _add_behind(entries, index, new)


def _write(entries: EntryList, index: int, new: LayerRelease, column: int) -> str:
    return write_entry(new, entries.style_for(new, index), column, entries.source.eol)


def _add_list(entries: EntryList, new: LayerRelease) -> Edit:
    """The key itself isn't there."""
    source = entries.source
    root, eol = source.root, source.eol
    quote = root.value[0][0].style or ""
    key = f"{quote}releases{quote}:"
    if root.flow_style:
        at = source.end_of(root.value[-1][1])
        return Edit(at, at, f", {key} [{_write(entries, 0, new, 0)}]")
    at = int(root.end_mark.index)
    blanks = " " * root.start_mark.column
    text = f"{blanks}{key}{eol}{_write_line(entries, new)}"
    is_whole = source.text[:at].endswith("\n")
    return Edit(at, at, text + eol if is_whole else eol + text)


def _fill_list(entries: EntryList, node: yaml.CollectionNode, new: LayerRelease) -> Iterator[Edit]:
    """The list is `[]`."""
    source = entries.source
    start, end = node.start_mark.index, node.end_mark.index
    before = re.search(r":( *)$", source.text[source.line_start(start) : start])
    if source.root.flow_style or before is None or source.text[start:end] != "[]":
        yield Edit(end - 1, end - 1, _write(entries, 0, new, source.column(start)))
        return
    yield Edit(start - len(before[1]), end, "")
    at = source.line_end(end)
    yield Edit(at, at, source.eol + _write_line(entries, new))


def _write_line(entries: EntryList, new: LayerRelease) -> str:
    """The first entry of a list of lines."""
    column = entries.source.root.start_mark.column + entries.step
    return f"{' ' * column}- {_write(entries, 0, new, column + 2)}"


def _add_within_brackets(entries: EntryList, index: int, new: LayerRelease) -> Iterator[Edit]:
    source = entries.source
    near = entries.own(min(index, len(entries.items) - 1))
    start = near.start_mark.index
    blanks = source.indentation(start)
    text = _write(entries, index, new, source.column(start))
    gap = " " if blanks is None else source.eol + blanks
    if index < len(entries.items):
        yield Edit(start, start, f"{text},{gap}")
        return
    end = source.end_of(near)
    rest = source.text[end : source.line_end(end)]
    behind = re.fullmatch(r"([ \t]*,)?[ \t]*(#.*)?", rest)
    if blanks is None or behind is None or not rest:
        yield Edit(end, end, f",{gap}{text}")
    elif behind[1]:  # the list ends in a comma, and so it does afterwards
        yield Edit(source.line_end(end), source.line_end(end), f"{gap}{text},")
    else:
        yield Edit(end, end, ",")
        yield Edit(source.line_end(end), source.line_end(end), f"{gap}{text}")


def _add_first(entries: EntryList, new: LayerRelease) -> Edit:
    source = entries.source
    dash = source.dash_of(entries.own(0))
    at = _comments_above(entries, 0) if _has_comments(entries) else source.line_start(dash)
    gap = source.eol * 2 if _is_spaced(entries, 0) else source.eol
    return Edit(at, at, _write_item(entries, 0, new, 0) + gap)


def _add_behind(entries: EntryList, index: int, new: LayerRelease) -> Edit:
    """Right behind another entry, so that what stands above the next one stays there."""
    source = entries.source
    at = source.line_end(source.end_of(entries.own(index - 1)))
    gap = source.eol * 2 if _is_spaced(entries, index) else source.eol
    return Edit(at, at, gap + _write_item(entries, index, new, index - 1))


def _write_item(entries: EntryList, index: int, new: LayerRelease, beside: int) -> str:
    """An entry with its dash, indented as one beside it."""
    source, near = entries.source, entries.own(beside)
    dash = source.dash_of(near)
    between = source.text[dash + 1 : near.start_mark.index]
    before = f"{' ' * source.column(dash)}-{between if re.fullmatch(' +', between) else ' '}"
    return before + _write(entries, index, new, len(before))


def _is_spaced(entries: EntryList, index: int) -> bool:
    """Whether a blank line stands between the entries there, or next to there."""
    index = min(max(index, 1), len(entries.items) - 1)
    if index < 1:
        return False
    source = entries.source
    end = source.line_end(source.end_of(entries.own(index - 1)))
    return bool(re.match(r"\r?\n[ \t]*\r?\n", source.text[end:]))


def _has_comments(entries: EntryList) -> bool:
    """Whether what stands above the first entry is about it, and not about them all."""
    source = entries.source
    dash = source.line_start(source.dash_of(entries.own(0)))
    if entries.releases[0].version in source.text[_comments_above(entries, 0) : dash]:
        return True
    others = (i for i, item in enumerate(entries.items) if i and item is not None)
    starts = ((i, source.line_start(source.dash_of(entries.own(i)))) for i in others)
    return any(_comments_above(entries, i) < start for i, start in starts)


def _comments_above(entries: EntryList, index: int) -> int:
    """Where the comments right above an entry begin, or its own line where there are none."""
    source = entries.source
    start = source.line_start(source.dash_of(entries.own(index)))
    while start and source.text[source.line_start(start - 1) : start].lstrip().startswith("#"):
        start = source.line_start(start - 1)
    return start
