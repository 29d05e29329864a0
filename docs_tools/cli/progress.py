"""How far long work is: a bar on a terminal, a few plain lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import click

from docs_tools.cli.options import verbosity
from docs_tools.errors import printable

__all__ = ["show_progress", "show_waiting"]

_LINES = 4


@contextmanager
def show_progress(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Gives what is to be told how many of how many are done; `None` with `-q`.

    Args:
        label: What is done.
    """
    if verbosity() < 0:
        yield None
    elif not sys.stderr.isatty():
        yield _Lines(label).show
    else:
        bar = _Bar(label)
        try:
            yield bar.show
        finally:
            bar.end()


@cache
def show_waiting(message: str) -> None:
    """Says for whom a run waits, once."""
    if verbosity() >= 0:
        click.echo(printable(message), err=True)


class _Lines:
    """A line at the start, and at each quarter."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown = -1

    def show(self, done: int, total: int) -> None:
        quarter = done * _LINES // total if total else _LINES
        if quarter > self._shown:
            self._shown = quarter
            click.echo(f"{self._label}: {done} of {total}", err=True)


class _Bar:
    """Click's bar, which wants to know the total before it is drawn."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def show(self, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr)
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
