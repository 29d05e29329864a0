"""A web server over what is published, and a reader that follows each link of it."""

import gzip
import posixpath
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote, urljoin, urlsplit

from tests.aws.buckets import Stored

Read = Callable[[str], Stored | None]

_HERE = "http://site.invalid"
_REFRESH = re.compile(r"url=(.+)", re.IGNORECASE)


@contextmanager
def front(read: Read) -> Iterator[int]:
    """Serves a site as a web server does: folders by their index pages, 404.html for the rest.

    Args:
        read: Finds what is published at a path.

    Yields:
        The port.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, stored = answer(read, unquote(urlsplit(self.path).path))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", stored.content_type)
            elif stored.content_type:
                self.send_header("Content-Type", stored.content_type)
            if stored.encoding:
                self.send_header("Content-Encoding", stored.encoding)
            self.send_header("Content-Length", str(len(stored.content)))
            self.end_headers()
            self.wfile.write(stored.content)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(read: Read, path: str) -> tuple[int, Stored]:
    """Status and content for an address; that of a redirect stands where its type would."""
    key = path.removeprefix("/")
    if not key or key.endswith("/"):
        found = read(f"{key}index.html")
    else:
        found = read(key)
        if found is None and read(f"{key}/index.html"):
            return 302, Stored(b"", f"{quote(path)}/", "", "", "")
    if found:
        return 200, found
    return 404, read("404.html") or Stored(b"Not found", "text/plain", "", "", "")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            elif name in ("id", "name") and value:
                self.ids.add(value)
        given = dict(attrs)
        refresh = _REFRESH.search(given.get("content") or "")
        if tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh" and refresh:
            self.links.append(refresh[1].strip("'\""))


class Reader:
    """Follows each link of a site from its pages.

    Args:
        port: Where it is served.
        site_url: The address that the site is published for; links to it are its own.
    """

    def __init__(self, port: int, site_url: str = "https://docs.example.com/") -> None:
        self._port = port
        self._site_url = site_url
        self._pages: dict[str, tuple[int, str, _Page | None]] = {}

    def broken(self, *starts: str) -> list[str]:
        """The links that lead nowhere, from some addresses on."""
        found, waiting = [], [(start, "the start") for start in starts]
        seen: set[str] = set()
        while waiting:
            address, source = waiting.pop()
            path, _, fragment = address.partition("#")
            status, _, page = self._get(path)
            if status != 200:
                found.append(f"{source} -> {path}: {status}")
                continue
            if page is None:
                continue
            if fragment and unquote(fragment) not in page.ids:
                found.append(f"{source} -> {address}: no such anchor")
            if path not in seen:
                seen.add(path)
                waiting += [(target, path) for target in self._targets(path, page)]
        return sorted(set(found))

    @property
    def read(self) -> Mapping[str, str]:
        """What was read: the type by address."""
        return {path: kind for path, (_, kind, _) in self._pages.items()}

    def _targets(self, path: str, page: _Page) -> Iterator[str]:
        for link in page.links:
            target = urljoin(_HERE + path, link)
            if target.startswith(self._site_url):
                target = _HERE + "/" + target.removeprefix(self._site_url)
            parts = urlsplit(target)
            if target.startswith(_HERE):
                yield parts.path + (f"#{parts.fragment}" if parts.fragment else "")

    def _get(self, path: str) -> tuple[int, str, _Page | None]:
        if path not in self._pages:
            self._pages[path] = self._fetch(path)
        return self._pages[path]

    def _fetch(self, path: str, hops: int = 3) -> tuple[int, str, _Page | None]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", quote(unquote(path)))
        response = connection.getresponse()
        body = response.read()
        connection.close()
        if response.status == 302 and hops:
            return self._fetch(response.headers["Location"], hops - 1)
        kind = response.headers.get("Content-Type", "")
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if not kind.startswith("text/html"):
            return response.status, kind, None
        page = _Page()
        page.feed(body.decode())
        return response.status, kind, page


def of_keys(objects: Mapping[str, Stored], prefix: str = "") -> Read:
    """Reads from what a bucket holds, below a prefix."""
    return lambda path: objects.get(posixpath.join(prefix, path))
