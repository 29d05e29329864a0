"""A language server and what an editor says to it: JSON-RPC over standard input and output.

See https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

TIMEOUT = 30.0  # seconds: an answer takes milliseconds, the start on a busy machine seconds

MARKDOWN = ["markdown", "plaintext"]
CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "hover": {"contentFormat": MARKDOWN},
        "completion": {"completionItem": {"documentationFormat": MARKDOWN}},
    },
}


class LanguageServer:
    """A server in a process of its own.

    Each text is shown to it under a name that it has not seen before, in the folder of the file
    that it stands for: what it says can't be about an older text then.
    """

    def __init__(self, command: Sequence[str], folder: Path, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._texts = self._questions = 0
        self._problems: dict[str, list[Any]] = {}
        self._answers: dict[int, dict[str, Any]] = {}
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        start = {"processId": None, "rootUri": folder.as_uri(), "capabilities": CAPABILITIES}
        self._ask("initialize", start)
        self._send({"method": "initialized", "params": {}})

    def problems(self, path: Path, text: str) -> list[tuple[int, str]]:
        """What is wrong with a text that stands for a file: lines, counted from 1, and words."""
        uri = self._show(path, text)
        self._wait(lambda: uri in self._problems, f"what is wrong in {path.name}")
        found = [(p["range"]["start"]["line"] + 1, p["message"]) for p in self._problems[uri]]
        return sorted(found)

    def completions(self, path: Path, text: str, line: int, column: int) -> dict[str, str]:
        """What may be written at a place, counted from 0, with what is said about each."""
        found = self._ask("textDocument/completion", self._place(path, text, line, column))
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def hover(self, path: Path, text: str, line: int, column: int) -> str:
        """What is said about the thing at a place, counted from 0."""
        found = self._ask("textDocument/hover", self._place(path, text, line, column))
        return _words(found["contents"]) if found else ""

    def close(self) -> None:
        """Asks the server to end, and ends it where it doesn't."""
        with suppress(OSError, RuntimeError, subprocess.TimeoutExpired):
            self._ask("shutdown", None)
            self._send({"method": "exit"})
            self._process.wait(5)
        self._process.kill()
        self._process.wait()
        self._reader.join()

    def _place(self, path: Path, text: str, line: int, column: int) -> dict[str, Any]:
        document = {"uri": self._show(path, text)}
        return {"textDocument": document, "position": {"line": line, "character": column}}

    def _show(self, path: Path, text: str) -> str:
        self._texts += 1
        uri = path.with_stem(f"{path.stem}-{self._texts}").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def _ask(self, method: str, params: Any) -> Any:
        self._questions += 1
        number = self._questions
        self._send({"id": number, "method": method, "params": params})
        self._wait(lambda: number in self._answers, f"an answer to {method}")
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _wait(self, ready: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + TIMEOUT
        while not ready():
            try:
                message = self._messages.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise RuntimeError(f"the language server didn't tell {what}") from None
            if message is None:
                raise RuntimeError(f"the language server ended before it told {what}")
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]] = message
        elif method == "textDocument/publishDiagnostics":
            self._problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            asked = [item.get("section") for item in message["params"]["items"]]
            result = [self._settings.get(section, {}) for section in asked]
            self._send({"id": message["id"], "result": result})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        """Runs in a thread, since a read can't be given a time to end."""
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.removeprefix(b"Content-Length: "))
            while stream.readline().strip():
                continue  # another header
            self._messages.put(json.loads(stream.read(length)))
        self._messages.put(None)


def _words(content: Any) -> str:
    """The text of what may be marked up or not."""
    return content["value"] if isinstance(content, dict) else content or ""
