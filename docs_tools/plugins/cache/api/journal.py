"""Noting which names griffe found to mean which objects while a page was made.

griffe finds out what an imported name means when somebody first asks, and remembers it at the
object, in its `aliases`. Headings of *later* pages are registered under these names too, so a page
that is taken from memory must bring them with it, whether or not it would have been the first to
ask: all questions are noted, and not only those that led to something new.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from griffe import Alias, AliasResolutionError, CyclicAliasError

__all__ = ["Journal", "can_note"]

_TARGET = cast("property", Alias.__dict__.get("target"))
_UPDATE = cast("Callable[[Alias], None]", Alias.__dict__.get("_update_target_aliases"))


def can_note() -> bool:
    """Whether this griffe has the places where it can be seen."""
    return isinstance(_TARGET, property) and callable(_UPDATE)


class Journal:
    """What is asked of griffe's aliases between `start` and `stop`."""

    def __init__(self) -> None:
        self._asked: set[Alias] = set()
        self._runs = False

    def start(self) -> None:
        """Begins; what an earlier start without a stop has left is dropped."""
        self._asked = set()
        self._note()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Notes nothing while the body runs."""
        runs = self._runs
        self._leave()
        try:
            yield
        finally:
            if runs:
                self._note()

    def _leave(self) -> None:
        self._runs = False
        _replace(_TARGET, _UPDATE)

    def _note(self) -> None:
        self._runs = True
        asked = self._asked
        read = cast("Callable[[Alias], Any]", _TARGET.fget)

        def target(alias: Alias) -> Any:
            asked.add(alias)
            return read(alias)

        def update(alias: Alias) -> None:
            asked.add(alias)
            _UPDATE(alias)

        _replace(property(target, _TARGET.fset), update)

    def stop(self) -> dict[str, list[str]]:
        """Ends; as `taken`."""
        found = self.taken()
        self._leave()
        return found

    def taken(self) -> dict[str, list[str]]:
        """What was noted since this was asked before.

        Returns:
            The paths of the aliases that were asked for, by the path of the object they mean.
        """
        found: dict[str, set[str]] = {}
        with self.paused():
            for alias in self._asked:
                if alias.resolved and (path := final_path(alias)):
                    found.setdefault(path, set()).add(alias.path)
            self._asked = set()
        return {path: sorted(found[path]) for path in sorted(found)}


def final_path(alias: Alias) -> str | None:
    """The path of what an alias means in the end; `None` where that isn't known."""
    try:
        return alias.final_target.path
    except (AliasResolutionError, CyclicAliasError):
        return None


def _replace(target: property, update: Callable[[Alias], None]) -> None:
    setattr(Alias, "target", target)  # noqa: B010 - a property, which has no other way
    setattr(Alias, "_update_target_aliases", update)  # noqa: B010
