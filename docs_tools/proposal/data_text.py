"""A release's numbers in the data file that is on GitHub."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docs_tools.errors import Diagnostic, DocsToolsError, count_problems
from docs_tools.layers.data_file import set_releases
from docs_tools.layers.where import tell_slots
from docs_tools.model.document import Document, parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layer_numbers import change_numbers, describe_numbers
from docs_tools.model.layers import Layer, LayerRelease, Layers, Slot

__all__ = ["DataChange", "change_data"]

_MARK = "\ufeff"  # a byte order mark

_Numbers = Mapping[Slot, int | None]


@dataclass(frozen=True)
class DataChange:
    """The data file with a release in it.

    Attributes:
        content: What it holds.
        layers: What it says.
        lines: What is other than before, a line each.
    """

    content: bytes
    layers: Layers
    lines: tuple[str, ...]


def change_data(
    content: bytes, name: str, releases: tuple[LayerRelease, ...], *, allow_lower: bool = False
) -> DataChange:
    """Sets releases in the data file. Numbers that only the file has stay.

    Args:
        content: What the file holds.
        name: Its path.
        releases: The releases.
        allow_lower: Whether a number may become smaller.

    Raises:
        DocsToolsError: The file isn't valid, lacks a layer, or has a higher number already.
    """
    try:
        text = content.decode("utf-8")
        document = parse_document(text.removeprefix(_MARK), name)
        data = validate(Layers, document)
    except UnicodeDecodeError as error:
        raise DocsToolsError(f"{name} on GitHub is not UTF-8") from error
    except DocsToolsError as error:
        raise _on_github(error) from error
    changes = _Changes(data, document, allow_lower=allow_lower)
    wanted = tuple(found for release in releases if (found := changes.add(release)))
    if changes.problems:
        message = f"{count_problems(changes.problems, f'in {name}')} on GitHub"
        raise DocsToolsError(message, diagnostics=changes.problems)
    if not wanted:
        return DataChange(content, data, ())
    try:
        text = set_releases(text, wanted, name)
        data = validate(Layers, parse_document(text.removeprefix(_MARK), name))
    except DocsToolsError as error:
        raise _on_github(error) from error
    return DataChange(text.encode("utf-8"), data, tuple(changes.lines))


def _on_github(error: DocsToolsError) -> DocsToolsError:
    message = f"on GitHub, {error.message}"
    return DocsToolsError(message, hint=error.hint, diagnostics=error.diagnostics)


class _Changes:
    """What is to be set, and what is told of it.

    Attributes:
        lines: What is other than before.
        problems: Why it can't be set.
    """

    def __init__(self, data: Layers, document: Document, *, allow_lower: bool) -> None:
        self._layers = {layer.id: layer for layer in data.layers}
        self._old = {(r.version, r.layer): (i, r) for i, r in enumerate(data.releases)}
        self._document = document
        self._allow_lower = allow_lower
        self.lines: list[str] = []
        self.problems: list[Diagnostic] = []

    def add(self, new: LayerRelease) -> LayerRelease | None:
        """What the file shall say of a release; `None` where it says so already."""
        layer = self._layers.get(new.layer)
        if layer is None:
            message = f'describes no layer "{new.layer}"'
            hint = "bring its description there first: what is proposed are numbers"
            self.problems.append(Diagnostic(message, self._document.file, hint=hint))
            return None
        index, old = self._old.get((new.version, new.layer), (0, None))
        before = {slot: old.number_at(slot) if old else None for slot in layer.slots()}
        asked = {slot: new.number_at(slot) for slot in before}
        after = {slot: asked[slot] or number for slot, number in before.items()}
        if after == before:
            return None
        self.problems += self._falls(layer, index, before, after)
        self.lines += _tell(layer, before, after)
        if old is not None:
            return change_numbers(layer, old, after)
        fits = after == asked and not any(new.check_exceptions(layer, tuple(before)))
        return new if fits else describe_numbers(layer, new.version, after)

    def _falls(
        self, layer: Layer, index: int, before: _Numbers, after: _Numbers
    ) -> Iterator[Diagnostic]:
        for (old, new), slots in _groups(before, after).items():
            if old and new and old > new and not self._allow_lower:
                message = f"{old} would go back to {new} {tell_slots(layer, slots)}"
                hint = "GitHub has newer numbers than what is here: pull, or fetch them again"
                yield self._document.diagnose(("releases", index, "number"), message, hint)


def _tell(layer: Layer, before: _Numbers, after: _Numbers) -> Iterator[str]:
    for (old, new), slots in _groups(before, after).items():
        numbers = f"{new}" if old is None else f"{old} → {new}"
        yield f"{layer.id}: {numbers} {tell_slots(layer, slots)}"


def _groups(before: _Numbers, after: _Numbers) -> dict[tuple[int | None, int | None], list[Slot]]:
    """The layer versions whose number changes, by the old one and the new one."""
    groups: dict[tuple[int | None, int | None], list[Slot]] = {}
    for slot, number in after.items():
        if number != before[slot]:
            groups.setdefault((before[slot], number), []).append(slot)
    return groups
