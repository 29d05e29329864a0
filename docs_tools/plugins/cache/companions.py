"""What is known of plugins that add a Markdown extension of their own to the configuration.

Such an extension is an object that its plugin has filled: what a page gets from it stands in no
setting, and it may do more than change the text. A companion knows both for one plugin; pages of a
site with an extension that no companion knows are converted each time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docs_tools.build.memory.contents import Contents

__all__ = ["Companion", "Observed", "companions_of"]


@dataclass(frozen=True)
class Observed:
    """What a companion saw while a page was converted.

    Attributes:
        effects: What happened besides the text, as JSON; given to `repeat`.
        depends: What the page depends on, as only the companion knows: names, and values of now.
        doubt: Why the page can't be remembered, if so.
    """

    effects: Any = None
    depends: Mapping[str, str | None] = field(default_factory=dict)
    doubt: str | None = None


class Companion(Protocol):
    """Stands by a plugin's Markdown extension.

    Attributes:
        name: What the names of its dependencies begin with, such as `api` in
            `api:source:pkg/core.py`.
        answers: Top-level packages whose reading of files it answers for: a page depends on what
            the companion says, and not on what they are seen to open.
    """

    name: str
    answers: frozenset[str]

    def knows(self, extension: object) -> bool:
        """Whether a Markdown extension is its own."""
        ...

    def signature(self) -> Any:
        """What all pages depend on; something that `digest_of` takes."""
        ...

    def given(self, page: Page) -> Any:
        """What this page depends on besides, known before it is converted; as `signature`."""
        ...

    def begin(self, page: Page) -> None:
        """The page is converted now."""
        ...

    def end(self, page: Page) -> Observed:
        """The page was converted."""
        ...

    def value_of(self, name: str) -> str | None:
        """The value of a dependency now, by its name without the companion's; `None` if gone."""
        ...

    def repeat(self, page: Page, effects: Any) -> None:
        """Does what the conversion would have done besides the text."""
        ...

    def tell(self, name: str) -> str:
        """A dependency in words, such as `shows the source pkg/core.py`."""
        ...


def companions_of(config: MkDocsConfig, contents: Contents) -> list[Companion]:
    """The companions that the plugins of a configuration have.

    What isn't used isn't imported: that would be half of the time of a build of few pages.
    """
    found: list[Companion | None] = []
    if "docs_tools/handbook" in config.plugins:
        from docs_tools.plugins.cache.handbook import HandbookCompanion

        found.append(HandbookCompanion.of(config, contents))
    if "docs_tools/layers" in config.plugins:
        from docs_tools.plugins.cache.layers import LayersCompanion

        found.append(LayersCompanion.of(config))
    if "autorefs" in config.plugins:
        from docs_tools.plugins.cache.api import ApiCompanion

        found.append(ApiCompanion.of(config, contents))
    return [companion for companion in found if companion is not None]
