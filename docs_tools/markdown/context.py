"""What directives are rendered from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docs_tools.model.arn import LayerArn
from docs_tools.model.facts import Facts
from docs_tools.model.layers import LayerSet
from docs_tools.render.values import render_values

__all__ = ["Context"]


@dataclass
class Context:
    """The facts, and what is known of the build.

    Attributes:
        facts: What the data files say.
        layers: The layer numbers of the version that is built, where there are any.
        layers_missing: Why there are none.
        shown: The ARNs that directives put into pages; the builder counts them.
        sources: The files and folders besides the data that directives have shown.
        root: The folder that paths in options start from: the project's.
        plain: The Markdown is read as it stands, as on GitHub, and not made into a site.
        asked_values: Whether a value was quoted, which can be of any data file.
    """

    facts: Facts
    layers: LayerSet | None = None
    layers_missing: str = ""
    shown: list[LayerArn] = field(default_factory=list)
    sources: set[Path] = field(default_factory=set)
    root: Path = Path()
    plain: bool = False
    asked_values: bool = False
    _values: tuple[Facts, Mapping[str, str]] | None = field(default=None, repr=False)

    @property
    def values(self) -> Mapping[str, str]:
        """The values that prose can quote, by path; worked out once for the facts."""
        self.asked_values = True
        if self._values is None or self._values[0] is not self.facts:
            self._values = self.facts, render_values(self.facts)
        return self._values[1]

    @classmethod
    def of_newest(cls, facts: Facts, *, root: Path = Path(), plain: bool = False) -> "Context":
        """The context where no version is built: `layers` shows the newest release of the data.

        Args:
            facts: What the data files say.
            root: The folder that paths in options start from.
            plain: The Markdown is read as it stands.
        """
        context = cls(facts, root=root, plain=plain)
        if facts.layers and facts.layers.newest:
            source = f"{facts.folder}/layers.yml"
            context.layers = facts.layers.select(facts.layers.newest, source)
        return context
