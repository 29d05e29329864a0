"""Layer numbers into pages: a Python-Markdown preprocessor behind the one that adds snippets."""

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from docs_tools.layers.insert import Insertion, insert_numbers
from docs_tools.layers.keep import find_kept
from docs_tools.layers.numbers import Numbers
from docs_tools.layers.verdict import Verdict

__all__ = ["LayersExtension"]


class LayersExtension(Extension):
    """Inserts layer numbers into the ARNs of a page, in prose, tables, code and snippets alike.

    Args:
        numbers: The numbers of the version built.
    """

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        self.numbers = numbers
        self.keeps = False
        """Whether the page that comes next keeps its numbers."""
        self.has_arns = False
        """Whether a text held what may be a layer ARN; a builder sets it back."""
        self.inserted: list[Insertion] = []
        self.ambiguous: list[tuple[str, Verdict]] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Registers the preprocessor: behind snippets (32), before fenced code goes away (25)."""
        md.preprocessors.register(_Insert(md, self), "docs_tools_layers", 31)


class _Insert(Preprocessor):
    def __init__(self, md: Markdown, extension: LayersExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        if self._extension.keeps:
            return lines
        text = "\n".join(lines)
        self._extension.has_arns |= ":layer:" in text
        # what excuses a whole file is the page's, and was seen before; here it is a snippet's
        kept = find_kept(text, whole=False)
        done = insert_numbers(text, self._extension.numbers, kept=kept)
        self._extension.inserted += done.insertions
        self._extension.ambiguous += [(str(found), verdict) for found, verdict in done.ambiguous]
        return done.text.split("\n")
