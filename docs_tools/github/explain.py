"""Why GitHub refused, and how to mend it."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docs_tools.errors import DocsToolsError

__all__ = ["Answer", "GitHubError", "own_words", "rate_limited", "refusal"]

# what is said where somebody else was first; see also the status 409
_MEANWHILE = re.compile(
    r"not a fast[ -]forward|reference already exists|reference does not exist"
    r"|reference (update failed|cannot be updated)|pull request already exists",
    re.IGNORECASE,
)
_LONGEST_WORDS = 500
_PERMISSIONS = (
    "a workflow's job needs `permissions: {contents: write, pull-requests: write}`, a fine-grained "
    'token "Contents" and "Pull requests" for reading and writing, a classic one the scope `repo`'
)


@dataclass(frozen=True)
class Answer:
    """What came back for a request.

    Attributes:
        status: The status of HTTP.
        headers: The headers, their names in small letters.
        body: The rest.
    """

    status: int
    headers: dict[str, str]
    body: bytes


class GitHubError(DocsToolsError):
    """GitHub refused a request, could not be reached, or gave an answer that makes no sense.

    Attributes:
        status: The status of HTTP, or `None` where there was no answer.
        meanwhile: Whether to read again what is there: somebody else changed it, or nobody knows
            whether the request was carried out.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        status: int | None = None,
        meanwhile: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.meanwhile = meanwhile


def refusal(answer: Answer, doing: str, repository: str) -> GitHubError:
    """The error for an answer that is not a success.

    Args:
        answer: The answer.
        doing: What it was asked for: `open the pull request`.
        repository: `owner/name`.
    """
    status = answer.status
    words = own_words(answer)
    said = f": {words[0]}" if words else ""
    message = f"GitHub refused to {doing} of {repository} ({status}){said}"
    if rate_limited(answer):
        message = f"GitHub's limit of requests is used up ({status}){said}"
    elif status == 401:
        message = f"GitHub does not take the token ({status}){said}"
    elif status >= 500:
        message = f"GitHub failed to {doing} of {repository} ({status}){said}"
    meanwhile = status == 409 or (status == 422 and any(_MEANWHILE.search(line) for line in words))
    hint = "\n".join(line for line in (*words[1:], _mend(answer, " ".join(words))) if line)
    return GitHubError(message, hint=hint or None, status=status, meanwhile=meanwhile)


def _mend(answer: Answer, said: str) -> str | None:
    status = answer.status
    if rate_limited(answer):
        return _when(answer)
    if status == 401:
        return "it may have ended or been revoked: give another in GITHUB_TOKEN or GH_TOKEN"
    if status == 403 and "not permitted to create" in said:
        return (
            "in the settings of the repository or its organization, under Actions, General: "
            '"Allow GitHub Actions to create and approve pull requests"'
        )
    if status == 403 and "SAML" in said:
        return "let the organization's single sign-on authorize the token"
    if status == 403:
        wanted = answer.headers.get("x-accepted-github-permissions")
        return f"the token may not do that{f' ({wanted})' if wanted else ''}: {_PERMISSIONS}"
    if status == 404:
        return f"it isn't there, or the token may not do that: {_PERMISSIONS}"
    if status >= 500:
        return "try again later; https://www.githubstatus.com tells how it is"
    return None


def rate_limited(answer: Answer) -> bool:
    """Whether a request was refused as there were too many, and not for what it was."""
    if answer.status == 429:
        return True
    limits = "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0"
    return answer.status == 403 and (limits or "rate limit" in " ".join(own_words(answer)).lower())


def _when(answer: Answer) -> str:
    after = answer.headers.get("retry-after", "")
    if after.isdecimal():
        return f"try again in {after} seconds"
    reset = answer.headers.get("x-ratelimit-reset", "")
    if reset.isdecimal() and len(reset) < 12:
        return f"try again after {datetime.fromtimestamp(int(reset), UTC):%Y-%m-%d %H:%M:%S} UTC"
    return "try again in some minutes"


def own_words(answer: Answer) -> list[str]:
    """What GitHub itself says, a line for each of its reasons; it is whatever the answer held."""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return []
    if not isinstance(said, dict):
        return []
    reasons = said.get("errors")
    lines = [said.get("message"), *(map(_reason, reasons) if isinstance(reasons, list) else ())]
    return [line[:_LONGEST_WORDS] for line in lines[:10] if isinstance(line, str) and line]


def _reason(reason: Any) -> str | None:
    if isinstance(reason, dict):
        if reason.get("message"):
            return str(reason["message"])
        parts = (reason.get(key) for key in ("resource", "field", "code"))
        return " ".join(str(part) for part in parts if part)
    return reason if isinstance(reason, str) else None
