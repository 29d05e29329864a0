"""Who builds: the commands side by side, each in a copy of its own."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "ALL",
    "MIKE",
    "OURS",
    "OURS_IN_MKDOCS",
    "PLAIN",
    "VERSION",
    "ZENSICAL",
    "Contestant",
    "program",
]

BIN = Path(sys.executable).parent
VERSION = "VERSION"
"""Stands in a command for the version that the project publishes."""


@dataclass(frozen=True)
class Contestant:
    """A command that builds a site.

    Attributes:
        name: What it is called in tables.
        copy: The name of its copy of the project.
        command: What is run there.
        site: The folder that it writes; nothing for one that writes a branch.
    """

    name: str
    copy: str
    command: tuple[str, ...]
    site: str | None = "site"

    def forget(self, folder: Path) -> None:
        """Has it build as for the first time, but for diagrams, which everyone remembers.

        Args:
            folder: Its copy.
        """
        cache = folder / ".cache"
        ours = cache / "docs_tools"
        for place in (cache, ours):
            for path in place.iterdir() if place.is_dir() else ():
                if path.is_dir() and path not in (ours, ours / "diagrams"):
                    shutil.rmtree(path)
                elif path.is_file():
                    path.unlink()


def program(name: str, *arguments: str) -> tuple[str, ...]:
    """A command of the environment that this runs in."""
    return (str(BIN / name), *arguments)


PLAIN = Contestant("mkdocs build", "plain", program("mkdocs", "build", "-f", "plain.yml"))
OURS = Contestant("docs_tools build", "ours", program("docs_tools", "build"))
OURS_IN_MKDOCS = Contestant(
    "mkdocs build with docs_tools/cache", "ours-in-mkdocs", program("mkdocs", "build")
)
MIKE = Contestant(
    "mike deploy", "mike", program("mike", "deploy", "-F", "plain.yml", VERSION, "latest"), None
)
ZENSICAL = Contestant("zensical build", "zensical", program("zensical", "build"))
ALL = (PLAIN, OURS, OURS_IN_MKDOCS, MIKE, ZENSICAL)
