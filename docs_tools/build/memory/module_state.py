"""What modules keep in their globals: where code that caches or counts leaves what it knows."""

import logging
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from functools import _lru_cache_wrapper
from types import ModuleType
from typing import Any

from docs_tools.build.memory.digest import Uncertain, digest_of

__all__ = ["package_modules", "remembered_calls", "state_digest"]

# what says nothing: how a value is annotated, where messages go
_SILENT = (
    logging.Logger,
    types.GenericAlias,
    types.UnionType,
    typing.TypeVar,
    typing.ParamSpec,
)


def package_modules(names: Iterable[str]) -> list[ModuleType]:
    """The modules that are loaded of the packages that some modules belong to, in order.

    Args:
        names: Modules.
    """
    tops = {name.partition(".")[0] for name in names}
    loaded = sorted(sys.modules.items())
    return [module for name, module in loaded if name.partition(".")[0] in tops]


def state_digest(modules: Iterable[ModuleType]) -> str:
    """The digest of what modules keep, in themselves, in their classes and functions.

    Raises:
        Uncertain: One keeps something that can't be compared.
    """
    return digest_of([[module.__name__, _state(module)] for module in modules], _known)


def remembered_calls(modules: Iterable[ModuleType]) -> dict[str, int]:
    """How often each function had to work out what it keeps in a cache, by its name.

    Args:
        modules: Where the functions are.
    """
    return {name: cache.cache_info().misses for one in modules for name, cache in _caches(one)}


def _caches(owner: ModuleType | type) -> Iterator[tuple[str, Any]]:
    place = owner.__name__ if isinstance(owner, ModuleType) else owner.__module__
    for key, value in list(vars(owner).items()):
        if isinstance(value, _lru_cache_wrapper):
            yield f"{place}.{getattr(value, '__qualname__', key)}", value
        elif isinstance(value, type) and value.__module__ == place and value is not owner:
            yield from _caches(value)


def _state(owner: ModuleType | type) -> list[Any]:
    """What stands in the globals of a module, or in a class."""
    name = getattr(owner, "__module__", None) or owner.__name__
    rows: list[Any] = []
    for key, value in sorted(vars(owner).items()):
        if key.startswith("__") or _is_silent(value):
            continue
        rows.append([key, _kept(value, name, f"{owner.__name__}.{key}")])
    return rows


def _kept(value: Any, module: str, name: str) -> Any:
    if isinstance(value, type):
        return _state(value) if value.__module__ == module else None
    if isinstance(value, _lru_cache_wrapper):
        return value.cache_info().currsize
    function: Any = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
    if isinstance(function, Callable) and hasattr(function, "__code__"):  # type: ignore[arg-type]
        return [dict(vars(function)), function.__defaults__, function.__kwdefaults__]
    if isinstance(value, (property, types.BuiltinFunctionType, ModuleType)):
        return None
    try:
        return digest_of(value, _known)
    except Uncertain as uncertain:
        raise Uncertain(f"{name}, {uncertain}") from None


def _known(value: object) -> Any:
    """What says nothing is the same each time."""
    return "silent" if _is_silent(value) else None


def _is_silent(value: object) -> bool:
    return isinstance(value, _SILENT) or type(value).__module__ == "typing"
