"""`layers insert`: a release's numbers into files."""

from dataclasses import dataclass
from pathlib import Path

from docs_tools.errors import DocsToolsError, count_problems
from docs_tools.layers.find_files import find_files
from docs_tools.layers.in_files import Planned, plan_files, write_changes
from docs_tools.layers.not_found import not_found
from docs_tools.layers.notices import tell_faulty, tell_lags, tell_left
from docs_tools.layers.numbers import Numbers
from docs_tools.model.layers import Layers, LayerSet

__all__ = ["InsertRequest", "insert_into_files", "notices_of"]


@dataclass(frozen=True)
class InsertRequest:
    """What to insert, and where.

    Attributes:
        folder: Where the globs start from; files are named from there.
        globs: The files.
        keep: Those of them that keep their numbers, also from there.
        numbers: The numbers.
        typed: Whether somebody typed the globs; else they are the plugin's.
        allow_lower: Whether a number may become smaller.
        dry_run: Whether to write nothing.
    """

    folder: Path
    globs: tuple[str, ...]
    keep: tuple[str, ...]
    numbers: Numbers
    typed: bool = True
    allow_lower: bool = False
    dry_run: bool = False


def insert_into_files(request: InsertRequest) -> Planned:
    """Gives the ARNs of files the numbers of a release.

    Raises:
        DocsToolsError: Something is wrong with any of them; then none is written.
    """
    found = find_files(request.folder, request.globs)
    files = found.without(request.folder, request.keep)
    planned = plan_files(files, request.numbers, allow_lower=request.allow_lower)
    problems = [*planned.problems, *not_found(found, typed=request.typed)]
    if problems:
        raise DocsToolsError(count_problems(problems, "in the files"), diagnostics=problems)
    if not request.dry_run:
        write_changes((found.files[change.name], change.after) for change in planned.changed)
    return planned


def notices_of(planned: Planned, release: LayerSet, data: Layers | None) -> tuple[str, ...]:
    """What else there is to know: what was left alone, and why."""
    skipped = tuple(f"{file}, and so left alone" for file in planned.skipped)
    left = (tell_left(planned.other, release.version),) if planned.other else ()
    faulty = (tell_faulty(planned.faulty),) if planned.faulty else ()
    return (*skipped, *left, *faulty, *(tell_lags(data, release.version) if data else ()))
