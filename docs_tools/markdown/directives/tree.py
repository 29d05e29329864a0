"""`<!-- docs_tools/tree { path: src } -->`: what lies in a folder."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
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
    folder = load_folder(
        context.root, options.path, options.depth, options.exclude, list_files=_not_ignored
    )
    return render_tree(folder, options.comments)


def _not_ignored(folder: Path) -> list[str] | None:
    """The files that git doesn't ignore, deleted ones among them; `None` where git can't tell."""
    if "GIT_DIR" in os.environ and "GIT_WORK_TREE" not in os.environ:
        return None  # as in a hook: git would take the folder for the top of the work tree
    command = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
    try:
        listed = Git(folder).output(*command)
    except DocsToolsError:  # no git, or no work tree
        return None
    return [os.fsdecode(name) for name in listed.split(b"\0") if name]


DIRECTIVE = Directive("tree", Options, _render)
