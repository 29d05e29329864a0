"""Everything that is wrong with the ARNs of hand-written files, found without asking anyone."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath

from docs_tools.errors import Diagnostic
from docs_tools.layers.find_files import Globs, find_files
from docs_tools.layers.in_files import NOT_TEXT, Places, as_written, read_files, utf_16_problem
from docs_tools.layers.insert import judged
from docs_tools.layers.not_found import not_found
from docs_tools.layers.notices import tell_lags, tell_left
from docs_tools.layers.numbers import Numbers
from docs_tools.layers.references import Reference
from docs_tools.layers.settings import LayerSettings
from docs_tools.layers.verdict import Kind, Verdict
from docs_tools.model.arn import LayerArn
from docs_tools.model.layers import Layers, LayerSet, LayerVersion

__all__ = ["CheckedArns", "check_files", "shows_all"]

_DIRECTIVE = re.compile(
    r"<!--\s{0,20}docs_tools/layers\s{0,20}(?:\{(?![^{}]*\bversion\b)[^{}]*\}\s{0,20})?-->"
)
_FENCED = re.compile(r"^ {0,3}(```+|~~~+).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
_SHOWN = 3


@dataclass(frozen=True)
class CheckedArns:
    """What a check of files found.

    Attributes:
        problems: What is wrong, in the order of files and lines.
        arns: How many ARNs of the release there are in the files.
        notices: What else there is to know.
        files: How many files were read.
    """

    problems: tuple[Diagnostic, ...]
    notices: tuple[str, ...]
    arns: int
    files: int


def check_files(
    folder: Path,
    settings: LayerSettings,
    release: LayerSet | None,
    data: Layers | None,
    *,
    globs: Iterable[str] = (),
) -> CheckedArns:
    """Reads files and compares their ARNs with those of a release.

    Args:
        folder: Where globs start from.
        settings: What is read, what is excused, and what must be complete.
        release: The release that the files ought to show.
        data: All that the data file says.
        globs: What to read instead of the settings' files.
    """
    globs = tuple(globs)
    check = _Check(folder, settings, release, data)
    found = find_files(folder, globs or settings.insert)
    unread: list[Diagnostic] = []
    for name, content in read_files(found.without(folder, settings.keep), unread):
        check.read(name, content)
    problems = [*unread, *check.problems, *not_found(found, typed=bool(globs))]
    if not globs:
        problems += _useless_keeps(folder, settings)
        problems += _incomplete(settings, check.shown, release) if release else ()
    notices = (*check.notices, *(tell_lags(data, release.version) if data and release else ()))
    if check.other and release:
        notices = (*notices, tell_left(check.other, release.version))
    return CheckedArns(tuple(problems), notices, check.arns, check.files)


def shows_all(text: str) -> bool:
    """Whether a page has the directive that shows every ARN of the release that is built."""
    return _DIRECTIVE.search(_FENCED.sub("", text)) is not None


class _Check:
    """What the files say, file by file."""

    def __init__(
        self, folder: Path, settings: LayerSettings, release: LayerSet | None, data: Layers | None
    ) -> None:
        self.problems: list[Diagnostic] = []
        self.notices: list[str] = []
        self.shown: dict[str, set[LayerArn] | None] = {}
        self._folder = folder
        self.arns = self.other = self.files = 0
        self._numbers = Numbers.of(release, data, settings.placeholder_region)
        self._version = release.version if release else ""
        self._complete = Globs(settings.complete)

    def read(self, name: str, content: bytes) -> None:
        self.files += 1
        text = content.decode("latin-1")
        found = list(judged(text, self._numbers))
        if not found:
            self.problems += utf_16_problem(name, content, self._numbers)
        elif b"\0" in content:
            self.notices.append(f"{name}: {NOT_TEXT}, and so not checked")
            return
        self.arns += sum(verdict.kind is Kind.OURS for _, verdict in found)
        self.other += sum(verdict.kind is Kind.OTHER for _, verdict in found)
        places = Places(content)
        for reference, message, count, hint in _faults(found, self._version):
            times = f" ({count} times)" if count > 1 else ""
            place = places.find(reference.start)
            self.problems.append(Diagnostic(as_written(message) + times, name, *place, hint))
        places = Places(content)  # from the beginning again
        for reference, message, count, hint in _strangers(found):
            line, _ = places.find(reference.start)
            times = f" ({count} times)" if count > 1 else ""
            self.notices.append(f"{name}:{line}: {message}{times}{f'; {hint}' if hint else ''}")
        path = PurePath(os.path.relpath(self._folder / name, self._folder)).as_posix()
        if self._complete.match(path):
            shown = {a for r, v in found if r.number and v.kind is Kind.OURS for a in v.arns}
            self.shown[path] = None if shows_all(text) else shown


def _faults(
    found: Iterable[tuple[Reference, Verdict]], version: str
) -> Iterator[tuple[Reference, str, int, str | None]]:
    """What is wrong in a file: where first, what, how often, and the mend."""
    return _counted((reference, _fault_of(reference, v, version)) for reference, v in found)


def _strangers(
    found: Iterable[tuple[Reference, Verdict]],
) -> Iterator[tuple[Reference, str, int, str | None]]:
    """The ARNs of an account of ours whose name the data doesn't have."""
    return _counted((r, (v.fault, v.hint)) for r, v in found if v.kind is Kind.FOREIGN and v.fault)


