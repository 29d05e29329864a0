"""Where layer numbers come from when they stand in files: text, JSON, a folder of both."""

from docs_tools.layers.sources.load import load_arns

__all__ = ["load_arns"]
