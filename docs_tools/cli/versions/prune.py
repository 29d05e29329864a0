"""`docs_tools versions prune`."""

from dataclasses import replace

import click

from docs_tools.cli.options import Writing, global_options, write_options

__all__ = ["command"]


@click.command("prune")
@click.option(
    "--keep",
    "rules",
    multiple=True,
    required=True,
    metavar="RULE",
    help="What to keep: majors[:N], minors[:N], releases[:N], prereleases[:N], or names "
    "such as 1.2.*; may be given several times.",
)
@click.option("--delete", "really", is_flag=True, help="Delete; without it nothing is.")
@write_options
@global_options
def command(rules: tuple[str, ...], really: bool, how: Writing) -> None:
    """Delete the versions that no rule keeps; only tells which, until --delete is given.

    `majors` keeps the newest release of every major, `minors:3` the newest patch of each of the
    last three minors. The newest release, versions with aliases, what the root leads to, names
    that are no number, and pre-releases of what is not released yet stay, whatever the rules say.
    """
    from docs_tools.cli.table import print_table
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edit import Edit
    from docs_tools.publish.edits import Prune
    from docs_tools.publish.versions.policy import parse_rules

    prune = Prune(parse_rules(rules))
    how = replace(how, dry_run=how.dry_run or not really)

    def lead(done: Edit) -> None:
        assert isinstance(done, Prune)  # noqa: S101 - it is what was asked for
        goes = "would go" if how.dry_run else "deleted"
        rows = [(d.version, "kept" if d.kept else goes, d.reason) for d in done.decisions]
        print_table(("VERSION", "STATE", "WHY"), rows)

    go_ahead = "without --dry-run" if really else "with --delete"
    change(prune, how, go_ahead=go_ahead, lead=lead)
