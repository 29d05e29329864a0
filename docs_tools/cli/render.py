"""`docs_tools render`."""

from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import config_file, global_options, json_option, verbosity
from docs_tools.errors import Diagnostic, DocsToolsError

if TYPE_CHECKING:
    from docs_tools.markdown import Context
    from docs_tools.markdown.plain_files import PlainFile

__all__ = ["command"]

_SHOWN = 40


@click.command("render")
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is stale.")
@click.option("--data", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Folder of the data files; by default the project's, or docs/data.")  # fmt: skip
@json_option
@global_options
def command(files: tuple[Path, ...], check: bool, data: Path | None, as_json: bool) -> None:
    """Fill the directives of plain Markdown files in place.

    What a directive stands for goes behind it, up to `<!-- docs_tools/end -->`; diagrams are
    mermaid fences. Nothing is written where any file has a problem.
    """
    from docs_tools.cli.report import print_json
    from docs_tools.markdown.plain_files import fill_files, write_files

    context, problems = _read(data)
    filled = fill_files(files, context, problems)
    if not check:
        write_files(filled)
    if as_json:
        print_json({"files": [{"file": str(f.path), "changed": f.stale} for f in filled]})
    elif verbosity() >= 0:
        for file in filled:
            _tell(file, check=check)
    stale = [Diagnostic("is stale", str(file.path)) for file in filled if file.stale]
    if check and stale:
        count = f"{len(stale)} file{'s are' if len(stale) > 1 else ' is'} stale"
        raise DocsToolsError(count, hint="run the same without --check", diagnostics=stale)


def _tell(file: "PlainFile", *, check: bool) -> None:
    if not file.stale:
        click.echo(f"up to date: {file.path}")
    elif not check:
        click.echo(f"filled: {file.path}")
    elif verbosity() > 0:
        is_now, must_be = file.before.splitlines(), file.after.splitlines()
        names = f"{file.path} as it is", f"{file.path} as it must be"
        diff = list(unified_diff(is_now, must_be, *names, n=1, lineterm=""))
        for line in diff[:_SHOWN]:
            click.echo(line)
        if len(diff) > _SHOWN:
            click.echo(f"… and {len(diff) - _SHOWN} more lines")


def _read(data: Path | None) -> "tuple[Context, list[Diagnostic]]":
    """What directives are rendered from; not all of them need data files."""
    from docs_tools.build.project import config_in
    from docs_tools.cli.project import current_project
    from docs_tools.markdown.context import Context
    from docs_tools.model.facts import Facts, read_facts

    here = Path.cwd()
    project = current_project() if config_file() or config_in(here) else None
    folder = data or (project.data_folder() if project else here / "docs" / "data")
    name = (folder.relative_to(here) if folder.is_relative_to(here) else folder).as_posix()
    if data and not data.is_dir():
        raise DocsToolsError(f"there is no folder {name}", hint="name it: --data FOLDER")
    facts, problems = read_facts(folder, name) if folder.is_dir() else (Facts(name), [])
    root = project.folder if project else here
    return Context.of_newest(facts, root=root, plain=True), problems
