"""What is wrong with globs that stand for nothing, or for a link."""

from collections.abc import Iterator

from docs_tools.errors import Diagnostic
from docs_tools.layers.find_files import FoundFiles

__all__ = ["not_found"]


def not_found(found: FoundFiles, *, typed: bool) -> Iterator[Diagnostic]:
    """The globs that no file matches, and the links that they name.

    Args:
        found: What the globs stand for.
        typed: Whether somebody typed them; else they are the plugin's `insert`.
    """
    where = "" if typed else "plugins: docs_tools/layers: insert: "
    hint = "globs start from the current folder" if typed else None
    for glob in found.unmatched:
        yield Diagnostic(f"{where}no file matches {glob}", hint=hint)
    for name in found.named:
        message = "is a symbolic link, which is never followed"
        yield Diagnostic(message, name, hint="name what it leads to")
