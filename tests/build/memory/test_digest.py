"""Equal digests stand for values that nothing could tell apart; what can't be told has none."""

import collections
import hashlib
import io
import math
import os
import random
import re
import subprocess
import sys
import threading
import types
from collections import Counter, OrderedDict, defaultdict, namedtuple
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum, Flag, IntEnum
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from docs_tools.build.memory.digest import DIGEST_SIZE, Uncertain, digest_of, digest_text
from tests.size import examples

T = TypeVar("T")


class Colour(Enum):
    RED = 1
    GREEN = 2


class OtherColour(Enum):
    RED = 1


class Number(IntEnum):
    ONE = 1


class Side(Flag):
    LEFT = 1
    RIGHT = 2


class Options:
    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def method(self) -> None:
        """Is bound to what nobody sees."""


class OtherOptions(Options):
    pass


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value


class Slotted:
    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class SlottedChild(Slotted):
    """Has a `__dict__` besides."""


class SlottedList(list[int]):
    __slots__ = ("value",)


class NotedText(str):
    """Text that something can be noted at."""


class NotedList(list[Any]):
    pass


class LyingDict(dict[str, Any]):
    def items(self) -> Any:
        return ()


class Point(NamedTuple):
    x: int
    y: int


class Failing:
    @property
    def __dict__(self) -> Any:  # type: ignore[override]
        raise RuntimeError("no object is bound")


class OwnNumber(int):
    pass


class OwnDate(date):
    pass


class OwnPartial(partial[Any]):
    pass


def one() -> None:
    """A function that can be found."""


def other() -> None:
    """Another one."""


def closure() -> Callable[[], None]:
    def inner() -> None:
        """Only this function's own."""

    return inner


def local_object() -> object:
    class Inner:
        pass

    return Inner()


def noted(kind: Callable[[Any], Any], value: Any, note: object) -> Any:
    made = kind(value)
    made.note = note
    return made


def moved() -> OrderedDict[str, int]:
    made = OrderedDict(a=1, b=2)
    made.move_to_end("a")
    return made


