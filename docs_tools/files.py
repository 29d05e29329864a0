"""Text files that are written whole or not at all."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

__all__ = ["replace_contents", "replace_text", "replace_texts"]


def replace_text(path: Path, text: str) -> bool:
    """Writes a file in one step, if it doesn't hold the text already.

    Args:
        path: The file; its folder is made where it isn't there.
        text: All that the file holds afterwards.

    Returns:
        Whether something was written.

    Raises:
        OSError: With the file's name as it was given.
    """
    return replace_texts([(path, text)])[0]


def replace_texts(texts: Iterable[tuple[Path, str]]) -> list[bool]:
    """Writes files, each in one step, once all their texts are on the disk beside them.

    So where one can't be written, such as in a folder that is read-only, none is.

    Args:
        texts: The files, each once, and all that each holds afterwards.

    Returns:
        Whether something was written, for each file.

    Raises:
        OSError: With the file's name as it was given.
    """
    return replace_contents((path, text.encode("utf-8")) for path, text in texts)


def replace_contents(contents: Iterable[tuple[Path, bytes]]) -> list[bool]:
    """As `replace_texts`, for files of whatever encoding.

    Args:
        contents: The files, each once, and all that each holds afterwards.
    """
    written: list[bool] = []
    beside: list[tuple[Path, Path]] = []
    try:
        for path, content in contents:
            with _named(path):
                temporary = _write_beside(path.resolve(), content)
            written.append(temporary is not None)
            if temporary:
                beside.append((path, temporary))
        for path, temporary in beside:
            with _named(path):
                temporary.replace(path.resolve())  # a symbolic link stays
    except BaseException:
        for _, temporary in beside:
            temporary.unlink(missing_ok=True)
        raise
    return written


def _write_beside(path: Path, content: bytes) -> Path | None:
    """Writes what a file is to hold beside it, unless it holds that already."""
    with suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return None
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{uuid4().hex[:12]}")  # the file's own name may leave no room
    try:
        beside.write_bytes(content)
        if path.exists():
            shutil.copymode(path, beside)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Lets errors name the user's file instead of the one beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
