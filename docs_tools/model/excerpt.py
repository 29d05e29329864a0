"""What of a file is shown: all of it, or a class or a function as its source has it."""

import ast
import textwrap
from pathlib import Path

from docs_tools.errors import DocsToolsError
from docs_tools.model.folder import find_inside
from docs_tools.model.nearest import find_nearest

__all__ = ["load_excerpt"]

_Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def load_excerpt(root: Path, path: str, symbol: str | None = None) -> str:
    """Reads a file, without blank lines at its ends.

    Args:
        root: The project's folder, which the file must lie in.
        path: The file, from there.
        symbol: A class or a function at its top, or a member behind a dot. Decorators belong to
            it, and so does the comment above them.

    Raises:
        DocsToolsError: There is no such file, it lies outside, or it isn't text; or it has no such
            class or function.
    """
    file = find_inside(root, path)
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError as error:
        raise DocsToolsError(f'there is no file "{path}"', hint=_near(file, root)) from error
    except IsADirectoryError as error:
        raise DocsToolsError(f'"{path}" is a folder', hint="write a file of it") from error
    except UnicodeDecodeError as error:
        raise DocsToolsError(f'"{path}" is no text file in UTF-8') from error
    except OSError as error:
        raise DocsToolsError(f'"{path}" can\'t be read: {error.strerror or error}') from error
    return (_cut(path, text, symbol) if symbol else text).strip("\n")


def _near(file: Path, root: Path) -> str:
    folder = file.parent
    there = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    near = find_nearest(file.name, there)
    if near is None:
        return "write a path from the folder of the configuration"
    return f"did you mean {(folder / near).relative_to(root.resolve()).as_posix()}?"


def _cut(path: str, text: str, symbol: str) -> str:
    try:
        node = _find(ast.parse(text), symbol)
    except (SyntaxError, ValueError) as error:
        raise DocsToolsError(f'"{path}" is no Python, so it has no "{symbol}"') from error
    except LookupError as error:
        names = error.args[0]
        near = find_nearest(symbol.rpartition(".")[2], names)
        hint = f"did you mean {near}?" if near else "name a class or a function"
        raise DocsToolsError(f'"{path}" has no "{symbol}"', hint=hint) from error
    lines = text.splitlines()
    start = min(part.lineno for part in (node, *node.decorator_list)) - 1
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return textwrap.dedent("\n".join(lines[start : node.end_lineno]))


def _find(module: ast.Module, symbol: str) -> _Named:
    """The class or the function; `LookupError` with the names that there are in its place."""
    first, _, rest = symbol.partition(".")
    known = {node.name: node for node in module.body if isinstance(node, _Named)}
    if first not in known:
        raise LookupError(sorted(known))
    found = known[first]
    return _find(ast.Module(found.body, []), rest) if "." in symbol else found
