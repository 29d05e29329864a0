"""The Python-Markdown extension that expands directives."""

from docs_tools.markdown.context import Context
from docs_tools.markdown.extension import DirectivesExtension, makeExtension

__all__ = ["Context", "DirectivesExtension", "makeExtension"]
