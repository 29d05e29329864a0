"""`docs_tools versions default`."""

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("default")
@click.argument("name", required=False, callback=check_names)
@click.option("--none", "nothing", is_flag=True, help="Lead nowhere any more.")
@write_options
@global_options
def command(name: str | None, nothing: bool, how: Writing) -> None:
    """Have the root of the site lead to NAME, a version or an alias.

    With --none to nothing, so that the last version can be deleted.
    """
    if (name is None) != nothing:
        raise click.UsageError("Name a version or an alias, or give --none.")
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import SetDefault

    change(SetDefault(name), how)
