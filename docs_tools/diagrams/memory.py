"""Drawings remembered by their content, so that an unchanged diagram costs nothing."""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from docs_tools.diagrams.reading import Reading, reading_of
from docs_tools.files import replace_text

__all__ = ["CACHE_VARIABLE", "Drawing", "Drawings"]

CACHE_VARIABLE = "DOCS_TOOLS_CACHE"
"""The environment variable that names another folder than the project's `.cache/docs_tools`."""

_KEPT = 500  # drawings; some 20 kB each


@dataclass(frozen=True)
class Drawing:
    """A drawn diagram.

    Attributes:
        svg: The picture, with Mermaid's own ids.
        reading: What it says.
        key: The hash of all that it was drawn from.
    """

    svg: str
    reading: Reading
    key: str


@dataclass
class Drawings:
    """Draws diagrams with Mermaid, each once.

    Attributes:
        folder: Where drawings are remembered; `None` keeps them for this process only.
        drawn: How many Mermaid had to be asked for.
    """

    folder: Path | None = None
    drawn: int = 0
    _known: dict[str, Drawing] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Path) -> "Drawings":
        """The drawings of a project: in `.cache/docs_tools`, or where the variable says."""
        folder = os.environ.get(CACHE_VARIABLE)
        return cls((Path(folder) if folder else root / ".cache/docs_tools") / "diagrams")

    def draw(self, source: str) -> Drawing:
        """The drawing of a Mermaid source.

        Raises:
            MermaidError: Mermaid can't draw it.
        """
        return self._get(source, _draw)

    def read(self, source: str) -> Reading:
        """What a Mermaid source says; nothing is drawn for it.

        Raises:
            MermaidError: Mermaid can't read it.
        """
        return self._get(source, _read).reading

    def _get(self, source: str, make: Callable[[str], tuple[str, dict[str, Any]]]) -> Drawing:
        key = _key(source, make.__name__)
        drawing = self._known.get(key) or self._remembered(key)
        if drawing is None:
            svg, raw = make(source)
            drawing = Drawing(svg, reading_of(raw), key)
            self.drawn += 1
            self._remember(key, {"svg": svg, "reading": raw})
        self._known[key] = drawing
        return drawing

    def _remembered(self, key: str) -> Drawing | None:
        if self.folder is None:
            return None
        try:
            entry: dict[str, Any] = json.loads((self.folder / f"{key}.json").read_bytes())
            return Drawing(entry["svg"], reading_of(entry["reading"]), key)
        except (OSError, ValueError, KeyError, TypeError):
            return None  # not there, or damaged: it is drawn again

    def _remember(self, key: str, entry: dict[str, Any]) -> None:
        """Writes an entry whole or not at all; a folder that can't be written costs time only."""
        if self.folder is None:
            return
        with suppress(OSError):
            replace_text(self.folder / ".gitignore", "*\n")
            replace_text(self.folder / f"{key}.json", json.dumps(entry, ensure_ascii=False))
            _forget(self.folder)


def _forget(folder: Path) -> None:
    """Drops the oldest entries, so that years of edits don't fill the disk."""
    entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in entries[: max(0, len(entries) - _KEPT)]:
        path.unlink(missing_ok=True)


def _draw(source: str) -> tuple[str, dict[str, Any]]:
    from docs_tools.diagrams.engine import mermaid

    return mermaid().draw(source)


def _read(source: str) -> tuple[str, dict[str, Any]]:
    from docs_tools.diagrams.engine import mermaid

    return "", mermaid().read(source)


@cache
def _engine() -> str:
    """The hash of what makes a drawing of a source, besides Mermaid."""
    parts = ("codes.py", "engine.py", "faster.js", "read.js", "style.py")
    content = b"".join(files(__package__).joinpath(part).read_bytes() for part in parts)
    return hashlib.sha256(content).hexdigest()


def _key(source: str, made: str) -> str:
    made_by = [version("mermaidx"), _engine(), made, source]
    return hashlib.sha256(json.dumps(made_by, sort_keys=True).encode()).hexdigest()[:32]
