"""The fields of a JSON object whose shape nobody vouches for, each of the type that is wanted."""

from collections.abc import Mapping
from typing import Any, TypeVar

__all__ = ["Fields", "ManifestError"]

T = TypeVar("T")


class ManifestError(Exception):
    """What is wrong with a manifest.

    Args:
        message: What, in one sentence that begins behind the file's name.
        line: The line, where it is known.
        column: The column, where it is known.
        keys: The key to look for, behind those that it is below, where only that is known.
        hint: The mend, where it is another than that of every broken manifest.
    """

    def __init__(
        self,
        message: str,
        line: int | None = None,
        column: int | None = None,
        *,
        keys: tuple[str, ...] = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.keys = keys
        self.hint = hint


class Fields:
    """A JSON object.

    Args:
        raw: What was read.
        keys: The keys that it is below, for messages.
    """

    def __init__(self, raw: Any, keys: tuple[str, ...] = ()) -> None:
        if not isinstance(raw, Mapping):
            raise _fault(keys, "an object")
        self._raw = raw
        self._keys = keys

    def text(self, key: str) -> str:
        """A text."""
        return self._get(key, str, "text")

    def text_or_none(self, key: str) -> str | None:
        """A text or `null`."""
        return None if self._raw.get(key) is None else self.text(key)

    def boolean(self, key: str) -> bool:
        """`true` or `false`."""
        return self._get(key, bool, "true or false")

    def integer(self, key: str) -> int:
        """A whole number."""
        value = self._get(key, int, "a whole number")
        if isinstance(value, bool):
            raise _fault((*self._keys, key), "a whole number")
        return value

    def texts(self, key: str) -> dict[str, str]:
        """An object of texts."""
        inner = Fields(self._raw.get(key), (*self._keys, key))
        return {name: inner.text(name) for name in inner._raw}

    def names(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        values: list[Any] = self._get(key, list, "a list")
        if not all(isinstance(value, str) for value in values):
            raise _fault((*self._keys, key), "a list of texts")
        return tuple(values)

    def entries(self, key: str) -> list["Fields"]:
        """A list of objects."""
        return [Fields(value, (*self._keys, key)) for value in self._get(key, list, "a list")]

    def optional(self, key: str) -> "Fields | None":
        """An object or `null`."""
        value = self._raw.get(key)
        return None if value is None else Fields(value, (*self._keys, key))

    def _get(self, key: str, wanted: type[T], name: str) -> T:
        value = self._raw.get(key)
        if not isinstance(value, wanted):
            raise _fault((*self._keys, key), name)
        return value


def _fault(keys: tuple[str, ...], wanted: str) -> ManifestError:
    place = f"{'.'.join(keys)}: " if keys else ""
    return ManifestError(f"{place}must be {wanted}", keys=keys)
