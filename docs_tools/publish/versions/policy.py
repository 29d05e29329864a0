"""Which of the published versions a clean-up keeps.

Some are always kept, whatever the rules say: what an alias or the root leads to, the newest
release, pre-releases that are newer than it, and names that are no number, such as `dev`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from packaging.version import Version

from docs_tools.errors import Diagnostic, DocsToolsError, MalformedNameError
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.model.version import check_name, release_key
from docs_tools.publish.versions.entry import VersionEntry
from docs_tools.publish.versions.status import is_release, newest, parse_number

__all__ = ["Decision", "Keep", "Rule", "decide", "parse_rules"]


class Keep(StrEnum):
    """What a rule keeps."""

    MAJORS = "majors"
    MINORS = "minors"
    RELEASES = "releases"
    PRERELEASES = "prereleases"
    NAMES = "names"


_KINDS = [kind for kind in Keep if kind is not Keep.NAMES]
_FORMS = f"write {', '.join(f'{kind}[:N]' for kind in _KINDS)}, or a name such as 1.2.* or dev"


@dataclass(frozen=True)
class Rule:
    """A rule of what to keep.

    Attributes:
        text: As it was given; of names it is the pattern that they match.
        keep: What it keeps.
        count: How many of the last ones, or `None`: all.
    """

    text: str
    keep: Keep
    count: int | None = None


_Keeper = Callable[[Sequence[VersionEntry], Rule], list[VersionEntry]]


@dataclass(frozen=True)
class Decision:
    """Whether a version is kept, and why.

    Attributes:
        version: The version.
        kept: Whether it is kept.
        reason: Why, in a few words.
    """

    version: str
    kept: bool
    reason: str


def parse_rules(texts: Iterable[str]) -> tuple[Rule, ...]:
    """The rules that texts such as `minors:3` stand for.

    Raises:
        MalformedNameError: Some are malformed, with each of them, or there is none.
    """
    rules: list[Rule] = []
    problems: list[Diagnostic] = []
    for text in texts:
        rule = _parse(text)
        if isinstance(rule, Rule):
            rules.append(rule)
        else:
            problems.append(rule)
    if problems:
        raise MalformedNameError("not every rule can be read", diagnostics=problems)
    if not rules:
        raise MalformedNameError("no rule says what to keep", hint=_FORMS)
    return tuple(rules)


def _parse(text: str) -> Rule | Diagnostic:
    word, colon, number = text.partition(":")
    if word in _KINDS:
        if not colon:
            return Rule(text, Keep(word))
        if re.fullmatch("0*[1-9][0-9]{0,8}", number):
            return Rule(text, Keep(word), int(number))
        hint = f"write such as {word}:3, or {word} for all"
        return Diagnostic(f'"{text}": "{number}" is no number from 1 up', hint=hint)
    if colon:
        near = find_nearest(word, _KINDS)
        hint = f'did you mean "{near}:{number}"?' if near else _FORMS
        return Diagnostic(f'"{text}": there is no rule "{word}"', hint=hint)
    if fault := check_name(text, "name"):
        return Diagnostic(fault, hint=_FORMS)
    return Rule(text, Keep.NAMES)


def decide(
    versions: Iterable[VersionEntry], rules: Sequence[Rule], *, default: str | None
) -> list[Decision]:
    """What is kept, in the order of the list.

    Args:
        versions: The published versions.
        rules: What to keep; a version is kept if one of them keeps it.
        default: The version or alias that the root leads to, if it does.

    Raises:
        DocsToolsError: A name matches nothing: what it was meant to keep would be deleted.
    """
    entries = list(versions)
    _check_matches(entries, rules)
    latest = newest(entries)
    kept_by: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        for entry in _KEEPERS[rule.keep](entries, rule):
            kept_by[entry.version].append(rule.text)

    def decision(entry: VersionEntry) -> Decision:
        if reason := _always(entry, latest, default):
            return Decision(entry.version, True, reason)
        if texts := kept_by.get(entry.version):
            return Decision(entry.version, True, f"kept by {', '.join(dict.fromkeys(texts))}")
        return Decision(entry.version, False, "no rule keeps it")

    return [decision(entry) for entry in entries]


def _always(entry: VersionEntry, latest: VersionEntry | None, default: str | None) -> str | None:
    """Why a version is kept whatever the rules say, or `None`."""
    if entry.aliases:
        names = list_some(entry.aliases)
        return f"has the alias{'es' * (len(entry.aliases) > 1)} {names}"
    if entry.version == default:
        return "what the root leads to"
    if latest and entry.version == latest.version:
        return "the newest release"
    number = parse_number(entry.version)
    if number is None:
        return "its name is no number"
    key = release_key(latest.version) if latest else None
    if not is_release(entry) and (key is None or number > key):
        return "a pre-release of what is not released yet"
    return None


def _check_matches(entries: Sequence[VersionEntry], rules: Sequence[Rule]) -> None:
    names = [name for entry in entries for name in (entry.version, *entry.aliases)]
    problems = []
    for rule in rules:
        if rule.keep is Keep.NAMES and not any(_matches(rule, entry) for entry in entries):
            near = find_nearest(rule.text, [*names, *_KINDS])
            hint = f'did you mean "{near}"?' if near else f"published: {list_some(names)}"
            problems.append(Diagnostic(f'"{rule.text}" matches no version', hint=hint))
    if problems:
        raise DocsToolsError(
            "some of what is to be kept is not there",
            hint="nothing is deleted until each name matches",
            diagnostics=problems,
        )


def _matches(rule: Rule, entry: VersionEntry) -> bool:
    names = (entry.version, *entry.aliases)
    return rule.text in names or any(fnmatchcase(name, rule.text) for name in names)


def _matching(entries: Sequence[VersionEntry], rule: Rule) -> list[VersionEntry]:
    return [entry for entry in entries if _matches(rule, entry)]


def _newest_of_each(parts: int) -> _Keeper:
    """The newest release of each of the last groups that share the first parts of their number.

    One that is hidden stands for its group only where all are: readers would be left with none.
    """

    def find(entries: Sequence[VersionEntry], rule: Rule) -> list[VersionEntry]:
        found: dict[tuple[int, ...], VersionEntry] = {}
        for number, entry in _sorted(entries, releases=True):
            group = (number.epoch, *(*number.release, 0)[:parts])
            if group not in found or (found[group].hidden and not entry.hidden):
                found[group] = entry
        return list(found.values())[: rule.count]

    return find


def _last(*, releases: bool) -> _Keeper:
    def find(entries: Sequence[VersionEntry], rule: Rule) -> list[VersionEntry]:
        return [entry for _, entry in _sorted(entries, releases=releases)][: rule.count]

    return find


def _sorted(
    entries: Sequence[VersionEntry], *, releases: bool
) -> list[tuple[Version, VersionEntry]]:
    """The releases, or the pre-releases, the newest first."""
    found = [
        (number, entry)
        for entry in entries
        if (number := parse_number(entry.version)) and is_release(entry) is releases
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].version), reverse=True)


_KEEPERS: dict[Keep, _Keeper] = {
    Keep.MAJORS: _newest_of_each(1),
    Keep.MINORS: _newest_of_each(2),
    Keep.RELEASES: _last(releases=True),
    Keep.PRERELEASES: _last(releases=False),
    Keep.NAMES: _matching,
}
