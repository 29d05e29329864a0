"""Small sites to publish, what is on the branch, and a stand-in for `git` that does more."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.project import BIN, Result, TinyProject

__all__ = [
    "CONFIG",
    "GIT",
    "StandIn",
    "assert_all_verified",
    "heads",
    "make_site",
    "owner",
    "publish",
    "remote_git",
    "stand_in",
    "versions",
]

CONFIG = """\
site_name: Tiny
theme: {name: mkdocs}
plugins:
  - mike: {alias_type: copy}
  - docs_tools/publish
"""
GIT = shutil.which("git") or "git"

# a script sees the arguments of the call; what it doesn't end goes to the real git
_SCRIPT = """\
#!/bin/sh
here={folder}
git={git}
echo "$1" >> "$here/calls"
once() {{ mkdir "$here/$1" 2> "$here/nothing"; }}
{script}
exec "$git" "$@"
"""


@dataclass(frozen=True)
class StandIn:
    """The stand-in.

    Attributes:
        folder: Where it lies and keeps what it knows.
    """

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """The variables that put it first on the path."""
        return {"PATH": os.pathsep.join([str(self.folder), str(BIN), os.environ["PATH"]])}

    @property
    def calls(self) -> list[str]:
        """What git was asked for, such as `push`, in order."""
        file = self.folder / "calls"
        return file.read_text("utf-8").splitlines() if file.exists() else []


def stand_in(folder: Path, script: str = "") -> StandIn:
    """Makes a stand-in.

    Args:
        folder: A folder for it, which isn't there yet.
        script: What to do at each call, for `sh`; `$git` is the real one, `$here` its folder, and
            `once NAME` is true once.
    """
    folder.mkdir()
    file = folder / "git"
    file.write_text(_SCRIPT.format(folder=folder, git=GIT, script=script), encoding="utf-8")
    file.chmod(0o755)
    return StandIn(folder)


def make_site(folder: Path, files: Mapping[str, str] | None = None, text: str = "text") -> str:
    """Makes a site of a few files; its path."""
    found = files or {"index.html": f"<p>{text}</p>\n", "sub/page.html": f"<p>sub {text}</p>\n"}
    for path, content in found.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return str(folder)


def remote_git(project: TinyProject, *args: str) -> str:
    """What git prints in the bare remote."""
    return project.git("--git-dir", str(project.remote), *args)


def heads(project: TinyProject) -> tuple[str, str]:
    """The docs branch here and on the remote."""
    return project.git("rev-parse", "gh-pages"), remote_git(project, "rev-parse", "gh-pages")


def publish(
    project: TinyProject, version: str, *args: str, site: str, stand: StandIn | None = None
) -> Result:
    """Publishes a site as a version, perhaps with a stand-in."""
    words = ("publish", "--version", version, *args, "--site-dir", site)
    return project.docs_tools(*words, env=stand.env if stand else None)


def versions(project: TinyProject, branch: str = "gh-pages") -> list[str]:
    """The published versions, in the order of the list."""
    return [entry["version"] for entry in json.loads(project.published("versions.json", branch))]


def owner(project: TinyProject, alias: str, branch: str = "gh-pages") -> list[str]:
    """The versions that have an alias: one, or none."""
    entries = json.loads(project.published("versions.json", branch))
    return [entry["version"] for entry in entries if alias in entry["aliases"]]


def assert_all_verified(project: TinyProject, expected: set[str]) -> None:
    """These versions are published, and every file of them is as it was published."""
    result = project.docs_tools("versions", "verify", "--json")
    assert result.status == 0, result.out + result.err
    found = result.json["versions"]
    assert {one["version"] for one in found} == expected
    assert all(one["manifest"] and not one["problems"] for one in found)