# no two of these may have the same digest
DIFFERENT: list[Any] = [
    None, True, False, 0, 1, -1, 2, 16, 1.0, 0.0, -0.0, math.inf, math.nan, 10**5000, 10**5000 + 1,
    "", "1", "None", "True", "int1;", "s1:1", b"", b"1", "\udc80", "\udc81", "1\0",
    [], (), {}, set(), frozenset(), [1], (1,), {1}, frozenset({1}), {1: 1}, {1: 2}, {1.0: 1},
    {True: 1}, {"1": 1}, {(1,): 1}, {None: 1}, [[1], 2], [[1, 2]], [1, [2]], [1, 2], [2, 1],
    {"a": 1, "b": 2}, {"b": 2, "a": 1}, [{"a": 1}, {"b": 2}], {1, 2}, {(1, 2)}, {"1", "2"},
    {frozenset({1})}, Markup("1"), Markup(""), NotedText("1"), noted(NotedText, "1", 1),
    noted(NotedText, "1", 2), NotedList(), NotedList([1]), noted(NotedList, [1], 1), LyingDict(),
    LyingDict(a=1), LyingDict(a=2), Point(1, 2), Point(2, 1), OrderedDict(a=1, b=2), moved(),
    defaultdict(list), defaultdict(set), defaultdict(list, a=1), Counter("a"), Counter("aa"),
    Colour.RED, Colour.GREEN, OtherColour.RED, Number.ONE, Side(0), Side.LEFT, Side.RIGHT,
    Side.LEFT | Side.RIGHT, re.RegexFlag(0), re.IGNORECASE,
    Path("a"), Path("b"), PurePosixPath("a"), PureWindowsPath("a"), "a", [Path("a"), "y"],
    [Path("a>s1:y"), ""], date(2024, 1, 2), datetime(2024, 1, 2), datetime(2024, 1, 2, 3, 4, 5),
    datetime(2024, 1, 2, fold=1), datetime(2024, 1, 2, tzinfo=timezone.utc),  # noqa: UP017
    datetime(2024, 1, 2, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime(2024, 1, 2, tzinfo=ZoneInfo("Europe/Paris")), "2024-01-02", time(1), timedelta(1),
    timedelta(seconds=1), one, other, len, print, int, str, Options, OtherOptions, os.path, os,
    re.compile, partial(one), partial(print, 1), partial(print, a=1), partial(other),
    partial(print, 2), noted(partial, one, 1), Options(), OtherOptions(), Options(a=1),
    Options(a="1"), Options(b=1), Options(a=Options()), Box(1), Box("1"),
    Options(a=[]), Options(a=1, b=2), re.compile("a"), re.compile("b"), re.compile(b"a"),
    re.compile("a", re.IGNORECASE),
]  # fmt: skip

UNCERTAIN: dict[str, Callable[[], Any]] = {
    "a lambda": lambda: lambda: None,
    "a function inside another": closure,
    "an object of a class inside a function": local_object,
    "a bound method": lambda: Options().method,
    "a bound method in C": lambda: "".join,
    "a bound method in C that reads state": lambda: {}.get,
    "a cached function": lambda: lru_cache(one),
    "a part of a lambda": lambda: partial(lambda: None),
    "a part with more to it": lambda: OwnPartial(one),
    "slots": lambda: Slotted(1),
    "slots under a `__dict__`": lambda: SlottedChild(1),
    "slots of a list": SlottedList,
    "an object in C": lambda: hashlib.sha256(b"a"),
    "an object in C below a class in Python": lambda: random.Random(1),
    "an object in C with a `__dict__`": io.StringIO,
    "numbers of a class of their own": lambda: OwnNumber(1),
    "a day of a class of its own": lambda: OwnDate(2024, 1, 2),
    "fields that no one shows": Path().stat,
    "an iterator": lambda: iter([1]),
    "a generator": lambda: (number for number in [1]),
    "a lock": threading.Lock,
    "a deque": lambda: collections.deque([1]),
    "an error": lambda: ValueError(1),
    "a view": lambda: types.MappingProxyType({}),
    "bytes that change": lambda: bytearray(b"a"),
    "a complex number": lambda: 1j,
    "an object without any state": object,
    "an object that fails": Failing,
    "a class that is no longer found": lambda: namedtuple("Gone", "")(),
}


@pytest.mark.parametrize("inside", [lambda value: value, lambda value: [value],
                                    lambda value: {"key": value},
                                    lambda value: Options(a=value)])  # fmt: skip
def test_different_values_types_and_orders_have_different_digests(
    inside: Callable[[Any], Any],
) -> None:
    found: dict[str, Any] = {}
    for value in DIFFERENT:
        digest = digest_of(inside(value))
        assert digest not in found, (value, found[digest])
        found[digest] = value


def test_a_digest_is_hexadecimal_and_the_same_for_an_equal_value() -> None:
    assert re.fullmatch(f"[0-9a-f]{{{2 * DIGEST_SIZE}}}", digest_of(DIFFERENT[:60]))
    assert digest_of(Options(a=[1, {"b": (2,)}])) == digest_of(Options(a=[1, {"b": (2,)}]))
    assert digest_of(partial(print, 1)) == digest_of(partial(print, 1))
    assert digest_of({1, 2, 3}) == digest_of({3, 2, 1})


@pytest.mark.parametrize("name", UNCERTAIN)
@pytest.mark.parametrize("inside", [lambda value: value, lambda value: [{"key": (value,)}],
                                    lambda value: Options(a=value)])  # fmt: skip
def test_what_can_not_be_compared_is_uncertain(name: str, inside: Callable[[Any], Any]) -> None:
    with pytest.raises(Uncertain):
        digest_of(inside(UNCERTAIN[name]()))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (lambda: None, "test_digest.<lambda>, which can't be found by its name"),
        (Slotted(1), "a tests.build.memory.test_digest.Slotted"),
        (Options().method, "a method"),
        (Failing(), "something that can't be looked at: no object is bound"),
    ],
)
def test_uncertainty_says_what_it_is_about(value: object, words: str) -> None:
    with pytest.raises(Uncertain) as caught:
        digest_of([value])
    assert str(caught.value).endswith(words)


def cycles() -> Iterator[Any]:
    rows: list[Any] = []
    rows.append(rows)
    yield rows
    mapping: dict[str, Any] = {}
    mapping["self"] = [mapping]
    yield mapping
    own = Options()
    own.__dict__["self"] = own
    yield own
    members = Options()
    members.__dict__["all"] = {members}
    yield members
    pair = Options(), Options()
    pair[0].__dict__["next"], pair[1].__dict__["next"] = pair[1], pair[0]
    yield pair[0]


def test_what_holds_itself_is_uncertain() -> None:
    for value in cycles():
        with pytest.raises(Uncertain):
            digest_of(value)


def test_what_is_held_twice_is_no_cycle() -> None:
    shared = Options(a=1)
    assert digest_of([shared, shared]) == digest_of([Options(a=1), Options(a=1)])


