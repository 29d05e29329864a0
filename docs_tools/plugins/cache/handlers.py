"""Handlers of plugins' events, with something shorter in their place."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MethodType
from typing import Any

from mkdocs.plugins import PluginCollection

__all__ = ["Shorter", "replace_handler"]


@dataclass(frozen=True)
class Shorter:
    """What is called in place of a plugin's method; its subclasses say how.

    Attributes:
        original: The method.
    """

    original: Any

    @property
    def __self__(self) -> Any:
        """Whose method it is, as of a method: the plugin is still the one that acts."""
        return self.original.__self__


def replace_handler(
    plugins: PluginCollection,
    event: str,
    plugin: object,
    shorter: Callable[[MethodType], Shorter | None],
) -> None:
    """Puts something shorter in the place of a plugin's handler, which keeps its turn.

    Args:
        plugins: All plugins, whose handlers run in their order.
        event: The event, without `on_`.
        plugin: The plugin.
        shorter: Gives what to call, or nothing where the method stays.
    """
    handlers = plugins.events[event]
    for at, handler in enumerate(handlers):
        if isinstance(handler, MethodType) and handler.__self__ is plugin:
            if (other := shorter(handler)) is None:
                continue
            handlers[at] = other  # type: ignore[call-overload]
            if origin := plugins._event_origins.get(handler):  # named in messages of what it does
                plugins._event_origins[other] = origin  # type: ignore[index]
