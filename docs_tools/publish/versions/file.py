"""The text of `versions.json` <-> its entries, and every fault that a hand can put into it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.model.document import Document, KeyPath
from docs_tools.model.version import check_name
from docs_tools.publish.versions.json_document import dump_json, parse_json

__all__ = ["dump_entries", "load_entries"]

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can write it, a path can't hold it


def load_entries(text: str | bytes, file: str) -> list[dict[str, Any]]:
    """Reads the entries, with the keys that nobody knows.

    Args:
        text: The file's text, or its bytes.
        file: What to call it in messages.

    Raises:
        DocsToolsError: It is broken, with every fault; nothing may be written over it.
    """
    if isinstance(text, bytes):
        _fail_for(_check_encoding(text, file))
        text = text.decode("utf-8")
    problems = []
    if text.startswith(_BOM):
        message = "begins with a byte order mark, which JSON does not allow"
        problems.append(Diagnostic(message, file, 1, 1, "save it as UTF-8 without BOM"))
    try:
        document = parse_json(text.removeprefix(_BOM), file)
    except DocsToolsError as error:
        _fail_for([*problems, *error.diagnostics])
        raise
    _fail_for([*problems, *document.problems, *_check_list(document)])
    return list(document.data)


def dump_entries(entries: Iterable[Mapping[str, Any]]) -> str:
    """The text of the file, as mike writes it."""
    return dump_json(list(entries)) + "\n"


def _fail_for(problems: Iterable[Diagnostic]) -> None:
    if diagnostics := sorted(
        problems, key=lambda problem: (problem.line or 0, problem.column or 0)
    ):
        raise DocsToolsError(
            "the list of versions is broken",
            hint="mend it by hand on the docs branch; it was left as it is",
            diagnostics=diagnostics,
        )


def _check_encoding(data: bytes, file: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode("utf-8")) + 1
            message = f"not UTF-8: byte 0x{line[error.start]:02x}"
            yield Diagnostic(message, file, number, column, "save it as UTF-8")


def _check_list(document: Document) -> Iterator[Diagnostic]:
    if not isinstance(document.data, list):
        hint = "an empty list is []"
        yield document.diagnose((), "must be a list of versions", hint)
        return
    for i, entry in enumerate(document.data):
        yield from _check_entry(document, i, entry)
    yield from _check_names(document)


def _check_entry(document: Document, i: int, entry: Any) -> Iterator[Diagnostic]:
    if not isinstance(entry, dict) or "version" not in entry:
        hint = 'write such as {"version": "1.0.0", "title": "1.0.0", "aliases": []}'
        yield document.diagnose((i,), "must be an object with a `version`", hint)
        return
    for key in ("version", "title"):
        if not isinstance(entry.get(key, ""), str):
            yield document.diagnose((i, key), "must be text", "write it in quotes")
    aliases = entry.get("aliases", [])
    if not isinstance(aliases, list):
        hint = 'write such as ["latest"], or []'
        yield document.diagnose((i, "aliases"), "must be a list of names", hint)
        return
    for j, alias in enumerate(aliases):
        if not isinstance(alias, str):
            yield document.diagnose((i, "aliases", j), "must be a name", "write it in quotes")


def _check_names(document: Document) -> Iterator[Diagnostic]:
    seen: dict[str, KeyPath] = {}
    for path, kind, name in _names(document.data):
        fault = check_name(name, kind)
        if not fault and _SURROGATE.search(name):
            fault = f"not a name: {name!r} holds half a character"
        if fault:
            yield document.diagnose(path, fault, "rename it here and on the branch")
        if name in seen:
            line = document.places[seen[name]].line
            message = f'"{name}" is there twice (first on line {line})'
            yield document.diagnose(path, message, "a name stands for one version")
        seen.setdefault(name, path)


def _names(entries: list[Any]) -> Iterator[tuple[KeyPath, str, str]]:
    """Every name and its place; versions first, so that an alias equal to one is at fault."""
    objects = [(i, entry) for i, entry in enumerate(entries) if isinstance(entry, dict)]
    for i, entry in objects:
        if isinstance(version := entry.get("version"), str):
            yield (i, "version"), "version", version
    for i, entry in objects:
        aliases = entry.get("aliases")
        for j, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            if isinstance(alias, str):
                yield (i, "aliases", j), "alias", alias
