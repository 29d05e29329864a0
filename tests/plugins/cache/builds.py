"""Small sites that are built again and again in this process, each beside a build from nothing."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import load_config

from docs_tools.build.site import run_build
from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.plugins.cache.session import Counts
from tests.project import TinyProject

PAGES = 8
CACHE = "docs_tools/cache"


@dataclass(frozen=True)
class Built:
    """One build.

    Attributes:
        counts: How much it made.
        explained: Why each page was made again, of those that were.
        messages: What was logged, from the level of warnings on.
    """

    counts: Counts
    explained: Mapping[str, str]
    messages: list[str]

    @property
    def made(self) -> tuple[int, int, int]:
        """How many pages were converted, templated and indexed."""
        return self.counts.converted, self.counts.templated, self.counts.indexed


@dataclass
class Site:
    """A site with eight pages that link to each other, in MkDocs' own theme.

    Attributes:
        root: The project's folder.
        settings: What stands in `mkdocs.yml`.
        more: What stands there besides, as it is written.
    """

    root: Path
    settings: dict[str, Any] = field(default_factory=dict)
    more: str = ""

    @property
    def cache(self) -> Path:
        """Where what is remembered lies."""
        return self.root.parent / "cache"

    def move_in(self) -> "Site":
        """Has this process, which has another's environment, remember in the site's own folder."""
        os.environ |= {CACHE_VARIABLE: str(self.cache), "NO_MKDOCS_2_WARNING": "1"}
        return self

    def create(self, pages: int = PAGES) -> "Site":
        self.settings = {
            "site_name": "Site",
            "theme": {"name": "mkdocs"},
            "plugins": [CACHE],
            **self.settings,
        }
        # the home page of MkDocs' own theme shows the time
        for number in range(pages):
            self.write(f"docs/p{number}.md", page(number, pages))
        return self

    def write(self, path: str, text: str) -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def append(self, path: str, text: str = "\nOne more word.\n") -> None:
        place = self.root / path
        place.write_text(place.read_text("utf-8") + text, encoding="utf-8")

    def build(self, *, strict: bool = False, debug: bool = False) -> Built:
        """Builds with what is remembered."""
        config, messages = self._build(self.settings, "site", strict, debug)
        plugin = config.plugins[CACHE]
        return Built(plugin.counts, dict(plugin.explained), messages)

    def build_apart(self, *options: str) -> Built:
        """The same in a process of its own, which knows nothing of the builds before."""
        self._write(self.settings)
        arguments = ("build", "--json", "--explain", "--no-strict", "-d", str(self.root / "site"))
        result = TinyProject(self.root).docs_tools(*arguments, *options)
        assert result.status == 0, result.err
        messages = [f"WARNING: {warning['message']}" for warning in result.json["warnings"]]
        return Built(Counts(), result.json["rebuilt"], messages)

    def build_apart_checked(self) -> Built:
        """The same, and the site is what a build from nothing makes."""
        built = self.build_apart()
        plugins = [one for one in self.settings["plugins"] if CACHE not in one]
        self._write({**self.settings, "plugins": plugins})
        arguments = ("build", "--no-strict", "-d", str(self.root / "plain"))
        result = TinyProject(self.root).docs_tools(*arguments)
        assert result.status == 0, result.err
        assert files(self.root / "site") == files(self.root / "plain")
        return built

    def build_checked(self, **options: bool) -> Built:
        """The same, and the site is what a build from nothing makes, messages included."""
        built = self.build(**options)
        assert built.messages == self.build_plain(**options)
        assert files(self.root / "site") == files(self.root / "plain")
        return built

    def build_plain(self, *, strict: bool = False, debug: bool = False) -> list[str]:
        """Builds from nothing into the folder `plain`; what was logged."""
        plugins = [one for one in self.settings["plugins"] if CACHE not in one]
        settings = {**self.settings, "plugins": plugins}
        return self._build(settings, "plain", strict, debug)[1]

    def _build(
        self, settings: Mapping[str, Any], folder: str, strict: bool, debug: bool
    ) -> tuple[Any, list[str]]:
        file = self._write(settings)
        logger = logging.getLogger("mkdocs")
        with kept(logger) as messages:
            logger.setLevel(logging.DEBUG if debug else logging.INFO)
            config = load_config(str(file), site_dir=str(self.root / folder), strict=strict)
            run_build(config)
        return config, messages

    def write_settings(self) -> None:
        """Writes `mkdocs.yml`, as each build does, for a command that is started otherwise."""
        self._write(self.settings)

    def _write(self, settings: Mapping[str, Any]) -> Path:
        file = self.root / "mkdocs.yml"
        file.write_text(yaml.safe_dump(settings, sort_keys=False) + self.more)
        return file


def page(number: int, pages: int = PAGES) -> str:
    """The text of a page: prose, code, and links to the pages around it."""
    return (
        f"# Page {number}\n\nSome prose on the page {number}.\n\n"
        f"## Code\n\n```python\nprint({number})\n```\n\n"
        f"[next](p{(number + 1) % pages}.md#code)\n"
    )


def files(folder: Path) -> dict[str, bytes]:
    """The files of a site; what is made from the day or from all pages at once is left as it is."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".gz"
    }


def text(site: Site, name: str) -> str:
    return (site.root / "site" / name).read_text("utf-8")


@contextmanager
def kept(logger: logging.Logger) -> Iterator[list[str]]:
    """What is warned of while the body runs, with the level of a logger as it was afterwards."""
    messages: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(f"{record.levelname}: {record.getMessage()}")

    handler, level = Keep(logging.WARNING), logger.level
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def rebuilt(built: Built, *names: str) -> Sequence[str]:
    """Why pages were made again; no others were."""
    assert set(built.explained) == set(names)
    return [built.explained[name] for name in names]
