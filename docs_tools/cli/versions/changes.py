"""A change of what is published, made and told."""

from collections.abc import Callable
from dataclasses import replace

import click

from docs_tools.cli.options import Writing, verbosity
from docs_tools.cli.progress import show_progress, show_waiting
from docs_tools.cli.project import current_project
from docs_tools.cli.report import (
    check_outcomes,
    print_end,
    print_json,
    print_left_out,
    print_notices,
    print_sent,
    print_some,
)
from docs_tools.errors import printable
from docs_tools.publish.edit import Edit, Edited, edit
from docs_tools.publish.state.change import Landed
from docs_tools.publish.target import Manner

__all__ = ["change"]


def change(
    wanted: Edit,
    how: Writing,
    *,
    go_ahead: str = "without --dry-run",
    lead: Callable[[Edit], None] = lambda _: None,
) -> None:
    """Makes a change and prints what it did.

    Args:
        wanted: The change.
        how: How it is made and told.
        go_ahead: How to run the same command so that it writes.
        lead: Prints for people what comes before.
    """
    project = current_project()
    with show_progress("sending") as progress:
        manner = Manner(how.push, how.dry_run, how.wait, go_ahead=go_ahead)
        manner = replace(manner, progress=progress, waiting=show_waiting)
        edits = edit(project, wanted, manner, how.targets)
    if how.as_json:
        print_json(edits.to_json())
    elif verbosity() >= 0:
        for edited in edits.done:
            if edits.several:
                click.echo(f"{edited.target}: {edited.branch}")
            lead(edited.change)
            _print(edited)
        print_left_out(edits.left_out)
    check_outcomes(edits)


def _print(edited: Edited) -> None:
    landed = edited.landed
    click.echo(printable(_headline(edited)))
    print_notices(landed.notices)
    for what, paths in landed.paths.to_json().items():
        if paths:
            click.echo(f"  files {what}: {len(paths)}")
            print_some(paths if verbosity() > 0 else _with_whole_folders(paths, landed))
    moved = (landed.paths or landed.pushed) and not edited.dry_run
    commit = landed.commit if moved else None
    print_sent(landed.sent)
    print_end(commit, edited.branch, edited.next, pushed=landed.pushed)


def _headline(edited: Edited) -> str:
    subject = edited.change.subject
    if not edited.landed.paths:
        return "nothing to change"
    would = "would commit" if edited.target == "git" else "would do"
    return f"{would}: {subject}" if edited.dry_run else subject


def _with_whole_folders(paths: list[str], landed: Landed) -> list[str]:
    """The paths, with one for all files of a version or alias that came or went."""
    before, after = (
        {name for entry in versions for name in (entry.version, *entry.aliases)}
        for versions in (landed.before.versions, landed.versions)
    )
    folders = tuple(landed.before.settings.path(name) + "/" for name in before ^ after)
    shown = (next((f for f in folders if path.startswith(f)), path) for path in paths)
    return list(dict.fromkeys(shown))
