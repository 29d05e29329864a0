"""Why a build failed, said so that it can be mended."""

import copy
import logging
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docs_tools.build.log import CapturedLog
from docs_tools.errors import Diagnostic, DocsToolsError

if TYPE_CHECKING:
    from docs_tools.build.project import Project

__all__ = ["explain", "find_problems"]

_PACKAGE = Path(__file__).resolve().parent.parent


def explain(error: BaseException, log: CapturedLog, message: str) -> BaseException:
    """The error to raise instead of one that came out of MkDocs.

    Args:
        error: What was raised.
        log: What MkDocs and its plugins said before.
        message: What failed, in one sentence.

    Returns:
        Our own error where one is behind it, else one of the message; either with all that was said
        before. The error as it is where it is a bug of this package.
    """
    own = _own(error)
    if own is not None:
        told = copy.copy(own)
        before, page = _before(own, log)
        told.diagnostics = _once([*before, *_on_page(own.diagnostics, page)])
        others = len(told.diagnostics) - len(own.diagnostics)
        if others > 0 and own.diagnostics:
            told.message += f", {others} other problem{'s' * (others != 1)}"
        return told
    problems = find_problems(error, log)
    if problems is None:
        return error
    hint = "-v shows how it came there" if _has_place(error) else None
    return DocsToolsError(message, hint=hint, diagnostics=problems)


def find_problems(error: BaseException, log: CapturedLog) -> tuple[Diagnostic, ...] | None:
    """All that is wrong with a project whose build failed, each once.

    Args:
        error: What was raised.
        log: What MkDocs and its plugins said before.

    Returns:
        What was said before, and what stopped the build: our own error, a word of MkDocs, or the
        place where a plugin, hook, template or extension broke. `None` where that place is in this
        package: a bug.
    """
    own = _own(error)
    before, page = _before(own or error, log)
    if own is not None:
        found = own.diagnostics or (Diagnostic(own.message, hint=own.hint),)
        return _once([*before, *_on_page(found, page)])
    if not _has_place(error):
        from mkdocs.exceptions import Abort

        # MkDocs aborts when it has said why
        if isinstance(error, Abort) and before:
            return tuple(before)
        return _once([*before, Diagnostic(str(error), page)])
    frames = traceback.extract_tb(error.__traceback__)
    if not frames or Path(frames[-1].filename).resolve().is_relative_to(_PACKAGE):
        return None
    logging.getLogger("mkdocs.docs_tools").info("".join(traceback.format_exception(error)))
    return _once([*before, _break(error, frames, page, log.project)])


def _own(error: BaseException) -> DocsToolsError | None:
    """The error of ours that is behind one of MkDocs."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, DocsToolsError):
        cause = cause.__cause__ or cause.__context__
    return cause


def _has_place(error: BaseException) -> bool:
    """Whether something broke, and it isn't MkDocs or a plugin that gave up with a message."""
    from mkdocs.exceptions import MkDocsException

    return not isinstance(error, MkDocsException | SystemExit)


def _before(error: BaseException, log: CapturedLog) -> tuple[list[Diagnostic], str | None]:
    """What was said before an error, without the error itself, and the page that it is about."""
    text = str(error).strip()
    said = log.problems()
    page = next((problem.file for problem in said if problem.message == text), None)
    return [problem for problem in said if problem.message != text], page


def _on_page(diagnostics: tuple[Diagnostic, ...], page: str | None) -> list[Diagnostic]:
    return [d if d.file or not page else replace(d, file=page) for d in diagnostics]


def _once(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(diagnostics))


def _break(
    error: BaseException, frames: list[traceback.FrameSummary], page: str | None, project: "Project"
) -> Diagnostic:
    """Where something broke: in the project's own code, else with a page, else in a library."""
    if page and isinstance(error, UnicodeDecodeError | OSError):
        reason = error.strerror if isinstance(error, OSError) else "not a text file in UTF-8"
        return Diagnostic(f"can't be read: {reason}", page)
    message = f"{type(error).__name__}: {error}"
    own = [frame for frame in frames if _is_own(Path(frame.filename), project.folder)]
    if own or not page:
        frame = own[-1] if own else frames[-1]
        hint = f"while {page} was made" if page else None
        file = project.name_of(Path(frame.filename)) if own else frame.filename
        return Diagnostic(message, file, frame.lineno, hint=hint)
    return Diagnostic(message, page, hint=f"raised in {frames[-1].filename}:{frames[-1].lineno}")


def _is_own(file: Path, folder: Path) -> bool:
    return file.is_relative_to(folder) and "site-packages" not in file.parts
