"""The script that has a frozen page say what is true of its version today."""

import re
from html import escape

__all__ = ["add_status_script"]

# as published beside the versions (`docs_tools.publish.root`)
_SCRIPT = "docs-status.js"
_PLACES = (re.compile(r"(?=</head\s*>)", re.IGNORECASE), re.compile(r"<head(?:\s[^>]*)?>", re.I))


def add_status_script(output: str, path: str, version: str) -> str:
    """A page with the script; one without a head stays as it is.

    The page holds the address and the name of its version only, so that what is said, and how it
    looks, can change without it.

    Args:
        output: The page.
        path: Its file in the site, such as `guide/index.html`.
        version: The version that is built; its folder stands beside the script.
    """
    address = "../" * (path.count("/") + 1) + _SCRIPT
    tag = f'<script defer src="{address}" data-docs-version="{escape(version)}"></script>'
    found = next((match for place in _PLACES if (match := place.search(output))), None)
    return f"{output[: found.end()]}{tag}{output[found.end() :]}" if found else output
