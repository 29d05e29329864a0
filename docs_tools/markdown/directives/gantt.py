"""`<!-- docs_tools/gantt { id: release } -->`: the release process as a gantt chart."""

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, require
from docs_tools.model.fields import Fact, Identifier
from docs_tools.render.gantt import render_gantt

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `gantt`."""

    id: Identifier = "release"
    """Goes before the ids in the chart: give each chart of a page one of its own."""


def _render(context: Context, options: Options) -> str:
    process = require(context.facts.release, context, "release")
    return f"```mermaid\n{render_gantt(process, options.id)}\n```"


DIRECTIVE = Directive("gantt", Options, _render)
