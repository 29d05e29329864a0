"""What a directive is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from docs_tools.errors import DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.model.fields import Fact

__all__ = [
    "Directive",
    "MissingFactsError",
    "UnreadableFactsError",
    "diagram_with_table",
    "require",
]

T = TypeVar("T")


def _never(_options: Any) -> bool:
    return False


@dataclass(frozen=True)
class Directive:
    """A name, its options and the function that renders it as Markdown.

    Attributes:
        name: What stands behind `docs_tools/`.
        options: The model of its options, with a default for each that may be left out.
        render: Renders the facts as Markdown: diagrams as `mermaid` fences, what is one click away
            as `<details>` with a `<summary>`.
        inline: Whether these options ask for a piece of a sentence instead of blocks.
    """

    name: str
    options: type[Fact]
    render: Callable[[Context, Any], str]
    inline: Callable[[Any], bool] = _never


class MissingFactsError(DocsToolsError):
    """The directive's data isn't there."""


class UnreadableFactsError(DocsToolsError):
    """The directive's data has faults, which are told by themselves: there is nothing to add."""


def require(fact: T | None, context: Context, stem: str) -> T:
    """The fact, or the error that its data file isn't there or has faults."""
    if stem in context.facts.broken:
        raise UnreadableFactsError(f"{context.facts.folder}/{stem}.yml has faults")
    if fact is None:
        raise MissingFactsError(
            f"there is no {context.facts.folder}/{stem}.yml to render",
            hint="write the file, or take the directive out",
        )
    return fact


def diagram_with_table(diagram: str, table: str) -> str:
    """A Mermaid fence, and the same facts one click away for who can't see it."""
    return (
        f"```mermaid\n{diagram}\n```\n\n"
        f"<details>\n<summary>As a table</summary>\n\n{table}\n\n</details>"
    )
