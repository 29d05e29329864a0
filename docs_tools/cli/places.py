"""The places that a command reads from, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import click

from docs_tools.errors import DocsToolsError

if TYPE_CHECKING:
    from docs_tools.build import Project

__all__ = ["Read", "read_each"]


class _Noticed(Protocol):
    @property
    def notice(self) -> str | None: ...


T = TypeVar("T", bound=_Noticed)


@dataclass
class Read(Generic[T]):
    """What was read in each place.

    Attributes:
        found: What was found, by the place's name.
        failures: Why others can't be read, by name.
    """

    found: dict[str, T] = field(default_factory=dict)
    failures: dict[str, DocsToolsError] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether there is more than one place."""
        return len(self.found) + len(self.failures) > 1

    def to_json(self, document: Callable[[T], object]) -> object:
        """One JSON document: that of the only place, or those of all by name."""
        documents = {name: document(one) for name, one in self.found.items()}
        return documents if self.several else next(iter(documents.values()))

    def check(self) -> None:
        """Fails where a place couldn't be read, once the others are told.

        Raises:
            DocsToolsError: With why, and the command to run again.
        """
        from docs_tools.cli.report import command_again
        from docs_tools.publish.targets import check_failures

        check_failures(self.failures, command_again())


def read_each(project: "Project", targets: Sequence[str], read: Callable[[str], T]) -> Read[T]:
    """Reads the places that were asked for, or all, and says what there is to know of each.

    Args:
        project: The project.
        targets: Their names; all of the configuration if there are none.
        read: Reads one.

    Raises:
        DocsToolsError: The settings are wrong, or none can be read.
    """
    from docs_tools.publish.targets import target_names

    names = tuple(dict.fromkeys(targets)) or target_names(project.load())
    result: Read[T] = Read()
    for name in names:
        try:
            result.found[name] = read(name)
        except DocsToolsError as error:
            if len(names) == 1:
                raise
            result.failures[name] = error
    if not result.found:
        result.check()
    for one in result.found.values():
        if one.notice:
            click.echo(f"note: {one.notice}", err=True)
    return result
