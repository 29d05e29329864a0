"""Mermaid diagrams: drawn at build time, checked, and shown so that everybody can read them."""

from docs_tools.diagrams.check import Fault, find_faults
from docs_tools.diagrams.errors import MermaidError
from docs_tools.diagrams.facts import render_facts
from docs_tools.diagrams.figure import render_figure
from docs_tools.diagrams.memory import CACHE_VARIABLE, Drawing, Drawings
from docs_tools.diagrams.style import for_browser

__all__ = [
    "CACHE_VARIABLE",
    "Drawing",
    "Drawings",
    "Fault",
    "MermaidError",
    "find_faults",
    "for_browser",
    "render_facts",
    "render_figure",
]
