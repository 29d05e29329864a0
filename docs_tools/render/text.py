"""Text from data, made fit for a place in Markdown.

Text in data is untrusted: Markdown in it works, attribute lists and emoji too where the site has
them, HTML is shown as written, images become links, and a link leads to http(s), mailto or a
relative address.
"""

import re

__all__ = ["cell", "literal", "table"]

_SPECIAL = re.compile(
    # code, as Python-Markdown finds it; an escaped backtick opens none
    r"(?<![\\`])(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    # a link's target with something before a colon that is no safe scheme, or that code may spell
    r"|(?P<target>\]\(\s*)(?!(?:https?|mailto):)(?=[^\s/?#:)]*[:`])"
    # classes and harmless attributes for what stands before them: an attribute list may set any
    r"|(?<=[\])*_~`])(?P<attributes>\{:?(?:[ ]*(?:\.[a-z][\w-]*|(?:title|lang|rel|target)="
    r"(?:\"[^\"<>&|{}\\`*_\[\]]*\"|[\w-]+))(?=[ }]))+[ ]*\})"
    # an image would be fetched from wherever it says
    r"|!(?=\[)"
    # HTML, what would end the cell, open code, or begin another attribute list
    r"|\\?`|[&<>|{}]",
    re.IGNORECASE | re.ASCII,
)
_PUNCTUATION = re.compile(r"[!-+:-@\[-`{-~]")


def cell(text: str) -> str:
    """Inline Markdown on one line, fit for a table's cell: all but Markdown is shown as written."""
    return _SPECIAL.sub(_defuse, " ".join(text.split()))


def literal(text: str) -> str:
    """Text that is no Markdown: every character that could be markup is an entity."""
    return _PUNCTUATION.sub(_entity, " ".join(text.split()))


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; the cells are used as they are."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _defuse(match: re.Match[str]) -> str:
    if code := match["code"]:
        # neither a pipe nor HTML is safe between backticks: not in a table, not in every engine
        plain = not re.search(r"[\\|<>&]", code)
        return match[0] if plain else f"<code>{literal(code)}</code>"
    if match["attributes"]:
        return match[0]
    if target := match["target"]:
        return f"{target}#unsafe-"
    return _entity(match)


def _entity(match: re.Match[str]) -> str:
    names = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    char = match[0][-1]
    return names.get(char, f"&#{ord(char)};")