def _counted(
    found: Iterable[tuple[Reference, tuple[str, str | None] | None]],
) -> Iterator[tuple[Reference, str, int, str | None]]:
    """The same thing once: where it is first, what it is, how often, and the mend."""
    seen: dict[tuple[str, str | None], tuple[Reference, int]] = {}
    for reference, fault in found:
        if fault:
            first, count = seen.get(fault, (reference, 0))
            seen[fault] = first, count + 1
    for (message, hint), (first, count) in seen.items():
        yield first, message, count, hint


def _fault_of(
    reference: Reference, verdict: Verdict, version: str
) -> tuple[str, str | None] | None:
    if verdict.kind is Kind.FAULTY:
        return verdict.fault, verdict.hint
    if reference.number is None:
        if verdict.kind is Kind.FOREIGN or reference.begun:
            return None
        hint = "write the number behind it, or excuse the line: docs_tools: keep"
        return f"the version number of {reference.name} is missing", hint
    if verdict.kind is Kind.AMBIGUOUS:
        return verdict.fault, verdict.hint
    if int(reference.number) == 0:
        return f"{reference.name} has number 0", "the first layer version has number 1"
    if verdict.number in (None, int(reference.number)):
        return None
    version = verdict.release or version
    shown = f"{reference.name} has number {reference.number} here and"
    if int(reference.number) < (verdict.number or 0):
        return f"{shown} {verdict.number} in release {version}", "run: docs_tools layers insert"
    message = f"{shown} {verdict.number} in release {version}, which is smaller"
    return message, "the data lags: run docs_tools layers fetch, or write the number of the data"


def _useless_keeps(folder: Path, settings: LayerSettings) -> Iterator[Diagnostic]:
    """A misspelled glob excuses nothing: the file that it means would be rewritten."""
    for glob in find_files(folder, settings.keep).unmatched:
        yield Diagnostic(f"plugins: docs_tools/layers: keep: no file matches {glob}")


def _incomplete(
    settings: LayerSettings, shown: dict[str, set[LayerArn] | None], release: LayerSet
) -> Iterator[Diagnostic]:
    """The files of each glob show every ARN of the release together."""
    for glob in settings.complete:
        names = [name for name in shown if Globs([glob]).match(name)]
        if not names:
            message = f"plugins: docs_tools/layers: complete: no file that is read matches {glob}"
            yield Diagnostic(message, hint="name a file that `insert` covers and `keep` doesn't")
            continue
        if any(shown[name] is None for name in names):
            continue  # the directive shows every one
        there = {arn for name in names for arn in shown[name] or ()}
        if missing := [version for version in release.layers if version.arn not in there]:
            count = f"{len(missing)} of {len(release.layers)}"
            message = f"{count} ARNs of release {release.version} are not shown"
            if len(names) > 1:
                message += f" in {glob}"
            where = names[0] if len(names) == 1 else None
            yield Diagnostic(message, where, hint=_list_missing(missing))


def _list_missing(missing: list[LayerVersion]) -> str:
    """A line for each layer: the regions where it isn't shown."""
    named = sorted(missing, key=lambda version: (version.arn.name, version.arn.region))
    lines = []
    for name, group in groupby(named, key=lambda version: version.arn.name):
        regions = [version.arn.region for version in group]
        more = f" and {len(regions) - _SHOWN} more" if len(regions) > _SHOWN else ""
        lines.append(f"{name} in {', '.join(regions[:_SHOWN])}{more}")
    if len(lines) > 10:
        lines = [*lines[:10], f"and {len(lines) - 10} layers more"]
    return "\n".join(lines)
