"""What is known of `docs_tools/layers`: numbers go into pages that hold layer ARNs."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docs_tools.build.memory.digest import digest_of
from docs_tools.layers import Insertion
from docs_tools.layers.markdown import LayersExtension
from docs_tools.plugins.cache.companions import Observed
from docs_tools.plugins.cache.facts import fact_object

__all__ = ["LayersCompanion"]

_NUMBERS = "numbers"


class LayersCompanion:
    """Stands by the extension that inserts layer numbers.

    Args:
        extension: The extension.
    """

    name = "layers"
    answers: frozenset[str] = frozenset()

    def __init__(self, extension: LayersExtension) -> None:
        self._extension = extension
        self._numbers: str | None = None
        self._before = 0

    @classmethod
    def of(cls, config: MkDocsConfig) -> "LayersCompanion | None":
        """The companion where the plugin has put its extension into the configuration."""
        extensions: list[Any] = config.markdown_extensions
        found = next((one for one in extensions if type(one) is LayersExtension), None)
        return cls(found) if found else None

    def knows(self, extension: object) -> bool:
        """Whether it is the plugin's extension."""
        return extension is self._extension

    def signature(self) -> Any:
        """Nothing that every page depends on."""
        return None

    def given(self, page: Page) -> Any:
        """Whether the page keeps its numbers."""
        return self._extension.keeps

    def begin(self, page: Page) -> None:
        """Begins to look for ARNs."""
        self._extension.has_arns = False
        self._before = len(self._extension.inserted)

    def end(self, page: Page) -> Observed:
        """The ARNs that got numbers; a page without ARNs depends on none."""
        extension = self._extension
        if not extension.has_arns:
            return Observed()
        doubt = "holds an ARN that stands for different numbers" if extension.ambiguous else None
        effects = [[one.arn, one.before, one.place] for one in extension.inserted[self._before :]]
        return Observed(effects, {_NUMBERS: self.value_of(_NUMBERS)}, doubt)

    def value_of(self, name: str) -> str | None:
        """The digest of what all numbers follow from."""
        if self._numbers is None:
            self._numbers = digest_of(self._extension.numbers.made_from, fact_object)
        return self._numbers

    def repeat(self, page: Page, effects: Any) -> None:
        """Counts the ARNs that the page holds."""
        self._extension.inserted += [Insertion(*row) for row in effects]

    def tell(self, name: str) -> str:
        """The numbers, in words."""
        return "shows layer numbers"
