"""`docs_tools serve`."""

from pathlib import Path

import click

from docs_tools.cli.options import config_file, global_options, verbosity

__all__ = ["command"]


@click.command("serve")
@click.option("--dev-addr", "-a", metavar="HOST:PORT", help="Where to listen.")
@click.option("--open", "-o", "open_browser", is_flag=True, help="Open a browser.")
@global_options
def command(dev_addr: str | None, open_browser: bool) -> None:
    """Show the site while it is written."""
    from mkdocs.__main__ import cli as mkdocs

    from docs_tools.build import find_project

    project = find_project(config_file(), Path.cwd())
    arguments = ["serve", "--config-file", str(project.config_file)]
    if dev_addr:
        arguments += ["--dev-addr", dev_addr]
    if open_browser:
        arguments.append("--open")
    if verbosity():
        arguments.append("--quiet" if verbosity() < 0 else "--verbose")
    mkdocs.main(arguments, prog_name="docs_tools", standalone_mode=False)
