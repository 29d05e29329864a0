"""`docs_tools versions`."""

import click

from docs_tools.cli.options import global_options, json_option

__all__ = ["command"]


@click.group("versions")
@global_options
def command() -> None:
    """What is published."""


@command.command("list")
@json_option
@global_options
def list_command(as_json: bool) -> None:
    """List the published versions, as `versions.json` on the docs branch has them."""
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.publish import list_versions

    listing = list_versions(current_project())
    if listing.notice:
        click.echo(f"note: {listing.notice}", err=True)
    if as_json:
        print_json([entry.to_json() for entry in listing.entries])
        return
    if not listing.entries:
        click.echo(f"nothing is published on {listing.branch}", err=True)
        return
    rows = [("VERSION", "TITLE", "ALIASES")]
    rows += [
        (entry.version, _printable(entry.title), ", ".join(entry.aliases))
        for entry in listing.entries
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        click.echo("  ".join(map(str.ljust, row, widths)).rstrip())


def _printable(title: str) -> str:
    """A title without what would steer a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in title)
