"""Which ARNs of a text keep their number because a comment says so.

The comment is in the text's own language; what counts is `docs_tools: keep` in it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

__all__ = ["Kept", "find_kept"]

_MARK = re.compile(r"docs_tools:[ \t]*keep(?:-(?P<what>file|start|end))?(?![A-Za-z0-9-])")
_WORD = re.compile(r"\S")
_Span = tuple[int, int]


class Kept:
    """The stretches of a text where ARNs keep their number.

    Args:
        spans: Where each begins, and where it ends.
        whole: Whether it is the whole text.
    """

    def __init__(self, spans: Iterable[_Span] = (), *, whole: bool = False) -> None:
        self.whole = whole
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def covers(self, place: int) -> bool:
        """Whether what stands at this place is kept."""
        before = bisect_right(self._starts, place)
        return self.whole or bool(before and place < self._ends[before - 1])


def find_kept(text: str, *, whole: bool = True) -> Kept:
    """Looks for the comments.

    - `docs_tools: keep` excuses its own line, or the next one that isn't blank where it stands on a
      line without an ARN;
    - from `docs_tools: keep-start` to `docs_tools: keep-end` all is excused, or up to the end;
    - `docs_tools: keep-file` excuses the whole text.

    Args:
        text: The text.
        whole: Whether the last counts.
    """
    if "docs_tools:" not in text:  # as nearly every text
        return Kept()
    marks = list(_MARK.finditer(text))
    if whole and any(mark["what"] == "file" for mark in marks):
        return Kept(whole=True)
    return Kept([*_between(text, marks), *_lines(text, marks)])


def _between(text: str, marks: Iterable[re.Match[str]]) -> Iterator[_Span]:
    start: int | None = None
    for mark in marks:
        if mark["what"] == "start" and start is None:
            start = mark.start()
        elif mark["what"] == "end" and start is not None:
            yield start, mark.end()
            start = None
    if start is not None:
        yield start, len(text)


def _lines(text: str, marks: Iterable[re.Match[str]]) -> Iterator[_Span]:
    done = 0
    for mark in marks:
        if mark["what"] or mark.start() < done:  # one of a line is enough
            continue
        begin, done = _line(text, mark.start())
        own = "arn:" in text[begin:done]
        following = None if own else _WORD.search(text, done)
        yield begin, _line(text, following.start())[1] if following else done


def _line(text: str, place: int) -> _Span:
    """Where the line of a place begins and ends."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end
