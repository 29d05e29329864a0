"""The HTTP of a server: it answers each request with what a function says."""

import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler

# status, headers, body; without a status there comes no answer
Answer = tuple[int | None, Mapping[str, str], bytes]
Serve = Callable[[str, str, Mapping[str, str], bytes], Answer]


def handler(serve: Serve, ending: threading.Event) -> type[BaseHTTPRequestHandler]:
    """What a server does with a request.

    Args:
        serve: Answers a method, an address, headers with names in small letters, and a body.
        ending: Set when the server ends.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer in two pieces waits for the acknowledgement of the first

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): text for name, text in self.headers.items()}
            status, told, content = serve(self.command, self.path, headers, body)
            if status is None:
                ending.wait(5)
                self.close_connection = True
                return
            self.send_response(status)
            for name, text in {**told, "content-length": str(len(content))}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = answer  # noqa: N815 - so the library calls them

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what was asked is remembered elsewhere."""

    return Handler
