"""`docs_tools layers insert`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import global_options, json_option, verbosity

if TYPE_CHECKING:
    from docs_tools.cli.layers.data import LayerData
    from docs_tools.layers.in_files import Planned
    from docs_tools.model.layers import LayerSet
    from docs_tools.proposal import LayerNumbers

__all__ = ["command"]


@click.command("insert")
@click.argument("globs", nargs=-1, metavar="[GLOB]...")
@click.option("--from", "source", type=click.Path(path_type=Path), metavar="SOURCE",
              help="Take the numbers of this file or folder of ARNs.")  # fmt: skip
@click.option("--version", metavar="V", help="The release; the newest by default.")
@click.option("--placeholder-region", metavar="R",
              help="The region whose numbers placeholders get.")  # fmt: skip
@click.option("--excuse-region", "excused", multiple=True, metavar="R",
              help="A region that SOURCE may lack; may be given again.")  # fmt: skip
@click.option("--keep", multiple=True, metavar="GLOB",
              help="Files that keep their numbers; may be given again.")  # fmt: skip
@click.option("--allow-lower", is_flag=True, help="Let numbers become smaller.")
@click.option("--open-pr", is_flag=True,
              help="Leave the files here alone, and open a pull request instead.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only tell what would be done.")
@json_option
@global_options
def command(
    globs: tuple[str, ...],
    source: Path | None,
    version: str | None,
    placeholder_region: str | None,
    excused: tuple[str, ...],
    keep: tuple[str, ...],
    allow_lower: bool,
    open_pr: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put a release's layer numbers into the ARNs of files.

    The files are those of `insert` in the layers plugin's options, or those that GLOBs stand for.
    The numbers change and nothing else does.
    """
    if source and version:
        raise click.UsageError("--from and --version: choose one.")
    if excused and not source:
        raise click.UsageError("--excuse-region belongs to --from.")

    from docs_tools.cli.layers.data import LayerData
    from docs_tools.cli.report import print_json
    from docs_tools.layers.from_source import layers_from
    from docs_tools.layers.numbers import Numbers
    from docs_tools.layers.run_insert import InsertRequest, insert_into_files, notices_of

    data = LayerData.here()
    release = (
        layers_from(source, data.layers, data.name, excused) if source else data.release(version)
    )
    region = placeholder_region or data.settings.placeholder_region
    request = InsertRequest(
        data.project.folder,
        data.globs(globs) or data.settings.insert,
        (*data.settings.keep, *data.globs(keep)),
        Numbers.of(release, data.layers, region),
        typed=bool(globs),
        allow_lower=allow_lower,
        dry_run=dry_run,
    )
    if open_pr:
        from docs_tools.cli.layers.pull_request import numbers_of_insert

        wanted = numbers_of_insert(data, release, request, source, region)
        _propose(data, wanted, dry_run=dry_run, as_json=as_json)
        return
    planned = insert_into_files(request)
    notices = notices_of(planned, release, data.layers)
    if as_json:
        print_json(_to_json(planned, release, notices))
    elif verbosity() >= 0:
        _tell(planned, release, notices, dry_run=dry_run)


def _propose(data: "LayerData", wanted: "LayerNumbers", *, dry_run: bool, as_json: bool) -> None:
    from docs_tools.cli.layers.pull_request import PullRequest, print_proposed, to_json
    from docs_tools.cli.report import print_json

    proposed = PullRequest.prepare(data, wanted).open(dry_run=dry_run)
    if as_json:
        print_json({"version": wanted.version, "pull_request": to_json(proposed)})
    else:
        print_proposed(proposed, dry_run=dry_run)


def _to_json(
    planned: "Planned", release: "LayerSet", notices: tuple[str, ...]
) -> dict[str, object]:
    return {
        "version": release.version,
        "files": [
            {
                "file": change.name,
                "changed": change.before != change.after,
                "arns": [{"arn": i.arn, "before": i.before} for i in change.insertions],
            }
            for change in planned.changes
        ],
        "notices": notices,
    }


def _tell(
    planned: "Planned", release: "LayerSet", notices: tuple[str, ...], *, dry_run: bool
) -> None:
    from docs_tools.cli.report import counted, print_notices
    from docs_tools.errors import printable

    version = printable(release.version)
    for change in planned.changed:
        numbers = sorted({f"{i.before} -> {i.number}" for i in change.changed})
        arns = counted(len(change.changed), "ARN")
        click.echo(f"{printable(change.name)}: {arns}, {', '.join(numbers)}")
    print_notices(notices)
    if not planned.changed:
        arns = counted(sum(len(change.insertions) for change in planned.changes), "ARN")
        click.echo(f"nothing to do: the numbers of {version} are in {arns} already")
        return
    done = "would write" if dry_run else "wrote"
    files = counted(len(planned.changed), "file")
    click.echo(f"{done} {files} with the numbers of {version}")
