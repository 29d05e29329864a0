"""Plain Markdown files: all are filled before one is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.files import replace_texts
from docs_tools.markdown.context import Context
from docs_tools.markdown.fill import fill

__all__ = ["PlainFile", "fill_files", "write_files"]

_MARK = "\ufeff"  # a byte order mark, as some editors write it


@dataclass(frozen=True)
class PlainFile:
    """A Markdown file and what it must hold.

    Attributes:
        path: The file as the user names it.
        before: Its text, line ends and byte order mark included.
        after: The same text with its regions filled.
    """

    path: Path
    before: str
    after: str

    @property
    def stale(self) -> bool:
        """Whether the file doesn't hold what it must."""
        return self.before != self.after


def fill_files(
    paths: Iterable[Path], context: Context, problems: Iterable[Diagnostic] = ()
) -> list[PlainFile]:
    """Fills the regions of files without writing any.

    Args:
        paths: The files; one that is named twice counts once.
        context: What to render directives from.
        problems: What is wrong with the data files.

    Raises:
        DocsToolsError: With every problem of the data and of every file.
    """
    named: dict[Path, Path] = {}
    for path in paths:
        named.setdefault(path.resolve(), path)
    filled: list[PlainFile] = []
    found = list(problems)
    for path in named.values():
        try:
            filled.append(_fill(path, context))
        except DocsToolsError as error:
            found += error.diagnostics
    if found:
        count = f"{len(found)} problem{'s' * (len(found) != 1)}"
        raise DocsToolsError(f"{count}: nothing is written", diagnostics=found)
    return filled


def write_files(files: Iterable[PlainFile]) -> None:
    """Writes the files that are stale, each in one step; a link stays one.

    Raises:
        DocsToolsError: One can't be written, so none is.
    """
    try:
        replace_texts([(file.path, file.after) for file in files if file.stale])
    except OSError as error:
        problem = Diagnostic(f"can't be written: {error.strerror}", str(error.filename))
        raise DocsToolsError("1 problem: nothing is written", diagnostics=[problem]) from error


def _fill(path: Path, context: Context) -> PlainFile:
    text = _read(path)
    mark = _MARK * text.startswith(_MARK)
    return PlainFile(path, text, mark + fill(text.removeprefix(_MARK), context, str(path)))


def _read(path: Path) -> str:
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "there is no such file"
        hint = "name the Markdown files in it" if path.is_dir() else None
        raise _fault(Diagnostic(what, str(path), hint=hint))
    try:
        content = path.read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise _fault(Diagnostic(f"can't be read: {error.strerror}", str(path))) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        hint = "save it in UTF-8"
        raise _fault(Diagnostic("not a text file in UTF-8", str(path), line, hint=hint)) from error


def _fault(problem: Diagnostic) -> DocsToolsError:
    return DocsToolsError(f"{problem.file} can't be filled", diagnostics=[problem])
