"""`docs_tools versions retitle`."""

import click

from docs_tools.cli.arguments import check_names, check_title
from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("retitle")
@click.argument("version", callback=check_names)
@click.argument("title", callback=check_title)
@write_options
@global_options
def command(version: str, title: str, how: Writing) -> None:
    """Change what readers see in the version selector.

    VERSION is a version or one of its aliases.
    """
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import Retitle

    change(Retitle(version, title), how)
