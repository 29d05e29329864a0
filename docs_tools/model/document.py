"""YAML text -> plain data, with the line and column of every value.

PyYAML's own constructors keep the last of two equal keys without a word and turn `1.10` into
`1.1`; so the composed nodes are walked here, and both are caught where they stand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from docs_tools.errors import Diagnostic, DocsToolsError

__all__ = ["Document", "KeyPath", "Place", "format_path", "parse_document"]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 100  # libyaml's composer recurses, and would end the process far below
_MAX_NODES = 100_000  # an alias can name a node that names others: a small file, a huge document

KeyPath = tuple[str | int, ...]
"""The way to a value: `("labels", 3, "color")`."""


@dataclass(frozen=True)
class Place:
    """Where a value stands: line and column counted from 1, and its text if it is a scalar."""

    line: int
    column: int
    text: str | None = None


@dataclass(frozen=True)
class Document:
    """Plain data and where each value came from.

    Attributes:
        file: The file as the user would name it.
        data: Mappings, lists and scalars.
        places: The place of each value by its path; a mapping's value stands where its key does.
        problems: Equal keys, and keys that are no words: the data holds the rest.
    """

    file: str
    data: Any
    places: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def diagnose(self, path: KeyPath, message: str, hint: str | None = None) -> Diagnostic:
        """A diagnostic at a value, or at the nearest thing round it that the file has."""
        at = path
        while at and at not in self.places:
            at = at[:-1]
        place = self.places.get(at, Place(1, 1))
        where = format_path(path)
        return Diagnostic(
            f"{where}: {message}" if where else message, self.file, place.line, place.column, hint
        )

    def text_at(self, path: KeyPath) -> str | None:
        """The scalar at a path as it is written in the file."""
        place = self.places.get(path)
        return place.text if place else None


def format_path(path: KeyPath) -> str:
    """`labels[3].color` for `("labels", 3, "color")`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def parse_document(text: str, file: str, *, line: int = 1, column: int = 1) -> Document:
    """Parses one YAML document.

    Args:
        text: The YAML text.
        file: The file's name for messages.
        line: The line of the file where the text begins, counted from 1.
        column: The column of that line.

    Returns:
        The data with the place of each value; the data is `None` where the text is empty.

    Raises:
        DocsToolsError: The text is no YAML, or is endless or nested too deeply.
    """
    walker = _Walker(file, line, column)
    try:
        _check_depth(text)
        node = yaml.compose(text, Loader=_Loader)
        data = None if node is None else walker.value(node, ())
    except yaml.MarkedYAMLError as error:
        walker.report_syntax(error, text)
    except yaml.YAMLError as error:
        walker.problems.append(Diagnostic(f"not YAML: {error}".splitlines()[0], file))
    except RecursionError:  # aliases can nest deeper than the text does
        walker.problems.append(Diagnostic("nested too deeply", file))
    else:
        return Document(file, data, walker.places, walker.problems)
    raise DocsToolsError(f"{file} can't be read", diagnostics=walker.problems)


def _check_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=mark)


class _Walker:
    """Turns composed nodes into data and collects what is wrong on the way."""

    def __init__(self, file: str, line: int, column: int) -> None:
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[Diagnostic] = []
        self._file = file
        self._line = line
        self._column = column
        self._open: set[int] = set()
        self._count = 0
        self._scalars = yaml.SafeLoader("")

    def value(self, node: yaml.Node, path: KeyPath, key: yaml.Node | None = None) -> Any:
        self._count += 1
        if id(node) in self._open or self._count > _MAX_NODES:
            raise yaml.constructor.ConstructorError(
                None, None, "an alias makes this document endless", node.start_mark
            )
        line, column = self._at((key or node).start_mark)
        text = node.value if isinstance(node, yaml.ScalarNode) else None
        self.places[path] = Place(line, column, text)
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return dict(self._pairs(node, path))
            if isinstance(node, yaml.SequenceNode):
                return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
            return self._scalar(node)
        finally:
            self._open.discard(id(node))

    def _pairs(self, node: yaml.MappingNode, path: KeyPath) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            line, column = self._at(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem("a key must be a plain word", line, column)
                continue
            key = key_node.value
            if key in seen:
                where = format_path((*path, key))
                self._problem(
                    f"{where}: this key stands twice (first on line {seen[key]})",
                    line,
                    column,
                    "keep one of the two",
                )
                continue
            seen[key] = line
            yield key, self.value(value_node, (*path, key), key_node)

    def _scalar(self, node: yaml.Node) -> Any:
        if node.tag in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value"):
            return node.value  # a date is text here: nothing in the model is a date
        try:
            return self._scalars.construct_object(node)
        except (ValueError, LookupError, OverflowError) as error:  # such as `!!bool maybe`
            raise yaml.constructor.ConstructorError(
                None, None, f"not a value: {error}", node.start_mark
            ) from error

    def report_syntax(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark = error.problem_mark or error.context_mark
        line, column = self._at(mark) if mark else (self._line, self._column)
        message = error.problem or error.context or "not YAML"
        lines = text.splitlines()
        row = lines[mark.line] if mark and mark.line < len(lines) else ""
        if "\t" in row[: len(row) - len(row.lstrip())] or "'\\t'" in message:
            self._problem("a tab in the indentation", line, column, "indent with spaces")
        else:
            began = error.context_mark if error.context else None
            hint = f"{error.context} that begins on line {self._at(began)[0]}" if began else None
            self._problem(message, line, column, hint)

    def _problem(self, message: str, line: int, column: int, hint: str | None = None) -> None:
        self.problems.append(Diagnostic(message, self._file, line, column, hint))

    def _at(self, mark: Any) -> tuple[int, int]:
        first = mark.line == 0
        return mark.line + self._line, mark.column + (self._column if first else 1)
