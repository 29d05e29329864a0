"""`<!-- docs_tools/maintainers { group: emeritus } -->`: a table of people."""

from typing import Literal

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, require
from docs_tools.model.fields import Fact
from docs_tools.render.people import render_maintainers

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `maintainers`."""

    group: Literal["active", "emeritus"] = "active"
    """Who: current maintainers or previous ones."""


def _render(context: Context, options: Options) -> str:
    people = require(context.facts.maintainers, context, "maintainers")
    return render_maintainers(people.active if options.group == "active" else people.emeritus)


DIRECTIVE = Directive("maintainers", Options, _render)
