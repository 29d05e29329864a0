"""What GitHub answers, as far as it is used here; an answer of another shape is refused."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["Blob", "Commit", "Entry", "Facts", "Made", "Pull", "Ref", "Tree"]


def _as_path(path: str) -> str:
    """A path that stays in the repository: it may be joined to a folder of this machine."""
    parts = path.split("/")
    if "\0" in path or {"", ".", "..", ".git"} & {part.lower() for part in parts}:
        raise ValueError("not a path in a repository")
    return path


_Hash = Annotated[str, Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
_Address = Annotated[str, Field(pattern=r"^https?://[!-~]+\z")]
_Number = Annotated[int, Field(ge=1)]
_Path = Annotated[str, AfterValidator(_as_path)]


class _Answer(BaseModel):
    """A JSON object: what isn't named here is left out."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class Facts(_Answer):
    """A repository."""

    full_name: str
    html_url: _Address
    default_branch: str


class Made(_Answer):
    """An object of git that was made, or one that is named."""

    sha: _Hash


class _Target(Made):
    type: str


class Ref(_Answer):
    """A branch, and the commit that it is at."""

    ref: str
    object: _Target


class Commit(Made):
    """A commit, and the folder of all its files."""

    tree: Made


class Entry(_Answer):
    """One file, folder, link or submodule of a commit."""

    path: _Path
    mode: Annotated[str, Field(pattern=r"^[0-7]{6}\z")]
    type: str
    sha: _Hash


class Tree(Made):
    """All files of a commit, or as many as GitHub tells at once."""

    tree: tuple[Entry, ...]
    truncated: bool


class Blob(Made):
    """What is in a file."""

    content: str
    encoding: str


class _Owned(_Answer):
    full_name: str


class _Head(_Answer):
    ref: str
    sha: _Hash
    repo: _Owned | None


class _Base(_Answer):
    ref: str


class Pull(_Answer):
    """A pull request."""

    number: _Number
    html_url: _Address
    state: str
    title: str
    body: str | None
    head: _Head
    base: _Base
