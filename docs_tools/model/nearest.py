"""What to say of a name that isn't there: the one that was meant, or those there are."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

__all__ = ["find_nearest", "list_some"]

_LISTED = 12


def find_nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like one that isn't there; capitals count last."""
    known = list(known)
    if near := get_close_matches(name, known, 1):
        return near[0]
    folded = {other.casefold(): other for other in known}
    near = get_close_matches(name.casefold(), folded, 1)
    return folded[near[0]] if near else None


def list_some(names: Collection[str], none: str = "none") -> str:
    """The names, cut where there are too many to read."""
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return f"{', '.join(list(names)[:_LISTED]) or none}{more}"
