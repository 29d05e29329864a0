"""`docs_tools versions prune`."""

import click

from docs_tools.cli.options import global_options, write_options

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
def command(
    rules: tuple[str, ...], really: bool, push: bool | None, dry_run: bool, as_json: bool
) -> None:
    """Delete the versions that no rule keeps; only tells which, until --delete is given.

    `majors` keeps the newest release of every major, `minors:3` the newest patch of each of the
    last three minors. The newest release, versions with aliases, what the root leads to, names
    that are no number, and pre-releases of what is not released yet stay, whatever the rules say.
    """
    from docs_tools.cli.table import print_table
    from docs_tools.cli.versions.changes import change
    from docs_tools.publish.edits import Prune
    from docs_tools.publish.versions.policy import parse_rules

    prune = Prune(parse_rules(rules))
    dry = dry_run or not really
    how = "without --dry-run" if really else "with --delete"

    def lead() -> None:
        goes = "would go" if dry else "deleted"
        rows = [(d.version, "kept" if d.kept else goes, d.reason) for d in prune.decisions]
        print_table(("VERSION", "STATE", "WHY"), rows)

    change(prune, push=push, dry_run=dry, as_json=as_json, go_ahead=how, lead=lead)
