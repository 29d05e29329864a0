"""What a directive is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from docs_tools.errors import DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.model.fields import Fact

__all__ = ["Directive", "MissingFactsError", "require"]

T = TypeVar("T")


@dataclass(frozen=True)
class Directive:
    """A name, its options and the function that renders it as Markdown.

    Attributes:
        name: What stands behind `docs_tools/`.
        options: The model of its options; each has a default.
        render: Renders the facts as Markdown; diagrams as `mermaid` fences.
    """

    name: str
    options: type[Fact]
    render: Callable[[Context, Any], str]


class MissingFactsError(DocsToolsError):
    """The directive's data isn't there."""


def require(fact: T | None, context: Context, stem: str) -> T:
    """The fact, or the error that its data file isn't there."""
    if fact is None:
        raise MissingFactsError(
            f"there is no {context.facts.folder}/{stem}.yml to render",
            hint="write the file, or take the directive out",
        )
    return fact
