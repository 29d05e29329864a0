"""`<!-- docs_tools/gantt { id: release } -->`: the release process as a gantt chart."""

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, diagram_with_table, require
from docs_tools.model.fields import Fact, Identifier
from docs_tools.render.gantt import render_gantt
from docs_tools.render.process import render_process_table

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `gantt`."""

    id: Identifier = "release"
    """Goes before the ids in the chart: give each chart of a page one of its own."""


def _render(context: Context, options: Options) -> str:
    process = require(context.facts.release, context, "release")
    return diagram_with_table(render_gantt(process, options.id), render_process_table(process))


DIRECTIVE = Directive("gantt", Options, _render)
