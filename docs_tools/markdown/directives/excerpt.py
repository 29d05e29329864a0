"""`<!-- docs_tools/excerpt { path: src/core.py } -->`: a file, or what it defines, as code."""

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive
from docs_tools.model.excerpt import load_excerpt
from docs_tools.model.fields import Fact, Text
from docs_tools.render.excerpt import render_excerpt

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `excerpt`."""

    path: Text
    """The file, from the folder of the configuration."""

    symbol: Text | None = None
    """A class or a function of a Python file, such as `Store.get`, instead of the whole file."""


def _render(context: Context, options: Options) -> str:
    context.sources.add(context.root / options.path)
    text = load_excerpt(context.root, options.path, options.symbol)
    return render_excerpt(options.path, text)


DIRECTIVE = Directive("excerpt", Options, _render)
