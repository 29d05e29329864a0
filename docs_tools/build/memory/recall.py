"""Finding what was made before from the same inputs, also those that are only known afterwards.

What something will depend on isn't known before it is made: which snippets a page includes shows
when it is converted. So it is looked up in two steps, as ccache does in its direct mode
(https://ccache.dev/manual/latest.html#_how_ccache_works): what is known beforehand leads to the
names of what was asked for on the way, and these with their values of today lead to the result.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from docs_tools.build.memory.digest import digest_text
from docs_tools.build.memory.store import Entry, Store

__all__ = ["Found", "Recall"]

_VARIANTS = 8  # ways in which one page was made, such as with a snippet and before there was one

ValueOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Found:
    """Something that was made before.

    Attributes:
        entry: What was made.
        depends: What it depends on, by name, with the values that it has today.
    """

    entry: Entry
    depends: Mapping[str, str | None]


@dataclass
class Recall:
    """Remembers one kind of thing.

    Attributes:
        store: Where it is kept.
        kind: What it is called there.
    """

    store: Store
    kind: str

    def find(self, known: str, value_of: ValueOf) -> Found | None:
        """What was made from the same inputs.

        Args:
            known: The digest of the inputs that are known beforehand.
            value_of: The value that a dependency has now.
        """
        for names in self._variants(known):
            depends = {name: value_of(name) for name in names}
            entry = self.store.get(self.kind, _key(known, depends))
            if entry is not None:
                return Found(entry, depends)
        return None

    def keep(self, known: str, depends: Mapping[str, str | None], entry: Entry) -> None:
        """Keeps what was made.

        Args:
            known: The digest of the inputs that are known beforehand.
            depends: What was asked for on the way, with the values that it had.
            entry: What was made.
        """
        names = sorted(depends)
        others = [variant for variant in self._variants(known) if variant != names]
        self.store.put(self.kind, _key(known, depends), entry)
        ways = Entry({"ways": [names, *others][:_VARIANTS]})
        self.store.put(f"{self.kind}-ways", known, ways)

    def _variants(self, known: str) -> list[list[str]]:
        entry = self.store.get(f"{self.kind}-ways", known)
        ways = entry.meta.get("ways") if entry else None
        return [way for way in ways if _is_way(way)] if isinstance(ways, list) else []


def _is_way(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _key(known: str, depends: Mapping[str, str | None]) -> str:
    rows: list[str] = []
    for name in sorted(depends):
        value = depends[name]
        rows += [name, "gone" if value is None else f"is {value}"]
    return digest_text(known, *rows)
