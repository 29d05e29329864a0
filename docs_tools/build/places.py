"""Where in the text of a file that stands what a message speaks of."""

import re
from typing import TypeAlias

__all__ = ["Place", "find_entry", "find_links", "find_module", "find_reference"]

Place: TypeAlias = tuple[int, int]
"""Line and column, each counted from 1."""

_BLOCK = (
    r"^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)*"
    r"(?P<fence>`{3,}(?=[^`\n]*$)|~{3,}(?!~))[^\n]*\n(?:[^\n]*\n)*?[ \t>]*(?P=fence)[ \t]*$"
    r"|<!--.*?-->"
)
_SPAN = r"(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
_BLOCKS = re.compile(_BLOCK, re.MULTILINE | re.DOTALL)
# whichever begins first takes what is in it
_CODE = re.compile(f"{_BLOCK}|{_SPAN}", re.MULTILINE | re.DOTALL)


def find_links(text: str, url: str) -> list[Place]:
    """Where a page's text has a link or an image with an address, code and comments aside.

    Args:
        text: The page as it stands in its file.
        url: The address as it is written.

    Returns:
        The places of the address in their order; none where it comes from elsewhere, such as a
        snippet.
    """
    target = re.escape(url)
    return _find(
        rf"\]\(\s*<?(?P<inline>{target})>?(?=[\s)])"
        rf"|^[ \t>]*\[[^\]\n]+\]:\s*<?(?P<definition>{target})>?(?=\s|$)"
        rf"|\b(?:href|src)\s*=\s*[\"']?(?P<html>{target})(?=[\"'\s>])",
        text,
    )


def find_reference(text: str, target: str) -> list[Place]:
    """Where a page refers to an object of the API reference: `[text][target]`."""
    pattern = rf"\[(?P<target>{re.escape(target)})\]"
    as_code = rf"\[`+(?P<target>{re.escape(target)})`+\]"
    return _find(pattern, text) or _find(as_code, text, _BLOCKS)


def find_module(text: str, name: str) -> list[Place]:
    """Where a page asks mkdocstrings for an object: `::: name`."""
    return _find(rf"^[ \t]*:::[ \t]*(?P<name>{re.escape(name)})[ \t]*$", text)


def find_entry(text: str, key: str, value: str | None = None) -> list[Place]:
    """Where a configuration has a key at its top, or a value below that key.

    Args:
        text: The configuration.
        key: The key.
        value: The value, as a word of its own; the key's place is wanted if none is given.
    """
    text = re.sub(r"(?:^|(?<=\s))#.*", lambda comment: " " * len(comment[0]), text, flags=re.M)
    section = re.search(rf"^(?P<key>{re.escape(key)})[ \t]*:.*(?:\n(?:[ \t-].*)?)*", text, re.M)
    if section is None:
        return []
    if value is None:
        return [_place(text, section.start("key"))]
    word = re.compile(rf"(?<![\w./-]){re.escape(value)}(?![\w./-])")
    matches = word.finditer(text, section.end("key") + 1, section.end())
    return [_place(text, match.start()) for match in matches]


def _find(pattern: str, text: str, code: re.Pattern[str] = _CODE) -> list[Place]:
    """Where the named part of a pattern is, code and comments aside."""
    prose = code.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    matches = re.finditer(pattern, prose, re.MULTILINE)
    return [_place(text, match.start(match.lastgroup or 0)) for match in matches]


def _place(text: str, at: int) -> Place:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
