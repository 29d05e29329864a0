"""`<!-- docs_tools/flowchart -->`: the release process as a graph of dependencies."""

from typing import Literal

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, diagram_with_table, require
from docs_tools.model.fields import Fact
from docs_tools.render.flowchart import render_flowchart
from docs_tools.render.process import render_process_table

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `flowchart`."""

    direction: Literal["TB", "LR"] = "TB"
    """Where it goes: from top to bottom or from left to right."""


def _render(context: Context, options: Options) -> str:
    process = require(context.facts.release, context, "release")
    chart = render_flowchart(process, options.direction)
    return diagram_with_table(chart, render_process_table(process))


DIRECTIVE = Directive("flowchart", Options, _render)
