"""The directives there are: a module each, listed here."""

from docs_tools.markdown.directives import gantt, labels, layers, maintainers
from docs_tools.markdown.directives.directive import (
    Directive,
    MissingFactsError,
    UnreadableFactsError,
)

__all__ = ["DIRECTIVES", "Directive", "MissingFactsError", "UnreadableFactsError"]

DIRECTIVES: dict[str, Directive] = {
    directive.name: directive
    for directive in (
        gantt.DIRECTIVE,
        labels.DIRECTIVE,
        layers.DIRECTIVE,
        maintainers.DIRECTIVE,
    )
}
"""The directives by name."""
