"""Python classes as a Mermaid class diagram, and as a table.

Code is full of what Mermaid takes for syntax, and its labels are Markdown besides: what could be
either becomes an entity code (https://mermaid.js.org/syntax/classDiagram.html).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from docs_tools.model.classes import PythonClass
from docs_tools.model.members import Member
from docs_tools.render.mermaid import accessible, node_label
from docs_tools.render.text import literal, table

__all__ = ["render_class_diagram", "render_class_table"]

_LONG = 60  # characters of a line in a box; the table has all of it
_LARGEST = 50_000  # https://mermaid.js.org/config/schema-docs/config.html#maxtextsize
_MOST = _LARGEST // len('    class A["A"]\n    A <|-- A\n')  # more don't fit, whatever they are
_TOO_LARGE = "too large for a diagram; choose members, or a class with fewer below it"

_SPECIAL = re.compile(
    # Mermaid's syntax, and Markdown's where it isn't at the beginning of a line
    r"[\"#;<>&`%\\*~{}()$°¶]|(?<![^\W_])_|_(?![^\W_])"
    # an icon
    r"|:(?=fa-)"
    # Mermaid takes the last semicolon from a line that seems to set a style
    r"|s(?=tyle)|c(?=lassDef)"
)
_PLAIN_ID = re.compile(r"[A-Z][A-Za-z0-9]*")  # no keyword begins with a capital letter
_PLAIN_CODE = re.compile(r"[^`\\|<>&{}]+")


def render_class_diagram(classes: Sequence[PythonClass]) -> str:
    """The classes with an arrow from each to its bases.

    Args:
        classes: The classes, the one that the figure is about first.

    Raises:
        ValueError: Mermaid would refuse the diagram for its size.
    """
    if len(classes) > _MOST:
        raise ValueError(f"{len(classes)} classes are {_TOO_LARGE}")
    ids, labels = _ids(classes), _labels(classes)
    order = {path: number for number, path in enumerate(ids)}
    lines = [
        "classDiagram",
        f"    accTitle: {accessible(_title(classes, labels))}",
        f"    accDescr: {accessible(_description(classes, labels))}",
        f"    direction {_direction(classes)}",
    ]
    for cls in classes:
        head = f'    class {ids[cls.path]}["{node_label(labels[cls.path])}"]'
        body = [f"<<{cls.kind}>>"] if cls.kind != "class" else []
        body += [_line(member) for member in cls.members]
        lines += [f"{head} {{", *(f"        {line}" for line in body), "    }"] if body else [head]
    lines += [
        f"    {ids[base]} <|-- {ids[cls.path]}"
        for cls in classes
        for base in sorted(cls.bases, key=order.__getitem__)
    ]
    text = "\n".join(lines)
    if len(text) > _LARGEST:
        raise ValueError(_TOO_LARGE)
    return text


def render_class_table(classes: Sequence[PythonClass]) -> str:
    """A row for each class: its path, its bases in the figure and its members in full."""
    labels = _labels(classes)
    rows = [
        [
            _code(cls.path) + (f" ({cls.kind})" if cls.kind != "class" else ""),
            ", ".join(_code(labels[base]) for base in cls.bases),
            "<br>".join(_code(_signature(member)) for member in cls.members),
        ]
        for cls in classes
    ]
    return table(["Class", "Inherits from", "Members"], rows)


def _title(classes: Sequence[PythonClass], labels: Mapping[str, str]) -> str:
    name = labels[classes[0].path]
    return f"{name} and what inherits from it" if len(classes) > 1 else f"The class {name}"


def _description(classes: Sequence[PythonClass], labels: Mapping[str, str]) -> str:
    parts = [f"{len(classes)} class{'es' * (len(classes) != 1)}."]
    below: dict[str, list[str]] = {cls.path: [] for cls in classes}
    for cls in classes:
        for base in cls.bases:
            below[base].append(labels[cls.path])
    for base, names in below.items():
        if names:
            verb = "inherits" if len(names) == 1 else "inherit"
            parts.append(f"{', '.join(names)} {verb} from {labels[base]}.")
    return " ".join(parts)


def _direction(classes: Sequence[PythonClass]) -> str:
    """To the right where side by side the classes would be wider than their generations."""
    levels: dict[str, int] = {}
    for cls in classes:
        levels[cls.path] = max((levels.get(base, 0) + 1 for base in cls.bases), default=0)
    counts = [list(levels.values()).count(level) for level in set(levels.values())]
    return "LR" if max(counts) > len(counts) else "TB"


def _ids(classes: Sequence[PythonClass]) -> dict[str, str]:
    """An id for each class by its path: its name where that is one, and only once."""
    names = Counter(cls.name for cls in classes)
    return {
        cls.path: cls.name
        if _PLAIN_ID.fullmatch(cls.name) and names[cls.name] == 1
        else f"c{number}"
        for number, cls in enumerate(classes, 1)
    }


def _labels(classes: Sequence[PythonClass]) -> dict[str, str]:
    """The shortest end of each path that no other class has, and at least the whole name."""
    ends = Counter(end for cls in classes for end in _ends(cls.path))
    return {
        cls.path: next(
            (end for end in _ends(cls.path) if ends[end] == 1 and len(end) >= len(cls.name)),
            cls.path,
        )
        for cls in classes
    }


def _ends(path: str) -> list[str]:
    """The last name of a path, the last two, and so on."""
    parts = path.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1, -1, -1)]


def _line(member: Member) -> str:
    """A member as Mermaid reads it: slanted where abstract, underlined where static."""
    mark = "*" if member.abstract else "$" if member.static else ""
    if member.parameters is None:
        return _encode(_cut(_signature(member))) + mark
    parameters, returns = ", ".join(map(str, member.parameters)), member.annotation
    if len(_signature(member)) > _LONG:
        returns = _cut(returns, _LONG // 2)
        room = max(_LONG - len(member.name) - len(returns), _LONG // 4)
        parameters = _cut(", ".join(parameter.name for parameter in member.parameters), room)
    tail = f" {_encode(returns)}" if returns else ""
    return f"{_encode(member.name)}({_encode(parameters)}){tail}{mark}"


def _signature(member: Member) -> str:
    """A member as Python has it, in full."""
    if member.parameters is not None:
        parameters = ", ".join(map(str, member.parameters))
        returns = f" -> {member.annotation}" if member.annotation else ""
        return f"{member.name}({parameters}){returns}"
    if member.annotation:
        return f"{member.name}: {member.annotation}"
    return f"{member.name} = {member.value}" if member.value else member.name


def _cut(text: str, length: int = _LONG) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _encode(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", text)


def _code(text: str) -> str:
    """Code in a table's cell."""
    return f"`{text}`" if _PLAIN_CODE.fullmatch(text) else f"<code>{literal(text)}</code>"
