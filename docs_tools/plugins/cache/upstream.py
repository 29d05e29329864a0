"""Whether a part of another's plugin is the one that is known here.

What stands in for it must do what it does. So its source is compared with the one that the stand-in
was written for: another version may still have it, and a site's own hook may have put something
else in its place.
"""

import inspect
import linecache
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType
from typing import Any

from docs_tools.build.memory.digest import digest_text

__all__ = ["is_known", "source_digest"]

# compared: Material 9.7.0, 9.7.3, 9.7.7, 9.8.0 and 9.8.1, whose search plugin is the same file;
# and MkDocs 1.6.1, the last of its line; autorefs 1.4.5
_KNOWN = {
    "autorefs: reads": "31f0af16d14fe005940126213ccaad964e8d2a0c",
    "material: adds": "9ef9f5518a16b2c5202f8de53171c15875210bdb",
    "material: reads": "6af9eea954478d34738f0e9b54b228b0ef88b62a",
    "material: shows": "33457ce743eedda8d5b0fb4d6a70f488d6871e42",
    "mkdocs: adds": "26989068d622d36d46adcad4b8af8e07efd16254",
    "mkdocs: reads": "6258ed65e83fbefe35d8af519e85c6d2b31dcf38",
}

_MADE_BY_PYTHON = {"__dict__", "__doc__", "__firstlineno__", "__module__"}
_MADE_BY_PYTHON |= {"__static_attributes__", "__weakref__"}


def is_known(what: str, *parts: object) -> bool:
    """Whether parts of a plugin are as they were when what stands in for them was written.

    Args:
        what: What they do together, such as `material: reads`.
        parts: Functions, classes and collections of names.
    """
    return source_digest(*parts) == _KNOWN[what]


def source_digest(*parts: object) -> str:
    """The digest of functions and classes by their sources, and of collections of names.

    A class counts as it is now, and not as it was written.
    """
    return _digest_of(tuple(one for part in parts for one in _within(part)))


def _within(part: Any) -> Iterator[str | CodeType]:
    """The code of a part, and what there is around it."""
    if isinstance(part, FunctionType):
        yield part.__code__
    elif isinstance(part, property):
        yield from _within(part.fget)
    elif isinstance(part, type):
        yield part.__qualname__
        yield ", ".join(f"{base.__module__}.{base.__qualname__}" for base in part.__bases__)
        for name, value in sorted(vars(part).items()):
            if name not in _MADE_BY_PYTHON:
                yield name
                yield from _within(value)
    else:
        yield repr(sorted(part) if isinstance(part, set) else part)


@cache  # sources are taken apart to find their ends
def _digest_of(parts: tuple[str | CodeType, ...]) -> str:
    return digest_text(*(part if isinstance(part, str) else _source(part) for part in parts))


def _source(code: CodeType) -> str:
    """A function's source; not by `inspect.getsource`, which looks at every loaded module."""
    lines = linecache.getlines(code.co_filename)
    return "".join(inspect.getblock(lines[code.co_firstlineno - 1 :]))
