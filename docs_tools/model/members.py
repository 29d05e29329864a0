"""Attributes and methods of Python classes, as their sources say."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from griffe import Attribute, Class, Function

__all__ = ["Member", "Parameter", "read_member"]


@dataclass(frozen=True)
class Parameter:
    """A parameter of a method, or the `/` or `*` between parameters.

    Attributes:
        name: Its name, with the stars before it.
        annotation: Its type as it is written, empty where none is.
        default: Its default as it is written, empty where there is none.
    """

    name: str
    annotation: str = ""
    default: str = ""

    def __str__(self) -> str:
        equals = " = " if self.annotation else "="
        text = f"{self.name}: {self.annotation}" if self.annotation else self.name
        return f"{text}{equals}{self.default}" if self.default else text


@dataclass(frozen=True)
class Member:
    """An attribute or a method.

    Attributes:
        name: Its name.
        annotation: Its type, or what it returns, as it is written; empty where none is.
        value: The value of an attribute without a type, where the class says it in plain data.
        parameters: The parameters of a method without its first; `None` for an attribute.
        static: Whether it belongs to the class: static methods and class methods.
        abstract: Whether subclasses must define it.
    """

    name: str
    annotation: str = ""
    value: str = ""
    parameters: tuple[Parameter, ...] | None = None
    static: bool = False
    abstract: bool = False


def read_member(cls: "Class", name: str) -> Member | None:
    """A member that the class defines itself; `None` if it has none, or that is a class."""
    member: Any = cls.members.get(name)
    if member is None and (overloads := cls.overloads.get(name)):
        member = overloads[0]  # a stub, or a protocol: there is nothing but overloads
    if member is None or member.is_alias:
        return None
    if member.is_attribute:
        return _read_attribute(cls, member)
    return _read_method(member) if member.is_function else None


def _read_attribute(cls: "Class", attribute: "Attribute") -> Member:
    annotation = _attribute_type(cls, attribute)
    plain = "class-attribute" in attribute.labels and not annotation
    return Member(
        attribute.name,
        annotation,
        _plain_value(_text(attribute.value)) if plain else "",
        abstract="abstractmethod" in attribute.labels,
    )


def _read_method(function: "Function") -> Member:
    return Member(
        function.name,
        _annotation(function.returns),
        parameters=tuple(_parameters(function)),
        static=bool(function.labels & {"staticmethod", "classmethod"}),
        abstract="abstractmethod" in function.labels,
    )


def _plain_value(code: str) -> str:
    try:
        ast.literal_eval(code)
    except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
        return ""
    return code


def _attribute_type(cls: "Class", attribute: "Attribute") -> str:
    if attribute.annotation is not None:
        return _annotation(attribute.annotation)
    # `self.name = name`: the type is that of the parameter
    init: Any = cls.members.get("__init__")
    if "class-attribute" in attribute.labels or init is None or not init.is_function:
        return ""
    given = [p for p in init.parameters if p.name == str(attribute.value)]
    return _annotation(given[0].annotation) if given else ""


def _parameters(function: "Function") -> Iterator[Parameter]:
    """The parameters without `self`, with `/` and `*` where the signature has them."""
    from griffe import ParameterKind as Kind

    given = list(function.parameters)
    positional = (Kind.positional_only, Kind.positional_or_keyword)
    bound = "staticmethod" not in function.labels and given and given[0].kind in positional
    stars: dict[Kind | None, str] = {Kind.var_positional: "*", Kind.var_keyword: "**"}
    before: Kind | None = None
    starred = False
    for parameter in given[1:] if bound else given:
        kind = parameter.kind
        if before is Kind.positional_only and kind is not before:
            yield Parameter("/")
        if kind is Kind.keyword_only and not starred:
            yield Parameter("*")
        starred = starred or kind in (Kind.var_positional, Kind.keyword_only)
        default = "" if kind in stars else _text(parameter.default)
        name = f"{stars.get(kind, '')}{parameter.name}"
        yield Parameter(name, _annotation(parameter.annotation), default)
        before = kind
    if before is Kind.positional_only:
        yield Parameter("/")


def _annotation(expression: object) -> str:
    """A type as it is written, without quotes round it and without what `Annotated` adds."""
    text = _text(expression)
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # quoted, and no type at all
        return text
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        return _text(tree.value) or text
    if isinstance(tree, ast.Subscript) and isinstance(tree.slice, ast.Tuple) and tree.slice.elts:
        name = ast.get_source_segment(text, tree.value) or ""
        if name.rpartition(".")[2] == "Annotated":
            return ast.get_source_segment(text, tree.slice.elts[0]) or text
    return text


def _text(expression: object) -> str:
    """Code on one line, in which everything can be seen."""
    if expression is None:
        return ""
    text = " ".join(str(expression).split())
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
