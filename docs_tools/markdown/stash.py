"""The directives of a page, each behind the marker that stands for it while the page is parsed."""

import re
from collections import Counter
from collections.abc import Callable

from markdown.util import STX

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.markdown.directives import UnreadableFactsError
from docs_tools.markdown.expand import check, expand, is_inline
from docs_tools.markdown.regions import END_NAME
from docs_tools.markdown.syntax import DIRECTIVE

__all__ = ["MARKER", "Stash"]

# ETX would end the marker as a stash of Python-Markdown's own, which replaces it early
MARKER = re.compile(STX + r"docs_tools:(\d+);")
"""What stands for a directive; its number is the group."""

# what an item of a list begins with
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d+[.)])[ \t]")

Report = Callable[[DocsToolsError, str, int], None]


class Stash:
    """What each marker stands for.

    Args:
        context: Gives the facts when they are first needed.
        report: Is told what is wrong, the directive, and which of its kind on the page it is.
    """

    def __init__(self, context: Callable[[], Context], report: Report) -> None:
        self._context = context
        self._report = report
        self._matches: list[re.Match[str]] = []
        self._texts: list[str] = []
        self._occurrences: list[int] = []
        self._seen: Counter[str] = Counter()

    def clear(self) -> None:
        """Forgets the directives of the page before."""
        self._matches.clear()
        self._texts.clear()
        self._occurrences.clear()
        self._seen.clear()

    def swap(self, text: str) -> str:
        """The text with a marker in the place of each directive.

        A region that stands on lines of its own is swapped as a whole, with what an earlier run of
        `render` wrote into it: that was made for GitHub, which reads lists in another way.
        """
        parts, at = [], 0
        matches = iter(DIRECTIVE.finditer(text))
        following = next(matches, None)
        while match := following:
            end, following = match.end(), next(matches, None)
            if following and _is_region(match, following):
                end = following.end()
                self._seen[following[0]] += 1
                following = next(matches, None)
            parts += [text[at : match.start()], self._keep(match, text[match.start() : end])]
            at = end
        return "".join([*parts, text[at:]])

    def _keep(self, match: re.Match[str], text: str) -> str:
        self._occurrences.append(self._seen[match[0]])
        self._seen[match[0]] += 1
        self._matches.append(match)
        self._texts.append(text)
        return f"{STX}docs_tools:{len(self._matches) - 1};"

    def text(self, number: int) -> str:
        """What the marker stands for as it is written: a directive, or a region."""
        return self._texts[number]

    def place(self, number: int) -> tuple[str, int]:
        """The directive, and which of those written alike on the page it is, from 0."""
        return self._matches[number][0], self._occurrences[number]

    def is_inline(self, number: int) -> bool:
        """Whether it stands for a piece of a sentence."""
        return is_inline(self._matches[number])

    def end_of(self, number: int) -> str | None:
        """The marker of the end of a region within a sentence, where there may be one."""
        following = number + 1
        filled = following < len(self._matches) and self._matches[following]["name"] == END_NAME
        return f"{STX}docs_tools:{following};" if filled else None

    def expand(self, number: int) -> str:
        """What it stands for; nothing where something is wrong with it, which is reported."""
        match = self._matches[number]
        if match["name"] == END_NAME:
            self.refuse(number, "this end has no directive before it", "take it out")
            return ""
        try:
            return expand(match, self._context())
        except UnreadableFactsError:
            return ""  # the data's own faults are told by themselves
        except DocsToolsError as error:
            if not error.diagnostics or any(d.file for d in error.diagnostics):
                raise  # the data itself: it has its own place
            self._report(error, *self.place(number))
            return ""

    def refuse(self, number: int, message: str, hint: str) -> None:
        """Reports a directive that can't stand where it does."""
        problem = DocsToolsError(message, diagnostics=[Diagnostic(message, hint=hint)])
        self._report(problem, *self.place(number))

    def refuse_block(self, number: int) -> None:
        """Reports a directive in a sentence that stands for blocks."""
        match = self._matches[number]
        if match["name"] == END_NAME:
            self.refuse(number, "this end has no directive before it", "take it out")
            return
        try:
            check(match)
        except DocsToolsError as error:
            self._report(error, *self.place(number))  # it may be meant for a sentence
        else:
            message = f"docs_tools/{match['name']} must stand on a line of its own"
            self.refuse(number, message, "put the directive between blank lines")


def _is_region(match: re.Match[str], end: re.Match[str]) -> bool:
    """Whether an end belongs to a directive, both on lines of their own.

    The end isn't indented as code is: there it is shown.
    """
    above, behind = _beside(match)
    before, after = _beside(end)
    return (
        end["name"] == END_NAME != match["name"]
        and not _ITEM.sub("", above).strip(" \t>")
        and not before.strip(" \t>")
        and not (behind + after).strip()
        and len(above) <= len(before) < len(above) + 4
    )


def _beside(match: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a directive on its lines."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return before.rpartition("\n")[2], behind.partition("\n")[0]
