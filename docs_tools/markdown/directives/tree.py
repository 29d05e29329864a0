"""`<!-- docs_tools/tree { path: src } -->`: what lies in a folder."""

from typing import Annotated

from pydantic import Field

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive
from docs_tools.model.fields import Fact, Text
from docs_tools.model.folder import load_folder
from docs_tools.render.tree import render_tree

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `tree`."""

    path: Text
    """The folder, from the folder of the configuration."""

    depth: Annotated[int, Field(strict=True, ge=1)] = 1
    """How deep to go."""

    comments: dict[str, Text] = Field(default_factory=dict)
    """What to say of entries, by their path from the folder."""

    exclude: tuple[Text, ...] = ()
    """Patterns of what to leave out, for names or for paths from the folder."""


def _render(context: Context, options: Options) -> str:
    context.sources.add(context.root / options.path)
    folder = load_folder(context.root, options.path, options.depth, options.exclude)
    return render_tree(folder, options.comments)


DIRECTIVE = Directive("tree", Options, _render)
