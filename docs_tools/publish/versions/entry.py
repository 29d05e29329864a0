"""One version in `versions.json`: what is read of it, and what is changed in it.

The changes take the JSON object and return another one; keys that nobody knows stay.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docs_tools.errors import DocsToolsError

__all__ = [
    "MARKS",
    "VersionEntry",
    "add_aliases",
    "parse_entry",
    "set_hidden",
    "set_mark",
    "without_aliases",
]

MARKS = ("current", "prerelease", "eol")
"""What a version can be marked as, whatever its number says."""

_HIDDEN = ("properties", "hidden")  # mike's documentation and Material's version selector
_MARK = ("properties", "docs_tools", "status")

_Raw = Mapping[str, Any]


@dataclass(frozen=True)
class VersionEntry:
    """A published version.

    Attributes:
        version: Its name, which is its folder.
        title: What readers see in the version selector.
        aliases: Other names for it, such as `latest`.
        properties: What tools keep with it.
    """

    version: str
    title: str
    aliases: tuple[str, ...] = ()
    properties: Any = None

    @property
    def hidden(self) -> bool:
        """Whether the version selector leaves it out: what counts as true in JavaScript."""
        return _value({"properties": self.properties}, _HIDDEN) not in (None, False, 0, "")

    @property
    def mark(self) -> str | None:
        """What it is marked as, one of `MARKS`, or `None`."""
        mark = _value({"properties": self.properties}, _MARK)
        return mark if isinstance(mark, str) and mark in MARKS else None

    def to_json(self) -> dict[str, object]:
        """The entry as a JSON object."""
        entry: dict[str, object] = {
            "version": self.version,
            "title": self.title,
            "aliases": list(self.aliases),
        }
        if self.properties:
            entry["properties"] = self.properties
        return entry


def parse_entry(raw: _Raw) -> VersionEntry:
    """An entry from its JSON object; mike writes title and aliases always, a hand may not."""
    version = raw["version"]
    aliases = tuple(raw.get("aliases", ()))
    return VersionEntry(version, raw.get("title", version), aliases, raw.get("properties"))


def add_aliases(raw: _Raw, names: Iterable[str]) -> _Raw:
    """The entry with more aliases behind those that it has."""
    return _with_aliases(raw, [*raw.get("aliases", ()), *names])


def without_aliases(raw: _Raw, names: Collection[str]) -> _Raw:
    """The entry without some aliases."""
    return _with_aliases(raw, [name for name in raw.get("aliases", ()) if name not in names])


def _with_aliases(raw: _Raw, names: Iterable[str]) -> _Raw:
    after = list(dict.fromkeys(names))
    return raw if after == raw.get("aliases", []) else {**raw, "aliases": after}


def set_hidden(raw: _Raw, hidden: bool) -> _Raw:
    """The entry hidden, or shown again.

    Raises:
        DocsToolsError: Its properties are of a foreign shape.
    """
    if parse_entry(raw).hidden == hidden:
        return raw
    return _put(raw, _HIDDEN, True) if hidden else _drop(raw, _HIDDEN)


def set_mark(raw: _Raw, mark: str | None) -> _Raw:
    """The entry with one of `MARKS`, or `None`: without a mark.

    Raises:
        DocsToolsError: Its properties are of a foreign shape.
    """
    return _drop(raw, _MARK) if mark is None else _put(raw, _MARK, mark)


def _value(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _put(raw: _Raw, path: tuple[str, ...], value: object) -> _Raw:
    inner: object = value
    for depth in range(len(path) - 1, 0, -1):
        there = _value(raw, path[:depth])
        if there is not None and not isinstance(there, Mapping):
            raise DocsToolsError(
                f"{raw['version']}: {'.'.join(path[:depth])} is no object in versions.json, "
                f"so it can't hold {'.'.join(path[depth:])}",
                hint="mend it by hand on the docs branch",
            )
        inner = {**(there or {}), path[depth]: inner}
    return {**raw, path[0]: inner}


def _drop(raw: _Raw, path: tuple[str, ...]) -> _Raw:
    """The mapping without a value, and without the mappings that it leaves empty."""
    key, *rest = path
    if key not in raw:
        return raw
    if rest:
        inner = raw[key]
        after = _drop(inner, tuple(rest)) if isinstance(inner, Mapping) else inner
        if after is inner:
            return raw
        if after:
            return {**raw, key: after}
    return {name: value for name, value in raw.items() if name != key}
