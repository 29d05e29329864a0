"""Text files that are written whole or not at all."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

__all__ = ["replace_text"]


def replace_text(path: Path, text: str) -> bool:
    """Writes a file in one step, if it doesn't hold the text already.

    Args:
        path: The file; its folder is made where it isn't there.
        text: All that the file holds afterwards.

    Returns:
        Whether something was written.
    """
    path = path.resolve()  # a symbolic link stays, and what it names is replaced
    content = text.encode("utf-8")
    with suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return True
