"""Where the pages of a build have their canonical version.

Who publishes knows which pages that version has on the docs branch; the plugin that writes the
links does not. What they share is set for the time of a build.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

__all__ = ["CanonicalPages", "canonical_pages", "current_canonical"]


@dataclass(frozen=True)
class CanonicalPages:
    """The version that search engines shall show, and the pages that it has.

    Attributes:
        name: The version, or an alias of it, as it stands in addresses.
        paths: Its pages as files of its folder, such as `guide/index.html`; `None` where it has
            all, because it is the one that is built.
    """

    name: str
    paths: frozenset[str] | None


_CURRENT: ContextVar[CanonicalPages | None] = ContextVar("canonical_pages", default=None)


@contextmanager
def canonical_pages(pages: CanonicalPages | None) -> Iterator[None]:
    """Tells a build where canonical links point.

    Args:
        pages: The canonical version and its pages; `None` where nothing is known of them.
    """
    token = _CURRENT.set(pages)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current_canonical() -> CanonicalPages | None:
    """What a build was told, or `None` where it was told nothing."""
    return _CURRENT.get()
