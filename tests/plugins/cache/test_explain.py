"""A page is made again where one of its inputs changed, no other page is, and it is said why."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docs_tools.build.memory.code import installed_packages
from tests.plugins.cache.builds import PAGES, Built, Site, rebuilt, text

ALL = tuple(f"p{number}.md" for number in range(PAGES))


def every(built: Built, reason: str) -> bool:
    """Whether all pages were made again for one reason."""
    return dict(built.explained) == dict.fromkeys(ALL, reason)


def test_a_site_that_is_as_it_was_is_not_made_again(site: Site) -> None:
    built = site.build_checked()
    assert built.counts.pages == PAGES
    assert built.made == (0, 0, 0)
    assert built.explained == {}


def test_the_first_time_all_pages_are_made(empty_site: Site) -> None:
    built = empty_site.create().build_checked()
    assert built.made[:2] == (PAGES, PAGES)
    assert every(built, "rebuilt: not built before")


def test_a_page_whose_text_changed(site: Site) -> None:
    site.append("docs/p3.md")
    built = site.build_checked()
    assert built.made[:2] == (1, 1)
    assert rebuilt(built, "p3.md") == ["rebuilt: its text changed"]
    site.append("docs/p3.md", "")
    assert site.build_checked().explained == {}


def test_a_page_that_goes_back_in_time_is_remembered(site: Site) -> None:
    before = (site.root / "docs/p3.md").read_text()
    site.append("docs/p3.md")
    site.build()
    site.write("docs/p3.md", before)
    assert site.build_checked().explained == {}


def test_a_page_whose_title_changed_is_in_the_navigation_of_all(site: Site) -> None:
    site.write("docs/p3.md", "# Another title\n\n## Code\n")
    built = site.build_checked()
    assert built.made[:2] == (1, PAGES)
    assert built.explained["p3.md"] == "rebuilt: its text changed"
    others = {page: why for page, why in built.explained.items() if page != "p3.md"}
    assert set(others.values()) == {"only its template: navigation or titles changed"}


def test_a_new_page(site: Site) -> None:
    site.write("docs/p9.md", "# Page 9\n")
    built = site.build_checked()
    assert built.made[:2] == (1, PAGES + 1)
    assert built.explained["p9.md"] == "rebuilt: not built before"


def test_front_matter(site: Site) -> None:
    text = (site.root / "docs/p3.md").read_text()
    site.write("docs/p3.md", f"---\ndescription: Described.\n---\n{text}")
    built = site.build_checked()
    assert built.counts.converted == 0, "the Markdown is the same"
    assert built.explained["p3.md"].startswith("only its template: ")


def with_extensions(site: Site, *extensions: object) -> Site:
    site.settings["markdown_extensions"] = list(extensions)
    return site


class TestSnippets:
    @pytest.fixture
    def site(self, empty_site: Site) -> Site:
        base = [str(empty_site.root)]
        with_extensions(empty_site, {"pymdownx.snippets": {"base_path": base}}).create()
        empty_site.append("docs/p3.md", '\n--8<-- "examples/a.py"\n')
        empty_site.write("examples/a.py", "print(1)\n")
        empty_site.write("examples/b.py", "print(2)\n")
        empty_site.build()
        return empty_site

    def test_a_snippet_that_changed(self, site: Site) -> None:
        site.write("examples/a.py", "print(2)\n")
        site.write("examples/b.py", "print(3)\n")
        built = site.build_checked()
        assert built.made[:2] == (1, 1)
        assert rebuilt(built, "p3.md") == ["rebuilt: includes snippet examples/a.py, changed"]

    def test_a_snippet_in_a_snippet(self, site: Site) -> None:
        site.write("examples/a.py", '--8<-- "examples/b.py"\n')
        site.build()
        site.write("examples/b.py", "print(3)\n")
        built = site.build_checked()
        assert rebuilt(built, "p3.md") == ["rebuilt: includes snippet examples/b.py, changed"]

    def test_a_snippet_that_is_gone_and_comes_back(self, site: Site) -> None:
        (site.root / "examples/a.py").unlink()
        (why,) = rebuilt(site.build_checked(), "p3.md")
        assert "includes snippet examples/a.py, which is gone" in why
        site.write("examples/a.py", "print(1)\n")
        assert site.build_checked().explained == {}

    def test_a_snippet_that_is_found_in_a_folder_that_comes_first(self, site: Site) -> None:
        base = [str(site.root / "first"), str(site.root)]
        with_extensions(site, {"pymdownx.snippets": {"base_path": base}})
        site.build()
        site.write("first/examples/a.py", "print('first')\n")
        (why,) = rebuilt(site.build_checked(), "p3.md")
        assert why == "rebuilt: looks for first, which is new"
        assert "&#39;first&#39;" in text(site, "p3/index.html").replace("'", "&#39;")


class TestLinks:
    def test_a_target_that_is_gone(self, site: Site) -> None:
        (site.root / "docs/p4.md").unlink()
        built = site.build_checked()
        assert built.counts.converted == 1
        assert built.explained["p3.md"] == "rebuilt: links to p4.md, which is gone"
        assert built.messages == [
            "WARNING: Doc file 'p3.md' contains a link 'p4.md#code', but the target 'p4.md' "
            "is not found among documentation files."
        ]

    def test_a_target_that_is_new(self, site: Site) -> None:
        site.append("docs/p3.md", "\n[new](new.md)\n")
        site.build()
        site.write("docs/new.md", "# New\n")
        built = site.build_checked()
        assert built.counts.converted == 2
        assert built.explained["p3.md"] == "rebuilt: links to new.md, which is new"
        assert built.messages == []

    def test_a_target_that_is_no_longer_in_the_site(self, site: Site) -> None:
        site.settings["exclude_docs"] = "/p4.md"
        built = site.build_checked()
        assert built.explained["p3.md"] == "rebuilt: links to p4.md, changed"

    def test_an_anchor_that_is_gone_is_told_of_though_the_page_is_remembered(
        self, site: Site
    ) -> None:
        site.settings["validation"] = {"links": {"anchors": "warn"}}
        site.build()
        site.write("docs/p4.md", "# Page 4\n")
        built = site.build_checked()
        assert built.counts.converted == 1
        assert "does not contain an anchor '#code'" in built.messages[0]
        assert site.build_checked().messages == built.messages


@pytest.mark.parametrize(("change", "why"), [
    ({"site_name": "Other"}, "site_name in mkdocs.yml changed"),
    ({"copyright": "Me"}, "copyright in mkdocs.yml changed"),
    ({"extra": {"a": 1}}, "extra in mkdocs.yml changed"),
    ({"theme": {"name": "mkdocs", "color_mode": "dark"}}, "theme in mkdocs.yml changed"),
    ({"extra_css": ["a.css"]},
     "extra_css in mkdocs.yml changed; what plugins give its template changed"),
    ({"nav": [{"Other": "p0.md"}, *ALL[1:]]}, "nav in mkdocs.yml changed"),
])  # fmt: skip
def test_a_setting_that_templates_show(site: Site, change: dict[str, object], why: str) -> None:
    site.settings |= change
    built = site.build_checked()
    assert built.made[:2] == (0, PAGES)
    if "nav" in change:
        assert all(one.startswith(f"only its template: {why}") for one in built.explained.values())
    elif "site_name" in change:  # another site for whoever compares
        assert every(built, "only its template: not built before")
    else:
        assert every(built, f"only its template: {why}")


@pytest.mark.parametrize(("change", "why"), [
    ({"markdown_extensions": ["attr_list"]}, "markdown_extensions changed"),
    ({"markdown_extensions": [{"toc": {"permalink": True}}]}, "markdown_extensions changed"),
    ({"use_directory_urls": False}, "its address changed"),
    ({"validation": {"links": {"anchors": "warn"}}}, "validation changed"),
])  # fmt: skip
def test_a_setting_that_conversion_depends_on(
    site: Site, change: dict[str, object], why: str
) -> None:
    site.settings |= change
    built = site.build_checked()
    assert built.made[:2] == (PAGES, PAGES if "links" not in str(change) else 0)
    assert every(built, f"rebuilt: {why}")
    assert site.build_checked().explained == {}


def test_settings_that_no_page_shows_make_none_again(site: Site) -> None:
    site.settings |= {"dev_addr": "127.0.0.1:1", "watch": ["docs"]}
    assert site.build_checked(strict=True).explained == {}


class TestOverrides:
    @pytest.fixture
    def site(self, empty_site: Site) -> Site:
        overrides = str(empty_site.root / "overrides")
        empty_site.settings["theme"] = {"name": "mkdocs", "custom_dir": overrides}
        empty_site.write("overrides/main.html", '{% extends "base.html" %}\n')
        empty_site.create().build()
        return empty_site

    @pytest.mark.parametrize("path", ["main.html", "footer.html", "partials/any.html", "a.css"])
    def test_an_override_that_changed(self, site: Site, path: str) -> None:
        site.write(f"overrides/{path}", '{% extends "base.html" %}\n{# other #}\n')
        built = site.build_checked()
        assert built.made[:2] == (0, PAGES)
        assert every(built, "only its template: theme files changed")

    def test_an_override_behind_a_link(self, site: Site, tmp_path: Path) -> None:
        (tmp_path / "shared").mkdir()
        (tmp_path / "shared/note.html").write_text("first")
        (site.root / "overrides/shared").symlink_to(tmp_path / "shared")
        site.write("overrides/main.html",
                   '{% extends "base.html" %}{% block footer %}{% include "shared/note.html" %}'
                   "{% endblock %}")  # fmt: skip
        site.build_checked()
        (tmp_path / "shared/note.html").write_text("other")
        assert every(site.build_checked(), "only its template: theme files changed")
        assert "other" in text(site, "p1/index.html")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Has a package installed in a version."""
    folder = tmp_path / "site-packages"
    monkeypatch.setattr(sys, "path", [*sys.path, str(folder)])

    def install(version: str) -> None:
        for old in folder.glob("*"):
            old.rmdir()
        (folder / f"some_package-{version}.dist-info").mkdir(parents=True)
        installed_packages.cache_clear()

    yield install
    installed_packages.cache_clear()


