"""`versions.json`: mike's list of versions, changed without losing what others put into it.

The file is a list of `{version, title, aliases, properties?}`, indented by two, with a line's end
at its end (https://github.com/jimporter/mike). mike drops unknown keys and a custom order and
shuffles aliases on every write; here only the entry that changes is touched.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from verspec.loose import LooseVersion

from docs_tools.errors import DocsToolsError
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.publish.versions.entry import (
    MARKS,
    VersionEntry,
    add_aliases,
    parse_entry,
    set_hidden,
    set_mark,
    without_aliases,
)
from docs_tools.publish.versions.file import dump_entries, load_entries
from docs_tools.publish.versions.names import check_aliases, check_version

__all__ = ["VersionEntry", "Versions", "sorted_place"]

_Raw = Mapping[str, Any]


class Versions:
    """The published versions in the order of the file; what changes them returns a new list.

    Args:
        entries: The entries as in the file.
    """

    def __init__(self, entries: Iterable[_Raw] = ()) -> None:
        self._entries = [dict(entry) for entry in entries]

    @classmethod
    def loads(cls, text: str | bytes, file: str) -> "Versions":
        """Reads the file.

        Args:
            text: Its text, or its bytes.
            file: What to call it in messages.

        Raises:
            DocsToolsError: It is broken; nothing may be written over it.
        """
        return cls(load_entries(text, file))

    def dumps(self) -> str:
        """The text of the file."""
        return dump_entries(self._entries)

    def to_json(self) -> list[dict[str, Any]]:
        """The entries as in the file, with the keys that nobody knows."""
        return [dict(raw) for raw in self._entries]

    def __iter__(self) -> Iterator[VersionEntry]:
        return (parse_entry(raw) for raw in self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Versions) and self.dumps() == other.dumps()

    def __hash__(self) -> int:
        return hash(self.dumps())

    def __repr__(self) -> str:
        return f"Versions({self._entries!r})"

    def get(self, version: str) -> VersionEntry | None:
        """The entry of a version, or `None` where it isn't published."""
        return next((entry for entry in self if entry.version == version), None)

    def by_alias(self, alias: str) -> VersionEntry | None:
        """The version that an alias names, or `None`."""
        return next((entry for entry in self if alias in entry.aliases), None)

    def find(self, name: str) -> VersionEntry | None:
        """The version that a name stands for, its own or an alias, or `None`."""
        return self.get(name) or self.by_alias(name)

    def require(self, name: str) -> VersionEntry:
        """As `find`.

        Raises:
            DocsToolsError: There is none; with the names that there are.
        """
        if entry := self.find(name):
            return entry
        names = [name for entry in self for name in (entry.version, *entry.aliases)]
        near = find_nearest(name, names)
        published = f"published: {list_some([entry.version for entry in self], 'nothing')}"
        hint = f'did you mean "{near}"?\n{published}' if near else published
        raise DocsToolsError(f'there is no version or alias "{name}"', hint=hint)

    def deploy(
        self,
        version: str,
        title: str | None = None,
        aliases: Iterable[str] = (),
        *,
        update_aliases: bool = False,
    ) -> "Versions":
        """The list with a version added or refreshed, by mike's rules.

        Args:
            version: The version.
            title: Its title; where none is given it keeps its own, and a new one is its name.
            aliases: Aliases to add to those that it has.
            update_aliases: Whether an alias may be taken from another version.

        Raises:
            DocsToolsError: A name is malformed or taken.
        """
        aliases = check_aliases(aliases, check_version(version))
        owner = self.by_alias(version)
        if owner and not update_aliases:
            raise DocsToolsError(
                f'"{version}" is an alias of {owner.version} already',
                hint="choose another name, or take the alias away from it: --update-aliases",
            )
        self._check_free(version, aliases, update_aliases)
        entries = self.to_json()
        if self.get(version) is None:
            names = [entry.version for entry in self]
            new = {"version": version, "title": version, "aliases": []}
            entries.insert(sorted_place(names, version), new)
        result = Versions(entries)._give(version, aliases, {version, *aliases})
        return result if title is None else result.retitle(version, title)

    def alias(
        self, name: str, aliases: Iterable[str], *, update_aliases: bool = False
    ) -> "Versions":
        """The list with more aliases for a version.

        Args:
            name: The version, or an alias of it.
            aliases: Aliases to add.
            update_aliases: Whether an alias may be taken from another version.

        Raises:
            DocsToolsError: The version is unknown, or an alias is malformed or taken.
        """
        version = self.require(name).version
        aliases = check_aliases(aliases, version)
        self._check_free(version, aliases, update_aliases)
        return self._give(version, aliases, set(aliases))

    def retitle(self, name: str, title: str) -> "Versions":
        """The list with another title for a version, named by itself or an alias.

        Raises:
            DocsToolsError: The version is unknown.
        """
        return self._edit(name, lambda raw: {**raw, "title": title})

    def hide(self, name: str, hidden: bool) -> "Versions":
        """The list with a version that the version selector leaves out, or shows again.

        Raises:
            DocsToolsError: The version is unknown, or its properties are of a foreign shape.
        """
        return self._edit(name, lambda raw: set_hidden(raw, hidden))

    def mark(self, name: str, mark: str | None) -> "Versions":
        """The list with a version marked, whatever its number says.

        Args:
            name: The version, or an alias of it.
            mark: One of `MARKS`, or `None`: its number counts again.

        Raises:
            DocsToolsError: The version or the mark is unknown, or the version's properties are
                of a foreign shape.
        """
        if mark is not None and mark not in MARKS:
            raise DocsToolsError(f'there is no mark "{mark}"', hint=f"there is: {list_some(MARKS)}")
        return self._edit(name, lambda raw: set_mark(raw, mark))

    def without_version(self, version: str) -> "Versions":
        """The list without a version and its aliases.

        Raises:
            DocsToolsError: It is unknown, or an alias.
        """
        entry = self.require(version)
        if entry.version != version:
            raise DocsToolsError(
                f'"{version}" is an alias, not a version', hint=f"it names {entry.version}"
            )
        return Versions(raw for raw in self._entries if raw["version"] != version)

    def without_alias(self, alias: str) -> "Versions":
        """The list without an alias.

        Raises:
            DocsToolsError: It is unknown, or a version.
        """
        entry = self.require(alias)
        if entry.version == alias:
            held = f"its aliases: {list_some(entry.aliases)}"
            raise DocsToolsError(f'"{alias}" is a version, not an alias', hint=held)
        return Versions(without_aliases(raw, {alias}) for raw in self._entries)

    def _check_free(self, version: str, aliases: Iterable[str], update: bool) -> None:
        for alias in aliases:
            if self.get(alias):
                raise DocsToolsError(
                    f'"{alias}" is a version already', hint="choose another name for the alias"
                )
            owner = self.by_alias(alias)
            if owner and owner.version != version and not update:
                raise DocsToolsError(
                    f'"{alias}" is an alias of {owner.version} already',
                    hint="move it with --update-aliases",
                )

    def _give(self, version: str, aliases: Iterable[str], taken: Collection[str]) -> "Versions":
        """The list with more aliases for a version; what is taken goes away from the others."""
        others = Versions(
            raw if raw["version"] == version else without_aliases(raw, taken)
            for raw in self._entries
        )
        return others._edit(version, lambda raw: add_aliases(raw, aliases))

    def _edit(
        self, name: str, edit: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    ) -> "Versions":
        version = self.require(name).version
        return Versions(edit(raw) if raw["version"] == version else raw for raw in self._entries)


def sorted_place(names: Sequence[str], version: str) -> int:
    """Where mike would sort a new version in a list of others: before the first older one."""
    key = _sort_key(version)
    return next((i for i, name in enumerate(names) if _sort_key(name) < key), len(names))


def _sort_key(version: str) -> tuple[bool, Any]:
    """mike's order: names that are no numbers first, then the newest (`Versions.__iter__`)."""
    return not re.match(r"v?\d", version), LooseVersion(version)
