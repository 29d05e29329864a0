"""`docs_tools versions rollback`."""

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("rollback")
@click.argument("version", callback=check_names)
@write_options
@global_options
def command(version: str, how: Writing) -> None:
    """Bring a version's files and title back as they were before its last publish.

    Nothing is built; its aliases stay, and follow. Again goes one publish further back. VERSION is
    a version or one of its aliases.
    """
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import Rollback

    change(Rollback(version), how)
