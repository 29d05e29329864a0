"""Runs `docs_tools` as processes of their own without paying for imports each time.

One process imports what the commands import, then forks for each call: every call still has its
own memory, working folder, environment, output and exit status.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRELOADED = (
    "mkdocs.commands.build",
    "mkdocs.theme",
    "mkdocs.contrib.search",
    "mike.mkdocs_plugin",
    "mkdocstrings_handlers.python",
    "docs_tools.cli",
    "docs_tools.plugins.api",
    "docs_tools.plugins.handbook",
    "docs_tools.plugins.layers",
    "docs_tools.publish",
)


class ForkServer:
    """The parent's side: starts the server at the first call."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(
        self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str]
    ) -> tuple[int, str, str]:
        """Exit status, standard output and standard error of one command."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forkserver"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            )
        assert self._process.stdin
        assert self._process.stdout
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            call = {
                "arguments": list(arguments),
                "cwd": str(cwd),
                "env": dict(env),
                "out": str(out),
                "err": str(err),
            }
            self._process.stdin.write(json.dumps(call) + "\n")
            self._process.stdin.flush()
            status = int(self._process.stdout.readline())
            return status, out.read_text("utf-8"), err.read_text("utf-8")


def serve() -> None:
    """The server's side: one line in, one process, one line out."""
    for module in PRELOADED:
        import_module(module)
    for line in sys.stdin:
        call = json.loads(line)
        child = os.fork()
        if child == 0:
            run_call(call)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def run_call(call: dict[str, str | list[str] | dict[str, str]]) -> None:
    """Becomes the command: never returns."""
    env = call["env"]
    assert isinstance(env, dict)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(str(call["cwd"]))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(str(call[name]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    sys.argv = ["docs_tools", *call["arguments"]]
    status = 0
    try:
        from docs_tools.cli import main

        main()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    serve()
