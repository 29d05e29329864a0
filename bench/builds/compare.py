"""Whether two builds gave the same, to the last byte."""

from pathlib import Path

from bench.sites.repository import git

__all__ = ["differing_files", "differing_paths", "published"]


def differing_files(a: Path, b: Path) -> list[str]:
    """The files that two folders don't have alike.

    Raises:
        ValueError: A folder has no files: nothing was compared.
    """
    found = [
        {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
        for root in (a, b)
    ]
    if not all(found):
        raise ValueError(f"no files in {a if not found[0] else b}")
    here, there = found
    return [
        name
        for name in sorted(here.keys() | there.keys())
        if name not in here
        or name not in there
        or here[name].read_bytes() != there[name].read_bytes()
    ]


def published(folder: Path, version: str) -> dict[str, str]:
    """The files of a version on the docs branch, each with git's hash of its content."""
    lines = git(folder, "ls-tree", "-r", "-z", f"gh-pages:{version}").split("\0")
    rows = (line.split(None, 3) for line in lines if line)
    return {name: hash for _, _, hash, name in rows}


def differing_paths(a: dict[str, str], b: dict[str, str]) -> list[str]:
    """The paths that two published versions don't have alike."""
    return [name for name in sorted(a.keys() | b.keys()) if a.get(name) != b.get(name)]
