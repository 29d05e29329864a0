"""`docs_tools layers fetch`."""

from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import global_options, json_option, verbosity

if TYPE_CHECKING:
    from docs_tools.layers.fetch import Fetched

__all__ = ["command"]


@click.command("fetch")
@click.option("--from", "source", required=True, metavar="SOURCE",
              help="A file or folder of ARNs, a JSON file of `cdk deploy --outputs-file`,"
                   " ssm:NAME, or aws.")  # fmt: skip
@click.option("--version", required=True, metavar="V", help="The release.")
@click.option("--layer", "layers", multiple=True, metavar="ID",
              help="A layer that must be there; may be given again.")  # fmt: skip
@click.option("--region", "regions", multiple=True, metavar="R",
              help="Look at this region only; may be given again.")  # fmt: skip
@click.option("--excuse-region", "excused", multiple=True, metavar="R",
              help="A region that may be missing; may be given again.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), default=8, show_default=True, metavar="N",
              help="Calls at a time.")  # fmt: skip
@click.option("--allow-lower", is_flag=True, help="Let a noted number become smaller.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@json_option
@global_options
def command(
    source: str,
    version: str,
    layers: tuple[str, ...],
    regions: tuple[str, ...],
    excused: tuple[str, ...],
    jobs: int,
    allow_lower: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Find out a release's layer numbers and note them in the data file.

    A source that covers a layer in some regions only is refused, so that no region is forgotten.
    The data file keeps its comments and its order.
    """
    from docs_tools.cli.layers.data import LayerData
    from docs_tools.cli.progress import show_progress
    from docs_tools.cli.report import print_json
    from docs_tools.layers.run_fetch import FetchRequest, fetch
    from docs_tools.publish.versions.names import check_version

    check_version(version)
    data = LayerData.here()
    request = FetchRequest(
        data.required,
        data.file,
        data.name,
        version,
        source,
        regions=regions,
        layers=layers,
        excused=excused,
        jobs=jobs,
        allow_lower=allow_lower,
        dry_run=dry_run,
    )
    with show_progress("calls") as progress:
        fetched = fetch(request, progress)
    if as_json:
        print_json(
            {
                "version": version,
                "file": data.name,
                "changed": fetched.changed,
                "releases": [r.model_dump(exclude_defaults=True) for r in fetched.releases],
                "notices": fetched.notices,
            }
        )
    elif verbosity() >= 0:
        _tell(fetched, data.name, dry_run=dry_run)


def _tell(fetched: "Fetched", name: str, *, dry_run: bool) -> None:
    from docs_tools.cli.report import counted, print_notices
    from docs_tools.errors import printable

    name = printable(name)
    for release in fetched.releases:
        count = len(release.exceptions)
        but = f", with {counted(count, 'exception')}" if count else ""
        click.echo(f"{release.layer} {release.version}: number {release.number}{but}")
    print_notices(fetched.notices)
    if fetched.changed:
        click.echo(f"{'would write' if dry_run else 'wrote'} {name}")
        following = "the same command without --dry-run" if dry_run else "docs_tools layers insert"
        click.echo(f"next: {following}")
    else:
        click.echo(f"{name} says so already")
