"""`docs_tools versions delete`."""

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("delete")
@click.argument("names", nargs=-1, required=True, metavar="NAME...", callback=check_names)
@write_options
@global_options
def command(names: tuple[str, ...], how: Writing) -> None:
    """Delete versions and aliases.

    A version goes only together with its aliases, and not while the root leads to it.
    """
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import Delete

    change(Delete(tuple(dict.fromkeys(names))), how)
