"""Where the project lies isn't compared, as work trees share what is remembered."""

import re
from collections.abc import Iterable
from functools import cache

__all__ = ["shows_place"]


def shows_place(text: str, places: Iterable[str]) -> str | None:
    """Why a text can't be remembered that names a folder of this machine; nothing if it doesn't.

    A project in `/docs` is not meant by the address `https://example.com/main/docs/`.

    Args:
        text: What was made.
        places: The folders that aren't compared.
    """
    for place in places:
        if place in text and _path(place).search(text):
            return "shows a path of this machine"
    return None


@cache
def _path(place: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![\w./-])|(?<=file://)){re.escape(place)}(?![\w-])")
