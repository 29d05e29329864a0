"""Runs `docs_tools` and `mike` as processes of their own without paying for imports each time.

One process imports what the commands import, then forks for each call: every call still has its
own memory, working folder, environment, output and exit status. A call may be killed, and leads a
process group of its own, so that it can be killed with all that it started.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path

CHANGES, KILLED_BEFORE = "TEST_CHANGES", "TEST_KILLED_BEFORE"
"""Variables of a call: a file for what it changes, and the number of the change that kills it."""

READ_SECONDS = "TEST_READ_SECONDS"
"""How long a call waits for an answer of AWS."""

ROOT = Path(__file__).resolve().parent.parent
PRELOADED = (
    "mkdocs.commands.build",
    "mkdocs.theme",
    "mkdocs.contrib.search",
    "mike.driver",
    "mike.mkdocs_plugin",
    "mkdocstrings_handlers.python",
    "docs_tools.cli",
    "docs_tools.plugins.api",
    "docs_tools.plugins.handbook",
    "docs_tools.plugins.layers",
    "docs_tools.plugins.publish",
    "docs_tools.cli.versions.changes",
    "docs_tools.publish.compare",
    "docs_tools.publish.edits",
    "docs_tools.publish.verify",
    "markdown.extensions.fenced_code",
    "markdown.extensions.tables",
    "mkdocs.themes.mkdocs",
    "docs_tools.publish",
    "boto3",
    "docs_tools.cli.progress",
    "docs_tools.layers.aws",
    "docs_tools.layers.run_fetch",
)


class ForkServer:
    """The parent's side: starts the server at the first call."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(
        self, command: Sequence[str], cwd: Path, env: Mapping[str, str]
    ) -> tuple[int, str, str]:
        """Exit status, standard output and standard error of `docs_tools …` or `mike …`.

        The status of a command that was killed is the negative number of the signal.
        """
        return self.run_together([(command, cwd, env)])[0]

    def run_together(
        self, calls: Sequence[tuple[Sequence[str], Path, Mapping[str, str]]]
    ) -> list[tuple[int, str, str]]:
        """The same for several commands that run at the same time."""
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
            files = [
                (Path(folder) / f"{n}.out", Path(folder) / f"{n}.err") for n in range(len(calls))
            ]
            line = [
                {
                    "command": list(command),
                    "cwd": str(cwd),
                    "env": dict(env),
                    "out": str(out),
                    "err": str(err),
                }
                for (command, cwd, env), (out, err) in zip(calls, files, strict=True)
            ]
            self._process.stdin.write(json.dumps(line) + "\n")
            self._process.stdin.flush()
            statuses = json.loads(self._process.stdout.readline())
            return [
                (status, out.read_text("utf-8"), err.read_text("utf-8"))
                for status, (out, err) in zip(statuses, files, strict=True)
            ]


def serve() -> None:
    """The server's side: one line in, a process for each of its calls, one line out."""
    for module in PRELOADED:
        import_module(module)
    _know_aws()
    for line in sys.stdin:
        children = []
        for call in json.loads(line):
            child = os.fork()
            if child == 0:
                run_call(call)
            children.append(child)
        ended = [os.waitpid(child, 0)[1] for child in children]
        print(json.dumps([os.waitstatus_to_exitcode(status) for status in ended]), flush=True)


def _know_aws() -> None:
    """Has botocore read its descriptions of services once, and not in each call."""
    import botocore.session
    from botocore.loaders import create_loader

    botocore.session.create_loader = cache(create_loader)
    session = botocore.session.Session()
    for service in ("s3", "cloudfront"):
        session.create_client(
            service, "eu-west-1", aws_access_key_id="none", aws_secret_access_key="none"
        )


def run_call(call: dict[str, str | list[str] | dict[str, str]]) -> None:
    """Becomes the command: never returns."""
    env = call["env"]
    assert isinstance(env, dict)
    os.environ.clear()
    os.environ.update(env)
    sys.path[1:1] = filter(
        None, env.get("PYTHONPATH", "").split(os.pathsep)
    )  # as at Python's start
    tempfile.tempdir = None  # it is looked for once: this call may have another one
    os.setpgid(0, 0)
    os.chdir(str(call["cwd"]))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(str(call[name]), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    sys.argv = [*call["command"]]
    if log := env.get(CHANGES):
        _watch_changes(log, int(env.get(KILLED_BEFORE, 0)))
    if seconds := env.get(READ_SECONDS):
        vars(import_module("docs_tools.aws.session"))["_READ_SECONDS"] = float(seconds)
    status = 1
    try:
        status = _main(sys.argv[0])
    except SystemExit as stop:
        status = stop.code or 0 if isinstance(stop.code, int | None) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _watch_changes(log: str, killed_before: int) -> None:
    """Writes a line for each change of the file system; kills the process before one of them."""
    file, numbers = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), count(1)
    changes = {"os.mkdir", "os.remove", "os.rename", "os.rmdir"}

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        # a file by its path: by a descriptor, as Python opens pipes, it is there already
        makes_file = (
            event == "open"
            and not isinstance(arguments[0], int)
            and isinstance(flags := arguments[2], int)
            and flags & os.O_CREAT
        )
        if makes_file or event in changes:
            os.write(file, f"{event} {arguments[0]}\n".encode())
            if next(numbers) == killed_before:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _main(program: str) -> int:
    if program == "docs_tools":
        from docs_tools.cli import main

        main()
        return 0
    from mike import driver, mkdocs_utils

    mkdocs_utils.build = _mkdocs_build
    return driver.main() or 0


def _mkdocs_build(config_file: str, version: str, **options: object) -> None:
    """What mike starts `mkdocs build` for, in this process."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.environ["MIKE_DOCS_VERSION"] = version
    config = load_config(config_file)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


if __name__ == "__main__":
    serve()
