"""`docs_tools versions alias`."""

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("alias")
@click.argument("version", callback=check_names)
@click.argument("aliases", nargs=-1, required=True, metavar="ALIAS...")
@click.option("-u", "--update-aliases", is_flag=True, help="Take aliases from other versions.")
@write_options
@global_options
def command(version: str, aliases: tuple[str, ...], update_aliases: bool, how: Writing) -> None:
    """Give a version further aliases, and make all of its aliases anew.

    VERSION is a version or one of its aliases.
    """
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import AddAliases
    from docs_tools.publish.versions.names import check_aliases

    change(AddAliases(version, check_aliases(aliases, version), update_aliases), how)
