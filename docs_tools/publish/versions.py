"""`versions.json`: mike's list of versions, changed without losing what others put into it.

The file is a list of `{version, title, aliases, properties?}`, indented by two, with a line's end
at its end (https://github.com/jimporter/mike). mike drops unknown keys and a custom order and
shuffles aliases on every write; here only the entry that changes is touched.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from verspec.loose import LooseVersion

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.model.version import check_name

__all__ = ["VersionEntry", "Versions"]


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


class Versions:
    """The published versions in the order of the file."""

    def __init__(self, entries: Iterable[dict[str, Any]] = ()) -> None:
        self._entries = [dict(entry) for entry in entries]

    @classmethod
    def loads(cls, text: str, file: str) -> "Versions":
        """Reads the file.

        Args:
            text: Its text.
            file: What to call it in messages.

        Raises:
            DocsToolsError: It is broken; nothing may be written over it.
        """
        hint = "mend it by hand on the docs branch; it was left as it is"
        try:
            raw = json.loads(text)
        except RecursionError as error:
            problem = Diagnostic("nested too deeply", file, hint=hint)
            raise DocsToolsError("the list of versions is broken", diagnostics=[problem]) from error
        except json.JSONDecodeError as error:
            problem = Diagnostic(f"not JSON: {error.msg}", file, error.lineno, error.colno, hint)
            raise DocsToolsError("the list of versions is broken", diagnostics=[problem]) from error
        problems = [Diagnostic(message, file, hint=hint) for message in _faults(raw)]
        if problems:
            raise DocsToolsError("the list of versions is broken", diagnostics=problems)
        return cls(raw)

    def dumps(self) -> str:
        """The text of the file."""
        return json.dumps(self._entries, indent=2) + "\n"

    def __iter__(self) -> Iterator[VersionEntry]:
        return (_entry(raw) for raw in self._entries)

    def get(self, version: str) -> VersionEntry | None:
        """The entry of a version, or `None` where it isn't published."""
        return next((entry for entry in self if entry.version == version), None)

    def by_alias(self, alias: str) -> VersionEntry | None:
        """The version that an alias names, or `None`."""
        return next((entry for entry in self if alias in entry.aliases), None)

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
            DocsToolsError: A name is taken.
        """
        result = Versions(self._entries)
        result._check_free(version, aliases, update_aliases)
        for raw in result._entries:
            if raw["version"] != version:
                taken = {version, *aliases}.intersection(raw.get("aliases", ()))
                if taken:
                    raw["aliases"] = [alias for alias in raw["aliases"] if alias not in taken]
        raw = result._ensure(version)
        if title is not None:
            raw["title"] = title
        raw["aliases"] = list(dict.fromkeys([*raw.get("aliases", ()), *aliases]))
        return result

    def _check_free(self, version: str, aliases: Iterable[str], update: bool) -> None:
        owner = self.by_alias(version)
        if owner and not update:
            raise DocsToolsError(
                f'"{version}" is an alias of {owner.version} already',
                hint="choose another name, or take the alias away from it: --update-aliases",
            )
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

    def _ensure(self, version: str) -> dict[str, Any]:
        """The entry of a version; a new one goes where mike would sort it."""
        for raw in self._entries:
            if raw["version"] == version:
                return raw
        new: dict[str, Any] = {"version": version, "title": version, "aliases": []}
        key = _sort_key(version)
        older = (i for i, raw in enumerate(self._entries) if _sort_key(raw["version"]) < key)
        self._entries.insert(next(older, len(self._entries)), new)
        return new


def _entry(raw: dict[str, Any]) -> VersionEntry:
    version = raw["version"]
    aliases = tuple(raw.get("aliases", ()))
    return VersionEntry(version, raw.get("title", version), aliases, raw.get("properties"))


def _sort_key(version: str) -> tuple[bool, Any]:
    """mike's order: names that are no numbers first, then the newest (`Versions.__iter__`)."""
    return not re.match(r"v?\d", version), LooseVersion(version)


def _faults(raw: Any) -> Iterator[str]:
    if not isinstance(raw, list):
        yield "must be a list of versions"
        return
    names: set[str] = set()
    for i, entry in enumerate(raw):
        if not isinstance(entry, dict) or not isinstance(entry.get("version"), str):
            yield f"[{i}]: must be an object with a `version`"
            continue
        aliases = entry.get("aliases", [])
        if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
            yield f"[{i}].aliases: must be a list of names"
            continue
        if not isinstance(entry.get("title", ""), str):
            yield f"[{i}].title: must be text"
        for kind, name in [("version", entry["version"]), *(("alias", a) for a in aliases)]:
            if fault := check_name(name, kind):
                yield f"[{i}]: {fault}"
            if name in names:
                yield f'[{i}]: "{name}" is there twice'
            names.add(name)
