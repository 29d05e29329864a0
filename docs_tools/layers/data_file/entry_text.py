"""A release of a layer as an entry of `layers.yml`, written as the entries beside it are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from docs_tools.model.layers import LayerException, LayerRelease

__all__ = ["EntryStyle", "read_style", "write_entry", "write_exceptions", "write_key"]

_WIDTH = 100
_DEEPEST = 8
_PLAIN = re.compile("[A-Za-z0-9][A-Za-z0-9_.+-]*")


@dataclass(frozen=True)
class EntryStyle:
    """How an entry is written.

    Attributes:
        flow: Whether it stands in braces; otherwise it has a line for each key.
        keys: Its keys in order.
        version_quote: The quotes round the version, none for a plain one.
        layer_quote: The quotes round the layer's id.
        key_quote: The quotes round keys; what is in exceptions has the same.
        padding: The blanks within braces.
        step: How far the exceptions are indented.
    """

    flow: bool = True
    keys: tuple[str, ...] = ("version", "layer", "number", "exceptions")
    version_quote: str = '"'
    layer_quote: str = ""
    key_quote: str = ""
    padding: str = ""
    step: int = 2


def read_style(node: yaml.CollectionNode, text: str, step: int) -> EntryStyle:
    """How an entry of a file is written.

    Args:
        node: The entry.
        text: The file's text.
        step: How far exceptions are indented, where this entry has none.
    """
    values = {key.value: value for key, value in node.value}
    exceptions = values.get("exceptions")
    if exceptions is not None and not (exceptions.flow_style or node.flow_style):
        indented = exceptions.start_mark.column - node.start_mark.column
        step = indented if 0 <= indented <= _DEEPEST else step  # else there is an anchor before it
    begin = text[node.start_mark.index : node.value[0][0].start_mark.index]
    keys = tuple(values)
    return EntryStyle(
        flow=bool(node.flow_style),
        keys=keys if exceptions is not None else (*keys, "exceptions"),
        version_quote=values["version"].style or "",
        layer_quote=values["layer"].style or "",
        key_quote=node.value[0][0].style or "",
        padding=" " if re.fullmatch(r"\{ +", begin) else "",
        step=step,
    )


def write_entry(release: LayerRelease, style: EntryStyle, column: int, eol: str) -> str:
    """The text of an entry.

    Args:
        release: The release.
        style: How to write it.
        column: The blanks before it in its first line; the lines behind get them too.
        eol: The end of a line.
    """
    values = {
        "version": _quote(release.version, style.version_quote),
        "layer": _quote(release.layer, style.layer_quote),
        "number": str(release.number),
    }
    keys = [key for key in style.keys if key in values or release.exceptions]
    if style.flow:
        inner_words = _exceptions(release.exceptions, style) if release.exceptions else []
        words = {key: [values[key]] if key in values else inner_words for key in keys}
        return _fill(_mapping(words, style), column, eol)
    lines = []
    for key in keys:
        if key in values:
            value = f" {values[key]}"
        else:
            inner = column + style.step
            written = write_exceptions(release.exceptions, style, inner, eol)
            value = f"{eol}{' ' * inner}{written}"
        lines.append(f"{write_key(key, style)}:{value}")
    return f"{eol}{' ' * column}".join(lines)


def write_key(key: str, style: EntryStyle) -> str:
    """A key, without its colon."""
    return _quote(key, style.key_quote)


def write_exceptions(
    exceptions: Sequence[LayerException], style: EntryStyle, column: int, eol: str
) -> str:
    """The exceptions of an entry, each on a line of its own, or all within brackets.

    Args:
        exceptions: The exceptions.
        style: How to write them.
        column: The blanks before the list in its first line; the lines behind get them too.
        eol: The end of a line.
    """
    if style.flow:
        return _fill(_exceptions(exceptions, style), column, eol)
    lines = ("- " + _fill(_exception(e, style), column + 2, eol) for e in exceptions)
    return f"{eol}{' ' * column}".join(lines)


# What may stand on several lines is made of words that may not.


def _exceptions(exceptions: Sequence[LayerException], style: EntryStyle) -> list[str]:
    return _join([_exception(exception, style) for exception in exceptions], "[", "]")


def _exception(exception: LayerException, style: EntryStyle) -> list[str]:
    kinds = {
        "architectures": exception.architectures,
        "runtimes": exception.runtimes,
        "regions": exception.regions,
    }
    pairs = {
        kind: _join([[_quote(name, style.key_quote)] for name in names], "[", "]")
        for kind, names in kinds.items()
        if names
    }
    if exception.number is not None:
        pairs["number"] = [str(exception.number)]
    return _mapping(pairs, style)


def _mapping(pairs: dict[str, list[str]], style: EntryStyle) -> list[str]:
    if not pairs:
        return ["{}"]
    groups = [[f"{write_key(key, style)}: {first}", *rest] for key, (first, *rest) in pairs.items()]
    return _join(groups, "{" + style.padding, style.padding + "}")


def _join(groups: Sequence[list[str]], begin: str, end: str) -> list[str]:
    words: list[str] = []
    for group in groups:
        if words:
            words[-1] += ","
        words += group
    words[0] = begin + words[0]
    words[-1] += end
    return words


def _fill(words: Sequence[str], column: int, eol: str) -> str:
    """Words on lines that aren't too long."""
    lines = [words[0]]
    for word in words[1:]:
        if column + 2 + len(lines[-1]) + len(word) < _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return f"{eol}{' ' * (column + 2)}".join(lines)


def _quote(text: str, quote: str) -> str:
    """A scalar that means this text: in these quotes, in others only where it must be."""
    if quote == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if not quote and _PLAIN.fullmatch(text) and yaml.safe_load(text) == text:
        return text
    dumped: str = yaml.safe_dump(text, default_style='"', width=float("inf"), allow_unicode=True)
    return dumped.removesuffix("\n")
