"""`docs_tools build`."""

from pathlib import Path

import click

from docs_tools.cli.options import build_options, global_options, json_option, verbosity

__all__ = ["command"]


@click.command("build")
@build_options
@click.option("--site-dir", "-d", type=click.Path(path_type=Path), metavar="FOLDER",
              help="Where the site goes; as in mkdocs.yml by default.")  # fmt: skip
@click.option("--strict/--no-strict", default=True, help="Whether a warning fails the build.")
@click.option("--explain", is_flag=True, help="Say of each page that was built again why.")
@json_option
@global_options
def command(
    ref: str | None,
    layers: Path | None,
    site_dir: Path | None,
    strict: bool,
    explain: bool,
    as_json: bool,
) -> None:
    """Build the user guide and the API reference."""
    from docs_tools.build.run import build
    from docs_tools.cli.project import current_project
    from docs_tools.cli.report import list_arns, list_rebuilt, print_json

    site = build(current_project(), ref=ref, layers=layers, site_dir=site_dir, strict=strict)
    if as_json:
        print_json(
            {
                "site_dir": str(site.folder),
                "arns": {
                    page: [insertion.arn for insertion in insertions]
                    for page, insertions in site.arns.items()
                },
                "warnings": [warning.to_json() for warning in site.warnings],
                **({"rebuilt": site.explained} if explain else {}),
            }
        )
        return
    for warning in site.warnings if verbosity() <= 0 else ():  # -v has shown them
        click.echo(str(warning), err=True)
    if verbosity() >= 0:
        click.echo(f"built {site.folder}")
        for line in [*list_arns(site.arns), *(list_rebuilt(site.explained) if explain else ())]:
            click.echo(f"  {line}")
