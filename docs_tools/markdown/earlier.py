"""What an earlier run of `render` may have written, told from what an author did.

A lost or misplaced end makes text of the author's stand in a region. It must not be replaced, so a
region is only filled anew where all that it holds is of the form of the new text.
"""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from docs_tools.render.people import COLUMNS

__all__ = ["may_be_earlier_blocks", "may_be_earlier_value"]

_LONG = 40
"""Characters that any value may have."""

_CAPTION = re.compile(r"(?:\*\*.+\*\*, r|R)elease [^\n]+")
_NOBODY = "Nobody yet."
_PEOPLE = frozenset(COLUMNS.values())
_NUMBER = r"\d[\w.:]*(?: [^\W\d]+)?"
_FIGURE = re.compile(f"{_NUMBER}(?: {_NUMBER})*")
_NEXT_SENTENCE = re.compile(r"[.!?] ")


def may_be_earlier_blocks(old: str, new: str) -> bool:
    """Whether text on lines of its own has the same kinds of blocks in the same order.

    Captioned tables may be more or fewer; a table must share a heading with the new ones.

    Args:
        old: What stands in the region, without the prefixes of quotes and lists.
        new: What the directive makes.
    """
    if old.split() in ([], new.split()):
        return True
    env: dict[str, object] = {}
    engine = MarkdownIt("commonmark").enable("table")
    before, after = engine.parse(old, env), engine.parse(new)
    if env.get("references"):  # a definition, which is no block
        return False
    known = set[str]().union(*_headings(after))
    if not known or known & _PEOPLE:
        known |= _PEOPLE  # which columns there are is an option, and without people there are none
    return (
        _kinds(before) == _kinds(after)
        and all(known & headings for headings in _headings(before))
        and _has_whole_rows(before, old)
    )


def may_be_earlier_value(old: str, new: str) -> bool:
    """Whether text in a sentence is as short as a value, and a figure where the new one is.

    Args:
        old: What stands in the region.
        new: What the directive makes.
    """
    was = " ".join(re.sub(r"[\r\n][ \t>]*", " ", old).split())
    if was in ("", new):
        return True
    if old != old.strip() or "<!--" in old or len(was) > max(_LONG, 3 * len(new)):
        return False
    if _FIGURE.fullmatch(new):
        return " " not in was or bool(_FIGURE.fullmatch(was))
    return not _NEXT_SENTENCE.search(was) or bool(_NEXT_SENTENCE.search(new))


def _kinds(tokens: list[Token]) -> list[str]:
    kinds: list[str] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.level == 0 and token.nesting >= 0:
            kinds.append(_kind(token, following.content if following else ""))
        if kinds[-4:] == ["caption", "table_open"] * 2:
            del kinds[-2:]
    return kinds


def _kind(token: Token, content: str) -> str:
    if token.type == "paragraph_open" and content == _NOBODY:
        return "table_open"  # what stands there once there is somebody
    if token.type == "paragraph_open" and _CAPTION.fullmatch(content):
        return "caption"
    html = token.content if token.type == "html_block" else ""
    return " ".join([token.type, *token.info.split(), *html.split()])


def _headings(tokens: list[Token]) -> list[set[str]]:
    """The headings of each table."""
    found: list[set[str]] = []
    for token, following in pairwise(tokens):
        if token.type == "thead_open":
            found.append(set())
        elif token.type == "th_open":
            found[-1].add(following.content)
    return found


def _has_whole_rows(tokens: list[Token], text: str) -> bool:
    """Whether each line of the tables is a row: a paragraph right below a table is read as one."""
    lines = text.splitlines()
    rows = [token.map for token in tokens if token.type == "tr_open" and token.map]
    return all(lines[first].lstrip().startswith("|") for first, _ in rows)
