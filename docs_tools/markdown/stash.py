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
        self._occurrences: list[int] = []
        self._seen: Counter[str] = Counter()

    def clear(self) -> None:
        """Forgets the directives of the page before."""
        self._matches.clear()
        self._occurrences.clear()
        self._seen.clear()

    def swap(self, text: str) -> str:
        """The text with a marker in the place of each directive."""
        return DIRECTIVE.sub(self._keep, text)

    def _keep(self, match: re.Match[str]) -> str:
        self._occurrences.append(self._seen[match[0]])
        self._seen[match[0]] += 1
        self._matches.append(match)
        return f"{STX}docs_tools:{len(self._matches) - 1};"

    def text(self, number: int) -> str:
        """The directive as it is written."""
        return self._matches[number][0]

    def place(self, number: int) -> tuple[str, int]:
        """The directive, and which of those written alike on the page it is, from 0."""
        return self.text(number), self._occurrences[number]

    def is_inline(self, number: int) -> bool:
        """Whether it stands for a piece of a sentence."""
        return is_inline(self._matches[number])

    def end_of(self, number: int, *, block: bool = False) -> str | None:
        """The marker of the end of its region, where an earlier run has filled one.

        Args:
            number: The directive.
            block: The end must have a line of its own, and not be indented as code is.
        """
        following = number + 1
        if following == len(self._matches):
            return None
        match = self._matches[following]
        (before, behind), (above, _) = _beside(match), _beside(self._matches[number])
        alone = not before.strip(" \t>") and not behind.strip() and len(before) < len(above) + 4
        filled = match["name"] == END_NAME and (alone or not block)
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
            self._report(error, match[0], self._occurrences[number])
            return ""

    def refuse(self, number: int, message: str, hint: str) -> None:
        """Reports a directive that can't stand where it does."""
        problem = DocsToolsError(message, diagnostics=[Diagnostic(message, hint=hint)])
        self._report(problem, self.text(number), self._occurrences[number])

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


def _beside(match: re.Match[str]) -> tuple[str, str]:
    """What stands before and behind a directive on its lines."""
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return before.rpartition("\n")[2], behind.partition("\n")[0]
