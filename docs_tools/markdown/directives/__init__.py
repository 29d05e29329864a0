"""The directives there are: each module of this package that has a `DIRECTIVE` adds one."""

import pkgutil
from importlib import import_module

from docs_tools.markdown.directives.directive import (
    Directive,
    MissingFactsError,
    UnreadableFactsError,
)

__all__ = ["DIRECTIVES", "Directive", "MissingFactsError", "UnreadableFactsError"]


def _find() -> dict[str, Directive]:
    modules = (
        import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    )
    directives = (getattr(module, "DIRECTIVE", None) for module in modules)
    return {directive.name: directive for directive in directives if directive}


DIRECTIVES = _find()
"""The directives by name."""
