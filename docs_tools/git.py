"""The one seam to git: a command with arguments, never a shell."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from docs_tools.errors import DocsToolsError, MalformedNameError

__all__ = ["Git", "GitError", "check_ref", "find_git", "mask_credentials"]

# up to the last @ before the host: a password may hold one
_CREDENTIALS = re.compile(r"(?<=://)[^/\s]+(?=@)")
# git gives up where it reads of a work tree that another process is just about to make
_HALF_MADE = re.compile(rb"failed to read .*worktrees/.*/commondir")
_TRIES = 20


class GitError(DocsToolsError):
    """A git command failed; credentials in addresses are masked."""

    def __init__(self, command: str, status: int, output: str) -> None:
        text = mask_credentials(output.strip())
        super().__init__(f"git {command} failed (exit status {status})", hint=text or None)
        self.output = text


class Git:
    """Runs git in a folder.

    Args:
        folder: The work tree, or a bare repository.
        env: Variables for git, beside the process' own.
    """

    def __init__(self, folder: Path, env: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self._env = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "LANGUAGE": "C", **(env or {})}

    def output(self, *args: str, stdin: bytes = b"") -> bytes:
        """What a git command prints.

        Raises:
            GitError: It failed.
            DocsToolsError: There is no git.
        """
        done = self._run(args, stdin)
        if done.returncode != 0:
            output = (done.stderr or done.stdout).decode("utf-8", "replace")
            raise GitError(args[0], done.returncode, output)
        return done.stdout

    @contextmanager
    def stream(self, *args: str, stdin: IO[bytes]) -> Iterator[IO[bytes]]:
        """What a git command prints, to be read piece by piece to its end.

        Args:
            *args: The command.
            stdin: A file that it reads.

        Raises:
            GitError: It failed.
            DocsToolsError: There is no git.
        """
        with tempfile.TemporaryFile() as errors:
            try:
                process = subprocess.Popen(  # noqa: S603 - no shell; names are checked before
                    ["git", *args],  # noqa: S607 - the user's git
                    cwd=self.folder,
                    env={**os.environ, **self._env},
                    stdin=stdin,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                )
            except FileNotFoundError as error:
                raise DocsToolsError("there is no git", hint="install git") from error
            with process:
                assert process.stdout  # noqa: S101 - a pipe
                yield process.stdout
            if process.returncode != 0:
                errors.seek(0)
                output = errors.read().decode("utf-8", "replace")
                raise GitError(args[0], process.returncode, output)

    def text(self, *args: str, stdin: bytes = b"") -> str:
        """What a git command prints, as text without the last line's end."""
        return self.output(*args, stdin=stdin).decode("utf-8", "surrogateescape").rstrip("\n")

    def ok(self, *args: str) -> bool:
        """Whether a git command succeeds."""
        return self._run(args, b"").returncode == 0

    def commit(self, ref: str) -> str | None:
        """The commit that a ref names, or `None` where it names none."""
        done = self._run(
            ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"), b""
        )
        return done.stdout.decode().strip() if done.returncode == 0 else None

    def with_env(self, env: Mapping[str, str]) -> "Git":
        """The same with more variables."""
        return Git(self.folder, {**self._env, **env})

    def _run(self, args: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        done = self._run_once(args, stdin)
        for _ in range(_TRIES):
            if done.returncode == 0 or not _HALF_MADE.search(done.stderr):
                break
            time.sleep(0.05)
            done = self._run_once(args, stdin)
        return done

    def _run_once(self, args: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell; untrusted names are checked before
                ["git", *args],  # noqa: S607 - the user's git
                cwd=self.folder,
                env={**os.environ, **self._env},
                input=stdin,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise DocsToolsError("there is no git", hint="install git") from error


def mask_credentials(text: str) -> str:
    """A text without the user names and passwords of the addresses in it."""
    return _CREDENTIALS.sub("***", text)


def find_git(folder: Path) -> Git:
    """Git at the top of the work tree that a folder is in.

    Raises:
        DocsToolsError: The folder is in no work tree.
    """
    try:
        return Git(Path(Git(folder).text("rev-parse", "--show-toplevel")))
    except GitError as error:
        if Git(folder).ok("rev-parse", "--is-bare-repository"):
            raise DocsToolsError(
                f"{folder} is a bare repository: it has no files to build from",
                hint="run the command in a clone of it",
            ) from error
        raise DocsToolsError(
            f"{folder} is not in a git repository",
            hint="what is published is built from a commit: run `git init` and commit, or clone",
        ) from error


def check_ref(ref: str) -> str:
    """A ref as the user gave it, refused where it reads as an option or can't be a ref.

    Raises:
        MalformedNameError: By the rules of git-check-ref-format, with `~` and `^` allowed.
    """
    if not ref or ref.startswith("-") or ".." in ref or re.search(r"[\s\x00-\x1f\x7f:?*\[\\]", ref):
        raise MalformedNameError(
            f"not a ref: {ref!r}", hint="name a tag, a branch or a commit, such as v1.9.0"
        )
    return ref
