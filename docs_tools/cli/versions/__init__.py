"""`docs_tools versions`: what is published."""

import click

from docs_tools.cli.options import global_options
from docs_tools.cli.verbs import Verbs

__all__ = ["command"]

_VERBS = {
    "list": "List the published versions.",
    "alias": "Give a version further aliases.",
    "default": "Have the root of the site lead to a version.",
    "retitle": "Change what readers see in the version selector.",
    "hide": "Take a version out of the version selector; its pages stay.",
    "mark": "Say what a version is worth: current, prerelease or eol.",
    "delete": "Delete versions and aliases.",
    "prune": "Delete the versions that no rule keeps.",
    "rollback": "Bring a version back as it was before its last publish.",
    "verify": "Compare every published file with what was published.",
    "diff": "Show what publishing a version now would change.",
    "history": "List what was published as a version over time.",
}


@click.command("versions", cls=Verbs, package=__name__, verbs=_VERBS)
@global_options
def command() -> None:
    """What is published: list it, change it, check it."""
