"""An entry of `layers.yml` made to say another number, or other exceptions."""

from collections.abc import Iterator
from dataclasses import replace

import yaml

from docs_tools.layers.data_file.change_exceptions import change_items
from docs_tools.layers.data_file.entry_list import EntryList
from docs_tools.layers.data_file.entry_text import (
    read_style,
    write_entry,
    write_exceptions,
    write_key,
)
from docs_tools.layers.data_file.yaml_text import Edit, UnsafeEditError
from docs_tools.model.layers import LayerRelease

__all__ = ["change_entry"]


def change_entry(entries: EntryList, index: int, new: LayerRelease) -> Iterator[Edit]:
    """The edits that make an entry say something else of the same version and layer.

    Args:
        entries: The entries of the file.
        index: Which one.
        new: What it is to say.

    Raises:
        UnsafeEditError: Where the entry stands isn't certain.
    """
    node, old = entries.own(index), entries.releases[index]
    if old.exceptions == new.exceptions:
        yield from _change_number(entries, node, old, new)
    elif node.flow_style or _is_first(node, "exceptions"):
        yield _rewrite(entries, index, node, new)
    else:
        yield from _change_number(entries, node, old, new)
        yield from _change_exceptions(entries, node, old, new)


def _change_number(
    entries: EntryList, node: yaml.CollectionNode, old: LayerRelease, new: LayerRelease
) -> Iterator[Edit]:
    found = entries.source.find_value(node, "number")
    if found and old.number != new.number:
        yield Edit(found[1].start_mark.index, found[1].end_mark.index, str(new.number))


def _rewrite(entries: EntryList, index: int, node: yaml.CollectionNode, new: LayerRelease) -> Edit:
    """The whole entry, with the quotes and the order that it has."""
    source = entries.source
    style = read_style(node, source.text, entries.step)
    if style.flow and new.exceptions and not entries.releases[index].exceptions:
        style = replace(style, flow=entries.style_for(new, index).flow)
    column = node.start_mark.column
    text = write_entry(new, style, column, source.eol)
    return Edit(node.start_mark.index, source.end_of(node), text)


def _change_exceptions(
    entries: EntryList, node: yaml.CollectionNode, old: LayerRelease, new: LayerRelease
) -> Iterator[Edit]:
    """The exceptions of an entry with a line for each key."""
    source = entries.source
    style = read_style(node, source.text, entries.step)
    blanks = " " * node.start_mark.column
    found = source.find_value(node, "exceptions")
    if found is None:
        at = source.line_end(source.end_of(node))
        inner = node.start_mark.column + style.step
        written = write_exceptions(new.exceptions, style, inner, source.eol)
        key = f"{source.eol}{blanks}{write_key('exceptions', style)}:"
        yield Edit(at, at, f"{key}{source.eol}{' ' * inner}{written}")
        return
    key_node, value = found
    end = source.end_of(value)
    if not isinstance(value, yaml.CollectionNode):
        raise UnsafeEditError
    if not new.exceptions:
        yield Edit(source.previous_line_end(key_node.start_mark.index), source.line_end(end), "")
        return
    style = replace(style, flow=bool(value.flow_style))
    if edits := change_items(source, value, old.exceptions, new.exceptions, style):
        yield from edits
        return
    start = value.start_mark.index if value.flow_style else source.dash_of(value.value[0])
    text = write_exceptions(new.exceptions, style, source.column(start), source.eol)
    yield Edit(start, end, text)


def _is_first(node: yaml.CollectionNode, key: str) -> bool:
    """Whether a key stands right behind the entry's dash."""
    return bool(node.value[0][0].value == key)
