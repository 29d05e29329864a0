"""`docs_tools versions retitle`."""

import click

from docs_tools.cli.arguments import check_names, check_title
from docs_tools.cli.options import global_options, write_options

__all__ = ["command"]


@click.command("retitle")
@click.argument("version", callback=check_names)
@click.argument("title", callback=check_title)
@write_options
@global_options
def command(version: str, title: str, push: bool | None, dry_run: bool, as_json: bool) -> None:
    """Change what readers see in the version selector.

    VERSION is a version or one of its aliases.
    """
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import Retitle

    change(Retitle(version, title), push=push, dry_run=dry_run, as_json=as_json)
