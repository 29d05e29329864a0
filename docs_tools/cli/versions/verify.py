"""`docs_tools versions verify`."""

from typing import TYPE_CHECKING

import click

from docs_tools.cli.arguments import check_names
from docs_tools.cli.options import global_options, json_option, target_option, verbosity

if TYPE_CHECKING:
    from docs_tools.publish.verify import Verification, Verified

__all__ = ["command"]


@click.command("verify")
@click.argument("version", required=False, callback=check_names)
@json_option
@target_option
@global_options
def command(version: str | None, as_json: bool, targets: tuple[str, ...]) -> int:
    """Compare every published file with what was published, and aliases with their versions.

    VERSION is a version or an alias; all versions if it isn't given. The exit status is 1 where
    something is altered, missing or added.
    """
    from docs_tools.cli.places import read_each
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import print_json
    from docs_tools.publish.verify import verify

    project = current_project()
    read = read_each(project, targets, lambda name: verify(project, version, name))
    if as_json:
        print_json(read.to_json(lambda one: one.to_json()))
    for name, one in read.found.items() if not as_json else ():
        if read.several and verbosity() >= 0:
            click.echo(f"{name}: {one.branch}")
        _print(one)
    read.check()
    return any(one.all_problems for one in read.found.values())


def _print(found: "Verification") -> None:
    from docs_tools.errors import printable

    for problem in found.all_problems:
        click.echo(str(problem), err=True)
    for one in found.versions if verbosity() >= 0 else ():
        click.echo(printable(f"{one.version}: {one.files} files, {_words(one)}"))
    if not found.versions:
        click.echo(f"nothing is published on {found.branch}", err=True)


def _words(one: "Verified") -> str:
    if one.problems:
        return f"{len(one.problems)} problem{'s' * (len(one.problems) != 1)}"
    return "as published" if one.manifest else "no manifest, as mike published it: not verified"
