"""What MkDocs and its plugins log -> problems with a place and a mend.

The forms are those of MkDocs 1.6.1 (structure/pages.py, structure/nav.py, structure/files.py,
config/base.py, commands/build.py), mkdocs-autorefs, mkdocstrings and griffe. A message of another
form is shown as it is.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from docs_tools.build.places import Place, find_entry, find_links, find_module, find_reference
from docs_tools.errors import Diagnostic

if TYPE_CHECKING:
    from docs_tools.build.project import Project

__all__ = ["diagnose"]

_Match: TypeAlias = "re.Match[str]"
_Found: TypeAlias = Iterator[Diagnostic]
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_BREAKS = re.compile(r"Error (?:reading|building) page '.*':")
_COLLECT = "Could not collect '"
_RULES: list[tuple[re.Pattern[str], Callable[["_Files", _Match], _Found]]] = []


def diagnose(messages: Iterable[str], project: "Project") -> list[Diagnostic]:
    """The problems that messages tell of, each once; a message may stand for several places.

    Args:
        messages: What was logged, in order.
        project: The project that was built; its files are searched for the places.
    """
    files = _Files(project)
    plain = [_STYLE.sub("", message).strip() for message in messages]
    found = [problem for message in _joined(plain) for problem in _read(message, files)]
    return list(dict.fromkeys(found))


def _read(message: str, files: "_Files") -> _Found:
    for pattern, rule in _RULES:
        if match := pattern.fullmatch(message):
            yield from rule(files, match)
            return
    yield Diagnostic(message)


def _joined(messages: Iterable[str]) -> Iterator[str]:
    """The messages with those put together that tell of one failure."""
    rest = deque(messages)
    while rest:
        message = rest.popleft()
        if len(rest) > 1 and _BREAKS.fullmatch(rest[0]) and rest[1].startswith(_COLLECT):
            yield f"{rest.popleft()} {rest.popleft()}: {message.removeprefix('mkdocstrings: ')}"
        elif rest and _BREAKS.fullmatch(message):
            yield f"{message} {rest.popleft()}"
        else:
            yield message


class _Files:
    """The project's files, by the names that MkDocs has for them."""

    def __init__(self, project: "Project") -> None:
        self._project = project
        self.name_of = project.name_of

    def in_page(
        self,
        uri: str,
        message: str,
        hint: str | None = None,
        find: Callable[[str], list[Place]] | None = None,
    ) -> _Found:
        """A problem of a page, at each place where the page has what it speaks of."""
        path = self._project.docs_dir / uri
        text = self._text(path) if find else None
        name = self.name_of(path) if path.exists() else uri  # a plugin may have made the page
        places = find(text) if find and text else []
        for place in places:
            yield Diagnostic(message, name, *place, hint)
        if not places:
            yield Diagnostic(message, name, hint=hint)

    def in_config(
        self, key: str, value: str | None, message: str, hint: str | None = None
    ) -> _Found:
        """A problem of the configuration, in the file that has what it speaks of."""
        for file in (self._project.config_file, *self._project.parents):
            text = self._text(file) or ""
            if places := find_entry(text, key, value) or find_entry(text, key):
                for place in places:
                    yield Diagnostic(message, self.name_of(file), *place, hint)
                return
        yield Diagnostic(message, self.name_of(self._project.config_file), hint=hint)

    def has(self, path: str) -> bool:
        """Whether there is such a file."""
        return (self._project.folder / path).is_file()

    def _text(self, path: Path) -> str | None:
        try:
            return path.read_text("utf-8-sig", "replace")
        except OSError:
            return None


def _rule(pattern: str) -> Callable[[Callable[["_Files", _Match], _Found]], None]:
    """Registers what reads the messages of a form."""

    def register(rule: Callable[["_Files", _Match], _Found]) -> None:
        _RULES.append((re.compile(pattern, re.DOTALL), rule))

    return register


_NEAR = r"(?: Did you mean '(?P<near>.*)'\?)?"
_OTHER_ANCHOR = "name the id of a heading, or give the heading that is meant this one"
_LINK = r"Doc file '(?P<page>.+?)' contains "


def _near(match: _Match, otherwise: str) -> str:
    return f'did you mean "{match["near"]}"?' if match["near"] else otherwise


def _at_links(files: _Files, match: _Match, message: str, hint: str) -> _Found:
    url = match["url"]
    return files.in_page(match["page"], message, hint, lambda text: find_links(text, url))


@_rule(
    rf"{_LINK}a link '(?P<url>.*)', but the target(?: '(?P<target>.*)')? is not found among "
    rf"documentation files\.{_NEAR}"
)
def _no_target(files: _Files, match: _Match) -> _Found:
    target = match["target"] or match["url"].lstrip("/")
    message = f'the link "{match["url"]}" leads nowhere: the docs have no "{target}"'
    hint = _near(match, "write the path from the page's folder to a file of the docs")
    return _at_links(files, match, message, hint)


