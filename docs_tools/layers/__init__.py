"""Layer ARNs: find out the numbers of a release, and insert them into pages."""

from docs_tools.layers.choose import choose_layers
from docs_tools.layers.insert import Insertion, Numbers, insert_numbers
from docs_tools.layers.source import load_arns

__all__ = ["Insertion", "Numbers", "choose_layers", "insert_numbers", "load_arns"]
