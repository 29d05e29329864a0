"""A built site, and where it goes."""

import uuid
from pathlib import Path

_PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title>
<link rel="stylesheet" href="{up}style.css"></head>
<body><h1>{title}</h1><p>{text}</p><a href="{up}{link}">{link}</a></body>
</html>
"""


def build_prefix() -> str:
    """A folder of a bucket that no other test has."""
    return f"docs-{uuid.uuid4().hex[:8]}"


def build_site(folder: Path, text: str) -> None:
    """Two pages that lead to each other, a 404 page, and their style.

    Args:
        folder: Where it is written.
        text: What the first page says.
    """
    files = {
        "index.html": _PAGE.format(title="Tiny", text=text, up="", link="guide/index.html"),
        "guide/index.html": _PAGE.format(title="Guide", text="How.", up="../", link="index.html"),
        "404.html": _PAGE.format(title="Not found", text="It isn't.", up="", link="index.html"),
        "style.css": "body { max-width: 60ch }\n",
    }
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
