"""Text from data, made fit for a place in Markdown.

Text in data is untrusted: Markdown in it works, HTML is shown as written, and a link leads to
http(s), mailto or a relative address.
"""

import re

__all__ = ["cell", "duration", "inline", "table"]

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK_TARGET = re.compile(r"(\]\(\s*<?)\s*([A-Za-z][A-Za-z0-9+.-]*):", re.ASCII)
_SAFE_SCHEMES = ("http", "https", "mailto")


def inline(text: str) -> str:
    """Text as inline Markdown on one line: code spans stay, HTML outside them is escaped."""
    text = " ".join(text.split())
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(text):
        parts += [_escape(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, _escape(text[end:])])


def cell(text: str) -> str:
    """Inline Markdown as the content of a table's cell."""
    parts: list[str] = []
    end = 0
    source = inline(text)
    for match in _CODE.finditer(source):
        # a pipe can't be escaped inside a code span of a table: use the HTML element there
        code = match[0]
        if "|" in code:
            body = match[2].strip().replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;")
            code = f"<code>{body}</code>"
        parts += [source[end : match.start()].replace("|", "&#124;"), code]
        end = match.end()
    return "".join([*parts, source[end:].replace("|", "&#124;")])


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; the cells are used as they are."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def duration(seconds: int) -> str:
    """A length of time as people say it: `43 s`, `26 min`, `1 h 5 min`."""
    if seconds < 60:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("`", "\\`")
    return _LINK_TARGET.sub(_refuse_scheme, text)


def _refuse_scheme(match: re.Match[str]) -> str:
    scheme = match[2].lower()
    return match[0] if scheme in _SAFE_SCHEMES else f"{match[1]}#unsafe-{scheme}-"
