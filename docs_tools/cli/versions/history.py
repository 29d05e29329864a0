"""`docs_tools versions history`."""

from typing import TYPE_CHECKING

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import global_options, json_option, target_option

if TYPE_CHECKING:
    from docs_tools.publish.history import History

__all__ = ["command"]

_HEAD = ("TIME", "WHAT", "FROM", "COMMIT", "BY", "TITLE", "ALIASES")


@click.command("history")
@click.argument("version", callback=check_names)
@json_option
@target_option
@global_options
def command(version: str, as_json: bool, targets: tuple[str, ...]) -> None:
    """List what was done to a version over time, the newest first.

    VERSION is a version or an alias; one that is deleted by now must be named by itself.
    """
    from docs_tools.cli.places import read_each
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.publish.history import history_of

    project = current_project()
    read = read_each(project, targets, lambda name: history_of(project, version, name))
    if as_json:
        print_json(read.to_json(lambda one: [event.to_json() for event in one.events]))
    for name, one in read.found.items() if not as_json else ():
        if read.several:
            click.echo(f"{name}:")
        _print(one)
    read.check()


def _print(found: "History") -> None:
    from docs_tools.cli.table import print_table

    print_table(
        _HEAD,
        [
            (
                event.time,
                f"{event.action} to {_short(event.restored, found)}"
                if event.restored
                else event.action,
                (event.built_from or "")[:9],
                event.commit[:9] if event.author else event.commit,
                event.author,
                event.entry.title if event.entry else "",
                ", ".join(event.entry.aliases) if event.entry else "",
            )
            for event in found.events
        ],
    )


def _short(commit: str, found: "History") -> str:
    """What a rollback brought back; where it isn't known any more, what it was called."""
    return next((event.label for event in found.events if event.commit == commit), commit[:9])
