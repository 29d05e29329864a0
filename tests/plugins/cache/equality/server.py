"""Builds sites as MkDocs does, each in a process of its own that is forked from a warm one.

Plugins change what outlives a build: mkdocs-autorefs patches classes, and extensions keep what they
read in their modules. So a build gets a fresh process; or one process makes them all, as
`mkdocs serve` does.
"""

import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Template
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.pages import Page

__all__ = ["Builder", "Built"]

ROOT = Path(__file__).resolve().parents[4]
EXTENSIONS = "extensions"
"""The folder of a project that modules are imported from."""
_COUNTED: dict[str, Any] = {"converted": Page, "rendered": Template}


@dataclass(frozen=True)
class Built:
    """What a build did besides writing a site.

    Attributes:
        failure: What stopped it: a kind of exception and its message.
        messages: What was logged from INFO on, each with the number of times.
        converted: How many pages were converted from Markdown.
        rendered: How many templates were rendered.
    """

    failure: str | None
    messages: Mapping[str, int]
    converted: int = field(compare=False)
    rendered: int = field(compare=False)


class Builder:
    """The side of the tests; a process is started at the first build.

    Args:
        stays: Whether one process makes all builds.
    """

    def __init__(self, *, stays: bool = False) -> None:
        self._stays = stays
        self._process: subprocess.Popen[str] | None = None

    def build(self, project: Path, site: Path, variables: Mapping[str, str]) -> Built:
        """Builds a project.

        Args:
            project: Its folder.
            site: Where the site goes.
            variables: Environment variables besides the usual ones.
        """
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-B", "-m", __name__, *["stay"] * self._stays],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env=_usual(),
            )
        assert self._process.stdin
        assert self._process.stdout
        call = [str(project), str(site), {**_usual(), **variables}]
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process that builds has died"
        return Built(**json.loads(answer))

    def close(self) -> None:
        """Ends the process."""
        if self._process:
            self._process.communicate()
            self._process = None


def _usual() -> dict[str, str]:
    """The environment of all builds."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "MIKE_"))}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"}


def _serve(*, stays: bool) -> None:
    """The other side: a line in, a build, a line out."""
    from tests.plugins.cache.equality.warm import warm_up

    for name, kind in _COUNTED.items():
        _count(name, kind)
    warm_up()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a build prints is no answer
    for line in sys.stdin:
        project, site, variables = json.loads(line)
        make = _build if stays else _forked
        print(json.dumps(asdict(make(project, site, variables))), file=out, flush=True)


def _forked(project: str, site: str, variables: Mapping[str, str]) -> Built:
    """Builds in a process of its own."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
        child = os.fork()
        if child == 0:
            try:
                json.dump(asdict(_build(project, site, variables)), answer)
                answer.flush()
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        answer.seek(0)
        return Built(**json.load(answer))


def _build(project: str, site: str, variables: Mapping[str, str]) -> Built:
    """Builds in this process."""
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(project)
    sys.path[:] = [f"{project}/{EXTENSIONS}", *[p for p in sys.path if not p.endswith(EXTENSIONS)]]
    _DONE.clear()
    with _Listener() as listener:
        failure = None
        try:
            config = load_config("mkdocs.yml", site_dir=site)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build(config)
            finally:
                config.plugins.on_shutdown()
        except (Exception, SystemExit) as error:
            failure = f"{type(error).__name__}: {error}"
    return Built(failure, dict(listener.messages), *(_DONE[one] for one in _COUNTED))


class _Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.messages: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        of_cache = record.name.endswith("docs_tools/cache")
        if of_cache and record.levelno < logging.WARNING:
            return  # what it did for this build: the other one says nothing of that
        diagnostics = [str(one) for one in getattr(record, "diagnostics", ())]
        text = re.sub(r"built in [\d.]+ seconds", "built", record.getMessage())
        self.messages["\n".join([f"{record.levelname} {text}", *diagnostics])] += 1

    def __enter__(self) -> "_Listener":
        root = logging.getLogger()
        root.addHandler(self)
        root.setLevel(logging.INFO)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)


_DONE: Counter[str] = Counter()


def _count(name: str, kind: Any) -> None:
    """Counts calls of `render`; once and for all, as the plugin looks for those who patch it."""
    render = kind.render

    def counted(*arguments: Any, **options: Any) -> Any:
        _DONE[name] += 1
        return render(*arguments, **options)

    kind.render = counted


if __name__ == "__main__":
    _serve(stays="stay" in sys.argv)
