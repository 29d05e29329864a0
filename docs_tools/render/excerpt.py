"""An excerpt as a fence with its file's name above it."""

import re
from pathlib import PurePosixPath

__all__ = ["render_excerpt"]

_LANGUAGES = {".py": "python", ".pyi": "python", ".yml": "yaml", ".md": "markdown", ".sh": "bash"}


def render_excerpt(path: str, text: str) -> str:
    """The text as a fence.

    Args:
        path: Where it comes from; its ending tells the language.
        text: Lines of code, whatever is in them.
    """
    suffix = PurePosixPath(path).suffix
    language = _LANGUAGES.get(suffix, suffix[1:] if suffix[1:].isalnum() else "") or "text"
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    title = re.sub(r'["<>&`{}]', "", path)
    return f'{fence}{language} title="{title}"\n{text}\n{fence}'
