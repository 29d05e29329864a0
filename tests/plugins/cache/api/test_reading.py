"""Packages are read as a build from nothing reads them, and only where something changed."""

from pathlib import Path

import pytest
from griffe import GriffeLoader

from tests.plugins.cache.api.site import MODULES, converted, module_page, put_in_order, replace
from tests.plugins.cache.builds import Site


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages that griffe reads."""
    found: list[str] = []
    original = GriffeLoader.load

    def load(self: GriffeLoader, *arguments: object, **options: object) -> object:
        found.append(str(arguments[0]))
        return original(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(GriffeLoader, "load", load)
    return found


def test_a_package_is_read_once_after_an_edit_and_not_at_all_without_one(
    api: Site, loads: list[str]
) -> None:
    api.build()
    assert loads == ["pkg"]
    loads.clear()
    api.build()
    api.append("docs/links.md")
    api.build()
    assert loads == []
    replace(api, "pkg/alone.py", "Waits", "Sits")
    api.build()
    assert loads == ["pkg"]
    loads.clear()
    api.build()
    assert loads == []


def test_the_first_page_says_how_docstrings_are_read(api: Site) -> None:
    api.append(
        "pkg/alone.py",
        '\n\ndef go(on: int) -> None:\n    """Goes.\n\n    Args:\n        on: Where to.\n    """\n',
    )
    put_in_order(api, "alone", "names", "links")
    api.write("docs/names.md", module_page("pkg.names", {"docstring_style": "sphinx"}))
    api.build_checked()
    built = api.build_checked()
    assert converted(built) == {"names"}
    assert "the docstring of pkg.names read in another way" in built.explained["names.md"]
    put_in_order(api, "names", "alone", "links")
    assert "alone" in converted(api.build_checked())


def test_a_docstring_that_a_remembered_page_has_shown_is_shown_as_it_was_there(api: Site) -> None:
    api.write("pkg/alone.py", '"""Alone.\n\nAttributes:\n    x: Something.\n"""\n\nx: int = 1\n')
    put_in_order(api, "alone", "links")
    api.build()
    api.write("docs/links.md", module_page("pkg.alone", {"docstring_style": "numpy"}))
    built = api.build_checked()
    assert converted(built) == {"links"}
    assert converted(api.build_checked()) == {"links"}


def test_two_packages_know_each_other_from_the_page_on_that_names_both(api: Site) -> None:
    api.write("two/__init__.py", '"""Two."""\nfrom pkg.alone import wait\n\n__all__ = ["wait"]\n')
    api.append("pkg/alone.py", "\n\nfrom two.more import go\n\n__all__ = ['wait', 'go']\n")
    api.write("two/more.py", '"""More."""\n\n\ndef go() -> None:\n    """Goes."""\n')
    api.write("docs/two.md", "# Two\n\n::: two\n\n::: two.more\n")
    put_in_order(api, "base", "two", "alone", "sub")
    api.build_checked()
    assert not converted(api.build_checked())
    replace(api, "two/more.py", "Goes.", "Goes on.")
    assert converted(api.build_checked()) >= {"two", "alone"}
    replace(api, "pkg/alone.py", "Waits", "Sits")
    assert "base" not in converted(api.build_checked())
    put_in_order(api, "base", "alone", "two", "sub")
    assert "alone" in converted(api.build_checked())


def test_pages_that_want_no_package_any_more(api: Site) -> None:
    api.build()
    for name in MODULES:
        api.write(f"docs/{name}.md", f"# {name}\n")
    api.write("docs/links.md", "# Links\n")
    replace(api, "pkg/alone.py", "Waits", "Sits")
    api.build_checked()
    del api.settings["plugins"][1]["mkdocstrings"]["handlers"]
    api.build_checked()
    assert not (api.root / "site/objects.inv").exists()


def test_a_handler_without_settings_is_seen_when_a_remembered_page_uses_it(api: Site) -> None:
    api.settings["plugins"][1] = "mkdocstrings"
    api.build_checked()
    assert not converted(api.build_checked())
    assert (api.root / "site/objects.inv").exists()


@pytest.mark.parametrize(
    ("options", "doubt"),
    [
        ({"extensions": ["own.py"]}, "the griffe extension own.py"),
        ({"force_inspection": True}, "imports the package"),
    ],
)
def test_what_runs_code_is_never_remembered(
    options: dict[str, object], doubt: str, api: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.write("own.py", "import griffe\n\nclass Own(griffe.Extension):\n    pass\n")
    handler = api.settings["plugins"][1]["mkdocstrings"]["handlers"]["python"]
    handler["options"] |= options
    monkeypatch.syspath_prepend(str(api.root))
    api.build()
    built = api.build_checked()
    assert converted(built) >= set(MODULES)
    assert doubt in built.explained["alone.md"]


def test_a_package_that_breaks_stops_the_build_and_mends(api: Site) -> None:
    api.build()
    text = (api.root / "pkg/__init__.py").read_text("utf-8")
    api.write("pkg/__init__.py", "def broken(:\n")
    with pytest.raises((SystemExit, Exception)):
        api.build()
    api.write("pkg/__init__.py", text)
    assert not converted(api.build_checked())


def test_a_source_that_is_edited_while_it_is_read_is_not_remembered(
    api: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = GriffeLoader.load

    def load(self: GriffeLoader, *arguments: object, **options: object) -> object:
        found = original(self, *arguments, **options)  # type: ignore[arg-type]
        api.append("pkg/alone.py", '\n\ndef later() -> None:\n    """Later."""\n')
        return found

    with monkeypatch.context() as patch:
        patch.setattr(GriffeLoader, "load", load)
        built = api.build()
    assert "a source changed while it was read" in built.explained["alone.md"]
    assert converted(api.build_checked()) >= set(MODULES)


def test_faults_in_a_docstring_are_told_once_and_by_the_page_that_shows_it_first(api: Site) -> None:
    api.append(
        "pkg/alone.py",
        '\n\ndef go() -> None:\n    """Goes.\n\n    Args:\n        on: Where to.\n    """\n',
    )
    api.write("docs/a.md", module_page("pkg.alone"))
    put_in_order(api, "a", "alone", "links")
    faults = [one for one in api.build_checked().messages if "griffe" in one]
    assert any("Parameter 'on' does not appear" in one for one in faults)
    assert [one for one in api.build_checked().messages if "griffe" in one] == faults
    put_in_order(api, "alone", "links")
    assert [one for one in api.build_checked().messages if "griffe" in one] == faults


def test_faults_in_a_package_are_told_by_whichever_page_names_it_first(api: Site) -> None:
    put_in_order(api, "point", "base")  # neither shows what has the fault
    assert not api.build_checked().messages
    exports = "from pkg.names import __all__ as more\n\n__all__ = [*more, 'name']\n"
    api.write("pkg/star.py", exports)
    faults = api.build_checked().messages
    assert any("Unsupported item in pkg.star.__all__" in one for one in faults)
    assert api.build_checked().messages == faults
    put_in_order(api, "base", "point")
    assert api.build_checked().messages == faults
    api.write("pkg/star.py", MODULES["star"])
    assert not api.build_checked().messages


def test_a_folder_that_holds_a_package_beside_the_project(api: Site, tmp_path: Path) -> None:
    handler = api.settings["plugins"][1]["mkdocstrings"]["handlers"]["python"]
    (api.root / "pkg").rename(tmp_path / "pkg")
    handler["paths"] = [".."]
    api.build()
    assert not converted(api.build_checked())
    file = tmp_path / "pkg/alone.py"
    file.write_text(file.read_text("utf-8").replace("Waits", "Sits"), "utf-8")
    assert converted(api.build_checked()) == {"alone"}


def test_pages_of_another_handler_are_never_remembered(
    api: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.write(
        "mkdocstrings_handlers/own/__init__.py",
        "from mkdocstrings import BaseHandler\n\n\nclass Own(BaseHandler):\n"
        "    name, domain = 'own', 'own'\n\n"
        "    def collect(self, identifier, options):\n        return identifier\n\n"
        "    def render(self, data, options):\n        return f'<p>{data}</p>'\n\n\n"
        "def get_handler(handler_config, tool_config, **options):\n    return Own(**options)\n",
    )
    api.write("mkdocstrings_handlers/own/templates/readme.txt", "none")
    monkeypatch.syspath_prepend(str(api.root))
    api.write("docs/alone.md", "# Alone\n\n::: something\n    handler: own\n")
    api.build()
    built = api.build_checked()
    assert converted(built) == {"alone"}
    assert "uses the handler own of mkdocstrings" in built.explained["alone.md"]
