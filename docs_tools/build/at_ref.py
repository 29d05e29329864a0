"""What is wrong with a project as a ref has it, told so that people can mend it.

Nobody can correct a commit, and the temporary work tree is gone when the message is read.
"""

import copy
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from docs_tools.errors import Diagnostic, DocsToolsError

__all__ = ["told_of_ref"]

_NOT_INSTALLED = re.compile("is not installed|No module named|Unrecognised theme name")


@contextmanager
def told_of_ref(ref: str, tree: Path) -> Iterator[None]:
    """Lets errors name the ref's files as the project does, and a mend that can be done.

    Args:
        ref: The tag, branch or commit.
        tree: Its temporary work tree, absolute.

    Raises:
        DocsToolsError: The error, told so.
    """
    try:
        yield
    except DocsToolsError as error:
        told = copy.copy(error)
        told.message = _without(tree, error.message)
        told.diagnostics = tuple(_named(diagnostic, tree) for diagnostic in error.diagnostics)
        told.hint = error.hint and _without(tree, error.hint)
        if not _is_elsewhere(told):
            told.hint = "\n".join(filter(None, [told.hint, _mend(ref)]))
        raise told from error


def _mend(ref: str) -> str:
    name = shlex.quote(ref)
    return (
        f'this is how "{ref}" has it: correct it on a branch from there, and give that as the ref:'
        f" git switch --create NAME {name}\n"
        "or build it with the tools that it had, and publish the folder of that site:"
        " docs_tools publish --site-dir FOLDER"
    )


def _is_elsewhere(error: DocsToolsError) -> bool:
    """Whether all that is wrong is in files of the checkout, such as those of the layer numbers."""
    files = [diagnostic.file for diagnostic in error.diagnostics]
    return bool(files) and all(file and Path(file).is_absolute() for file in files)


def _named(diagnostic: Diagnostic, tree: Path) -> Diagnostic:
    if diagnostic.hint is None and _NOT_INSTALLED.search(diagnostic.message):
        diagnostic = replace(diagnostic, hint="install what brings it, beside docs_tools")
    return replace(
        diagnostic,
        message=_without(tree, diagnostic.message),
        file=diagnostic.file and _without(tree, diagnostic.file),
        hint=diagnostic.hint and _without(tree, diagnostic.hint),
    )


def _without(tree: Path, text: str) -> str:
    return text.replace(f"{tree}/", "").replace(str(tree), ".")
