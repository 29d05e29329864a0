"""What is known of `docs_tools/handbook`: directives show what the data files say."""

import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import digest_of
from docs_tools.build.memory.system import unwatched
from docs_tools.diagrams import Drawing, Drawings
from docs_tools.diagrams.reading import Reading
from docs_tools.markdown import Context, DirectivesExtension
from docs_tools.model.arn import LayerArn
from docs_tools.model.facts import DATA_FILES, Facts
from docs_tools.plugins.cache.companions import Observed
from docs_tools.plugins.cache.facts import fact_object

__all__ = ["HandbookCompanion"]

_LAYERS = "layers"


class HandbookCompanion:
    """Stands by the extension that expands directives.

    Args:
        extension: The extension.
        context: What its directives show.
        folder: The folder of the data files.
        contents: What files hold.
    """

    name = "data"
    answers: frozenset[str] = frozenset()

    def __init__(
        self, extension: DirectivesExtension, context: Context, folder: Path, contents: Contents
    ) -> None:
        self._extension = extension
        self._context = context
        self._folder = folder
        self._contents = contents
        self._asked: set[str] = set()
        self._sources: set[Path] = set()
        self._shown = 0

    @classmethod
    def of(cls, config: MkDocsConfig, contents: Contents) -> "HandbookCompanion | None":
        """The companion where the plugin has put its extension into the configuration."""
        plugin: Any = config.plugins.get("docs_tools/handbook")
        extensions: list[Any] = config.markdown_extensions
        extension = next((one for one in extensions if type(one) is DirectivesExtension), None)
        if plugin is None or extension is None:
            return None
        extension.drawings = _Unwatched.of(plugin.context.root)
        return cls(extension, plugin.context, plugin.folder, contents)

    def knows(self, extension: object) -> bool:
        """Whether it is the plugin's extension."""
        return extension is self._extension

    def signature(self) -> Any:
        """How diagrams are shown."""
        return [self._extension.getConfig("diagrams")]

    def given(self, page: Page) -> Any:
        """Nothing besides its text."""
        return None

    def begin(self, page: Page) -> None:
        """Begins to see which facts are asked for."""
        context = self._context
        if not isinstance(context.facts, _AskedFacts):
            context.facts = _AskedFacts(context.facts, self._asked)
        self._asked.clear()
        context.asked_values = False
        self._shown = len(context.shown)
        self._sources, context.sources = context.sources, set()

    def end(self, page: Page) -> Observed:
        """The data files that were asked for, and the ARNs and sources that were shown."""
        context, root = self._context, self._contents.root
        sources, context.sources = context.sources, self._sources | context.sources
        asked = set(DATA_FILES) if context.asked_values else self._asked & set(DATA_FILES)
        depends = {name: self.value_of(name) for name in sorted(asked)}
        shown = [str(arn) for arn in context.shown[self._shown :]]
        doubt = "has problems to show" if self._extension.problems else None
        effects: dict[str, Any] | None = None
        if shown or sources:
            paths = sorted(os.path.relpath(path, root) for path in sources)
            effects = {"shown": shown, "sources": paths}
        return Observed(effects, depends, doubt)

    def value_of(self, name: str) -> str | None:
        """The digest of a data file; of layers, that of the numbers that are built as well."""
        content = self._contents.of_file(str(self._folder / f"{name}.yml"))
        if name != _LAYERS:
            return content
        context = self._context
        return digest_of([content, context.layers, context.layers_missing], fact_object)

    def repeat(self, page: Page, effects: Any) -> None:
        """Counts the ARNs that directives put into the page, and names what they have shown."""
        self._context.shown += [LayerArn.parse(arn) for arn in effects["shown"]]
        self._context.sources |= {self._contents.root / path for path in effects["sources"]}

    def tell(self, name: str) -> str:
        """A data file, in words."""
        return f"shows the data file {name}.yml"


class _Unwatched(Drawings):
    """Drawings follow from their source and from code, whatever Mermaid's engine asks for."""

    def draw(self, source: str) -> Drawing:
        with unwatched():
            return super().draw(source)

    def read(self, source: str) -> Reading:
        with unwatched():
            return super().read(source)


class _AskedFacts(Facts):
    """Facts that tell which of them were asked for."""

    def __init__(self, facts: Facts, asked: set[str]) -> None:
        object.__setattr__(self, "_asked", asked)
        for name, value in vars(facts).items():
            object.__setattr__(self, name, value)

    def __getattribute__(self, name: str) -> Any:
        if name in DATA_FILES:
            object.__getattribute__(self, "_asked").add(name)
        return object.__getattribute__(self, name)
