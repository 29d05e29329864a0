"""Problems as annotations of GitHub: workflow commands that a step prints.

The form and the escaping are those of the runner: a command ends with its line, a property with a
comma or the two colons.
See https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
and https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
"""

from pathlib import Path

from docs_tools.errors import Diagnostic

__all__ = ["annotate"]

_TITLE = "docs_tools check"


def annotate(problem: Diagnostic, folder: Path, top: Path) -> str:
    """A problem as a line that makes GitHub show it beside the file.

    Args:
        problem: What is wrong.
        folder: Where the problem's file starts from: the project's folder.
        top: Where GitHub's paths start from: the top of the repository.
    """
    message = f"{problem.message}\n{problem.hint}" if problem.hint else problem.message
    file = _path_from(top, folder / problem.file) if problem.file else None
    properties: dict[str, object] = {}
    if file:
        properties = {"file": file, "line": problem.line, "col": problem.column}
    elif problem.file:
        message = f"{problem.file}: {message}"
    properties["title"] = _TITLE
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value)
    return f"::error {shown}::{_data(message)}"


def _path_from(top: Path, path: Path) -> str | None:
    """A file's path in the repository; `None` where it isn't a file of it, but a page made."""
    real = path.parent.resolve() / path.name
    if not real.is_file() or not real.is_relative_to(top.resolve()):
        return None
    return real.relative_to(top.resolve()).as_posix()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
