"""A digest of settings and objects, for telling whether they are what they were.

Equal digests must mean that nothing that uses the values could tell them apart. What can't be told
for certain, such as a function made inside another one, is no value: `Uncertain` says so.
"""

import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import partial
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

__all__ = ["DIGEST_SIZE", "Uncertain", "digest_of", "digest_text"]

DIGEST_SIZE = 20
"""Bytes of a digest: two values with the same one would be found after 2**80 attempts."""

_DEEPEST = 60
_MOST = 500_000  # parts of one value: more is no setting

Known = Callable[[object], Any]
"""What stands for an object: any other object, or `None` where it is taken as it is."""


class Uncertain(Exception):  # noqa: N818 - no error: the answer is "can't tell"
    """A value that can't be compared with what it was at another time."""


def digest_text(*texts: str) -> str:
    """The digest of texts, in hexadecimal digits."""
    made = hashlib.blake2b(digest_size=DIGEST_SIZE)
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        made.update(b"%d:" % len(content))
        made.update(content)
    return made.hexdigest()


def digest_of(value: object, known: Known = lambda _: None) -> str:
    """The digest of a value, in hexadecimal digits.

    The order of a mapping counts, as what goes through it shows it; that of a set does not.

    Args:
        value: Plain values, collections, functions and classes that can be found by their names,
            and objects that consist of such.
        known: What stands for objects of the caller's own.

    Raises:
        Uncertain: Something in it can't be compared.
    """
    parts: list[str] = []
    _Encoder(known, parts).add(value, 0)
    return digest_text("".join(parts))


class _Encoder:
    def __init__(self, known: Known, parts: list[str]) -> None:
        self._known = known
        self._parts = parts
        self._inside: set[int] = set()

    def add(self, value: Any, depth: int) -> None:
        kind = type(value)
        if kind is str:
            self._parts.append(f"s{len(value)}:{value}")
        elif value is None or kind in (bool, int, float, bytes):
            self._parts.append(f"{kind.__name__}{value!r};")
        elif depth > _DEEPEST or len(self._parts) > _MOST:
            raise Uncertain("it is too deep or too large to compare")
        elif kind is dict:
            self._mapping("d", value, depth)
        elif kind in (list, tuple):
            self._items(kind.__name__, value, depth)
        elif kind in (set, frozenset):
            self._parts.append(f"{kind.__name__}{_sorted(value, self._known)}")
        else:
            self._object(value, depth)

    def _mapping(self, name: str, value: Mapping[Any, Any], depth: int) -> None:
        self._parts.append(f"{name}{len(value)}{{")
        for key, item in value.items():
            self.add(key, depth + 1)
            self.add(item, depth + 1)

    def _items(self, name: str, value: Iterable[Any], depth: int) -> None:
        items = list(value)
        self._parts.append(f"{name}{len(items)}[")
        for item in items:
            self.add(item, depth + 1)

    def _object(self, value: Any, depth: int) -> None:
        if (stands := self._known(value)) is not None:
            self._parts.append("known")
            self.add(stands, depth + 1)
            return
        kind = type(value)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if id(value) in self._inside:
            raise Uncertain(f"a {name} that holds itself")
        self._inside.add(id(value))
        self._parts.append(f"<{name}")
        self._state(value, name, depth)
        self._parts.append(">")
        self._inside.discard(id(value))

    def _state(self, value: Any, name: str, depth: int) -> None:
        if isinstance(value, Enum):
            self._parts.append(value.name)
        elif isinstance(value, str):  # a subclass, such as marked-up text
            self._parts.append(f"s{len(value)}:{str.__str__(value)}")
        elif isinstance(value, (date, datetime, time, timedelta, PurePath)):
            self._parts.append(str(value))
        elif isinstance(value, (FunctionType, BuiltinFunctionType, type, ModuleType)):
            self._parts.append(_place(value))
        elif isinstance(value, partial):
            self.add([value.func, value.args, value.keywords], depth + 1)
        else:
            self._made_of(value, name, depth)

    def _made_of(self, value: Any, name: str, depth: int) -> None:
        state = getattr(value, "__dict__", None)
        if isinstance(value, Mapping) and isinstance(value, dict):
            self._mapping("d", value, depth)
        elif isinstance(value, (list, tuple)):
            self._items("l", value, depth)
        elif isinstance(value, (set, frozenset)):
            self._parts.append(_sorted(value, self._known))
        elif not isinstance(state, dict) or _has_slots(type(value)):
            raise Uncertain(f"a {name}")
        if isinstance(state, dict):
            self._mapping("o", state, depth)


def _sorted(values: Iterable[Any], known: Known) -> str:
    return str(sorted(digest_of(value, known) for value in values))


def _has_slots(kind: type) -> bool:
    """Whether instances keep something elsewhere than in their `__dict__`."""
    return any(
        getattr(base, "__slots__", ()) or not _is_python(base)
        for base in kind.__mro__
        if base is not object
    )


def _is_python(kind: type) -> bool:
    """Whether a class is written in Python; one in C may keep what nobody sees."""
    heap_type = 1 << 9  # Py_TPFLAGS_HEAPTYPE
    return bool(kind.__flags__ & heap_type) or kind.__module__ in ("abc", "typing")


def _place(value: Any) -> str:
    """Where something is defined; its code is told by the versions of the packages."""
    if isinstance(value, ModuleType):
        return value.__name__
    found: Any = sys.modules.get(value.__module__ or "")
    for part in value.__qualname__.split("."):
        found = getattr(found, part, None)
    if found is not value:
        raise Uncertain(f"{value.__module__}.{value.__qualname__}, which can't be found by its name")
    return f"{value.__module__}:{value.__qualname__}"
