"""Names on the command line, refused as wrong usage where they can't be any."""

from typing import Any, TypeVar

import click

__all__ = ["check_names", "check_title"]

T = TypeVar("T", str, tuple[str, ...], None)
Text = TypeVar("Text", str, str | None)


def check_names(_ctx: click.Context, param: click.Parameter, value: T) -> T:
    """A callback: the versions or aliases as they were given.

    Raises:
        MalformedNameError: One of them can't be one.
    """
    from docs_tools.errors import MalformedNameError
    from docs_tools.model.version import check_name

    kind = "version" if param.name == "version" else "name"
    names: Any = (value,) if isinstance(value, str) else value or ()
    for name in names:
        if fault := check_name(name, kind):
            raise MalformedNameError(fault, hint="write such as 2.20.0, dev or latest")
    return value


def check_title(_ctx: click.Context, _param: click.Parameter, value: Text) -> Text:
    """A callback: the title as it was given.

    Raises:
        UsageError: It is empty, or holds what isn't shown, such as a line's end.
    """
    if value is not None and (not value.strip() or not value.isprintable()):
        raise click.UsageError(f"{value!r} is no title: write what readers shall see, on one line.")
    return value
