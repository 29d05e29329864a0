"""A small foreign project with a bare remote, and the commands as a user runs them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.forkserver import ForkServer

_SERVER = ForkServer()
BIN = Path(sys.executable).parent
ARN = "arn:aws:lambda:eu-west-1:111122223333:layer:Tiny"

CONFIG = """\
site_name: Tiny
theme: {name: mkdocs}
use_directory_urls: false
plugins:
  - mike: {alias_type: copy}
  - docs_tools/handbook: {data: facts}
  - docs_tools/layers
  - docs_tools/api: {packages: [tiny], path: reference}
  - docs_tools/publish
"""

FILES = {
    "mkdocs.yml": CONFIG,
    "docs/index.md": f"# Tiny\n\n<!-- docs_tools/maintainers -->\n\n`{ARN}:1`\n\n[page](page.md)\n",
    "docs/page.md": "# Page\n\n<!-- docs_tools/layers -->\n",
    "facts/maintainers.yml": "active:\n  - {name: Ann, github: ann}\n",
    "facts/layers.yml": (
        "layers:\n"
        "  - {id: tiny, name: Tiny, account: '111122223333', architectures: {x86_64: ''},"
        " regions: [eu-west-1]}\n"
        "releases:\n"
        "  - {version: '1.0.0', layer: tiny, number: 10}\n"
        "  - {version: '2.0.0', layer: tiny, number: 20}\n"
    ),
    "tiny/__init__.py": '"""A tiny package."""\n',
    "tiny/core.py": '"""The core."""\n\n\ndef run() -> None:\n    """Runs it."""\n',
    "tiny/_hidden.py": '"""Nobody reads this."""\n',
    ".gitignore": "site/\n",
}


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class TinyProject:
    """A project in a git repository whose `origin` is a bare one beside it."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def remote(self) -> Path:
        return self.folder.parent / "remote.git"

    def create(self, files: Mapping[str, str] = FILES) -> "TinyProject":
        self.folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Tester")
        self.git("config", "user.email", "tester@example.com")
        self.git("init", "--quiet", "--bare", str(self.remote))
        self.git("remote", "add", "origin", str(self.remote))
        for path, text in files.items():
            self.write(path, text)
        self.commit("first")
        return self

    def clone(self, folder: Path, *options: str) -> "TinyProject":
        """A second checkout of the same remote, which gets the branch main first."""
        self.git("push", "--quiet", "origin", "main")
        self.git("clone", "--quiet", *options, f"file://{self.remote}", str(folder), "-b", "main")
        other = TinyProject(folder, self.env)
        other.git("config", "user.name", "Other")
        other.git("config", "user.email", "other@example.com")
        return other

    def copy(self, folder: Path) -> "TinyProject":
        """The same with its remote once more, in a folder of their own."""
        other = TinyProject(folder / self.folder.name, dict(self.env))
        for source, target in ((self.folder, other.folder), (self.remote, other.remote)):
            shutil.copytree(source, target, symlinks=True)
        other.git("remote", "set-url", "origin", str(other.remote))
        return other

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def git(self, *args: str) -> str:
        result = self.run("git", *args)
        assert result.status == 0, result.err
        return result.out.rstrip("\n")

    def docs_tools(self, *args: str, env: Mapping[str, str] | None = None) -> Result:
        """Runs our command in a process of its own, forked from one that has it imported."""
        return self._forked("docs_tools", *args, env=env)

    def try_mike(self, *args: str) -> Result:
        """Runs the real `mike` in the same way, and MkDocs in its process; it may fail."""
        return self._forked("mike", *args)

    def _forked(self, *command: str, env: Mapping[str, str] | None = None) -> Result:
        return Result(*_SERVER.run(command, self.folder, {**self.environment, **(env or {})}))

    def mike(self, *args: str) -> str:
        result = self.run(str(BIN / "mike"), *args)
        assert result.status == 0, result.err
        return result.out

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> Result:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environment, **(env or {})},
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "MIKE_"))},
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "NO_MKDOCS_2_WARNING": "1",
            **self.env,
        }

    def published(self, path: str, branch: str = "gh-pages") -> str:
        """A file of the docs branch."""
        return self.git("show", f"{branch}:{path}")

    def tree(self, path: str = "", branch: str = "gh-pages") -> dict[str, str]:
        """Mode and hash of each file of the docs branch below a path."""
        listing = self.git("ls-tree", "-r", "--full-tree", branch, path or ".")
        rows = (line.split("\t") for line in listing.splitlines())
        return {name: meta for meta, name in rows}

    def commits(self, branch: str = "gh-pages") -> int:
        return int(self.git("rev-list", "--count", branch))


def run_together(
    calls: Sequence[tuple[TinyProject, Sequence[str], Mapping[str, str]]],
) -> list[Result]:
    """Runs `docs_tools` several times at once, each in a process of its own.

    Args:
        calls: For each the project, the arguments and variables.
    """
    results = _SERVER.run_together(
        [
            (["docs_tools", *arguments], project.folder, {**project.environment, **env})
            for project, arguments, env in calls
        ]
    )
    return [Result(*result) for result in results]
