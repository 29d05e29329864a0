"""`docs_tools versions hide`."""

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("hide")
@click.argument("version", callback=check_names)
@click.option("--show", is_flag=True, help="Show it again.")
@write_options
@global_options
def command(version: str, show: bool, how: Writing) -> None:
    """Take a version out of the version selector; its pages stay.

    VERSION is a version or one of its aliases.
    """
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import Hide, Show

    change(Show(version) if show else Hide(version), how)
