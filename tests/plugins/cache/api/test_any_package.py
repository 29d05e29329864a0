"""The law for packages: whatever their modules say, pages are those of a build from nothing."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docs_tools.diagrams import CACHE_VARIABLE
from tests.plugins.cache.api.site import api_site, module_page, put_in_order
from tests.plugins.cache.builds import Site
from tests.size import examples

Shown = tuple[str, dict[str, str] | None]
Edit = Callable[[Site], None]

PAGES = ["p0", "p1", "p2"]
NAMES = ["__init__", "a", "b", "sub/__init__", "sub/c"]
STATEMENTS = [
    '"""Something."""',
    "from pkg.a import A",
    "from pkg.b import A as B",
    "from pkg.b import *",
    "from pkg import sub",
    "import pkg.sub.c as c",
    "from pkg.sub.c import A, f",
    "from pkg.sub import C",
    '__all__ = ["A", "B", "f", "a"]',
    "from pkg.b import __all__ as more\n__all__ = [*more, 'C']",
    'class A:\n    """A class, as [this][pkg.b.A]."""\n\n    x: int = 1\n    """An attribute."""',
    'class B(A):\n    """A subclass."""\n\n    def run(self, a: A) -> "C":\n        """Runs."""',
    "class C(c.A):\n    def __init__(self, b: B = A.x) -> None:\n        pass",
    "from dataclasses import dataclass\n\n@dataclass\nclass D(A):\n    y: B",
    'from enum import Enum\n\nclass A(Enum):\n    """Values."""\n\n    x = 1\n    """One."""',
    'def f(a: A, b: sub = B.x) -> a:\n    """Does.\n\n    Attributes:\n        A: A name.\n    """',
    'def f() -> C:\n    """Does it, see [there][pkg.A.run]."""',
]
OPTIONS = [
    None,
    {"inherited_members": "true"},
    {"summary": "true", "show_if_no_docstring": "true"},
    {"show_submodules": "true", "group_by_category": "false"},
    {"filters": "public"},
    {"members": "[A, B, f]", "show_inheritance_diagram": "true"},
]


def source(name: str, statements: list[str]) -> str:
    """A module: it begins with its docstring, and griffe fails where one imports all of itself."""
    path = f"from {path_of(name)} import"
    own = [one for one in statements if not one.startswith(path)]
    return "\n\n".join(sorted(own, key=lambda one: one[0] != '"')) + "\n"


def path_of(name: str) -> str:
    """The import name of a module."""
    return f"pkg/{name}".removesuffix("/__init__").replace("/", ".")


def write_module(how: tuple[str, list[str]]) -> Edit:
    name, statements = how
    return lambda site: site.write(f"pkg/{name}.py", source(name, statements))


def write_page(how: tuple[str, Shown]) -> Edit:
    page, (name, options) = how
    return lambda site: site.write(f"docs/{page}.md", module_page(path_of(name), options))


def order_pages(how: tuple[list[str], int]) -> Edit:
    pages, count = how
    return lambda site: put_in_order(site, *pages[:count])


modules = st.lists(st.sampled_from(STATEMENTS), max_size=7, unique=True)
shown = st.tuples(st.sampled_from(NAMES), st.sampled_from(OPTIONS))
edits = st.one_of(
    st.tuples(st.sampled_from(NAMES), modules).map(write_module),
    st.tuples(st.sampled_from(PAGES), shown).map(write_page),
    st.tuples(st.permutations(PAGES), st.integers(1, 3)).map(order_pages),
)


@given(
    st.tuples(*(modules for _ in NAMES)),
    st.tuples(*(shown for _ in PAGES)),
    st.lists(edits, min_size=1, max_size=4),
)
@settings(max_examples=examples(4), suppress_health_check=list(HealthCheck))
def test_after_any_edits_the_site_is_that_of_a_build_from_nothing(
    sources: tuple[list[str], ...], first: tuple[Shown, ...], edits: list[Edit]
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(Path(folder, "memory")))
        site = api_site(Path(folder, "project"))
        patch.chdir(site.root)
        for module in (site.root / "pkg").iterdir():
            module.unlink()
        for name, statements in zip(NAMES, sources, strict=True):
            write_module((name, statements))(site)
        for name, page in zip(PAGES, first, strict=True):
            write_page((name, page))(site)
        put_in_order(site, *PAGES)
        for edit in (lambda _: None, *edits):
            edit(site)
            try:
                site.build_checked()
            except RecursionError:  # griffe's, where classes inherit each other
                for build in (site.build, site.build_plain):
                    with pytest.raises(RecursionError):
                        build()
