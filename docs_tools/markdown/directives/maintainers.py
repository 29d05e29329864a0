"""`<!-- docs_tools/maintainers { group: emeritus } -->`: a table of people."""

from typing import Annotated, Literal

from pydantic import AfterValidator

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, require
from docs_tools.model.fields import Fact
from docs_tools.render.people import COLUMNS, render_maintainers

__all__ = ["DIRECTIVE", "Options"]


def _columns(names: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not names or len(set(names)) < len(names):
        said = ", ".join(names) or "none"
        raise ValueError(f"not columns: {said}; there is, each once: {', '.join(COLUMNS)}")
    return names


class Options(Fact):
    """Options of `maintainers`."""

    group: Literal["active", "emeritus"] = "active"
    """Who: current maintainers or previous ones."""

    columns: Annotated[tuple[str, ...], AfterValidator(_columns)] = tuple(COLUMNS)
    """Which columns, in their order: `name`, `github`, `affiliation`."""


def _render(context: Context, options: Options) -> str:
    people = require(context.facts.maintainers, context, "maintainers")
    group = people.active if options.group == "active" else people.emeritus
    return render_maintainers(group, options.columns)


DIRECTIVE = Directive("maintainers", Options, _render)