def test_a_package_in_another_version(empty_site: Site, packages: Callable[[str], None]) -> None:
    packages("1.0")
    empty_site.create().build()
    assert empty_site.build().explained == {}
    packages("1.1")
    assert every(empty_site.build(), "rebuilt: installed packages changed")
    packages("1.0")
    assert empty_site.build().explained == {}


def test_a_hook_that_changed(site: Site) -> None:
    hook = "def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\nadded {}\\n'\n"
    site.write("hook.py", hook.format(1))
    site.settings["hooks"] = ["hook.py"]
    built = site.build_checked()
    assert set(built.explained.values()) == {"rebuilt: local code changed; its text changed"}
    assert "added 1" in text(site, "p1/index.html")
    # MkDocs loads a file once in a process: what it holds by now has not been run
    site.write("hook.py", hook.format(22))
    assert site.build_checked().explained == {}


def test_pages_that_are_always_made(site: Site) -> None:
    site.settings["plugins"] = [{"docs_tools/cache": {"always": "/p3.md\np5*"}}]
    site.build()
    built = site.build_checked()
    assert built.counts.converted == 2
    assert rebuilt(built, "p3.md", "p5.md") == ["rebuilt: asked for by `always`"] * 2


def test_a_page_that_is_no_longer_always_made_is_remembered(site: Site) -> None:
    site.settings["plugins"] = [{"docs_tools/cache": {"always": "p3.md"}}]
    site.build()
    site.settings["plugins"] = ["docs_tools/cache"]
    assert site.build_checked().counts.converted == 0


def test_an_environment_variable(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write("variable_extension.py", VARIABLE_EXTENSION)
    monkeypatch.syspath_prepend(str(site.root))
    monkeypatch.setenv("SHOWN_BY_EXTENSION", "one")
    with_extensions(site, "variable_extension").build()
    assert site.build_checked().explained == {}
    monkeypatch.setenv("SHOWN_BY_EXTENSION", "two")
    built = site.build_checked()
    assert every(built, "rebuilt: reads the environment variable SHOWN_BY_EXTENSION, changed")
    assert "two" in text(site, "p1/index.html")
    sys.modules.pop("variable_extension")


VARIABLE_EXTENSION = """
import os
from markdown import Extension
from markdown.preprocessors import Preprocessor

class Shows(Preprocessor):
    def run(self, lines):
        return [*lines, "", os.environ["SHOWN_BY_EXTENSION"]]

class Own(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Shows(md), "shows", 5)

def makeExtension(**options):
    return Own(**options)
"""
