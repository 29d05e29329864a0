"""Requests over HTTP: repeated where that helps, sent to one host, and the token never told."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from docs_tools import __version__
from docs_tools.errors import DocsToolsError
from docs_tools.git import mask_credentials
from docs_tools.github.explain import Answer, GitHubError, rate_limited

if TYPE_CHECKING:
    import requests

__all__ = ["Patience", "Transport", "check_api_url", "check_token"]

_REDIRECTS = (301, 302, 307, 308)
_MOST_REDIRECTS = 5
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Patience:
    """How long to wait for GitHub, in seconds.

    Attributes:
        tries: How often a request is sent at most.
        pause: The pause before the second try; it doubles with each.
        longest: The longest pause that GitHub may ask for; beyond it that's an error.
        connect: For a connection.
        read: For an answer to begin, and for each further piece of it.
    """

    tries: int = 4
    pause: float = 1.0
    longest: float = 60.0
    connect: float = 10.0
    read: float = 60.0


class Transport:
    """Sends requests to one API with one token.

    Args:
        api_url: Where the API is.
        token: The token.
        patience: How long to wait.
        sleep: Waits some seconds.
    """

    def __init__(
        self,
        api_url: str,
        token: str,
        patience: Patience,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.api_url = check_api_url(api_url)
        self._token = check_token(token)
        self._patience = patience
        self._sleep = sleep
        self._session: requests.Session | None = None

    def __repr__(self) -> str:
        return f"Transport({self.api_url!r})"

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        repeat: bool = True,
    ) -> Answer:
        """Sends a request, again where it failed in a way that may pass.

        Args:
            method: The method of HTTP.
            path: Where below the API, quoted.
            query: The parameters behind it.
            body: What to send, as JSON.
            repeat: Whether it may be carried out twice. Otherwise it's sent again only where it
                was refused for there being too many.

        Returns:
            The last answer, whatever its status.

        Raises:
            GitHubError: There was none.
        """
        import requests

        url = f"{self.api_url}{path}"
        pause = self._patience.pause
        for left in reversed(range(self._patience.tries)):
            wait: float | None = pause if repeat else None
            try:
                answer = self._follow(method, url, query, body)
            except requests.RequestException as error:
                passes = isinstance(error, requests.ConnectionError | requests.Timeout)
                if not left or wait is None or not passes or _never(error):
                    raise self._unreachable(error, meanwhile=not repeat) from None
            else:
                wait = self._wait(answer, wait)
                if not left or wait is None:
                    return answer
            self._sleep(wait)
            pause *= 2
        raise AssertionError("no try was left")  # pragma: no cover

    def mask(self, text: str) -> str:
        """A text from outside without the token, should it be in it."""
        return mask_credentials(text.replace(self._token, "***"))

    def _wait(self, answer: Answer, pause: float | None) -> float | None:
        """How long to wait before an answer is asked for again; `None` where it stands."""
        longest = self._patience.longest
        after = answer.headers.get("retry-after", "")
        asked = float(after) if after.isdecimal() else None
        if rate_limited(answer):
            reset = answer.headers.get("x-ratelimit-reset", "")
            if asked is None and answer.headers.get("x-ratelimit-remaining") == "0":
                asked = max(float(reset) - time.time() + 1, 0) if reset.isdecimal() else None
            asked = longest if asked is None else asked  # as GitHub wants it: a minute at least
        elif answer.status < 500 or pause is None:
            return None
        else:
            asked = pause if asked is None else asked
        return asked if asked <= longest else None

    def _follow(
        self, method: str, url: str, query: Mapping[str, str] | None, body: object
    ) -> Answer:
        """Sends a request once, and where it's told to go on the same host."""
        for _ in range(_MOST_REDIRECTS):
            response = self._connected().request(
                method,
                url,
                params=query,
                data=None if body is None else json.dumps(body).encode(),
                headers={} if body is None else {"Content-Type": "application/json"},
                timeout=(self._patience.connect, self._patience.read),
                allow_redirects=False,
            )
            target = response.headers.get("Location")
            if response.status_code not in _REDIRECTS or not target:
                return self._answer(response)
            url, query = self._same_host(url, target), None
        raise GitHubError(f"GitHub redirects in a circle: {self.mask(url)}")

    def _answer(self, response: "requests.Response") -> Answer:
        body = response.content
        if response.status_code >= 400:  # it may be shown
            body = self.mask(body.decode("utf-8", "replace")).encode()
        headers = {name.lower(): self.mask(text) for name, text in response.headers.items()}
        return Answer(response.status_code, headers, body)

    def _same_host(self, url: str, target: str) -> str:
        """Where a redirect leads to, if the token may be sent there."""
        there_url = target
        try:
            there_url = urljoin(url, target)
            here, there = urlsplit(self.api_url), urlsplit(there_url)
            same = (here.scheme, here.hostname, here.port) == (
                there.scheme, there.hostname, there.port
            ) and "@" not in there.netloc  # fmt: skip
        except ValueError:
            same = False
        if not same:
            raise GitHubError(
                f"{self.api_url} redirects to another place: {self.mask(there_url)}",
                hint="the token is not sent there; is GITHUB_API_URL right?",
            )
        return there_url

    def _connected(self) -> "requests.Session":
        if self._session is None:
            self._session = _new_session(self._token)
        return self._session

    def _unreachable(self, error: Exception, *, meanwhile: bool) -> GitHubError:
        import requests

        hint = "is the network there, and GITHUB_API_URL right?"
        why = "can't be reached"
        if isinstance(error, requests.exceptions.SSLError):
            why = "has a certificate that isn't trusted here, or does not speak TLS"
            hint = "REQUESTS_CA_BUNDLE names the file of the certificates that are trusted"
        elif isinstance(error, requests.exceptions.ProxyError):
            why = "can't be reached through the proxy"
            hint = "are HTTPS_PROXY and NO_PROXY right?"
        elif isinstance(error, requests.Timeout):
            why = "did not answer in time"
        elif not isinstance(error, requests.ConnectionError):
            why = "did not answer as a server does"
        return GitHubError(
            f"{self.api_url} {why} ({type(error).__name__})", hint=hint, meanwhile=meanwhile
        )


