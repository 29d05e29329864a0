"""`docs_tools schema`."""

from difflib import get_close_matches
from pathlib import Path

import click

from docs_tools.cli.options import global_options, verbosity

__all__ = ["command"]


@click.command("schema")
@click.argument("name", required=False)
@click.option("--output", "-o", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Write FOLDER/NAME.json for each, where it isn't up to date.")  # fmt: skip
@global_options
def command(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema of a data file, or all of them by name."""
    from docs_tools.files import replace_text
    from docs_tools.model.facts import DATA_FILES
    from docs_tools.model.schema import dump_schema, make_schema

    if name is not None and name not in DATA_FILES:
        near = get_close_matches(name, DATA_FILES, 1)
        hint = f"did you mean {near[0]}?" if near else f"there is: {', '.join(DATA_FILES)}"
        raise click.UsageError(f'no data file is called "{name}": {hint}')
    names = list(DATA_FILES) if name is None else [name]
    schemas = {stem: make_schema(DATA_FILES[stem], f"{stem}.yml") for stem in names}
    if output is None:
        click.echo(dump_schema(schemas if name is None else schemas[name]), nl=False)
        return
    paths = [output / f"{stem}.json" for stem in names]
    written = [p for p in paths if replace_text(p, dump_schema(schemas[p.stem]))]
    if verbosity() >= 0:
        for path in written:
            click.echo(f"wrote {path}")
        if not written:
            click.echo(f"{output} is up to date")
