"""A whole project: guide, examples, a package with its API, and the configuration."""

from pathlib import Path

from bench.sites.configuration import configuration, theme_files
from bench.sites.guide import guide_files
from bench.sites.outline import Shape
from bench.sites.package import package_files

__all__ = ["generate", "site_files"]


def site_files(shape: Shape) -> dict[str, str]:
    """The files of a project by their paths, decided by the shape alone.

    Args:
        shape: How large it is.

    Returns:
        `mkdocs.yml` with `docs_tools/cache`, `plain.yml` without it, `docs/`, `examples/`,
        `overrides/` and the package below `src/`.
    """
    return {
        "mkdocs.yml": configuration(shape, cache=True),
        "plain.yml": configuration(shape, cache=False),
        ".gitignore": "/site*/\n/.cache/\n__pycache__/\n",
        **theme_files(),
        **guide_files(shape),
        **package_files(shape),
    }


def generate(folder: Path, pages: int, modules: int, seed: int = 1) -> Shape:
    """Writes a project.

    Args:
        folder: Where to; it is made.
        pages: Pages of the guide, the home page among them.
        modules: Modules of the package, its packages among them: each has a page of its own.
        seed: Another one gives other text.

    Returns:
        What was made, which knows the pages' paths.
    """
    shape = Shape(pages, modules, seed)
    for name, text in site_files(shape).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return shape
