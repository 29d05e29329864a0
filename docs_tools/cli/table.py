"""A table on a terminal."""

from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

import click

from docs_tools.errors import printable

__all__ = ["print_table"]


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their widest cell, with nothing in them that would steer a terminal.

    Args:
        head: The columns' names.
        rows: The cells.
    """
    table = [list(head), *([printable(cell) for cell in row] for row in rows)]
    widths = [max(_width(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """How many columns of a terminal a text takes (https://www.unicode.org/reports/tr11/)."""
    return sum((east_asian_width(c) in "WF") + (not combining(c)) for c in text)
