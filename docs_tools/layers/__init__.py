"""Layer ARNs: find out the numbers of a release, and insert them into pages."""

from docs_tools.layers.choose import choose_layers
from docs_tools.layers.insert import Insertion, insert_numbers
from docs_tools.layers.numbers import Numbers
from docs_tools.layers.sources import load_arns

__all__ = ["Insertion", "Numbers", "choose_layers", "insert_numbers", "load_arns"]
