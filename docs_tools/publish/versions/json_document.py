"""JSON text -> plain data with the line and column of every value, and back.

Python's `json` keeps the last of two equal keys without a word, rounds numbers and knows no
lines; so it only says whether the text is JSON (https://www.rfc-editor.org/rfc/rfc8259), and the
values are walked here.
"""

import json
import re
from bisect import bisect_right
from typing import Any

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.model.document import Document, KeyPath, Place, format_path

__all__ = ["dump_json", "parse_json"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]|[^\s\[\]{},:"]++')
_MAX_DEPTH = 100  # what walks it recurses
_MAX_DIGITS = 300  # Python refuses to read or write an integer of thousands


class _Number(float):
    """A number that Python would write in another way than it was read, such as `1e400`."""

    text: str

    def __new__(cls, text: str) -> "_Number":
        number = super().__new__(cls, text)
        number.text = text
        return number


def parse_json(text: str, file: str) -> Document:
    """Parses JSON.

    Args:
        text: The JSON text.
        file: The file's name for messages.

    Returns:
        The data with the place of each value; equal keys, and numbers that aren't JSON's, are
        problems of it.

    Raises:
        DocsToolsError: The text is no JSON, or nested too deeply.
    """
    walker = _Walker(text, file)
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        pass  # the walk comes across the place
    except json.JSONDecodeError as error:
        what = f"not JSON: {error.msg}" if text.strip() else "not JSON: the file is empty"
        walker.problems.append(Diagnostic(what, file, error.lineno, error.colno))
        raise DocsToolsError(f"{file} can't be read", diagnostics=walker.problems) from error
    data = walker.next_value(())
    return Document(file, data, walker.places, walker.problems)


def dump_json(value: Any, indent: str = "") -> str:
    """The text of what was parsed, as `json.dumps(value, indent=2)` writes it.

    Args:
        value: Plain data.
        indent: What stands before each line but the first.
    """
    inner = indent + "  "
    if isinstance(value, dict) and value:
        lines = [f"{json.dumps(key)}: {dump_json(value[key], inner)}" for key in value]
        return _wrap("{}", lines, indent)
    if isinstance(value, list) and value:
        return _wrap("[]", [dump_json(item, inner) for item in value], indent)
    return value.text if isinstance(value, _Number) else json.dumps(value)


def _wrap(brackets: str, lines: list[str], indent: str) -> str:
    between = f",\n{indent}  "
    return f"{brackets[0]}\n{indent}  {between.join(lines)}\n{indent}{brackets[1]}"


class _Walker:
    """Turns the tokens of JSON into data and collects what is wrong on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[Diagnostic] = []
        self._text = text
        self._file = file
        self._end = 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def next_value(self, path: KeyPath, key: Place | None = None) -> Any:
        """The value that comes next; one of an object stands where its key does."""
        token = self._take()
        place = self._at(token)
        self.places.setdefault(path, key or place)
        if len(path) > _MAX_DEPTH:
            problem = Diagnostic("nested too deeply", self._file, place.line, place.column)
            raise DocsToolsError(f"{self._file} can't be read", diagnostics=[problem])
        if token[0] == "{":
            return self._object(path)
        if token[0] == "[":
            return self._list(path)
        return self._scalar(token[0], place)

    def _list(self, path: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not self._ends("]"):
            items.append(self.next_value((*path, len(items))))
        return items

    def _object(self, path: KeyPath) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not self._ends("}"):
            token = self._take()
            key, place = json.loads(token[0]), self._at(token)
            at = (*path, key)
            value = self.next_value(at, place)
            if key in pairs:
                first = self.places[at].line
                message = f"{format_path(at)}: this key stands twice (first on line {first})"
                self._problem(message, place, "keep one of the two")
            else:
                pairs[key] = value
        return pairs

    def _ends(self, bracket: str) -> bool:
        """Whether a list or an object ends here; then its bracket is taken."""
        before = self._end
        if self._take()[0] == bracket:
            return True
        self._end = before
        return False

    def _take(self) -> re.Match[str]:
        token = _TOKEN.search(self._text, self._end)
        assert token  # noqa: S101 - brackets match: it is JSON, or too deep before it isn't
        self._end = token.end()
        return token

    def _scalar(self, text: str, place: Place) -> Any:
        if text in ("NaN", "Infinity", "-Infinity"):  # Python's, and nobody else reads them
            self._problem(f"not JSON: {text}", place, "write a number, or null")
            return None
        if text[0] not in "-0123456789":
            return json.loads(text)
        if len(text) > _MAX_DIGITS or json.dumps(json.loads(text)) != text:
            return _Number(text)
        return json.loads(text)

    def _problem(self, message: str, place: Place, hint: str) -> None:
        self.problems.append(Diagnostic(message, self._file, place.line, place.column, hint))

    def _at(self, token: re.Match[str]) -> Place:
        line = bisect_right(self._lines, token.start())
        return Place(line, token.start() - self._lines[line - 1] + 1)
