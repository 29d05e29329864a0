"""What a command did in each of the places that a project publishes in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from docs_tools.errors import DocsToolsError

__all__ = ["Everywhere"]


class _Told(Protocol):
    def to_json(self) -> dict[str, object]: ...


T_co = TypeVar("T_co", bound=_Told, covariant=True)


@dataclass(frozen=True)
class Everywhere(Generic[T_co]):
    """What was done in each place.

    Attributes:
        done: What was done where it could be.
        failures: Why nothing was done in the others, by name.
        left_out: Those that `--no-push` left out.
    """

    done: tuple[T_co, ...]
    failures: Mapping[str, DocsToolsError] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Whether there is more than one place."""
        return len(self.done) + len(self.failures) > 1

    @property
    def first(self) -> T_co:
        """The first place's: what is built is the same for all of them."""
        return self.done[0]

    def to_json(self) -> dict[str, object]:
        """One JSON document: that of the only place, or those of all."""
        if not self.several:
            return self.first.to_json()
        return {
            "targets": [one.to_json() for one in self.done],
            "failures": [
                {"target": name, "message": error.message, "hint": error.hint}
                for name, error in self.failures.items()
            ],
        }
