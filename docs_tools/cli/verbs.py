"""A command with verbs, each in a module of its own that is loaded when the verb is used."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

__all__ = ["Verbs"]


class Verbs(click.Group):
    """Finds a verb's module by its name, so that `--help` imports none of them.

    Args:
        package: The package of the modules; each holds its `command`.
        verbs: The verbs, and what each does in a sentence.
        **attributes: As for any group.
    """

    def __init__(self, *, package: str, verbs: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self._package = package
        self._verbs = dict(verbs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs."""
        return list(self._verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb."""
        if cmd_name not in self._verbs:
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As of any group; an unknown verb is told with the one most like it."""
        verb = args[0]
        if verb not in self._verbs and not verb.startswith("-"):
            from difflib import get_close_matches

            begun = [known for known in self._verbs if known.startswith(verb)]
            near = begun or get_close_matches(verb, self._verbs, 1)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            ctx.fail(f'There is no command "{verb}".{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the verbs, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._verbs.items()))
