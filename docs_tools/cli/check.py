"""`docs_tools check`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import global_options, json_option, verbosity
from docs_tools.errors import DocsToolsError

if TYPE_CHECKING:
    from docs_tools.build.check import Checked

__all__ = ["command"]


@click.command("check")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]),
              help="For people, as --json does, or as annotations.")  # fmt: skip
@json_option
@global_options
def command(form: str | None, as_json: bool) -> int:
    """Find everything that is wrong with the data and the pages."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form}: choose one.")

    from docs_tools.build.check import check_site
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json

    project = current_project()
    checked = check_site(project)
    if as_json or form == "json":
        print_json(
            {
                "problems": [problem.to_json() for problem in checked.problems],
                "complete": checked.complete,
                "data_files": checked.data_files,
                "pages": checked.pages,
            }
        )
        return 1 if checked.problems else 0
    if form == "github":
        _print_annotations(checked, project.folder)
    if checked.problems:
        shown = () if form == "github" else checked.problems
        raise DocsToolsError(_summary(checked), hint=_rest(checked), diagnostics=shown)
    if verbosity() >= 0:
        click.echo(f"nothing is wrong: {_extent(checked)}")
    return 0


def _print_annotations(checked: "Checked", folder: Path) -> None:
    from docs_tools.cli.annotations import annotate
    from docs_tools.git import find_git

    try:
        top = find_git(folder).folder
    except DocsToolsError:
        top = folder
    for problem in checked.problems:
        click.echo(annotate(problem, folder, top))


def _summary(checked: "Checked") -> str:
    from docs_tools.cli.report import counted

    files = {problem.file for problem in checked.problems if problem.file}
    where = f" in {counted(len(files), 'file')}" if files else ""
    return f"{counted(len(checked.problems), 'problem')}{where}"


def _rest(checked: "Checked") -> str | None:
    return None if checked.complete else "the build broke off, so there may be more"


def _extent(checked: "Checked") -> str:
    from docs_tools.cli.report import counted

    counts = [(checked.data_files, "data file"), (checked.pages or 0, "page")]
    return ", ".join(counted(number, what) for number, what in counts if number)
