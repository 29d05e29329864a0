"""What an engine tells its Markdown extensions of the page that is converted.

Zensical runs a preprocessor that does nothing but hold the page and the configuration. It is known
by its name and its attributes: nothing of Zensical is imported. Other engines tell nothing.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown

from docs_tools.markdown.syntax import Source

__all__ = ["Engine", "find_engine"]

_ZENSICAL = "rendering_context"


@dataclass(frozen=True)
class Engine:
    """What an engine tells.

    Attributes:
        root: The folder of its configuration, where relative paths start.
        docs_dir: The folder of the pages, from there.
        page: The page, from the folder of the pages.
    """

    root: Path
    docs_dir: str
    page: str

    def read_page(self, text: str) -> Source:
        """The page as it stands in its file.

        Args:
            text: What is converted, for a page that has no file; else it lacks the front matter.
        """
        name = (Path(self.docs_dir) / self.page).as_posix()
        with suppress(OSError):  # a page that the engine has made
            text = (self.root / name).read_text("utf-8-sig", "replace")
        return Source(name, text)


def find_engine(md: Markdown) -> Engine | None:
    """What the engine tells that runs a Markdown, or `None` where none does."""
    if _ZENSICAL not in md.preprocessors:
        return None
    context: Any = md.preprocessors[_ZENSICAL]
    try:
        config, page = context.config, context.page
        return Engine(Path(config["root_dir"]), str(config["docs_dir"]), str(page.path))
    except (AttributeError, KeyError, TypeError):
        return None  # another extension of that name
