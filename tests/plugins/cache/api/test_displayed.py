"""Pages are converted again when what they display changes, and no others are."""

from collections.abc import Iterator

import pytest

from docs_tools.diagrams import CACHE_VARIABLE
from tests.plugins.cache.api.site import (
    MODULES,
    api_site,
    converted,
    module_page,
    put_in_order,
    replace,
)
from tests.plugins.cache.builds import Site

EDITS = {
    # name: file, text before, text now, pages
    "a docstring": ("alone", "Waits for", "Sits and waits for", {"alone"}),
    "a base": ("base", "size: int", "size: str", {"base", "sub", "__init__"}),
    "a base's docstring": ("base", "Runs.", "Runs fast.", {"base", "sub", "__init__"}),
    # the page of the package displays the class of `sub`, and both name the limit
    "what a value is named after": ("names", "LIMIT = 3", "LIMIT = 4", {"names", "star"}),
    "a name that is gone": ("names", "LIMIT = 3", "MOST = 3", {"names", "star", "sub", "__init__"}),
    "a field of a base": ("point", "x: int = 0", "x: int = 7", {"point", "circle"}),
    "an export": ("__init__", '["Sub"]', '["Sub", "base"]', {"__init__"}),
    "the first line of a module": ("alone", "Alone.", "All alone.", {"alone", "__init__"}),
    "an import": ("alone", '"""\n\n\n', '"""\nfrom pkg.base import Base as B\n\n\n', {"alone"}),
    "a name that others look for": (
        "__init__", "__all__", "str = 3\n__all__", {"__init__", "alone", "names", "star"}
    ),
    "a comment": ("names", "LIMIT", "# a comment\nLIMIT", {"names", "star"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that was built, in its folder."""
    folder = tmp_path_factory.mktemp("api")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(folder / "memory"))
        site = api_site(folder / "project")
        patch.chdir(site.root)
        site.build()
        yield site


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_costs_the_pages_that_display_it(edit: str, built: Site) -> None:
    name, before, now, pages = EDITS[edit]
    for module, text in MODULES.items():
        built.write(f"pkg/{module}.py", text)
    replace(built, f"pkg/{name}.py", before, now)
    assert converted(built.build_checked()) == pages


def test_a_new_module_costs_the_page_of_its_package(api: Site) -> None:
    api.build()
    api.write("pkg/new.py", '"""New."""\nfrom pkg.alone import wait\n\n__all__ = ["wait"]\n')
    assert converted(api.build_checked()) == {"__init__"}
    (api.root / "pkg/new.py").unlink()
    assert not converted(api.build_checked())  # as it was before


def test_a_name_becomes_a_module(api: Site) -> None:
    api.append("pkg/alone.py", '\n\ndef go(new: new) -> None:\n    """Goes."""\n')
    api.build()
    api.write("pkg/new.py", '"""New."""\n')
    assert converted(api.build_checked()) == {"alone", "__init__"}


def test_a_module_that_is_deleted_is_missed_by_who_imports_it(api: Site) -> None:
    put_in_order(api, "links", *(name for name in MODULES if name != "point"))
    api.build()
    (api.root / "pkg/point.py").unlink()
    assert converted(api.build_checked()) == {"circle", "__init__"}


def test_a_stub_may_change_any_page(api: Site) -> None:
    api.build()
    api.write("pkg/names.pyi", "LIMIT: float\n\ndef name() -> bytes: ...\n")
    assert converted(api.build_checked()) == set(MODULES)
    replace(api, "pkg/names.pyi", "float", "int")
    assert converted(api.build_checked()) == set(MODULES)
    assert not converted(api.build_checked())


def test_a_package_in_a_folder_that_is_looked_into_first(api: Site) -> None:
    handler = api.settings["plugins"][1]["mkdocstrings"]["handlers"]["python"]
    handler["paths"] = ["first", "."]
    api.build()
    (api.root / "pkg").rename(api.root / "first")
    (api.root / "first").rename(api.root / "pkg")
    for name, text in MODULES.items():
        api.write(f"first/pkg/{name}.py", text.replace("Waits", "Lies in wait"))
    assert converted(api.build_checked()) == set(MODULES)


def test_summaries_and_submodules_are_displayed_too(api: Site) -> None:
    api.write("docs/__init__.md", module_page("pkg", {"summary": "true"}))
    api.write("docs/links.md", module_page("pkg", {"show_submodules": "true"}))
    api.build()
    replace(api, "pkg/alone.py", "Waits", "Sits")
    assert converted(api.build_checked()) == {"alone", "links"}


def test_the_keys_of_a_dictionary_that_is_unpacked(api: Site) -> None:
    api.write(
        "pkg/keys.py",
        '"""Keys."""\nfrom typing import TypedDict\n\n\nclass Keys(TypedDict):\n    """Keys."""\n\n'
        '    key: int\n    """A key."""\n',
    )
    api.append(
        "pkg/alone.py",
        "\n\nfrom typing import Unpack\nfrom pkg.keys import Keys\n\n"
        'def opened(**keys: Unpack[Keys]) -> None:\n    """Opened."""\n',
    )
    api.build()
    replace(api, "pkg/keys.py", "key: int", "lock: int")
    assert "alone" in converted(api.build_checked())


def test_templates_of_the_project_may_look_at_everything(api: Site) -> None:
    api.settings["plugins"][1]["mkdocstrings"]["custom_templates"] = "templates"
    api.write(
        "templates/python/material/function.html.jinja",
        '{% extends "_base/function.html.jinja" %}{% block contents %}{{ super() }}'
        "{{ function.package['names.LIMIT'].value }}{% endblock %}",
    )
    api.build()
    replace(api, "pkg/names.py", "LIMIT = 3", "LIMIT = 4")
    assert converted(api.build_checked()) == set(MODULES)
    replace(api, "templates/python/material/function.html.jinja", "super() }}", "super() }}!")
    assert set(MODULES) <= converted(api.build_checked())


def test_a_template_that_shows_the_commit_is_never_remembered(api: Site) -> None:
    api.settings["plugins"][1]["mkdocstrings"]["custom_templates"] = "templates"
    api.write(
        "templates/python/material/function.html.jinja",
        '{% extends "_base/function.html.jinja" %}{% block contents %}{{ function.source_link }}'
        "{% endblock %}",
    )
    api.build()
    built = api.build()
    assert converted(built) == set(MODULES)
    assert "function.html.jinja shows the commit" in built.explained["alone.md"]


def test_where_a_source_lies_is_shown_with_it(api: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    api.write("docs/alone.md", module_page("pkg.alone", {"show_source": "false"}))
    api.build()
    monkeypatch.chdir(api.root / "pkg")
    assert converted(api.build_checked()) == set(MODULES) - {"alone"}


def test_an_installed_package_costs_nothing(api: Site) -> None:
    api.write("docs/links.md", "# Links\n\n::: mergedeep\n")
    api.build()
    assert not converted(api.build_checked())
