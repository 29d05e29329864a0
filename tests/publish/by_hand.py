"""Projects with something published, and what a person does to their docs branch by hand."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.project import TinyProject

__all__ = ["alter", "content", "copied", "mike", "objects"]


def copied(template: Path, folder: Path) -> TinyProject:
    """A project beside its remote, copied to a folder that isn't there yet."""
    shutil.copytree(template, folder, symlinks=True)
    project = TinyProject(folder / "project")
    project.git("remote", "set-url", "origin", f"file://{project.remote}")
    return project


def alter(
    project: TinyProject,
    *changes: Mapping[str, bytes | None],
    message: str = "by hand",
    mode: str = "100644",
) -> None:
    """Commits files on the docs branch, or removes those that are `None`: a commit for each."""
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force", "--date-format=now"],
        cwd=project.folder,
        env=project.environment,
        input=b"".join(
            _commit(files, message, mode, is_first=number == 0)
            for number, files in enumerate(changes)
        ),
        check=True,
    )


def _commit(files: Mapping[str, bytes | None], message: str, mode: str, *, is_first: bool) -> bytes:
    parts = [
        b"commit refs/heads/gh-pages\ncommitter Person <p@example.com> now\n",
        _data(message.encode()),
        b"from refs/heads/gh-pages^0\n" if is_first else b"",
    ]
    for path, content in files.items():
        if content is None:
            parts.append(b"D %s\n" % _quoted(path))
        else:
            parts.append(b"M %s inline %s\n%s" % (mode.encode(), _quoted(path), _data(content)))
    return b"".join(parts)


def content(project: TinyProject, path: str) -> bytes:
    """The bytes of a file of the docs branch."""
    command = ["git", "show", f"gh-pages:{path}"]
    return subprocess.run(command, cwd=project.folder, stdout=subprocess.PIPE, check=True).stdout


def mike(project: TinyProject, *args: str) -> None:
    """Runs a command of mike's that works."""
    result = project.try_mike(*args)
    assert result.status == 0, result.err


def objects(project: TinyProject) -> str:
    """How many objects the repository has, and how large they are."""
    return project.git("count-objects", "-v")


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    escaped = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"' + escaped.replace(b"\n", b"\\n") + b'"'
