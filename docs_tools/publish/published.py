"""What is published in one place, as a branch or a bucket tells it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from docs_tools.errors import Diagnostic
from docs_tools.publish.state.snapshot import Snapshot

__all__ = ["Arrived", "Published"]


@dataclass(frozen=True)
class Arrived:
    """How the files of a version came that don't say it themselves.

    Attributes:
        date: When, in ISO 8601.
        built_from: The commit that they were built from, where that is known.
    """

    date: str
    built_from: str | None


class Published(Protocol):
    """What is published in one place."""

    @property
    def snapshot(self) -> Snapshot:
        """Its newest state."""

    @property
    def notice(self) -> str | None:
        """What there is to know of where it was read, such as an unreachable remote."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What is wrong with it beside its versions, such as a publish that never ended."""

    def arrived(self, versions: Collection[str]) -> Mapping[str, Arrived]:
        """How the files of some versions came, as far as that is known."""

    def robbed(self, versions: Collection[str]) -> set[str]:
        """Which of the versions without a manifest had one, and lost it to an unknown tool."""
