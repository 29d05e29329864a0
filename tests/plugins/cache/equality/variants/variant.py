"""A kind of project, and what may happen to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.plugins.cache.equality import edits as e
from tests.plugins.cache.equality.state import State

__all__ = ["Variant"]

_HARM = ("cut", "emptied", "flipped", "deleted", "swapped")


@dataclass(frozen=True)
class Variant:
    """A project to begin with, and what edits may bring.

    Attributes:
        start: The project.
        blocks: What pages get.
        fronts: Values that keys of front matter get; `None` takes the key away.
        files: Texts that other files get.
        settings: Values that settings get; `None` takes the setting away.
        variables: Values that environment variables get; `None` takes the variable away.
        new: Pages that may be made, and names that pages may get.
        moves: Other names that files may get, by their paths.
        stays: Whether one process makes all builds, as `mkdocs serve` does.
        options: The options of the plugin.
        renders: Whether some plugin keeps the templates of pages from being remembered.
    """

    start: State
    blocks: Sequence[str]
    fronts: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    files: Mapping[str, Sequence[str | bytes]] = field(default_factory=dict)
    settings: Mapping[tuple[str, ...], Sequence[Any]] = field(default_factory=dict)
    variables: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    new: Sequence[str] = ()
    moves: Mapping[str, str] = field(default_factory=dict)
    stays: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    renders: bool = False

    def edits(self, number: int) -> SearchStrategy[list[e.Edit]]:
        """Sequences of edits; the simplest is a sequence of nothing."""
        return st.lists(self._edit(), min_size=number, max_size=number)

    def _edit(self) -> SearchStrategy[e.Edit]:
        pages = st.sampled_from([*self.start.pages, *self.new])
        at = st.integers(0, 5)
        add = st.builds(e.Add, pages, st.sampled_from(self.blocks), at)
        drop = st.builds(e.Drop, pages, at)
        write = _each(e.Write, self.files)
        quietly = st.builds(e.Quietly, st.one_of(add, drop, write))
        there = st.sampled_from([*self.start.pages, *self.new, *self.files])
        machines = [
            st.just(e.Touch()),
            st.just(e.Forget()),
            st.builds(e.Damage, st.integers(0, 100), st.sampled_from(_HARM)),
        ]
        if not self.stays:  # a process that stays has one environment and one folder
            machines.append(st.builds(e.Elsewhere, st.sampled_from(["project", "other"])))
        kinds = {
            add: 6,
            drop: 2,
            _each(lambda key, value: (key, value), self.fronts).flatmap(_front(pages)): 2,
            write: 6 if self.files else 0,
            _each(e.Set, self.settings): 4,
            _each(e.Variable, self.variables): 1 if self.variables else 0,
            st.builds(e.Remove, there): 2,
            st.builds(e.Move, pages, pages): 1,
            _each(e.Move, {path: [to] for path, to in self.moves.items()}): 1,
            st.builds(e.Back, st.integers(1, 8)): 4,
            quietly: 1,
            st.one_of(machines): 2,
        }
        weighted = [kind for kind, weight in kinds.items() for _ in range(weight)]
        return st.sampled_from([st.just(e.Nothing()), *weighted]).flatmap(lambda kind: kind)


def _each(make: Any, values: Mapping[Any, Sequence[Any]]) -> SearchStrategy[Any]:
    """One of the keys, and one of its values."""
    if not values:
        return st.just(e.Nothing())
    keys = st.sampled_from(list(values))
    return keys.flatmap(lambda key: st.sampled_from(values[key]).map(lambda v: make(key, v)))


def _front(pages: SearchStrategy[str]) -> Any:
    def of(pair: Any) -> SearchStrategy[e.Edit]:
        if isinstance(pair, e.Nothing):
            return st.just(pair)
        return pages.map(lambda page: e.Front(page, *pair))

    return of