@_rule(
    rf"{_LINK}a link '(?P<url>.*)', but the doc '(?P<target>.*)' does not contain an anchor "
    r"'#(?P<anchor>.*)'\."
)
def _no_anchor(files: _Files, match: _Match) -> _Found:
    message = f'the link "{match["url"]}" leads nowhere: {match["target"]} has no such anchor'
    return _at_links(files, match, message, _OTHER_ANCHOR)


@_rule(
    rf"{_LINK}a link '(?P<url>.*)', but there is no such anchor on this page\."
    r"(?P<footnote> This seems to be a footnote that is never referenced\.)?"
)
def _no_own_anchor(files: _Files, match: _Match) -> _Found:
    message = f'the link "{match["url"]}" leads nowhere: this page has no such anchor'
    footnote = "this seems to be a footnote that nothing refers to"
    return _at_links(files, match, message, footnote if match["footnote"] else _OTHER_ANCHOR)


@_rule(rf"{_LINK}an absolute link '(?P<url>.*)', it was left as is\.{_NEAR}")
def _absolute(files: _Files, match: _Match) -> _Found:
    message = f'the link "{match["url"]}" is absolute: it leads out of a site that is in a folder'
    return _at_links(files, match, message, _near(match, "write it from the page's folder"))


@_rule(rf"{_LINK}an unrecognized relative link '(?P<url>.*)', it was left as is\.{_NEAR}")
def _unrecognized(files: _Files, match: _Match) -> _Found:
    message = f'the link "{match["url"]}" names no file, so nobody can tell where it leads'
    hint = _near(match, "write the path of the file that is meant, with its ending")
    return _at_links(files, match, message, hint)


@_rule(r"Excluding '(?P<page>.*)' from the site because it conflicts with '(?P<other>.*)'\.")
def _excluded(files: _Files, match: _Match) -> _Found:
    message = f"not in the site: {match['other']} has its address"
    return files.in_page(
        match["page"], message, "rename one of the two, or list this one in exclude_docs"
    )


@_rule(r"The following pages exist in the docs directory, but are not included in the "
       r'"nav" configuration:\n(?P<pages>.*)')  # fmt: skip
def _omitted(files: _Files, match: _Match) -> _Found:
    for page in match["pages"].split("\n"):
        uri = page.strip().removeprefix("- ").replace("\\", "/")
        yield from files.in_page(uri, "not in the navigation", "list it in nav, or in not_in_nav")


@_rule(r"A reference to '(?P<url>.*)' is included in the 'nav' configuration, "
       r"which is not found in the documentation files\.")  # fmt: skip
def _no_entry(files: _Files, match: _Match) -> _Found:
    url = match["url"]
    hint = "write the page, or take the entry out"
    return files.in_config("nav", url, f'nav: the docs have no "{url}"', hint)


@_rule(r"An absolute path to '(?P<url>.*)' is included in the 'nav' configuration, "
       r"which presumably points to an external resource\.")  # fmt: skip
def _absolute_entry(files: _Files, match: _Match) -> _Found:
    url = match["url"]
    hint = "write it from the docs folder, or with https:// where it leads out of the site"
    return files.in_config("nav", url, f'nav: "{url}" is absolute', hint)


@_rule(r"Config value '(?P<key>[^']*)': (?P<text>.*)")
def _config(files: _Files, match: _Match) -> _Found:
    option = re.search(r"option '([^']+)'", match["text"])
    value = option[1] if option else None
    return files.in_config(match["key"], value, f"{match['key']}: {match['text']}")


@_rule(r"(?:Encoding error reading file|File not found): .*")
def _unreadable(_files: _Files, _match: _Match) -> _Found:
    yield from ()  # the exception follows, with the page


@_rule(r"Error reading page '(?P<page>.*?)': Could not collect '(?P<name>.*?)'(?:: (?P<why>.*))?")
def _no_module(files: _Files, match: _Match) -> _Found:
    message = match["why"] or f"{match['name']} could not be collected"
    name = match["name"]
    return files.in_page(match["page"], message, find=lambda text: find_module(text, name))


@_rule(r"Error (?:reading|building) page '(?P<page>.*?)':(?P<text>.*)")
def _broken_page(files: _Files, match: _Match) -> _Found:
    return files.in_page(match["page"], match["text"].strip() or "could not be built")


@_rule(
    r"mkdocs_autorefs: (?P<page>.+?): (?:from (?P<file>.+):(?P<line>\d+): \(.*?\) )?"
    r"Could not find cross-reference target '(?P<target>.*)'"
)
def _no_reference(files: _Files, match: _Match) -> _Found:
    target = match["target"]
    message = f'the reference [{target}] leads nowhere: nothing has the id "{target}"'
    hint = "write the whole name of what the API reference has"
    if match["file"]:
        file = files.name_of(Path(match["file"]))
        return iter([Diagnostic(message, file, int(match["line"]), hint=hint)])
    return files.in_page(match["page"], message, hint, lambda text: find_reference(text, target))


@_rule(r"[\w.-]+: (?P<file>[^\n]+?):(?P<line>\d+): (?P<text>.*)")
def _in_source(files: _Files, match: _Match) -> _Found:
    if files.has(match["file"]):
        yield Diagnostic(match["text"], files.name_of(Path(match["file"])), int(match["line"]))
    else:
        yield Diagnostic(match[0])
