"""A change of what is published, made and told."""

from collections.abc import Callable

import click

from docs_tools.cli.options import verbosity
from docs_tools.cli.project import current_project
from docs_tools.cli.report import print_end, print_json, print_notices, print_some
from docs_tools.errors import printable
from docs_tools.publish.branch.transact import Landed
from docs_tools.publish.edit import Edit, Edited, edit

__all__ = ["change"]


def change(
    wanted: Edit,
    *,
    push: bool | None,
    dry_run: bool,
    as_json: bool,
    go_ahead: str = "without --dry-run",
    lead: Callable[[], None] = lambda: None,
) -> None:
    """Makes a change and prints what it did.

    Args:
        wanted: The change.
        push: Whether to push; as the configuration says if it isn't said.
        dry_run: Whether to stop before anything is written.
        as_json: Whether to print one JSON document.
        go_ahead: How to run the same command so that it writes.
        lead: Prints for people what comes before.
    """
    edited = edit(current_project(), wanted, push=push, dry_run=dry_run, go_ahead=go_ahead)
    if as_json:
        print_json(edited.to_json())
    elif verbosity() >= 0:
        lead()
        _print(edited)


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
    print_end(commit, edited.branch, edited.next, pushed=landed.pushed)


def _headline(edited: Edited) -> str:
    subject = edited.change.subject
    if not edited.landed.paths:
        return "nothing to change"
    return f"would commit: {subject}" if edited.dry_run else subject


def _with_whole_folders(paths: list[str], landed: Landed) -> list[str]:
    """The paths, with one for all files of a version or alias that came or went."""
    before, after = (
        {name for entry in versions for name in (entry.version, *entry.aliases)}
        for versions in (landed.before.versions, landed.versions)
    )
    folders = tuple(landed.before.settings.path(name) + "/" for name in before ^ after)
    shown = (next((f for f in folders if path.startswith(f)), path) for path in paths)
    return list(dict.fromkeys(shown))
