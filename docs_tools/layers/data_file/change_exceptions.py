"""The exceptions of an entry changed one by one, so that comments stay by what they are about."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import yaml

from docs_tools.layers.data_file.entry_text import EntryStyle, write_exceptions
from docs_tools.layers.data_file.yaml_text import Edit, YamlText
from docs_tools.model.layers import LayerException

__all__ = ["change_items"]


def change_items(
    source: YamlText,
    node: yaml.CollectionNode,
    old: Sequence[LayerException],
    new: Sequence[LayerException],
    style: EntryStyle,
) -> list[Edit]:
    """The edits that make a list with a line for each exception say others.

    Args:
        source: The file's text.
        node: The list.
        old: What it says.
        new: What it is to say.
        style: How to write exceptions.

    Returns:
        The edits; none where nothing of the list stays, or not in its order.
    """
    items = source.own_items(node)
    kept = _match(old, new)
    order = [*kept.values()]
    own = [item for item in items if item is not None]
    if node.flow_style or len(own) != len(old) or not kept or order != sorted(order):
        return []
    gone = [i for i in range(len(own)) if i not in order]
    with_comments = any(_comments_above(source, item) for item in own[1:])
    edits = [_remove(source, own[i], comments=with_comments) for i in gone]
    for at, exception in enumerate(new):
        if (i := kept.get(at)) is not None:
            edits += _change(source, own[i], old[i], exception, style)
    return [*edits, *_add(source, own, kept, new, style)]


def _match(old: Sequence[LayerException], new: Sequence[LayerException]) -> dict[int, int]:
    """Which of the new ones is about the same as which of the old ones."""
    places = {_what(exception): i for i, exception in reversed([*enumerate(old)])}
    return {at: places[what] for at, e in enumerate(new) if (what := _what(e)) in places}


def _what(exception: LayerException) -> tuple[tuple[str, ...], ...]:
    return exception.architectures, exception.runtimes, exception.regions


def _change(
    source: YamlText,
    item: yaml.CollectionNode,
    old: LayerException,
    new: LayerException,
    style: EntryStyle,
) -> Iterator[Edit]:
    if old.number == new.number:
        return
    number = source.find_value(item, "number")
    if number and new.number is not None:
        yield Edit(number[1].start_mark.index, number[1].end_mark.index, str(new.number))
        return
    dash = source.dash_of(item)
    yield Edit(dash, source.end_of(item), _write(source, new, dash, style))


def _remove(source: YamlText, item: yaml.CollectionNode, *, comments: bool) -> Edit:
    """An exception taken out, and what stands above it if comments are about single ones."""
    above = _comments_above(source, item) if comments else 0
    start = source.line_start(source.dash_of(item))
    for _ in range(above):
        start = source.line_start(start - 1)
    return Edit(source.previous_line_end(start), source.line_end(source.end_of(item)), "")


def _add(
    source: YamlText,
    own: Sequence[yaml.CollectionNode],
    kept: dict[int, int],
    new: Sequence[LayerException],
    style: EntryStyle,
) -> Iterator[Edit]:
    """New exceptions behind those that they follow, or before the first."""
    first = min(kept)
    dash = source.dash_of(own[kept[first]])
    blanks = " " * source.column(dash)
    lines = [f"{blanks}{_write(source, exception, dash, style)}" for exception in new]
    at = source.line_start(dash)
    yield Edit(at, at, "".join(f"{line}{source.eol}" for line in lines[:first]))
    for i in kept:
        behind = takewhile(lambda place: place not in kept, range(i + 1, len(new)))
        at = source.line_end(source.end_of(own[kept[i]]))
        yield Edit(at, at, "".join(f"{source.eol}{lines[place]}" for place in behind))


def _write(source: YamlText, exception: LayerException, dash: int, style: EntryStyle) -> str:
    return write_exceptions([exception], style, source.column(dash), source.eol)


def _comments_above(source: YamlText, item: yaml.CollectionNode) -> int:
    """How many lines of comments stand right above an exception."""
    start, count = source.line_start(source.dash_of(item)), 0
    while start and source.text[source.line_start(start - 1) : start].lstrip().startswith("#"):
        start, count = source.line_start(start - 1), count + 1
    return count
