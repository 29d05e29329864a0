"""The kinds of value that the data files hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from docs_tools.model.document import KeyPath
from docs_tools.model.form import BLANK, Form

__all__ = [
    "Colour",
    "Duration",
    "Fact",
    "GitHubId",
    "Identifier",
    "Problem",
    "Repository",
    "Text",
    "text_form",
]

_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"
_GITHUB_ID = r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}"
_UNITS = r"(?:[0-9]{1,6}h)?(?:[0-9]{1,6}(?:\.[0-9]{1,6})?m)?(?:[0-9]{1,6}s)?"
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_NO_LENGTH = "a duration of no length; a point in time is a milestone"


def _title(model: type) -> str:
    """`LayerRelease` is a "Layer release"."""
    return re.sub("(?<=[a-z])[A-Z]", lambda letter: f" {letter[0].lower()}", model.__name__)


class Fact(BaseModel):
    """A frozen record of a data file: no unknown keys, and the docstrings describe its fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, model_title_generator=_title
    )

    def check(self) -> "Iterator[Problem]":
        """What is wrong between values that are each right by themselves."""
        return iter(())


@dataclass(frozen=True)
class Problem:
    """A fault at a value; the loader adds the file, the line and the column."""

    path: KeyPath
    message: str
    hint: str | None = None

    def below(self, *parents: str | int) -> "Problem":
        """The same problem as seen from a record further out."""
        return Problem((*parents, *self.path), self.message, self.hint)


def text_form(longest: int | None = None, limit: str = "") -> Form:
    """Text that says something, without control characters.

    Args:
        longest: The most characters it may have besides the blanks round it; 2 or more.
        limit: Whose limit that is, in words.
    """
    begin, middle = f"[{BLANK}]*[^{BLANK}{_CONTROL}]", f"[^{_CONTROL}]"
    hint = "it must say something; quote a number"

    def explain(text: str) -> str:
        if not text.strip():
            return "is empty"
        if re.search(f"[{_CONTROL}]", text):
            return "holds a control character"
        return f"{len(text.strip())} characters; {limit}"

    if longest is None:
        return Form(f"{begin}{middle}*", "text", hint, explain)
    rest = f"(?:{middle}{{0,{longest - 2}}}[^{BLANK}{_CONTROL}])?[{BLANK}]*"
    return Form(begin + rest, f"text of {longest} characters at most", hint, explain)


def _why_no_duration(text: str) -> str | None:
    return _NO_LENGTH if text and re.fullmatch(_UNITS, text) else None


def _colour(text: str) -> str:
    return text.removeprefix("#").lower()


def _seconds(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError(_DURATION.fault(value))  # noqa: TRY004 - a problem of the data
    parts = re.findall("([0-9.]+)([hms])", _DURATION.check(value))
    total = round(sum(float(number) * _SECONDS[unit] for number, unit in parts))
    if total < 1:
        raise ValueError(_NO_LENGTH)
    return total


_DURATION = Form(
    f"(?=.*[1-9]){_UNITS}", "a duration", "write such as 8s, 2.2m, 1h30m", _why_no_duration
)

Text = Annotated[str, text_form(), AfterValidator(str.strip)]
"""Text that says something; Markdown in it works, HTML is shown as written."""

Identifier = Annotated[
    str, Form("[A-Za-z][A-Za-z0-9_-]*", "an id", "letters, digits, - and _, a letter first")
]
"""An id, unique among its kind."""

GitHubId = Annotated[str, Form(_GITHUB_ID, "a GitHub id")]
"""A GitHub user name."""

Repository = Annotated[
    str,
    Form(f"{_GITHUB_ID}/(?!\\.\\.?$)[A-Za-z0-9_.-]{{1,100}}", "a repository", "write owner/name"),
]
"""A repository on GitHub: `owner/name`."""

Colour = Annotated[
    str,
    Form("#?[0-9a-fA-F]{6}", "a hex colour", 'six digits, such as "d73a4a"'),
    AfterValidator(_colour),
]
"""Six hexadecimal digits, with or without `#`."""

Duration = Annotated[
    int, BeforeValidator(_seconds, json_schema_input_type=Annotated[str, _DURATION])
]
"""Whole seconds, written as `8s`, `2.2m`, `6m` or `1h30m`."""
