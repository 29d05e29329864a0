"""A digest of settings and objects, for telling whether they are what they were.

Equal digests must mean that nothing that uses the values could tell them apart. What can't be told
for certain, such as a function made inside another one, is no value: `Uncertain` says so.
"""

import hashlib
import re
import sys
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum, Flag
from functools import cache, partial
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

__all__ = ["DIGEST_SIZE", "Uncertain", "digest_bytes", "digest_of", "digest_text"]

DIGEST_SIZE = 20
"""Bytes of a digest: two values with the same one would be found after 2**80 attempts."""

_DEEPEST = 60
_MOST = 500_000  # parts of one value: more is no setting

_DATES = frozenset({date, datetime, time, timedelta})
_BUILT = frozenset(
    {object, str, dict, OrderedDict, defaultdict, list, tuple, set, frozenset}
)  # fmt: skip

Known = Callable[[object], Any]
"""What stands for an object: any other object, or `None` where it is taken as it is."""


class Uncertain(Exception):  # noqa: N818 - no error: the answer is "can't tell"
    """A value that can't be compared with what it was at another time."""


def digest_bytes(*parts: bytes) -> str:
    """The digest of what some bytes are together, in hexadecimal digits.

    By SHA-256, which processors have had instructions for since 2017: a third of BLAKE2's time.
    """
    made = hashlib.sha256(b"".join(parts), usedforsecurity=False)
    return made.hexdigest()[: 2 * DIGEST_SIZE]


def digest_text(*texts: str) -> str:
    """The digest of texts, in hexadecimal digits."""
    contents = [text.encode("utf-8", "surrogatepass") for text in texts]
    return digest_bytes(*(part for one in contents for part in (b"%d:" % len(one), one)))


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
    encoder = _Encoder(known)
    try:
        encoder.add(value, 0)
    except Uncertain:
        raise
    except Exception as error:  # an object of anybody's, which may answer with anything
        raise Uncertain(f"something that can't be looked at: {error}") from error
    return digest_text("".join(encoder.parts))


class _Encoder:
    def __init__(self, known: Known, inside: set[int] | None = None) -> None:
        self.parts: list[str] = []
        self._known = known
        self._inside: set[int] = set() if inside is None else inside

    def add(self, value: Any, depth: int) -> None:
        kind = type(value)
        if depth > _DEEPEST or len(self.parts) > _MOST:
            raise Uncertain("it is too deep or too large to compare")
        if kind is str:
            self.parts.append(f"s{len(value)}:{value}")
        elif kind is int:
            self.parts.append(f"int{value:x};")
        elif value is None or kind in (bool, float, bytes):
            self.parts.append(f"{kind.__name__}{value!r};")
        elif kind is dict:
            self._mapping("d", value.items(), depth)
        elif kind in (list, tuple):
            self._items(kind.__name__, value, depth)
        elif kind in (set, frozenset):
            self._set(kind.__name__, value, depth)
        else:
            self._object(value, depth)

    def _mapping(self, name: str, rows: Iterable[tuple[Any, Any]], depth: int) -> None:
        items = list(rows)
        self.parts.append(f"{name}{len(items)}{{")
        for key, item in items:
            self.add(key, depth + 1)
            self.add(item, depth + 1)

    def _items(self, name: str, values: Iterable[Any], depth: int) -> None:
        items = list(values)
        self.parts.append(f"{name}{len(items)}[")
        for item in items:
            self.add(item, depth + 1)

    def _set(self, name: str, values: Iterable[Any], depth: int) -> None:
        rows = []
        for value in values:
            encoder = _Encoder(self._known, self._inside)
            encoder.add(value, depth + 1)
            rows.append("".join(encoder.parts))
        self._items(name, sorted(rows), depth)

    def _object(self, value: Any, depth: int) -> None:
        if (stands := self._known(value)) is not None:
            self.parts.append("known")
            self.add(stands, depth + 1)
            return
        if id(value) in self._inside:
            raise Uncertain(f"{_name(value)} that holds itself")
        self._inside.add(id(value))
        self.parts.append("<")
        self.add(_place(type(value), _name(value)), depth)
        self._state(value, depth)
        self.parts.append(">")
        self._inside.discard(id(value))

    def _state(self, value: Any, depth: int) -> None:
        kind = type(value)
        if isinstance(value, Enum):
            self.add([value.name, value.value if isinstance(value, Flag) else None], depth + 1)
        elif kind in _DATES:
            self.add(repr(value), depth)
        elif isinstance(value, PurePath) and kind.__module__.startswith("pathlib"):
            self.add(str(value), depth)
        elif isinstance(value, (FunctionType, BuiltinFunctionType, type, ModuleType)):
            name = f"{getattr(value, '__module__', '')}.{value.__name__}"
            self.add(_place(value, f"{name}, which can't be found by its name"), depth)
        elif kind is re.Pattern:
            self.add([value.pattern, value.flags], depth + 1)
        elif kind is partial:
            self.add([value.func, value.args, value.keywords, value.__dict__], depth + 1)
        else:
            self._made_of(value, depth)

    def _made_of(self, value: Any, depth: int) -> None:
        """What stands in the `__dict__`, and in the built-in class that its own is made from."""
        built: Any = next(base for base in type(value).__mro__ if base in _BUILT)
        state = getattr(value, "__dict__", None)
        if _keeps_more(type(value), built) or (built is object and not isinstance(state, dict)):
            raise Uncertain(_name(value))
        # by the built-in class's own methods: another may leave out some of what there is
        if built is str:
            self.add(str.__str__(value), depth)
        elif issubclass(built, dict):
            self._mapping("d", built.items(value), depth)
        elif built is not object:
            (self._set if built in (set, frozenset) else self._items)(
                "l", built.__iter__(value), depth
            )
        if built is defaultdict:
            self.add(value.default_factory, depth + 1)
        if isinstance(state, dict):
            self._mapping("o", state.items(), depth)


def _name(value: object) -> str:
    """What an object is, for messages."""
    kind = type(value)
    place = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"a {place}{kind.__qualname__}"


def _keeps_more(kind: type, built: type) -> bool:
    """Whether instances keep something elsewhere than in what they are built from."""
    if kind.__basicsize__ > _size_of_empty(built) or hasattr(kind, "n_sequence_fields"):
        return True  # in slots, or as only code in C sees
    own = [base for base in kind.__mro__ if base not in _BUILT]
    return any(base.__dict__.get("__slots__") or not _is_python(base) for base in own)


@cache
def _size_of_empty(built: type) -> int:
    """What an instance takes that has nothing but a `__dict__`."""
    return type("Empty", (built,), {}).__basicsize__


def _is_python(kind: type) -> bool:
    """Whether a class may be written in Python; one in C may keep what nobody sees."""
    heap_type = 1 << 9  # Py_TPFLAGS_HEAPTYPE
    return bool(kind.__flags__ & heap_type) or kind.__module__ in ("abc", "typing")


def _place(value: Any, name: str) -> str:
    """Where something is defined; its code is told by the versions of the packages."""
    if isinstance(value, ModuleType):
        return value.__name__
    # the types of functions and modules have no place, and no behaviour of their own
    if any(value is kind for kind in (FunctionType, BuiltinFunctionType, ModuleType)):
        return str(value.__name__)
    found: Any = sys.modules.get(value.__module__ or "")
    for part in value.__qualname__.split("."):
        found = getattr(found, part, None)
    if found is not value:
        raise Uncertain(name)
    return f"{value.__module__}:{value.__qualname__}"
