"""The kinds of value that the data files hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from docs_tools.model.document import KeyPath

__all__ = [
    "Colour",
    "Duration",
    "Fact",
    "GitHubId",
    "Identifier",
    "Problem",
    "Repository",
    "Text",
]

_DURATION = re.compile(r"(?:([0-9]{1,6})h)?(?:([0-9]{1,6}(?:\.[0-9]{1,6})?)m)?(?:([0-9]{1,6})s)?")
_GITHUB_ID = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_REPOSITORY = re.compile(rf"{_GITHUB_ID.pattern}/[\w.-]{{1,100}}", re.ASCII)
_COLOUR = re.compile(r"#?[0-9a-fA-F]{6}")


class Fact(BaseModel):
    """A frozen record of a data file: no unknown keys, and the docstrings describe its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

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


def _text(value: str) -> str:
    text = value.strip()
    if not text:
        raise ValueError("is empty")
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise ValueError("holds a control character")
    return text


def _identifier(value: str) -> str:
    if not _IDENTIFIER.fullmatch(value):
        raise ValueError(f'not an id: "{value}"; letters, digits, - and _, a letter first')
    return value


def _github_id(value: str) -> str:
    if not _GITHUB_ID.fullmatch(value):
        raise ValueError(f'not a GitHub id: "{value}"')
    return value


def _repository(value: str) -> str:
    if not _REPOSITORY.fullmatch(value):
        raise ValueError(f'not a repository: "{value}"; write owner/name')
    return value


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise ValueError(f'not a hex colour: "{value}"; six digits, such as "d73a4a"')
    return value.removeprefix("#").lower()


def _seconds(value: object) -> int:
    match = _DURATION.fullmatch(value) if isinstance(value, str) and value else None
    if not match:
        raise ValueError(f'not a duration: "{value}"; write such as 8s, 2.2m, 1h30m')
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    total = round(hours * 3600 + minutes * 60 + seconds)
    if total < 1:
        raise ValueError("a duration of no length; a point in time is a milestone")
    return total


Text = Annotated[str, AfterValidator(_text)]
"""Text that says something; Markdown in it works, HTML is shown as written."""

Identifier = Annotated[str, AfterValidator(_identifier)]
"""An id, unique among its kind."""

GitHubId = Annotated[str, AfterValidator(_github_id)]
"""A GitHub user name."""

Repository = Annotated[str, AfterValidator(_repository)]
"""A repository on GitHub: `owner/name`."""

Colour = Annotated[str, AfterValidator(_colour)]
"""Six hexadecimal digits, with or without `#`."""

Duration = Annotated[int, BeforeValidator(_seconds, json_schema_input_type=str)]
"""Whole seconds, written as `8s`, `2.2m`, `6m` or `1h30m`."""