def _new_session(token: str) -> "requests.Session":
    import requests

    class Session(requests.Session):
        """One that leaves redirects alone: it reads their target even where it doesn't follow."""

        def get_redirect_target(self, resp: requests.Response) -> None:
            return None

    session = Session()
    session.auth = _Bearer(token)
    session.headers.update(
        {
            "Accept": "application/vnd.github+json",
            "User-Agent": f"docs_tools/{__version__}",
            "X-GitHub-Api-Version": "2022-11-28",
        }
    )
    return session


class _Bearer:
    """Puts the token into a request; without it requests would take one from `.netrc`."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _never(error: Exception) -> bool:
    """Whether the next try would end in the same way."""
    import requests

    return isinstance(error, requests.exceptions.SSLError | requests.exceptions.ProxyError)


def check_token(token: str) -> str:
    """A token without the line's end that files and secrets have; it is in no error.

    Raises:
        DocsToolsError: No token looks so.
    """
    token = token.strip()
    if not token or not all("!" <= character <= "~" for character in token):
        raise DocsToolsError(
            "the token for GitHub is not a token", hint="it is letters, digits and _ on one line"
        )
    return token


def check_api_url(url: str) -> str:
    """The address of the API, without a slash at its end.

    Raises:
        DocsToolsError: It isn't one that a token may be sent to.
    """
    try:
        parts = urlsplit(url.strip())
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        plain = not (parts.query or parts.fragment or "@" in parts.netloc) and parts.port != 0
        good = safe and plain and bool(parts.hostname) and url.strip().isprintable()
    except ValueError:
        good = False
    if not good:
        raise DocsToolsError(
            f"GITHUB_API_URL is not the address of an API: {mask_credentials(url)!r}",
            hint="such as https://api.github.com, or https://HOST/api/v3 of an Enterprise server",
        )
    return url.strip().rstrip("/")
