"""`docs_tools layers check`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import global_options, json_option, verbosity
from docs_tools.errors import DocsToolsError, count_problems, printable

if TYPE_CHECKING:
    from docs_tools.layers.aws.answers import Verified
    from docs_tools.model.layers import LayerSet

__all__ = ["command"]


@click.command("check")
@click.argument("globs", nargs=-1, metavar="[GLOB]...")
@click.option("--version", metavar="V", help="The release; the newest by default.")
@click.option("--verify", is_flag=True, help="Ask AWS for each layer version as well.")
@click.option("--region", "regions", multiple=True, metavar="R",
              help="With --verify: ask in this region only; may be given again.")  # fmt: skip
@click.option("--excuse-region", "excused", multiple=True, metavar="R",
              help="With --verify: a region that may refuse; may be given again.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), default=8, show_default=True, metavar="N",
              help="With --verify: calls at a time.")  # fmt: skip
@json_option
@global_options
def command(
    globs: tuple[str, ...],
    version: str | None,
    verify: bool,
    regions: tuple[str, ...],
    excused: tuple[str, ...],
    jobs: int,
    as_json: bool,
) -> int:
    """Find ARNs that are wrong, stale or missing.

    The files are those of `insert` in the layers plugin's options, or those that GLOBs stand for.
    """
    if (regions or excused) and not verify:
        raise click.UsageError("--region and --excuse-region belong to --verify.")

    from docs_tools.cli.layers.data import LayerData
    from docs_tools.cli.report import counted, print_json, print_notices
    from docs_tools.layers.aws.scope import check_regions
    from docs_tools.layers.check import check_files

    data = LayerData.here()
    release = data.release(version)
    if excused:
        known = (region for layer in data.required.layers for region in layer.regions)
        check_regions(excused, known)
    checked = check_files(
        data.project.folder, data.settings, release, data.layers, globs=data.globs(globs)
    )
    problems, notices = [*checked.problems], [*checked.notices]
    asked = ""
    if verify:
        verified = _verify(release, regions, excused, jobs)
        problems += verified.findings
        notices += verified.notices
        asked = f"; AWS has {verified.right} layer versions as told"
    if as_json:
        print_json(
            {
                "version": release.version,
                "problems": [problem.to_json() for problem in problems],
                "notices": notices,
                "arns": checked.arns,
                "files": checked.files,
            }
        )
        return 1 if problems else 0
    if verbosity() >= 0:
        print_notices(notices)
    if problems:
        raise DocsToolsError(count_problems(problems, "in the ARNs"), diagnostics=problems)
    if verbosity() >= 0:
        click.echo(
            f"nothing is wrong: {counted(checked.arns, 'ARN')} of {printable(release.version)} in"
            f" {counted(checked.files, 'file')}{asked}"
        )
    return 0


def _verify(
    release: "LayerSet", regions: tuple[str, ...], excused: tuple[str, ...], jobs: int
) -> "Verified":
    """Asks AWS for the release's layer versions that the credentials reach."""
    from docs_tools.aws.session import open_session
    from docs_tools.cli.progress import show_progress
    from docs_tools.layers.aws.scope import in_reach
    from docs_tools.layers.aws.verify import verify_versions

    session = open_session()
    asked, notices = in_reach(session, release.layers, regions)
    with show_progress("layer versions asked for") as progress:
        verified = verify_versions(
            session, asked, release.version, jobs=jobs, excused=excused, progress=progress
        )
    return replace(verified, notices=(*notices, *verified.notices))
