"""Python sources behind mkdocstrings, pages of modules by `docs_tools/api`, cross references."""

from tests.plugins.cache.equality.state import Page, State
from tests.plugins.cache.equality.variants import common, guide
from tests.plugins.cache.equality.variants.variant import Variant

__all__ = ["API"]

_CORE = '''\
"""The core of [pkg][].

See [a section][section].
"""

from pkg.base import Base

LIMIT = {limit}
"""How much; see [Thing][pkg.core.Thing]."""


class Thing(Base):
    """{thing}

    Args:
        size: How large.
    """

    def __init__(self, size: int = {limit}) -> None:
        self.size = size
        """The size."""

    def grow(self, by: "Base") -> "Thing":
        """Grows; see [run][pkg.base.Base.run] and [gone][pkg.gone.Gone]."""
        return self
'''
_BASE = '''\
"""Bases."""


class Base:
    """{0}"""

    def run(self) -> None:
        """{1}"""
'''
_MORE = '"""{0}"""\n\n\nclass Extra:\n    """More."""\n'
_INIT = {
    "plain": '"""A package."""\n',
    "exports": '"""A package."""\n\nfrom pkg.core import Thing\n\n__all__ = ["Thing"]\n',
    "renames": '"""A package."""\n\nfrom pkg.core import Thing as Object\n\n__all__ = ["Object"]\n',
    "gone": '"""A package."""\n\nfrom pkg.gone import Gone\n\n__all__ = ["Gone"]\n',
    "others": '"""A package."""\n\nfrom more import Extra\n\n__all__ = ["Extra"]\n',
    "stars": '"""A package with [a section][section]."""\n\nfrom pkg.base import *\n',
}

API = Variant(
    State(
        {
            "docs/index.md": Page(("# Home", "[Thing][pkg.core.Thing] and [][pkg.base.Base.run]")),
            "docs/a.md": Page(("# First", "## Section", "[First][] and [other][]")),
            "docs/b.md": Page(("# Second", "::: pkg.base.Base")),
        },
        {
            "src/pkg/__init__.py": _INIT["plain"],
            "src/pkg/core.py": _CORE.format(limit=1, thing="A thing."),
            "src/pkg/base.py": _BASE.format("A base.", "Runs."),
            "src/more.py": _MORE.format("Other things."),
            "overrides/main.html": '{% extends "base.html" %}\n',
        },
        {
            "site_name": "API",
            "theme": {"name": "material", "custom_dir": "overrides", "font": False},
            "plugins": {
                "search": {},
                "autorefs": {},
                "mkdocstrings": {"handlers": {"python": {"paths": ["src"], "options": {}}}},
                "docs_tools/api": {"packages": ["pkg"]},
            },
            "markdown_extensions": {**common.EXTENSIONS, **common.PYMDOWNX},
        },
    ),
    [*common.BLOCKS[:14],
     "::: pkg.core.Thing\n    options:\n      show_source: false",
     "::: pkg.base.Base.run", "::: more.Extra", "[Extra][more.Extra] and [pkg's][pkg.Extra]",
     "::: pkg.gone.Gone", "::: pkg.core\n    options: {members: [LIMIT]}",
     "::: pkg\n    options: {show_root_heading: true, heading_level: 3}",
     "[Thing][pkg.core.Thing] [`size`][pkg.core.Thing.size] [gone][pkg.gone.Gone]",
     "[Section][section], [Deeper][] and [Object][pkg.Object]",
     '<autoref identifier="pkg.base.Base" optional>Base</autoref>',
     "## Deeper", "[](){#marked}\n\n## Marked", "[marked][]"],
    {key: common.FRONTS[key] for key in ("title", "template", "search", "hide")},
    {
        "src/pkg/__init__.py": list(_INIT.values()),
        "src/pkg/core.py": [_CORE.format(limit=2, thing="A thing."),
                            _CORE.format(limit=1, thing="Another <thing> with `code`."),
                            _CORE.replace("Thing(Base)", "Thing").format(limit=1, thing="Free."),
                            _CORE.format(limit=1, thing="Back to [the section][section]."),
                            "def broken(:\n"],
        "src/pkg/base.py": [_BASE.format("Another base.", "Runs."),
                            _BASE.format("A base.", "Runs\n\n        Args:\n            gone: No."),
                            _BASE.format("A base.", "Runs.").replace("run", "walk")],
        "src/pkg/extra.py": ['"""More."""\n\nfrom pkg.core import Thing\n\nOTHER = Thing\n',
                             '"""More."""\n\n\ndef more(thing: "pkg.core.Thing") -> None: ...\n'],
        "src/more.py": [_MORE.format("Better."), _MORE.format("See [][pkg].") + "\nX = 1\n"],
        "src/pkg/sub/__init__.py": ['"""A subpackage."""\n'],
        "overrides/main.html": guide.OVERRIDES["overrides/main.html"],
        "templates/python/material/docstring.html.jinja": ["<b>{{ docstring_sections }}</b>\n"],
    },
    {
        **common.SETTINGS,
        ("plugins", "mkdocstrings", "handlers", "python", "options"): [
            {"show_source": False, "members_order": "source"}, {"show_root_heading": True},
            {"show_signature_annotations": True, "signature_crossrefs": True}, {},
            {"backlinks": "tree"}, {"backlinks": "flat", "inherited_members": True},
            {"filters": ["!^_", "!run"], "docstring_section_style": "list"},
            {"relative_crossrefs": True, "scoped_crossrefs": True, "show_if_no_docstring": True},
            {"show_bases": True, "show_symbol_type_toc": True, "preload_modules": ["pkg.base"]}],
        ("plugins", "mkdocstrings", "custom_templates"): ["templates", None],
        ("plugins", "mkdocstrings", "enable_inventory"): [True, False, None],
        ("plugins", "autorefs"): [{}, {"resolve_closest": True}, {"link_titles": False}, None],
        ("plugins", "docs_tools/api"): [{"packages": ["pkg"], "path": "ref", "title": "Code"},
                                        {"packages": []}, None],
        ("nav",): [["index.md", {"Code": "api/"}, "a.md"], ["b.md", "a.md", "index.md"], None],
    },
    new=["docs/new.md", "docs/api/pkg/core.md"],
    moves={"src/pkg/base.py": "src/pkg/gone.py", "src/pkg/gone.py": "src/pkg/base.py",
           "src/pkg/extra.py": "src/pkg/_extra.py"},
)  # fmt: skip
