"""What makes choosers of layer ARNs work: for pages that have one, from the site itself."""

import json
from importlib.resources import files
from pathlib import Path

from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

__all__ = ["ChooserScript"]

_SCRIPT = "assets/docs_tools/chooser.js"
_CHOOSER = "</docs-layers>"


class ChooserScript:
    """Adds the script to the pages that need it, and copies it if there is one."""

    def __init__(self) -> None:
        self._needed = False

    def add(self, output: str, page: Page) -> str:
        """The page with the script behind its first chooser.

        It stands in the content: Material runs what is there where it changes pages without loading
        them (`navigation.instant`).
        """
        before, chooser, behind = output.partition(_CHOOSER)
        if not chooser:
            return output
        self._needed = True
        # deferred: the tables behind the chooser are read by then
        tag = f'<script defer src="{get_relative_url(_SCRIPT, page.url)}"></script>'
        return f"{before}{chooser}{tag}{behind}"

    def copy(self, site_dir: Path) -> None:
        """Copies the script into a site that needs it."""
        if self._needed:
            target = site_dir / _SCRIPT
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_script(), encoding="utf-8")


def _script() -> str:
    """The script: its parts, which lie beside this module, in a scope of their own."""
    parts = {
        name: files(__package__).joinpath(name).read_text(encoding="utf-8")
        for name in ("style.css", "examples.js", "element.js")
    }
    style = f"const STYLE = {json.dumps(parts['style.css'])};\n"
    # Material runs it once more for each page that it changes to
    begin = '(() => {\n"use strict";\nif (customElements.get("docs-layers")) return;\n'
    return "\n".join([begin, style, parts["examples.js"], parts["element.js"], "})();\n"])
