"""What was done, for people."""

import json
import shlex
import sys
import textwrap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from docs_tools.cli.options import verbosity
from docs_tools.errors import printable

if TYPE_CHECKING:  # a build has no use for it
    from docs_tools.publish import Everywhere, Outcome
    from docs_tools.publish.state.change import Sent

__all__ = [
    "check_outcomes",
    "command_again",
    "counted",
    "list_arns",
    "list_rebuilt",
    "print_end",
    "print_json",
    "print_left_out",
    "print_notices",
    "print_outcomes",
    "print_sent",
    "print_some",
]

_SHOWN = 10


def counted(number: int, what: str) -> str:
    """A number of things, in words: `1 page`, `2 pages`."""
    return f"{number} {what}{'s' * (number != 1)}"


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def print_outcomes(outcomes: "Everywhere[Outcome]", *, as_json: bool) -> None:
    """What a publish did in each place.

    Raises:
        DocsToolsError: It failed in some of them.
    """
    if as_json:
        print_json(outcomes.to_json())
    elif verbosity() >= 0:
        for outcome in outcomes.done:
            if outcomes.several:
                click.echo(f"{outcome.target}: {outcome.branch}")
            _print_outcome(outcome)
        print_left_out(outcomes.left_out)
    check_outcomes(outcomes)


def print_left_out(names: Iterable[str]) -> None:
    """The targets to which nothing was sent because nothing shall leave this machine."""
    for name in names:
        click.echo(f"note: {name} is left out, as nothing leaves this machine with --no-push")


def check_outcomes(outcomes: "Everywhere[Any]") -> None:
    """Fails where a command has in one of several places, and tells what to run again.

    Raises:
        DocsToolsError: With all that went wrong.
    """
    from docs_tools.publish.targets import check_failures

    check_failures(dict(outcomes.failures), command_again())


def command_again() -> str:
    """The command line, without its targets."""
    words, again = iter(sys.argv[1:]), ["docs_tools"]
    for word in words:
        if word == "--target":
            next(words, None)
        elif not word.startswith("--target="):
            again.append(word)
    return shlex.join(again)


def _print_outcome(outcome: "Outcome") -> None:
    """What a publish did, page by page, and what comes next."""
    click.echo(_headline(outcome))
    if outcome.aliases:
        click.echo(f"  aliases  {', '.join(outcome.aliases)}")
    if outcome.built_from:
        click.echo(f"  from     {outcome.built_from[:9]}{'+' * outcome.built_from.endswith('+')}")
    if outcome.changed:
        _print_changes(outcome)
    _print_arns(outcome)
    print_notices(outcome.notices)
    commit = None if outcome.dry_run else outcome.commit
    print_sent(outcome.sent)
    print_end(commit, outcome.branch, outcome.next, pushed=outcome.pushed)


def print_sent(sent: "Sent | None") -> None:
    """What went to a bucket, if it went to one."""
    if sent is None:
        return
    if sent.put or sent.copied or sent.deleted:
        done = {"sent": sent.put, "copied": sent.copied, "deleted": sent.deleted}
        click.echo("  objects  " + ", ".join(f"{n} {what}" for what, n in done.items() if n))
    if sent.due:
        until, number = sent.due
        click.echo(f"  due      {counted(number, 'object')} to be deleted from {until} on")
    if sent.invalidated:
        click.echo(f"  CDN      {counted(len(sent.invalidated), 'path')} invalidated")


def print_notices(notices: Iterable[str]) -> None:
    """What else there is to know of a write."""
    for notice in notices:
        click.echo(f"  note: {printable(notice)}")


def print_end(commit: str | None, branch: str, commands: Iterable[str], *, pushed: bool) -> None:
    """Where the docs branch is after a write, and what comes next.

    Args:
        commit: Its newest commit, where that is worth a line.
        branch: The docs branch.
        commands: The commands that come next.
        pushed: Whether the remote was brought up to date.
    """
    if commit:
        click.echo(f"  commit   {commit} on {branch}")
    if pushed:
        click.echo("  pushed")
    for command in commands:
        click.echo(f"next: {command}")


def _print_changes(outcome: "Outcome") -> None:
    for what, pages in outcome.pages.items():
        click.echo(f"  pages {what}: {len(pages)}")
        print_some(pages)
    others = len(outcome.paths) - sum(map(len, outcome.pages.values()))
    click.echo(f"  other files: {others}")


def _print_arns(outcome: "Outcome") -> None:
    if not outcome.arns:
        return
    click.echo(f"  layer ARNs inserted: {sum(map(len, outcome.arns.values()))}")
    if verbosity() > 0:
        lines = [f"{i.arn} ({page})" for page, found in outcome.arns.items() for i in found]
    else:
        lines = list_arns(outcome.arns)
    for line in lines:
        click.echo(f"    {line}")


def list_arns(arns: Mapping[str, tuple[Any, ...]]) -> list[str]:
    """Every ARN, those of one layer on a page together: what differs is the region.

    A layer in 29 regions takes a line for itself and a few for the regions.
    """
    regions: dict[tuple[str, str], list[str]] = {}
    for page, insertions in arns.items():
        for insertion in insertions:
            start, region, end = _split(insertion.arn)
            found = regions.setdefault((f"{start}REGION{end}", page), [])
            if region not in found:
                found.append(region)
    lines = []
    for (arn, page), found in regions.items():
        if len(found) == 1:
            lines.append(f"{arn.replace('REGION', found[0])} ({page})")
        else:
            lines.append(f"{arn} ({page}), REGION being")
            lines += textwrap.wrap(", ".join(found), 88, break_on_hyphens=False,
                                   initial_indent="  ", subsequent_indent="  ")  # fmt: skip
    return lines


def list_rebuilt(rebuilt: Mapping[str, str] | None) -> list[str]:
    """Why each page was built again that was."""
    if rebuilt is None:
        return ["every page was built: nothing is remembered without the plugin docs_tools/cache"]
    if not rebuilt:
        return ["no page had to be built again"]
    return [f"{page}: {reason}" for page, reason in sorted(rebuilt.items())]


def _split(arn: str) -> tuple[str, str, str]:
    """An ARN before, in and behind its region, which may be a placeholder with colons."""
    start, _, rest = arn.partition(":lambda:")
    region, _, end = rest.rpartition(":layer:")
    region, _, account = region.rpartition(":")
    return f"{start}:lambda:", region, f":{account}:layer:{end}"


def _headline(outcome: "Outcome") -> str:
    if not outcome.changed:
        return f"{outcome.version} is up to date: nothing changed"
    done = {"publish": ("publish", "published"), "hotfix": ("hotfix", "hotfixed")}[outcome.verb]
    return (
        f"would {done[0]} {outcome.version}" if outcome.dry_run else f"{done[1]} {outcome.version}"
    )


def print_some(pages: list[str]) -> None:
    """The first of many names, a line each; all with `-v`."""
    shown = pages if verbosity() > 0 or len(pages) <= _SHOWN + 1 else pages[:_SHOWN]
    for page in shown:
        click.echo(f"    {printable(page)}")
    if len(shown) < len(pages):
        click.echo(f"    … and {len(pages) - len(shown)} more (-v shows all)")
