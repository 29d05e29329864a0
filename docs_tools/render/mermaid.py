"""Text from data, made fit for a place in a Mermaid diagram."""

import re

__all__ = ["accessible", "node_label", "task_name"]

# https://mermaid.js.org/syntax/gantt.html: what the lexer of a gantt chart takes for a statement
_STATEMENT = re.compile(
    r"(?:title|section|includes|excludes|todaymarker|dateformat|axisformat|tickinterval|weekday"
    r"|weekend|inclusiveenddates|topaxis|gantt|click|call|href|acctitle|accdescr|\d)",
    re.IGNORECASE,
)
# a direction is one wherever it stands in a line; from a line that seems to set a style the last
# semicolon is taken; and what is Mermaid's own spelling of a code is one in a name too
_ANYWHERE = r"d(?=irection )|s(?=tyle)|c(?=lassDef)|[#;%<>&°¶\ufeff]"


def task_name(text: str) -> str:
    """A name in a gantt chart: what its lexer would take for syntax becomes an entity code."""
    text = _encode(text, r"[;:%<>&°¶\ufeff]|#(?=\w+;)")
    return f"#{ord(text[0])};{text[1:]}" if _STATEMENT.match(text) else text


def node_label(text: str) -> str:
    """A label between double quotes, in flowcharts and class diagrams, that is no markup there."""
    return _encode(text, rf"{_ANYWHERE}|[\"`\\*_~{{}}\[\]()|$]|:(?=fa-)")


def accessible(text: str) -> str:
    """Text for `accTitle` and `accDescr`, on one line."""
    return _encode(text, rf"{_ANYWHERE}|[{{}}\"`\\]")


def _encode(text: str, special: str) -> str:
    """Entity codes, as Mermaid has them: `#58;` for a colon."""
    return re.sub(special, lambda match: f"#{ord(match[0])};", " ".join(text.split()))
