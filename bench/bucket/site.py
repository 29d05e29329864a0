"""A site as a build leaves it, and what a next build makes of it."""

import os
import random
import time
from pathlib import Path

__all__ = ["INDEX", "PAGE", "change_page", "touch", "write_site"]

PAGE = "part3/page3/index.html"
"""The page that is mended."""
INDEX = "search/search_index.json"
"""The search index, which differs with each page that does."""

_PAGE_WORDS, _ASSET_WORDS, _INDEX_WORDS = 2_000, 3_000, 100_000
_WORDS = ("bucket", "words", "that", "stand", "in", "pages", "and", "are", "read", "by", "nobody")


def write_site(folder: Path, files: int) -> None:
    """Writes a site: three quarters are pages, most others assets, one is the search index.

    Args:
        folder: Where it will be.
        files: How many files it has.
    """
    chance = random.Random(7)  # the same site in each run
    assets = files // 4
    for number in range(files - assets - 1):
        _write(folder, f"part{number % 5}/page{number}/index.html", _page(chance, number))
    for number in range(assets):
        kind = ("js", "css")[number % 2]
        _write(folder, f"assets/{kind}/a{number}.{kind}", _text(chance, _ASSET_WORDS))
    _write(folder, INDEX, _text(chance, _INDEX_WORDS))


def change_page(folder: Path, number: int) -> set[str]:
    """Mends a page, as for the so many-th time; the paths of the files that differ."""
    for path in (PAGE, INDEX):
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(f"<!-- mended {number} -->\n")
    return {PAGE, INDEX}


def touch(folder: Path, paths: set[str] | None = None) -> None:
    """Gives files, or all of them, a time later than that of all that was uploaded before.

    S3 tells whole seconds: what is uploaded from now on is later still.
    """
    time.sleep(2)
    now = time.time() - 1
    for path in folder.rglob("*"):
        if path.is_file() and (paths is None or path.relative_to(folder).as_posix() in paths):
            os.utime(path, (now, now))


def _page(chance: random.Random, number: int) -> str:
    text = _text(chance, _PAGE_WORDS)
    return f"<html><head><title>{number}</title></head><body><p>{text}</p></body></html>\n"


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
