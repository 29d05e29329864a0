"""`docs_tools versions list`."""

from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import global_options, json_option, target_option

if TYPE_CHECKING:
    from docs_tools.publish import Listing

__all__ = ["command"]

_HEAD = ("VERSION", "TITLE", "ALIASES", "STATE", "DATE", "FROM", "PAGES", "SIZE")


@click.command("list")
@json_option
@target_option
@global_options
def command(as_json: bool, targets: tuple[str, ...]) -> None:
    """List the published versions, as each target of mkdocs.yml has them now."""
    from docs_tools.cli.places import read_each
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.publish.listing import list_versions

    project = current_project()
    read = read_each(project, targets, lambda name: list_versions(project, name))
    if as_json:
        print_json(read.to_json(lambda listing: [one.to_json() for one in listing.versions]))
    for name, listing in read.found.items() if not as_json else ():
        if read.several:
            click.echo(f"{name}: {listing.branch}")
        _print(listing)
    read.check()


def _print(listing: "Listing") -> None:
    from docs_tools.cli.table import print_table

    if not listing.versions:
        click.echo(f"nothing is published on {listing.branch}", err=True)
        return
    print_table(
        _HEAD,
        [
            (
                v.entry.version,
                v.entry.title,
                ", ".join(v.entry.aliases),
                f"{v.state}, hidden" if v.entry.hidden else str(v.state),
                (v.date or "")[:10],
                _short(v.built_from),
                str(v.pages),
                _size(v.size),
            )
            for v in listing.versions
        ],
    )
    if listing.default:
        click.echo(f"the root leads to {listing.default}")


def _short(commit: str | None) -> str:
    if commit is None:
        return "?"
    return commit[:9] + "+" * commit.endswith("+")


def _size(size: int) -> str:
    """A size in decimal units, as web hosts state their limits."""
    amount, unit = size / 1000, "kB"
    if amount >= 1000:
        amount, unit = amount / 1000, "MB"
    return f"{amount:.1f} {unit}"
