"""What was done, for people."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import click

from docs_tools.cli.options import verbosity
from docs_tools.publish import Outcome

__all__ = ["print_json", "print_outcome", "summarize_arns"]

_SHOWN = 10


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def print_outcome(outcome: Outcome) -> None:
    """What a publish did, page by page, and what comes next."""
    if verbosity() < 0:
        return
    click.echo(_headline(outcome))
    if outcome.aliases:
        click.echo(f"  aliases  {', '.join(outcome.aliases)}")
    click.echo(f"  from     {outcome.built_from[:9]}{'+' * outcome.built_from.endswith('+')}")
    if outcome.changed:
        _print_changes(outcome)
    _print_arns(outcome)
    for notice in outcome.notices:
        click.echo(f"  note: {notice}")
    if outcome.commit and not outcome.dry_run:
        click.echo(f"  commit   {outcome.commit} on {outcome.branch}")
    if outcome.pushed:
        click.echo("  pushed")
    for command in outcome.next:
        click.echo(f"next: {command}")


def _print_changes(outcome: Outcome) -> None:
    for what, pages in outcome.pages.items():
        click.echo(f"  pages {what}: {len(pages)}")
        _print_some(pages)
    others = sum(map(len, outcome.paths.values())) - sum(map(len, outcome.pages.values()))
    click.echo(f"  other files: {others}")


def _print_arns(outcome: Outcome) -> None:
    click.echo(f"  layer ARNs inserted: {sum(map(len, outcome.arns.values()))}")
    if verbosity() > 0:
        lines = [f"{i.arn} ({page})" for page, found in outcome.arns.items() for i in found]
    else:
        lines = summarize_arns(outcome.arns)
    for line in lines:
        click.echo(f"    {line}")


def summarize_arns(arns: Mapping[str, tuple[Any, ...]]) -> list[str]:
    """The ARNs by layer and number: in how many places of which pages.

    All of them stand in the JSON document; a layer in 29 regions is one line here.
    """
    places: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for page, insertions in arns.items():
        for insertion in insertions:
            layer = insertion.arn.split(":layer:")[1]
            places[layer, page] += 1
            examples.setdefault((layer, page), insertion.arn)
    lines = []
    for (layer, page), count in sorted(places.items()):
        what = examples[layer, page] if count == 1 else f"{layer} in {count} places"
        lines.append(f"{what} ({page})")
    return lines


def _headline(outcome: Outcome) -> str:
    if not outcome.changed:
        return f"{outcome.version} is up to date: nothing changed, no commit"
    done = {"publish": ("publish", "published"), "hotfix": ("hotfix", "hotfixed")}[outcome.verb]
    return (
        f"would {done[0]} {outcome.version}" if outcome.dry_run else f"{done[1]} {outcome.version}"
    )


def _print_some(pages: list[str]) -> None:
    shown = pages if verbosity() > 0 or len(pages) <= _SHOWN + 1 else pages[:_SHOWN]
    for page in shown:
        click.echo(f"    {page}")
    if len(shown) < len(pages):
        click.echo(f"    … and {len(pages) - len(shown)} more (-v shows all)")
