"""The law for packages: whatever their modules say, pages are those of a build from nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docs_tools.diagrams import CACHE_VARIABLE
from tests.plugins.cache.api.site import api_site, module_page, put_in_order
from tests.plugins.cache.builds import Site, files
from tests.size import examples

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
    'from dataclasses import dataclass\n\n@dataclass\nclass D(A):\n    """With a field."""\n\n    y: B',
    'from enum import Enum\n\nclass A(Enum):\n    """Values."""\n\n    x = 1\n    """One."""',
    'def f(a: A, b: sub = B.x) -> a:\n    """Does it.\n\n    Attributes:\n        A: A name.\n    """',
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

modules = st.lists(st.sampled_from(STATEMENTS), max_size=7, unique=True).map(
    # a module begins with its docstring
    lambda statements: "\n\n".join(sorted(statements, key=lambda one: one[0] != '"')) + "\n"
)
pages = st.tuples(st.sampled_from(NAMES), st.sampled_from(OPTIONS))
edits = st.one_of(
    st.tuples(st.sampled_from(NAMES), modules),
    st.tuples(st.just("page"), pages),
    st.tuples(st.just("order"), st.permutations(["p0", "p1", "p2"]), st.integers(1, 3)),
)


def edit(site: Site, what: str, *how: object) -> None:
    if what == "page":
        [(name, options)] = how  # type: ignore[misc]
        path = name.replace("/__init__", "").replace("/", ".")
        site.write("docs/p1.md", module_page(path, options))
    elif what == "order":
        names, count = how
        put_in_order(site, *names[:count])  # type: ignore[index]
    else:
        site.write(f"pkg/{what}.py", str(how[0]))


@given(
    st.lists(modules, min_size=len(NAMES), max_size=len(NAMES)),
    st.lists(pages, min_size=3, max_size=3),
    st.lists(edits, min_size=1, max_size=4),
)
@settings(max_examples=examples(4), suppress_health_check=list(HealthCheck))
def test_after_any_edits_the_site_is_that_of_a_build_from_nothing(
    sources: list[str], shown: list[tuple[str, dict[str, str]]], changes: list[tuple[str, object]]
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(Path(folder, "memory")))
        site = api_site(Path(folder, "project"))
        patch.chdir(site.root)
        for module in (site.root / "pkg").iterdir():
            module.unlink()
        for name, source in zip(NAMES, sources, strict=True):
            site.write(f"pkg/{name}.py", source)
        for number, (name, options) in enumerate(shown):
            path = name.replace("/__init__", "").replace("/", ".")
            site.write(f"docs/p{number}.md", module_page(path, options))
        put_in_order(site, "p0", "p1", "p2")
        for change in [("order", ["p0", "p1", "p2"], 3), *changes]:
            edit(site, *change)
            built = site.build()
            assert built.messages == site.build_plain()
            assert files(site.root / "site") == files(site.root / "plain")
