"""What Python classes inherit from: what the names of their bases meant where the classes stand."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from griffe import Alias, Class, Extension, Object

__all__ = ["Bases", "find_bases", "follow", "make_recorder"]

_KEY = "docs_tools"


@dataclass(frozen=True)
class Bases:
    """The bases of a class.

    Attributes:
        classes: Those whose sources were read.
        outside: The paths of the others, as far as the sources tell.
    """

    classes: tuple["Class", ...]
    outside: frozenset[str]


@dataclass(frozen=True)
class _Names:
    """What a class or an assignment found when it was made: a later one may take the name."""

    members: dict[str, "Object | Alias"] = field(default_factory=dict)
    stars: tuple[tuple[int, str], ...] = ()  # line and module of each `from module import *`


def make_recorder() -> "Extension":
    """An extension for griffe, which without it knows only what names mean in the end."""
    from griffe import Extension

    class Recorder(Extension):
        """Keeps the names that classes and plain assignments use."""

        def __init__(self) -> None:
            self._names: dict[ast.AST, _Names] = {}

        def on_class_node(self, *, node: Any, agent: Any, **_: Any) -> None:
            self._names[node] = _names(node.bases, agent.current)

        def on_class_instance(self, *, node: Any, cls: "Class", **_: Any) -> None:
            cls.extra[_KEY]["names"] = self._names.pop(node, _Names())

        def on_attribute_node(self, *, node: Any, agent: Any, **_: Any) -> None:
            if isinstance(value := getattr(node, "value", None), ast.expr):
                self._names[node] = _names([value], agent.current)

        def on_attribute_instance(self, *, node: Any, attr: Any, **_: Any) -> None:
            attr.extra[_KEY]["names"] = self._names.get(node, _Names())

    return Recorder()


def find_bases(cls: "Class") -> Bases:
    """What a class inherits from.

    Where it extends a class whose name it takes, both are one: it inherits from that one's bases.
    """
    known: Bases | None = cls.extra[_KEY].get("bases")
    if known:
        return known
    classes: dict[str, Class] = {}
    outside: set[str] = set()
    for expression in cls.bases:
        found = _find(expression, cls)
        found = follow(found) if not isinstance(found, str) else found
        if isinstance(found, str):
            outside.add(found)
        elif not found.is_class or found is cls:
            continue
        elif found.path == cls.path:
            taken = find_bases(found)  # type: ignore[arg-type]  # as it says itself
            classes |= {base.path: base for base in taken.classes}
            outside |= taken.outside
        else:
            classes[found.path] = found  # type: ignore[assignment]  # as it says itself
    bases = Bases(tuple(classes.values()), frozenset(outside))
    cls.extra[_KEY]["bases"] = bases
    return bases


def follow(found: "Object | Alias") -> "Object | str":
    """What an object stands for: through imports, and through assignments such as `NAME = Class`.

    Returns:
        The object, or the path of one whose source wasn't read.
    """
    seen: set[int] = set()
    while True:
        target = _target(found)
        if isinstance(target, str) or not target.is_attribute or id(target) in seen:
            return target
        seen.add(id(target))
        value: Any = target.value  # type: ignore[attr-defined]
        if value is None or not _parts(value):
            return target
        following = _find(value, target)
        if isinstance(following, str):
            return following
        found = following


def _target(found: "Object | Alias") -> "Object | str":
    from griffe import AliasResolutionError, CyclicAliasError

    if not found.is_alias:
        return found  # type: ignore[return-value]  # as it says itself
    try:
        return found.final_target  # type: ignore[union-attr]
    except (AliasResolutionError, CyclicAliasError, KeyError):
        return found.target_path  # type: ignore[union-attr]


def _find(expression: object, holder: "Object") -> "Object | Alias | str":
    """What a dotted name means where a class or an assignment uses it."""
    parts = _parts(expression)
    if not parts:
        return str(expression)
    found: Object | Alias | str = _first(parts[0], holder) or parts[0]
    for part in parts[1:]:
        if not isinstance(found, str):
            found = follow(found)
        if not isinstance(found, str):
            found = found.members.get(part) or f"{found.path}.{part}"
        else:
            found = f"{found}.{part}"
    return found


def _parts(expression: object) -> list[str]:
    """The names in `package.module.Class` or `Class[int]`; none where it is anything else."""
    from griffe import ExprSubscript

    if isinstance(expression, ExprSubscript):
        expression = expression.left
    parts = str(expression).split(".")
    return parts if all(part.isidentifier() for part in parts) else []


def _first(name: str, holder: "Object") -> "Object | Alias | None":
    scopes = list(_scopes(holder.parent))
    in_the_end = [scope.members[name] for scope in scopes if name in scope.members]
    for member in in_the_end:
        if _line(member) < _line(holder):
            return member
    names: _Names = holder.extra[_KEY].get("names") or _Names()
    before = names.members.get(name)
    for line, path in sorted(names.stars, reverse=True):
        if before is not None and _line(before) > line:
            break
        if starred := _starred(path, name, holder):
            return starred
    # nothing before it: stubs may name what comes later
    return before or next((member for member in in_the_end if member is not holder), None)


def _starred(path: str, name: str, holder: "Object") -> "Object | Alias | None":
    try:
        module = _target(holder.modules_collection.get_member(path))
    except KeyError:
        return None
    member = None if isinstance(module, str) else module.members.get(name)
    return member if member is not None and member.is_wildcard_exposed else None


def _names(expressions: list[ast.expr], scope: "Object") -> _Names:
    wanted = {name for name in map(_leading, expressions) if name}
    if not wanted:
        return _Names()
    scopes = list(_scopes(scope))
    return _Names(
        {
            name: members[name]
            for members in (scope.members for scope in reversed(scopes))
            for name in wanted & members.keys()
        },
        tuple(
            (_line(member), member.wildcard)  # type: ignore[union-attr]
            for inner in scopes
            for member in inner.members.values()
            if member.is_alias and member.wildcard  # type: ignore[union-attr]
        ),
    )


def _leading(expression: ast.expr) -> str:
    while isinstance(expression, ast.Attribute | ast.Subscript):
        expression = expression.value
    return expression.id if isinstance(expression, ast.Name) else ""


def _scopes(scope: Any) -> "Iterator[Object]":
    """Where Python looks for a name: a class doesn't see those of the class around it."""
    yield scope
    if not scope.is_module:
        yield scope.module


def _line(member: "Object | Alias") -> int:
    line = member.alias_lineno if member.is_alias else member.lineno  # type: ignore[union-attr]
    return line or 0
