"""A site's Markdown: a page after another, as an adapter converts them."""

from pathlib import Path
from typing import Any

import markdown

from docs_tools.markdown import Context, DirectivesExtension
from docs_tools.markdown.syntax import Source
from docs_tools.model.facts import Facts

FENCED = ["tables", "fenced_code"]
"""Python-Markdown's own extensions."""

SITE = [
    *("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite"),
    *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.snippets"),
]
"""What a site of Material for MkDocs has."""


class Site:
    """A Markdown with our extension, that collects problems; what is drawn, readers draw.

    Args:
        facts: What the data files say.
        extensions: The other extensions.
        diagrams: How diagrams are shown.
        root: The project's folder.
        configs: Settings of the other extensions.
    """

    def __init__(
        self,
        facts: Facts,
        extensions: list[str],
        *,
        diagrams: str = "client",
        root: Path | None = None,
        configs: dict[str, Any] | None = None,
    ) -> None:
        self.context = Context(facts, root=root or Path())
        self.extension = DirectivesExtension(self.context, diagrams=diagrams)
        self.engine: Any = markdown.Markdown(
            extensions=[*extensions, self.extension], extension_configs=configs or {}
        )

    def convert(self, text: str) -> str:
        """The HTML of a page."""
        self.extension.source = Source("docs/page.md", text)
        html: str = self.engine.reset().convert(text)
        assert "\x02" not in html, html
        assert "\x03" not in html, html
        return html

    def problems(self, text: str) -> list[str]:
        """What is wrong with a page."""
        self.extension.problems.clear()
        self.convert(text)
        return [str(problem) for problem in self.extension.problems]
