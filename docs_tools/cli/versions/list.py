"""`docs_tools versions list`."""

import click

from docs_tools.cli.options import global_options, json_option

__all__ = ["command"]

_HEAD = ("VERSION", "TITLE", "ALIASES", "STATE", "DATE", "FROM", "PAGES", "SIZE")


@click.command("list")
@json_option
@global_options
def command(as_json: bool) -> None:
    """List the published versions, as the docs branch has them here or on the remote."""
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.cli.table import print_table
    from docs_tools.publish.listing import list_versions

    listing = list_versions(current_project())
    if listing.notice:
        click.echo(f"note: {listing.notice}", err=True)
    if as_json:
        print_json([version.to_json() for version in listing.versions])
        return
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
