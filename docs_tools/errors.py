"""What can go wrong, said to people: where it is, what it is, and how to mend it."""

import re
from collections.abc import Iterable, Sized
from dataclasses import dataclass

__all__ = ["Diagnostic", "DocsToolsError", "MalformedNameError", "count_problems", "printable"]


def printable(text: str) -> str:
    """Text on one line that does nothing to a terminal or a CI log, whatever a file had in it.

    Characters that aren't shown become escapes. GitHub takes a line that begins with `::` for a
    command, also behind blanks:
    https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    return re.sub(r"^(\s*):(?=:)", r"\1\\x3a", text)


@dataclass(frozen=True)
class Diagnostic:
    """One problem, with its place and its mend.

    Attributes:
        message: What is wrong, in one sentence.
        file: The file as the user would name it, or `None` where no file is at fault.
        line: Line in the file, counted from 1.
        column: Column in the line, counted from 1.
        hint: What to do about it.
    """

    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    hint: str | None = None

    def __str__(self) -> str:
        parts = [self.file, self.line, self.column]
        if self.file is None:  # such as a text that is no file
            parts = [f"line {self.line}" if self.line else None]
        place = ":".join(str(part) for part in parts if part)
        text = printable(f"{place}: {self.message}" if place else self.message)
        lines = (self.hint or "").splitlines()
        return "\n".join([text, *(f"    {printable(line)}" for line in lines)])

    def to_json(self) -> dict[str, object]:
        """The diagnostic as a JSON object, without what isn't known."""
        fields = {
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "hint": self.hint,
        }
        return {name: value for name, value in fields.items() if value is not None}


class DocsToolsError(Exception):
    """An expected failure: bad input, a refused change, a remote that is away.

    Args:
        message: What failed, in one sentence.
        hint: What to do about it.
        diagnostics: Every single problem found, in the order to show them.
    """

    exit_code = 1

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        diagnostics: Iterable[Diagnostic] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        lines = [str(diagnostic) for diagnostic in self.diagnostics]
        lines.append(str(Diagnostic(self.message, hint=self.hint)))
        return "\n".join(lines)


class MalformedNameError(DocsToolsError):
    """A version, alias or ref that can't be a name at all: wrong usage, exit status 2."""

    exit_code = 2


def count_problems(problems: Sized, where: str) -> str:
    """How many problems there are, in words: `2 problems in the data files`."""
    return f"{len(problems)} problem{'s' * (len(problems) != 1)} {where}"
