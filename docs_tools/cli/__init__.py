"""The command line: a module for each verb, loaded when the verb is used."""

import io
import os
import sys
import traceback

import click

from docs_tools import __version__
from docs_tools.cli.ending import end_when_told, exit_status
from docs_tools.cli.options import global_options
from docs_tools.cli.verbs import Verbs
from docs_tools.errors import DocsToolsError, printable

__all__ = ["cli", "main"]

_VERBS = {
    "build": "Build the user guide and the API reference.",
    "check": "Find everything that is wrong with the data and the pages.",
    "hotfix": "Rebuild a version that is published already.",
    "layers": "Layer ARNs: find out their numbers, put them into files, check them.",
    "publish": "Build the site and publish it as a version.",
    "render": "Fill the directives of plain Markdown files in place.",
    "s3": "The bucket and CloudFront in front of it: a template, and invalidations.",
    "schema": "Print the JSON Schema of a data file, or all of them by name.",
    "serve": "Show the site while it is written.",
    "versions": "What is published: list it, change it, check it.",
}


@click.command(
    cls=Verbs,
    package=__name__,
    verbs=_VERBS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@global_options
def cli() -> None:
    """A documentation site from data, versioned, and hotfixed without a release."""


def main() -> None:
    """Runs the command line and ends the process.

    Exit status: 0 done; 1 an expected failure; 2 wrong usage; 3 a bug; 130 interrupted; 143 ended.
    """
    end_when_told()
    for stream in (sys.stdout, sys.stderr):  # a character that the console lacks is no bug
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # Material's notice is not about this run
    sys.exit(_run())


def _run() -> int:
    try:
        result = cli(prog_name="docs_tools", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt) as interruption:
        click.echo("interrupted", err=True)
        return exit_status(interruption)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DocsToolsError as error:
        _show(error)
        return error.exit_code
    except BrokenPipeError:
        # the reader of our output went away; nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        # a full disk, a name that is too long, a folder that can't be read
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"error: {place}{error.strerror or error}", err=True)
        return 1
    except Exception:
        traceback.print_exc()
        click.echo(
            f"\nThis is a bug in docs_tools {__version__}. Please report it to the project with the"
            " lines above.",
            err=True,
        )
        return 3
    return result if isinstance(result, int) else 0


def _show(error: DocsToolsError) -> None:
    for diagnostic in error.diagnostics:
        click.echo(str(diagnostic), err=True)
    # names and titles from a file, or a commit of somebody else, must not steer a terminal
    message = "\n".join(map(printable, error.message.split("\n")))
    click.echo(click.style("error: ", fg="red", bold=True) + message, err=True)
    for line in (error.hint or "").splitlines():
        click.echo(f"    {printable(line)}", err=True)
