"""Why a page was made again: its inputs now beside those of the build before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from docs_tools.build.memory.digest import digest_text
from docs_tools.build.memory.store import Entry, Store

__all__ = ["Inputs", "Trace"]

_MOST_REASONS = 3
_KIND = "trace"


@dataclass(frozen=True)
class Inputs:
    """What one page was made from.

    Attributes:
        parts: What was known beforehand: digests by what they are called in messages.
        depends: What was asked for on the way: values by name.
    """

    parts: Mapping[str, str]
    depends: Mapping[str, str | None] = field(default_factory=dict)


class Trace:
    """The inputs of all pages of a build, and of the build before.

    Args:
        store: Where they are kept from build to build.
        name: What tells this project's builds of this version from others in the same store.
        tell: A dependency in words, by its name.
    """

    def __init__(self, store: Store, name: str, tell: Callable[[str], str]) -> None:
        self._store = store
        self._key = digest_text(name)
        self._tell = tell
        self._now: dict[str, list[dict[str, Any]]] = {}
        entry = store.get(_KIND, self._key)
        pages = entry.meta.get("pages") if entry else None
        self._before: dict[str, Any] = pages if isinstance(pages, dict) else {}

    def note(self, page: str, inputs: Inputs) -> None:
        """Keeps what a page was made from, for the next build."""
        self._now[page] = [dict(inputs.parts), dict(inputs.depends)]

    def save(self) -> None:
        """Ends the build: the next one is compared with it."""
        self._store.put(_KIND, self._key, Entry({"pages": self._now}))

    def reason(self, page: str, inputs: Inputs) -> str:
        """Why what was made of a page before can't be taken, in words.

        Args:
            page: The page, as it was noted.
            inputs: What it would be made from now; dependencies are those of before.
        """
        before = self._before.get(page)
        if not _is_inputs(before):
            return "not built before"
        parts, depends = before
        found = [
            f"{name} changed" if name in parts else f"{name} is new"
            for name, value in inputs.parts.items()
            if parts.get(name) != value
        ]
        found += [f"{name} is gone" for name in parts if name not in inputs.parts]
        if not found:
            found = [
                f"{self._tell(name)}, {_what_happened(value, inputs.depends[name])}"
                for name, value in depends.items()
                if name in inputs.depends and inputs.depends[name] != value
            ]
        shown = found[:_MOST_REASONS]
        more = [f"and {len(found) - len(shown)} more"] if len(found) > len(shown) else []
        return "; ".join([*shown, *more]) or "no longer remembered"

    def depends_before(self, page: str, parts: Mapping[str, str]) -> list[str]:
        """The names of what a page depended on in the build before.

        None where something that was known beforehand has changed: that says why. Other code may
        also have called things otherwise.

        Args:
            page: The page, as it was noted.
            parts: What is known beforehand now.
        """
        before = self._before.get(page)
        if not _is_inputs(before) or before[0] != parts:
            return []
        return list(before[1])


def _is_inputs(value: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(value, list) and [type(item) for item in value] == [dict, dict]


def _what_happened(before: str | None, now: str | None) -> str:
    if not before:
        return "which is new"
    return "changed" if now else "which is gone"
