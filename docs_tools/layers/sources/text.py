"""Text files with an ARN a line."""

from collections.abc import Iterator

from docs_tools.layers.sources.places import Value

__all__ = ["read_lines"]


def read_lines(text: str, file: str) -> Iterator[Value]:
    """Every line that counts; blank ones and those that start with `#` don't.

    Args:
        text: What the file holds.
        file: Its name for messages.
    """
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            yield Value(stripped, file, number, len(line) - len(line.lstrip()) + 1)
