"""`docs_tools layers`: Lambda layer ARNs."""

import click

from docs_tools.cli.options import global_options
from docs_tools.cli.verbs import Verbs

__all__ = ["command"]

_VERBS = {
    "list": "List the layer ARNs of a release.",
    "fetch": "Find out a release's layer numbers and note them in the data file.",
    "insert": "Put a release's layer numbers into the ARNs of files.",
    "check": "Find ARNs that are wrong, stale or missing.",
}


@click.command("layers", cls=Verbs, package=__name__, verbs=_VERBS)
@global_options
def command() -> None:
    """Layer ARNs: find out their numbers, put them into files, check them."""
