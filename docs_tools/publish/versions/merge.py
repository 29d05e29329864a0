"""Two docs branches that each went their own way since a common commit, put together again.

What one side alone changed is as that side has it. What both changed in different ways is a
conflict, but for an alias: there the other side decides, because readers see that one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from docs_tools.publish.versions.entry import add_aliases
from docs_tools.publish.versions.json_document import dump_json
from docs_tools.publish.versions.list import Versions, sorted_place

__all__ = ["Conflict", "Merged", "MergedEntries", "merge_entries", "merge_versions"]

T = TypeVar("T")

_Raw = Mapping[str, Any]
_SIDES = ("here", "there")
_GONE: Any = object()  # stands for a key that isn't there


@dataclass(frozen=True)
class Conflict:
    """What both sides changed in different ways.

    Attributes:
        name: The version or the entry of the branch.
        message: What each side did to it.
    """

    name: str
    message: str


@dataclass(frozen=True)
class Merged:
    """Both lists of versions in one.

    Attributes:
        versions: The list; of a conflict it has what is there, or what wasn't deleted.
        notices: What was decided about aliases.
        conflicts: What somebody has to decide before this may be written.
    """

    versions: Versions
    notices: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class MergedEntries(Generic[T]):
    """What both sides have beside each other on the branch, in one.

    Attributes:
        entries: The entries; of a conflict it has what is there, or what wasn't deleted.
        conflicts: What somebody has to decide before this may be written.
    """

    entries: dict[str, T]
    conflicts: tuple[Conflict, ...]


def merge_entries(
    base: Mapping[str, T],
    here: Mapping[str, T],
    there: Mapping[str, T],
    *,
    sides: tuple[str, str] = _SIDES,
) -> MergedEntries[T]:
    """Merges what lies at the top of the branch; what is derived has to be left out.

    Args:
        base: What there was before both went their own way.
        here: What is here.
        there: What is there.
        sides: What to call the two in messages, such as `here` and `on origin`.
    """
    entries: dict[str, T] = {}
    conflicts = []
    for name in {**there, **here, **base}:
        before, ours, theirs = base.get(name), here.get(name), there.get(name)
        if ours != theirs and ours != before and theirs != before:
            conflicts.append(Conflict(name, _conflict(name, before, ours, theirs, sides)))
            merged = ours if theirs is None else theirs
        else:
            merged = ours if theirs == before else theirs
        if merged is not None:
            entries[name] = merged
    return MergedEntries(entries, tuple(conflicts))


def merge_versions(
    base: Versions, here: Versions, there: Versions, *, sides: tuple[str, str] = _SIDES
) -> Merged:
    """Merges two lists of versions, key by key.

    Args:
        base: The list before both went their own way.
        here: The list here.
        there: The list there, whose order counts where both changed it.
        sides: What to call the two in messages, such as `here` and `on origin`.
    """
    merge = _Merge(base, here, there, sides)
    merge.decide_aliases()
    merge.decide_versions()
    return merge.result()


class _Merge:
    """One merge of two lists of versions."""

    def __init__(
        self, base: Versions, here: Versions, there: Versions, sides: tuple[str, str]
    ) -> None:
        lists = (base, here, there)
        self._raws = tuple({raw["version"]: raw for raw in v.to_json()} for v in lists)
        self._owners = tuple({a: e.version for e in v for a in e.aliases} for v in lists)
        self._sides = sides
        self._notices: list[str] = []
        self._conflicts: list[Conflict] = []
        self._aliases: dict[str, str] = {}
        self._entries: dict[str, _Raw] = {}

    def decide_aliases(self) -> None:
        """Which version each alias names."""
        base, here, there = self._owners
        for alias in {**there, **here, **base}:
            before, ours, theirs = base.get(alias), here.get(alias), there.get(alias)
            owner = ours if theirs == before else theirs
            if ours != theirs and ours != before and theirs != before:
                self._notices.append(self._describe(alias, ours, theirs))
            if owner is not None:
                self._aliases[alias] = owner

    def _describe(self, alias: str, ours: str | None, theirs: str | None) -> str:
        here, there = self._sides
        end = f"it stays with {theirs}" if theirs else "it goes away"
        return (
            f'the alias "{alias}" names {ours or "nothing"} {here} and '
            f"{theirs or 'nothing'} {there}: {end}"
        )

    def decide_versions(self) -> None:
        """Which versions there are, and what is noted about each but its aliases."""
        base, here, there = self._raws
        for name in {**there, **here, **base}:
            before, ours, theirs = (_bare(side.get(name)) for side in (base, here, there))
            if before is not None and (ours is None or theirs is None):
                self._decide_deleted(name, before, ours, theirs)
                continue
            faults: list[str] = []
            entry = _merge_values(before, ours, theirs, (), faults)
            self._entries[name] = entry
            if faults:
                here_, there_ = self._sides
                what = f"{', '.join(faults)}: changed {here_} and {there_}, in different ways"
                self._conflicts.append(Conflict(name, f"{name}: {what}"))

    def _decide_deleted(
        self, name: str, before: _Raw, ours: _Raw | None, theirs: _Raw | None
    ) -> None:
        """A version that one side deleted goes, unless the other changed it meanwhile."""
        left = ours if theirs is None else theirs
        if left is None:
            return
        if _same(left, before) and name not in self._aliases.values():
            return
        self._entries[name] = left
        owners = self._owners[1] if theirs is None else self._owners[2]
        for alias, owner in owners.items():
            if owner == name:  # it went away only with its version
                self._aliases.setdefault(alias, name)
        message = _conflict(name, before, ours, theirs, self._sides)
        self._conflicts.append(Conflict(name, message))

    def result(self) -> Merged:
        """The lists in one."""
        for name in self._aliases.keys() & self._entries.keys():
            owner = self._aliases.pop(name)
            message = f"{name}: a version on one side, an alias of {owner} on the other"
            self._conflicts.append(Conflict(name, message))
        entries = [self._with_aliases(name) for name in self._order()]
        conflicts = sorted(self._conflicts, key=lambda conflict: conflict.name)
        return Merged(Versions(entries), tuple(self._notices), tuple(conflicts))

    def _with_aliases(self, name: str) -> _Raw:
        base, here, there = ((raws.get(name) or {}).get("aliases", []) for raws in self._raws)
        ordered = [*here, *there] if there == base else [*there, *here]
        aliases = [alias for alias in ordered if self._aliases.get(alias) == name]
        return add_aliases(self._entries[name], aliases)

    def _order(self) -> list[str]:
        """The order of one side, and what only the other has where mike would sort it."""
        base, here, there = (list(raws) for raws in self._raws)
        common = set(base).intersection(here, there)
        order, here_order, there_order = (_only(side, common) for side in (base, here, there))
        here_leads = there == base or (there_order == order != here_order)
        leading, other = (here, there) if here_leads else (there, here)
        names = _only(leading, self._entries)
        for name in _only(other, self._entries):
            if name not in names:
                names.insert(sorted_place(names, name), name)
        return names


def _only(names: Iterable[str], known: Iterable[str]) -> list[str]:
    kept = set(known)
    return [name for name in names if name in kept]


def _bare(raw: _Raw | None) -> _Raw | None:
    """An entry without what its aliases are: who has them is decided for all versions at once."""
    return {**raw, "aliases": []} if raw and "aliases" in raw else raw


def _merge_values(
    before: Any, ours: Any, theirs: Any, path: tuple[str, ...], faults: list[str]
) -> Any:
    """One value out of two; the path of what both changed in different ways is a fault."""
    if _same(theirs, before):
        return ours
    if _same(ours, before) or _same(ours, theirs):
        return theirs
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        old = before if isinstance(before, Mapping) else {}
        merged = {}
        for key in {**theirs, **ours}:
            was, mine, other = (side.get(key, _GONE) for side in (old, ours, theirs))
            value = _merge_values(was, mine, other, (*path, key), faults)
            if value is not _GONE:
                merged[key] = value
        return merged
    faults.append(".".join(path))
    return ours if theirs is _GONE else theirs


def _same(one: Any, other: Any) -> bool:
    """Whether two values are written alike: for Python, `true` and `1` are equal."""
    if one is _GONE or other is _GONE:
        return one is other
    return one is other or dump_json(one) == dump_json(other)


def _conflict(
    name: str, before: object, ours: object, theirs: object, sides: tuple[str, str]
) -> str:
    here, there = sides
    if before is None:
        return f"{name}: added {here} and {there}, in different ways"
    if ours is None:
        return f"{name}: deleted {here}, changed {there}"
    if theirs is None:
        return f"{name}: changed {here}, deleted {there}"
    return f"{name}: changed {here} and {there}, in different ways"
