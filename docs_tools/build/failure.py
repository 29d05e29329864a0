"""Why a build failed, said so that it can be mended."""

import logging
import traceback
from pathlib import Path

from docs_tools.build.log import CapturedLog
from docs_tools.errors import Diagnostic, DocsToolsError

__all__ = ["explain"]

_PACKAGE = Path(__file__).resolve().parent.parent


def explain(error: BaseException, log: CapturedLog, message: str) -> BaseException:
    """The error to raise instead of one that came out of MkDocs.

    Args:
        error: What was raised.
        log: What MkDocs said before.
        message: What failed, in one sentence.

    Returns:
        Our own error where one is behind it; what MkDocs said where it gave up itself; the place
        where a plugin, hook, template or extension broke; or the error as it is where that place is
        in this package: a bug.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, DocsToolsError):
            return cause
        cause = cause.__cause__ or cause.__context__
    from mkdocs.exceptions import MkDocsException

    if isinstance(error, MkDocsException | SystemExit):
        said = log.problems() or [Diagnostic(str(error))]
        return DocsToolsError(message, diagnostics=said)
    frames = traceback.extract_tb(error.__traceback__)
    if not frames or Path(frames[-1].filename).resolve().is_relative_to(_PACKAGE):
        return error
    logging.getLogger("mkdocs.docs_tools").info("".join(traceback.format_exception(error)))
    place = frames[-1]
    what = Diagnostic(f"{type(error).__name__}: {error}", place.filename, place.lineno)
    return DocsToolsError(
        message, hint="-v shows how it came there", diagnostics=[*log.problems(), what]
    )
