"""The law: a site built from what is remembered equals a clean build, to the last byte."""

import difflib
import hashlib
import os
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docs_tools.diagrams import CACHE_VARIABLE
from tests.plugins.cache.equality.edits import Back, Damage, Edit, Forget, Quietly, Touch
from tests.plugins.cache.equality.server import Builder, Built
from tests.plugins.cache.equality.state import State, move_project, write_project

__all__ = ["Bench", "Unequal", "files_in"]

_SHOWN = 12  # lines of a difference


class Unequal(AssertionError):  # noqa: N818 - it is what the law calls it
    """A remembered site and a clean one differ."""


@dataclass(frozen=True)
class _Site:
    """What a build made.

    Attributes:
        files: The digests of the site's files by their paths; none where the build failed.
        built: What it did besides.
    """

    files: Mapping[str, str]
    built: Built


@dataclass
class Bench:
    """Where projects are edited and built, with the clean builds of all states that were seen.

    Attributes:
        top: A folder of its own.
        clean: What makes clean builds.
        remembering: What makes the others.
        options: The options of the plugin.
        prepare: What is done to a project's files before the remembering build only: for a wrong
            plugin, to see that the law notices it.
        keeps: Whether a state is built cleanly once only; not where files' times are shown.
        built: What the remembering builds of the last check did besides writing sites.
    """

    top: Path
    clean: Builder
    remembering: Builder
    options: Mapping[str, Any] | None = field(default_factory=dict)
    prepare: Callable[[dict[str, bytes]], Mapping[str, bytes]] = dict
    keeps: bool = True
    built: list[Built] = field(default_factory=list)
    _known: dict[str, _Site] = field(default_factory=dict)
    _folder: str = ""

    def check(self, start: State, edits: Iterable[Edit], *, most: int | None = None) -> None:
        """Builds after each edit that changes something, from what is remembered and cleanly.

        Args:
            start: The project before.
            edits: The edits.
            most: How many are made at most.

        Raises:
            Unequal: These differ.
        """
        self._begin()
        done: list[Edit] = []
        earlier: list[State] = []
        state = start
        self._compare(state, done)
        for edit in edits:
            after = edit.apply(state, earlier)
            harms = isinstance(edit, Touch | Forget | Damage)
            if after == state and not harms:
                continue
            if len(self.built) - 1 == most:
                break
            done.append(edit)
            if self._compare(after, done):
                earlier.append(state)
                state = after
            else:  # who sees a build fail takes the edit back
                done.append(Back(1))

    def _begin(self) -> None:
        for path in self.top.iterdir():
            shutil.rmtree(path)
        self._folder = ""
        self.built.clear()

    def _compare(self, state: State, done: Sequence[Edit]) -> bool:
        """Builds a state twice; whether that can be built."""
        self._before(state, done[-1] if done else None)
        remembered = self._remembering(state, quietly=bool(done) and isinstance(done[-1], Quietly))
        self.built.append(remembered.built)
        clean = self._clean(state)
        if remembered == clean:
            return clean.built.failure is None
        self._clean(state, again=True)  # its files are there to be shown
        told = [textwrap.shorten(str(edit), 160) for edit in done]
        lines = ["after", *(f"  {edit}" for edit in told), ""] if done else ["at the start:", ""]
        raise Unequal("\n".join([*lines, *self._differences(remembered, clean)]))

    def _before(self, state: State, edit: Edit | None) -> None:
        """Does what isn't done to the project's files."""
        project, store = self.top / state.folder, self.top / "store"
        if self._folder and self._folder != state.folder:
            move_project(self.top, self._folder, state.folder)
        self._folder = state.folder
        project.mkdir(exist_ok=True)
        if isinstance(edit, Touch):
            for path in files_in(project):
                os.utime(path)
        elif isinstance(edit, Forget):
            shutil.rmtree(store, ignore_errors=True)
        elif isinstance(edit, Damage) and (files := sorted(files_in(store))):
            for which in range(len(files)) if edit.which is None else [edit.which % len(files)]:
                harm(files, which, edit.how)

    def _remembering(self, state: State, *, quietly: bool) -> _Site:
        content = self.prepare(state.content(remembers=self.options))
        write_project(self.top / state.folder, content, quietly=quietly)
        return self._build(self.remembering, state, "remembered", self.top / "store")

    def _clean(self, state: State, *, again: bool = False) -> _Site:
        """The clean build, made once for each state."""
        content = state.content()
        key = _digest(repr([sorted(content.items()), sorted(state.variables.items()),
                            state.folder]).encode())  # fmt: skip
        if again or key not in self._known or not self.keeps:
            write_project(self.top / state.folder, content)
            self._known[key] = self._build(self.clean, state, "clean")
        return self._known[key]

    def _build(self, builder: Builder, state: State, name: str, store: Path | None = None) -> _Site:
        """Builds a state; diagrams that clean builds draw are kept for all tests."""
        site = self.top / "site"
        shutil.rmtree(self.top / name, ignore_errors=True)
        variables = {**({CACHE_VARIABLE: str(store)} if store else {}), **state.variables}
        built = builder.build(self.top / state.folder, site, variables)
        with suppress(FileNotFoundError):
            site.rename(self.top / name)
        if built.failure:  # what was written until then is of no use
            return _Site({}, built)
        return _Site(_read(self.top / name), built)

    def _differences(self, remembered: _Site, clean: _Site) -> Iterator[str]:
        """How two sites differ, in lines."""
        failures = [site.built.failure for site in (clean, remembered)]
        if failures[0] != failures[1]:
            yield from (f"clean: {failures[0]}", f"remembered: {failures[1]}")
        messages = [
            [text for text, times in sorted(site.built.messages.items()) for _ in range(times)]
            for site in (clean, remembered)
        ]
        yield from _difference("messages", *messages)
        if any(failures):
            return
        for path in sorted(clean.files.keys() ^ remembered.files.keys())[:_SHOWN]:
            yield f"{path}: only in the {'clean' if path in clean.files else 'remembered'} site"
        both = sorted(clean.files.keys() & remembered.files.keys())
        paths = [path for path in both if clean.files[path] != remembered.files[path]]
        if paths:
            yield f"differ: {', '.join(paths)}"
            texts = [_lines(self.top / name / paths[0]) for name in ("clean", "remembered")]
            yield from _difference(paths[0], *texts)


def _difference(name: str, clean: list[str], remembered: list[str]) -> list[str]:
    lines = difflib.unified_diff(
        clean, remembered, f"clean: {name}", "remembered", n=0, lineterm=""
    )
    return list(lines)[:_SHOWN]


def harm(files: Sequence[Path], which: int, how: str) -> None:
    """Harms one of the files, as `Damage` says."""
    content = files[which].read_bytes() if how != "deleted" else b""
    if how == "deleted":
        files[which].unlink()
    elif how == "swapped":
        other = files[which - 1]
        files[which].write_bytes(other.read_bytes())
        other.write_bytes(content)
    elif how == "flipped":
        middle = len(content) // 2
        changed = bytes(255 - byte for byte in content[middle : middle + 1])
        files[which].write_bytes(content[:middle] + changed + content[middle + 1 :])
    else:
        files[which].write_bytes(content[: len(content) // 2] if how == "cut" else b"")


def files_in(folder: Path) -> list[Path]:
    """All files below a folder."""
    return [Path(parent) / name for parent, _, names in os.walk(folder) for name in names]


def _read(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): _digest(path.read_bytes()) for path in files_in(folder)
    }


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8", "backslashreplace").replace(">", ">\n").splitlines()
