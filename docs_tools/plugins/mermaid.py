"""Mermaid for pages that have a diagram: from the site itself, and on those pages only."""

from importlib.resources import files
from pathlib import Path

from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

__all__ = ["MermaidScript"]

_SCRIPT = "assets/docs_tools/mermaid.js"
_DIAGRAM = 'class="mermaid"'
# else Mermaid, where no theme starts it, knows no kind of diagram yet when it meets a directive
_START = b"\nmermaid.initialize({});\n"


class MermaidScript:
    """Adds the script to the pages that need it, and copies it if there is one."""

    def __init__(self) -> None:
        self._needed = False

    def add(self, output: str, page: Page) -> str:
        """The page with the script if it holds a diagram.

        Material draws with `window.mermaid` where there is one, and loads Mermaid from another
        origin where there is none.
        """
        if _DIAGRAM not in output or _SCRIPT in output:
            return output
        self._needed = True
        tag = f'<script src="{get_relative_url(_SCRIPT, page.url)}"></script>'
        head, end, body = output.partition("</head>")
        return f"{head}{tag}{end}{body}" if end else f"{tag}{output}"

    def copy(self, site_dir: Path) -> None:
        """Copies the script, which comes with mermaidx, into a site that needs it."""
        if self._needed:
            target = site_dir / _SCRIPT
            target.parent.mkdir(parents=True, exist_ok=True)
            script = files("mermaidx").joinpath("assets", "mermaid.js").read_bytes()
            target.write_bytes(script + _START)
