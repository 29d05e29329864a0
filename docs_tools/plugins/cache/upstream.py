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
    "autorefs: reads": "19a088929109aa4e920676ef558990f3be3fa64c",
    "material: adds": "b6d2b960d0b9501cc224bcc285db8fb1c0897995",
    "material: reads": "55b99e48e8428e725d983ba8ed606986f41db43d",
    "material: shows": "c3dcd78ec1a1a52d0af11b2756cedbe8cf914387",
    "mkdocs: adds": "490c1fa8229961f627e7b4816bd4a560bc30a467",
    "mkdocs: reads": "c1986d20522c2a6e866efe26d54fc06d63aa0bda",
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
