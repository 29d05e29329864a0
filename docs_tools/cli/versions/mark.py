"""`docs_tools versions mark`."""

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("mark")
@click.argument("version", callback=check_names)
@click.argument("mark", type=click.Choice(["current", "prerelease", "eol"]))
@write_options
@global_options
def command(version: str, mark: str, how: Writing) -> None:
    """Say what a version is worth to readers; a note on its pages tells them.

    current: supported, though not the newest. prerelease: not released yet. eol: at its end of
    life. No page is built or changed. VERSION is a version or one of its aliases.
    """
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import Mark

    change(Mark(version, mark), how)
