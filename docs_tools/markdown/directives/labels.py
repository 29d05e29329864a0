"""`<!-- docs_tools/labels -->`: a table of the listed labels."""

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, require
from docs_tools.model.fields import Fact
from docs_tools.render.labels import render_labels

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """`labels` has no options."""


def _render(context: Context, _options: Options) -> str:
    return render_labels(require(context.facts.labels, context, "labels"))


DIRECTIVE = Directive("labels", Options, _render)
