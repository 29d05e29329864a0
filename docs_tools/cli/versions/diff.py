"""`docs_tools versions diff`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import global_options, json_option, site_options, target_option

if TYPE_CHECKING:
    from docs_tools.publish import Outcome

__all__ = ["command"]


@click.command("diff")
@click.argument("version", callback=check_names)
@click.option("--page", metavar="PAGE", help="Show how the text of this page differs.")
@site_options
@json_option
@target_option
@global_options
def command(
    version: str,
    page: str | None,
    site_dir: Path | None,
    allow_dirty: bool,
    ref: str | None,
    layers: Path | None,
    as_json: bool,
    targets: tuple[str, ...],
) -> None:
    """Show what publishing a version now would change: pages added, changed and removed.

    PAGE is a file of the version such as guide/index.html, an address such as guide/, or a source
    such as guide.md. Nothing is written.
    """
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.errors import printable
    from docs_tools.publish import PublishRequest
    from docs_tools.publish.compare import compare

    request = PublishRequest(
        current_project(),
        version,
        ref=ref,
        site_dir=site_dir,
        layers=layers,
        push=False,
        dry_run=True,
        allow_dirty=allow_dirty,
        targets=targets[:1],
    )
    found = compare(request, page)
    if as_json:
        print_json(found.to_json())
        return
    for notice in found.outcome.notices:
        click.echo(f"note: {printable(notice)}", err=True)
    if found.page is None:
        _print(found.outcome)
    elif not found.text:
        click.echo(f"{printable(found.page)} is the same")
    for line in found.text.split("\n")[:-1]:
        click.echo("\t".join(map(printable, line.split("\t"))))


def _print(outcome: "Outcome") -> None:
    from docs_tools.cli.report import print_some

    if not outcome.paths:
        click.echo(f"{outcome.version} is up to date: nothing would change")
        return
    for what, pages in outcome.pages.items():
        click.echo(f"pages {what}: {len(pages)}")
        print_some(pages)
    others = len(outcome.paths) - sum(map(len, outcome.pages.values()))
    click.echo(f"other files: {others}")
