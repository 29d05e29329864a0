"""Which repository on GitHub it is: from the environment, or from the address of a git remote."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git, GitError, check_ref, mask_credentials

__all__ = ["REPOSITORY_VARIABLE", "Repository", "check_branch", "find_repository"]

REPOSITORY_VARIABLE = "GITHUB_REPOSITORY"
_SAY = f"set {REPOSITORY_VARIABLE} to owner/name"

# an owner that a company manages has an underscore, one of long ago may end in a dash
_FULL_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,38})/(?!\.\.?$)([A-Za-z0-9._-]{1,100})")
# git's short form of ssh, [user@]host:path; a letter alone is a drive of Windows
_SCP_LIKE = re.compile(r"(?:[^@/\s]+@)?([A-Za-z0-9][A-Za-z0-9.-]+):(?!//)/?(.+)")
_SCHEMES = ("https", "http", "ssh", "git+ssh", "git")
# where ssh and old addresses of the same place lead
_ALSO_GITHUB = ("www.github.com", "ssh.github.com")


@dataclass(frozen=True)
class Repository:
    """A repository on GitHub.

    Attributes:
        owner: The person or the organization that owns it.
        name: Its name.
        host: The host that its git remote names; `None` where only the name was given.
    """

    owner: str
    name: str
    host: str | None = None

    def __str__(self) -> str:
        return f"{self.owner}/{self.name}"

    @classmethod
    def parse(cls, text: str, host: str | None = None) -> "Repository":
        """A repository from `owner/name`.

        Raises:
            DocsToolsError: That is no such name.
        """
        found = _FULL_NAME.fullmatch(text)
        if found is None:
            raise DocsToolsError(
                f"not a repository on GitHub: {mask_credentials(text)!r}", hint="write owner/name"
            )
        return cls(found[1], found[2], host)


def find_repository(
    git: Git, *, remote: str = "origin", environ: Mapping[str, str] | None = None
) -> Repository:
    """The repository that a work tree belongs to.

    Args:
        git: The work tree.
        remote: The git remote that is on GitHub.
        environ: The environment; `GITHUB_REPOSITORY` in it comes before the remote.

    Raises:
        DocsToolsError: Neither names one.
    """
    named = (os.environ if environ is None else environ).get(REPOSITORY_VARIABLE, "").strip()
    if named:
        try:
            return Repository.parse(named)
        except DocsToolsError as error:
            raise DocsToolsError(
                f"{REPOSITORY_VARIABLE} is not a repository: {named!r}", hint="write owner/name"
            ) from error
    if not remote or remote.startswith("-"):
        raise DocsToolsError(f"not a git remote: {remote!r}", hint=_SAY)
    try:
        url = git.text("remote", "get-url", "--", remote)
    except GitError as error:
        raise DocsToolsError(
            f'there is no git remote "{remote}" that tells the repository on GitHub',
            hint=f"{_SAY}, or add the remote",
        ) from error
    return _from_url(url.splitlines()[0] if url else "", remote)


def check_branch(name: str) -> str:
    """The name of a branch, refused where git would refuse it.

    Raises:
        MalformedNameError: By the rules of git-check-ref-format.
        DocsToolsError: The same.
    """
    check_ref(name)
    bad = re.search(r"[~^]|@\{|//|/\.|^[./]|[./]$|\.lock(/|$)|^(@|HEAD)$", name)
    if bad or not name.isprintable():
        raise DocsToolsError(f"not a branch: {name!r}", hint="name one such as docs/layers")
    return name


def _from_url(url: str, remote: str) -> Repository:
    host, path = _parts(url)
    name = path.strip("/").removesuffix(".git")
    if host is None or _FULL_NAME.fullmatch(name) is None:
        raise DocsToolsError(
            f'the git remote "{remote}" is not a repository on GitHub: {mask_credentials(url)}',
            hint=_SAY,
        )
    return Repository.parse(name, "github.com" if host in _ALSO_GITHUB else host)


def _parts(url: str) -> tuple[str | None, str]:
    """The host and the path of an address."""
    if "://" not in url:
        short = _SCP_LIKE.fullmatch(url)
        return (short[1].lower(), short[2]) if short else (None, "")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # such as a half IPv6 address
        return None, ""
    known = parts.scheme.lower() in _SCHEMES and not parts.query and not parts.fragment
    return (host if known else None), parts.path
