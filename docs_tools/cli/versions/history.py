"""`docs_tools versions history`."""

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import global_options, json_option

__all__ = ["command"]

_HEAD = ("TIME", "WHAT", "FROM", "COMMIT", "BY", "TITLE", "ALIASES")


@click.command("history")
@click.argument("version", callback=check_names)
@json_option
@global_options
def command(version: str, as_json: bool) -> None:
    """List what was done to a version over time, the newest first.

    VERSION is a version or an alias; one that is deleted by now must be named by itself.
    """
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.cli.table import print_table
    from docs_tools.publish.branch.history import history_of

    found = history_of(current_project(), version)
    if found.notice:
        click.echo(f"note: {found.notice}", err=True)
    if as_json:
        print_json([event.to_json() for event in found.events])
        return
    print_table(
        _HEAD,
        [
            (
                event.time,
                f"{event.action} to {event.restored[:9]}" if event.restored else event.action,
                (event.built_from or "")[:9],
                event.commit[:9],
                event.author,
                event.entry.title if event.entry else "",
                ", ".join(event.entry.aliases) if event.entry else "",
            )
            for event in found.events
        ],
    )
