"""The places that a command reads from, one after the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docs_tools.build import Project

__all__ = ["places"]


def places(project: "Project", targets: Sequence[str]) -> tuple[str, ...]:
    """The names of the places to read from: those that were asked for, or all.

    Raises:
        DocsToolsError: The settings are wrong.
    """
    from docs_tools.publish.targets import target_names

    return tuple(dict.fromkeys(targets)) or target_names(project.load())
