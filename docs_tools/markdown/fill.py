"""Plain Markdown -> the same text with what each directive stands for behind it.

Text outside the regions stays as it is to the byte. Filling what is filled changes nothing.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from markdown_it import MarkdownIt

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.markdown.comments import Comment, Place, find_comments
from docs_tools.markdown.context import Context
from docs_tools.markdown.directives import UnreadableFactsError
from docs_tools.markdown.earlier import may_be_earlier_blocks, may_be_earlier_value
from docs_tools.markdown.expand import expand, is_inline
from docs_tools.markdown.regions import END, END_NAME

__all__ = ["fill"]

_OPEN = re.compile(r"<!--\s*docs_tools/")
_LINE_END = re.compile(r"\r\n?|\n")
_FIRST_WORD = re.compile(r"\W*\w+")
_COMPARED = 3
"""How many lines of a block tell it from another."""


@dataclass(frozen=True)
class _Region:
    directive: Comment
    match: re.Match[str]
    end: Comment | None = None


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class _Fault:
    at: int
    message: str
    hint: str | None = None


def fill(text: str, context: Context, file: str) -> str:
    """Fills the regions of a text, and makes a region for each directive that has none.

    Args:
        text: Plain Markdown, without a byte order mark; its line ends are kept.
        context: What to render directives from.
        file: The file's name for messages.

    Raises:
        DocsToolsError: With every problem in the text; with none where it is the data's alone.
    """
    regions, faults = _pair(find_comments(text))
    starts = _line_starts(text)
    edits: list[_Edit] = []
    for region in regions:
        made = _make(text, starts, region, context)
        if isinstance(made, _Edit):
            edits.append(made)
        else:
            faults += made
    if len(edits) == len(regions) and not faults:
        filled, expected = _apply(text, regions, edits)
        faults = _check_again(filled, regions, expected)
        if not faults:
            return filled
    faults.sort(key=lambda fault: fault.at)
    problems = [Diagnostic(f.message, file, *_locate(starts, f.at), f.hint) for f in faults]
    raise DocsToolsError(f"{file} can't be filled", diagnostics=problems)


def _pair(comments: list[Comment]) -> tuple[list[_Region], list[_Fault]]:
    """Gives each end to the directive before it: text is never taken for that of one further up."""
    regions: list[_Region] = []
    faults = []
    for comment in comments:
        if comment.place is Place.ADDRESS:
            message = "no comment can stand in the address or the title of a link, or in an image"
            hint = "write out what it stands for, or put the directive into the link's text"
            faults.append(_Fault(comment.start, message, hint))
        elif comment.match is None:
            hint = "close it with -->; in a table, write | as \\|; to show it, put it in `code`"
            faults.append(_Fault(comment.start, "this is not read as a comment", hint))
        elif comment.name != END_NAME:
            regions.append(_Region(comment, comment.match))
        elif comment.match["options"].strip():
            faults.append(_Fault(comment.start, "an end has no options", f"write {END}"))
        elif regions and regions[-1].end is None:
            regions[-1] = replace(regions[-1], end=comment)
        else:
            hint = "take it out, or put back the directive that it belongs to"
            faults.append(_Fault(comment.start, "this end has no directive before it", hint))
    return regions, faults


def _make(text: str, starts: list[int], region: _Region, context: Context) -> _Edit | list[_Fault]:
    """What to write for a region, or what is wrong with it."""
    directive = region.directive
    try:
        made = expand(region.match, context)
    except UnreadableFactsError:
        return []
    except DocsToolsError as error:
        problems = error.diagnostics or (Diagnostic(error.message, hint=error.hint),)
        return [_Fault(directive.start, problem.message, problem.hint) for problem in problems]
    inline = is_inline(region.match)
    if not inline and directive.place is not Place.BLOCK:
        message = f"docs_tools/{directive.name} must stand on a line of its own"
        return [_Fault(directive.start, message, "put the directive between blank lines")]
    if region.end and not _belong(region, inline):
        line, _ = _locate(starts, directive.start)
        message = f"this end stands elsewhere than its directive on line {line}"
        hint = (
            "write the directive, the text and the end in one line"
            if inline
            else "give the end a line of its own, indented and quoted as the directive"
        )
        return [_Fault(region.end.start, message, hint)]
    return _inline(text, region, made) if inline else _block(text, region, made)


def _belong(region: _Region, inline: bool) -> bool:
    """Whether an end stands where its directive does."""
    directive, end = region.directive, region.end
    if end is None or directive.home != end.home:
        return False
    return (end.place is not Place.BLOCK) if inline else (end.place is Place.BLOCK)


def _inline(text: str, region: _Region, made: str) -> _Edit | list[_Fault]:
    directive = region.directive
    made = " ".join(made.split("\n")).strip()
    if directive.place is not Place.SENTENCE:
        # such a line is raw HTML, in which Markdown isn't read
        made = MarkdownIt("commonmark").renderInline(made)
    if region.end:
        edit = _Edit(directive.end, region.end.start, made)
        if not may_be_earlier_value(text[edit.start : edit.end], made):
            return [_strange(directive)]
        return edit
    if _goes_on_with(text, directive.end, made):
        return [_lost_end(directive, "behind the directive")]
    return _Edit(directive.end, directive.end, made + END)


def _block(text: str, region: _Region, made: str) -> _Edit | list[_Fault]:
    directive = region.directive
    line_end = _LINE_END.search(text, directive.end) or _LINE_END.search(text)
    newline = line_end[0] if line_end else "\n"
    above = _line_start(text, directive.start)
    # what follows a list's marker is indented as far as the marker is wide
    prefix = re.sub(r"[^>\s]", " ", text[above : directive.start])
    lines = ["", *made.strip("\n").split("\n"), ""]
    body = newline.join((prefix + line if line else prefix.rstrip()) for line in lines)
    start = _line_stop(text, directive.end)
    if region.end:
        stop = _line_start(text, region.end.start)
        old = re.sub(rf"(?:^|(?<=[\r\n]))[ \t>]{{0,{len(prefix)}}}", "", text[start:stop])
        if not may_be_earlier_blocks("\n".join(_LINE_END.split(old)), made):
            return [_strange(directive)]
        return _Edit(start, stop, f"{newline}{body}{newline}")
    following = _OPEN.search(text, start)
    if _stands_already(text[start : following.start() if following else None], lines):
        return [_lost_end(directive, "on the next line")]
    return _Edit(start, start, f"{newline}{body}{newline}{prefix}{END}")


def _goes_on_with(text: str, at: int, made: str) -> bool:
    """Whether the text goes on with the first word of what the directive makes, or a number too."""
    word = _FIRST_WORD.match(made)
    if not word:
        return False
    if word[0].isdecimal():
        return text[at : at + 1].isdecimal()
    again = _FIRST_WORD.match(text, at)
    return again is not None and again[0] == word[0]


def _stands_already(behind: str, lines: list[str]) -> bool:
    """Whether the text behind a directive begins like what the directive makes."""
    old = _first_lines(_LINE_END.split(behind))
    new = _first_lines(lines)
    return len(new & old) >= min(2, len(new)) > 0


def _first_lines(lines: list[str]) -> set[str]:
    # a formatter pads and aligns the cells of a table
    texts = (re.sub(r"[\s:]+|(?<=-)-+", "", line.lstrip(" \t>")) for line in lines)
    return set(islice(filter(None, texts), _COMPARED))


def _strange(directive: Comment) -> _Fault:
    message = f"docs_tools/{directive.name} doesn't make such text as stands before its end"
    hint = "put the end right behind the directive, or take out what you want to keep"
    return _Fault(directive.start, message, hint)


def _lost_end(directive: Comment, where: str) -> _Fault:
    message = (
        f"docs_tools/{directive.name} has no end, but text like what it makes stands behind it"
    )
    hint = f"write {END} behind that text; or {where}, if that text is not to be replaced"
    return _Fault(directive.start, message, hint)


def _apply(
    text: str, regions: list[_Region], edits: list[_Edit]
) -> tuple[str, list[tuple[int, int]]]:
    """The new text, and where the directive and the end of each region stand in it."""
    parts, places = [], []
    length = done = 0
    for region, edit in zip(regions, edits, strict=True):
        directive = length + region.directive.start - done
        parts += [text[done : edit.start], edit.text]
        length += edit.start - done + len(edit.text)
        done = edit.end
        end = length + region.end.start - done if region.end else length - len(END)
        places.append((directive, end))
    return "".join([*parts, text[done:]]), places


def _check_again(
    filled: str, regions: list[_Region], expected: list[tuple[int, int]]
) -> list[_Fault]:
    """The new text must read as it was meant: a lone backtick before a directive undoes that."""
    found, faults = _pair(find_comments(filled))
    for region, places, again in zip_longest(regions, expected, found):
        if again is None or region is None or not _as_meant(region, places, again):
            at = region.directive.start if region else regions[-1].directive.start
            message = "what the directive makes can't stand here"
            hint = "look for an unclosed ` or other markup before it, or give it its own paragraph"
            return [_Fault(at, message, hint)]
    return [_Fault(regions[0].directive.start, fault.message, fault.hint) for fault in faults[:1]]


def _as_meant(region: _Region, places: tuple[int, int], again: _Region) -> bool:
    if again.end is None or (again.directive.start, again.end.start) != places:
        return False
    sentence = Place.SENTENCE
    return _belong(again, is_inline(region.match)) and (
        (again.directive.place is sentence) == (region.directive.place is sentence)
    )


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_stop(text: str, at: int) -> int:
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in _LINE_END.finditer(text))]


def _locate(starts: list[int], at: int) -> tuple[int, int]:
    """Line and column, from 1."""
    line = bisect_right(starts, at)
    return line, at - starts[line - 1] + 1
