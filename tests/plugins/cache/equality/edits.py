"""What people and machines do to a project between two builds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.plugins.cache.equality.state import Page, State

__all__ = [
    "Add",
    "Back",
    "Damage",
    "Drop",
    "Edit",
    "Elsewhere",
    "Forget",
    "Front",
    "Move",
    "Nothing",
    "Quietly",
    "Remove",
    "Set",
    "Touch",
    "Variable",
    "Write",
]


@dataclass(frozen=True)
class Edit:
    """An edit; one that finds nothing to change leaves the project as it is."""

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        """The project afterwards.

        Args:
            state: The project.
            earlier: What it was before, the oldest first.
        """
        return state


@dataclass(frozen=True)
class Nothing(Edit):
    """No edit, and no build."""


@dataclass(frozen=True)
class Touch(Edit):
    """All files get a new time; the project is built again."""


@dataclass(frozen=True)
class Forget(Edit):
    """All that was remembered is deleted."""


@dataclass(frozen=True)
class Damage(Edit):
    """Something that was remembered is harmed.

    Attributes:
        which: The number of a file among those there are, counted round; `None` for all.
        how: `cut`, `emptied`, `flipped`, `deleted`, or `swapped` with its neighbour.
    """

    which: int | None
    how: str


@dataclass(frozen=True)
class Add(Edit):
    """A page gets a block; one that isn't there yet is made."""

    page: str
    block: str
    at: int = 0

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        page = state.pages.get(self.page, Page(()))
        at = self.at % (len(page.blocks) + 1)
        blocks = (*page.blocks[:at], self.block, *page.blocks[at:])
        return replace(state, pages={**state.pages, self.page: replace(page, blocks=blocks)})


@dataclass(frozen=True)
class Drop(Edit):
    """A page loses a block."""

    page: str
    at: int = 0

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        page = state.pages.get(self.page)
        if page is None or not page.blocks:
            return state
        at = self.at % len(page.blocks)
        blocks = page.blocks[:at] + page.blocks[at + 1 :]
        return replace(state, pages={**state.pages, self.page: replace(page, blocks=blocks)})


@dataclass(frozen=True)
class Front(Edit):
    """A page's front matter says something else; `None` takes it away."""

    page: str
    key: str
    value: Any

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        page = state.pages.get(self.page)
        if page is None:
            return state
        front = {**page.front, self.key: self.value}
        if self.value is None:
            del front[self.key]
        return replace(state, pages={**state.pages, self.page: replace(page, front=front)})


@dataclass(frozen=True)
class Remove(Edit):
    """A page or another file is deleted."""

    path: str

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        return replace(
            state, pages=_without(state.pages, self.path), files=_without(state.files, self.path)
        )


@dataclass(frozen=True)
class Move(Edit):
    """A page or another file gets another name; what had that name is gone."""

    path: str
    to: str

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        return replace(
            state,
            pages=_renamed(state.pages, self.path, self.to),
            files=_renamed(state.files, self.path, self.to),
        )


@dataclass(frozen=True)
class Write(Edit):
    """A file holds something else."""

    path: str
    text: str | bytes

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        return replace(state, files={**state.files, self.path: self.text})


@dataclass(frozen=True)
class Set(Edit):
    """A setting in `mkdocs.yml`; `None` takes it away."""

    path: tuple[str, ...]
    value: Any

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        return state.set(self.path, self.value)


@dataclass(frozen=True)
class Variable(Edit):
    """An environment variable; `None` takes it away."""

    name: str
    value: str | None

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        variables = _without(state.variables, self.name)
        if self.value is not None:
            variables[self.name] = self.value
        return replace(state, variables=variables)


@dataclass(frozen=True)
class Elsewhere(Edit):
    """The project lies in another folder, as a second work tree does."""

    folder: str = "other"

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        return replace(state, folder=self.folder)


@dataclass(frozen=True)
class Back(Edit):
    """The project is what it was some edits before."""

    by: int

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        return earlier[-min(self.by, len(earlier))] if earlier else state


@dataclass(frozen=True)
class Quietly(Edit):
    """An edit after which the files that it changed have the time that they had before."""

    edit: Edit

    def apply(self, state: State, earlier: Sequence[State]) -> State:
        return self.edit.apply(state, earlier)


def _without(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != key}


def _renamed(values: Mapping[str, Any], before: str, now: str) -> dict[str, Any]:
    if before not in values:
        return dict(values)
    return {**_without(values, before), now: values[before]}
