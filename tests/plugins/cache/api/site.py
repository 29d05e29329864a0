"""A small package with a page for each module, and one that links to them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.plugins.cache.builds import CACHE, Built, Site

MODULES = {
    "__init__": '"""A package."""\nfrom pkg.sub import Sub\n\n__all__ = ["Sub"]\n',
    "base": (
        '"""Bases."""\n\n\nclass Base:\n    """A base."""\n\n'
        '    def __init__(self, size: int) -> None:\n        """Makes it."""\n\n'
        '    def run(self) -> "Base":\n        """Runs."""\n'
    ),
    "sub": (
        '"""Subclasses."""\nfrom pkg.base import Base\nfrom pkg.names import LIMIT\n\n\n'
        'class Sub(Base):\n    """A subclass of [it][pkg.base.Base]."""\n\n\n'
        'def make(base: Base = LIMIT) -> Sub:\n    """Makes one by [run][pkg.base.Base.run]."""\n'
    ),
    "names": (
        '"""Names."""\n\nLIMIT = 3\n"""The limit."""\n\n\ndef name() -> str:\n    """Names."""\n'
    ),
    "star": '"""All names."""\nfrom pkg.names import *\n',
    "point": (
        '"""Points."""\nfrom dataclasses import dataclass\n\n\n'
        '@dataclass\nclass Point:\n    """A point."""\n\n    x: int = 0\n    """Where."""\n'
    ),
    "circle": (
        '"""Circles."""\nfrom dataclasses import dataclass\n\nfrom pkg.point import Point\n\n\n'
        '@dataclass\nclass Circle(Point):\n    """A circle."""\n\n    radius: int = 1\n'
    ),
    "alone": (
        '"""Alone."""\n\n\ndef wait(until: str) -> None:\n    """Waits for [it][pkg.Sub]."""\n'
    ),
}
"""The modules of the package."""

ORDER = """
from pathlib import Path

from mkdocs.structure.files import Files


def on_files(files, config):
    order = Path(config.config_file_path).with_name("order.txt").read_text().split()
    pages = [files.get_file_from_path(f"{name}.md") for name in order]
    return Files([file for file in pages if file])
"""
"""A hook that puts pages into an order: MkDocs converts them in that of their names."""

OPTIONS = {
    "backlinks": "flat",
    "merge_init_into_class": True,
    "separate_signature": True,
    "signature_crossrefs": True,
    "show_root_heading": True,
}


def module_page(path: str, options: Mapping[str, Any] | None = None) -> str:
    """The page of a module."""
    lines = [f"# Page of {path}", "", f"::: {path}"]
    if options:
        lines += ["    options:", *(f"      {key}: {value}" for key, value in options.items())]
    return "\n".join(lines) + "\n"


def api_site(root: Path, **options: Any) -> Site:
    """A site with a page for each module, and one that links to them."""
    handler = {"options": {**OPTIONS, **options}}
    site = Site(root)
    site.settings = {
        "markdown_extensions": ["attr_list"],
        "plugins": [
            "autorefs",
            {"mkdocstrings": {"handlers": {"python": handler}}},
            {CACHE: {"processes": 1}},
        ],
        "hooks": ["order.py"],
        # with nothing to copy, and no time on the home page
        "theme": {"name": None, "custom_dir": "theme"},
    }
    site.create(pages=0)
    site.write("order.py", ORDER)
    put_in_order(site, "links", *MODULES)
    site.write("theme/main.html", "{{ page.title }}{{ page.toc }}{{ page.content }}")
    for name, text in MODULES.items():
        site.write(f"pkg/{name}.py", text)
        path = "pkg" if name == "__init__" else f"pkg.{name}"
        site.write(f"docs/{name}.md", module_page(path))
    site.write(
        "docs/links.md", "# Links\n\n[One][pkg.Sub], [two][pkg.sub.Sub.run], [pkg.base][].\n"
    )
    return site


def put_in_order(site: Site, *names: str) -> None:
    """Has the site consist of some pages, which are converted in this order."""
    site.write("order.txt", "\n".join(names))


def replace(site: Site, path: str, before: str, now: str) -> None:
    """Edits a file."""
    text = (site.root / path).read_text("utf-8")
    assert before in text
    site.write(path, text.replace(before, now))


def converted(built: Built) -> set[str]:
    """The pages that were converted, without their suffix."""
    pages = (page for page, why in built.explained.items() if why.startswith("rebuilt"))
    return {page.removesuffix(".md") for page in pages}