def test_what_is_very_deep_or_very_large_is_uncertain() -> None:
    deep: Any = 1
    for _ in range(200):
        deep = (deep,)
    wide: Any = [1]
    for _ in range(40):  # 2**40 parts in 40 lists
        wide = [wide, wide]
    for value in (deep, wide, list(range(600_000)), {frozenset({deep})}):
        with pytest.raises(Uncertain, match="too deep or too large"):
            digest_of(value)


def test_a_caller_says_what_stands_for_its_objects() -> None:
    def known(value: object) -> Any:
        return ["slotted", value.value] if isinstance(value, Slotted) else None

    assert digest_of([Slotted(1)], known) == digest_of([Slotted(1)], known)
    assert digest_of([Slotted(1)], known) != digest_of([Slotted(2)], known)
    assert digest_of([Slotted(1)], known) != digest_of([["slotted", 1]], known)
    assert digest_of({Slotted(1)}, known) == digest_of({Slotted(1)}, known)
    with pytest.raises(Uncertain):
        digest_of([Slotted(threading.Lock())], known)


def test_an_objects_state_counts_as_it_is_now() -> None:
    grows = Options(seen=[])
    before = digest_of(grows)
    grows.__dict__["seen"].append("page")
    assert digest_of(grows) != before


# as another process has them: whatever its seed for the order of sets
SAME_EVERYWHERE = """
import os, sys
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from tests.build.memory import test_digest as own
from docs_tools.build.memory.digest import digest_of
names = {f"name {number}" for number in range(50)}
nested = frozenset(frozenset({name, name.upper()}) for name in names)
value = [names, nested, {"set": {(1, "a"), (2, "b")}}, own.Options(a=names), own.Colour.RED,
         partial(own.one, a=names), date(2024, 1, 2), PurePosixPath("a/b"), own.Side(3), len]
"""


def test_digests_are_the_same_in_processes_with_other_seeds() -> None:
    found = set()
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", f"{SAME_EVERYWHERE}\nprint(digest_of(value))"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    here: dict[str, Any] = {}
    exec(SAME_EVERYWHERE, here)
    assert found == {digest_of(here["value"]) + "\n"}


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
KEYS = st.none() | st.booleans() | st.integers() | st.text() | st.tuples(st.integers(), st.text())
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN | st.dates() | st.sets(KEYS) | st.sampled_from([one, other, Colour.RED, Side.LEFT, len]),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(KEYS, inner)
        | inner.map(lambda value: Options(a=value))
        | inner.map(Box)
    ),
    max_leaves=12,
)


def plain(value: Any) -> Any:
    """A value so that equality tells apart all that a digest is to tell apart."""
    kind = type(value)
    if kind in (list, tuple):
        return kind.__name__, [plain(item) for item in value]
    if kind is dict:
        return "dict", [(plain(key), plain(item)) for key, item in value.items()]
    if kind is set:
        return "set", sorted(repr(plain(item)) for item in value)
    if kind in (Options, Box):
        return kind.__name__, plain(vars(value))
    return kind.__name__, repr(value)


def copied(value: Any) -> Any:
    """The same once more, sets in another order."""
    kind = type(value)
    if kind in (list, tuple):
        return kind(copied(item) for item in value)
    if kind is dict:
        return {copied(key): copied(item) for key, item in value.items()}
    if kind is set:
        return {copied(item) for item in reversed(list(value))}
    if kind is Options:
        return Options(**copied(vars(value)))
    return Box(copied(value.value)) if kind is Box else value


@given(VALUES, VALUES)
@settings(max_examples=examples(200))
def test_digests_are_equal_exactly_where_values_are(left: Any, right: Any) -> None:
    assert (digest_of(left) == digest_of(right)) == (plain(left) == plain(right))
    assert digest_of(left) == digest_of(copied(left))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
@settings(max_examples=examples(100))
def test_texts_have_one_digest_only_where_each_of_them_is_equal(
    left: list[str], right: list[str]
) -> None:
    assert (digest_text(*left) == digest_text(*right)) == (left == right)
    assert digest_text("".join(left), "") != digest_text("".join(left))


def test_a_function_that_was_replaced_in_its_module_is_uncertain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = types.ModuleType("docs_tools_test_replaced")
    exec("def function(): pass", module.__dict__)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    function = vars(module)["function"]
    assert digest_of(function) == digest_of(function)
    vars(module)["function"] = lambda: None
    with pytest.raises(Uncertain):
        digest_of(function)
