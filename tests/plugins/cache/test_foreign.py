"""Foreign Markdown extensions: what they depend on is seen, or their pages are made each time."""

import textwrap

import pytest

from tests.plugins.cache.builds import PAGES, Built, Site, text

# a hook that adds an extension object: `shown` is what the extension puts at each page's end
HOOK = """
from markdown import Extension
from markdown.preprocessors import Preprocessor

class Shows(Preprocessor):
    def __init__(self, md, own):
        super().__init__(md)
        self.own = own

    def run(self, lines):
        return [*lines, "", f"shown: {self.own.shown(lines)}"]

class Own(Extension):
    def __init__(self, **values):
        super().__init__()
        self.__dict__.update(values)

    def extendMarkdown(self, md):
        md.preprocessors.register(Shows(md, self), "shows", 5)
"""

# the same as a module that is named in the configuration
NAMED = """
import functools, json, os, subprocess
from pathlib import Path
from markdown import Extension
from markdown.preprocessors import Preprocessor

class Shows(Preprocessor):
    def run(self, lines):
        return [*lines, "", f"shown: {shown(lines)}"]

class Own(Extension):
    def extendMarkdown(self, md):
        extended()
        md.preprocessors.register(Shows(md), "shows", 5)

def extended():
    pass

def makeExtension(**options):
    return Own(**options)
"""


def with_hook(site: Site, code: str) -> Site:
    site.write("hook.py", HOOK + textwrap.dedent(code))
    site.settings["hooks"] = ["hook.py"]
    return site


def with_module(site: Site, code: str) -> Site:
    site.write("modules/own_extension.py", NAMED + textwrap.dedent(code))
    site.write("data.json", "[1]")
    site.settings["markdown_extensions"] = ["own_extension"]
    return site


@pytest.fixture
def apart(empty_site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site that is built in processes of their own, with a folder for local modules."""
    monkeypatch.setenv("PYTHONPATH", str(empty_site.root / "modules"))
    return empty_site.create()


def reasons(built: Built) -> set[str]:
    assert len(built.explained) == PAGES
    return set(built.explained.values())


def shown(site: Site, number: int) -> str:
    return text(site, f"p{number}/index.html").partition("shown: ")[2].partition("</p>")[0]


class TestObjects:
    def test_an_extension_with_plain_state_is_remembered(self, empty_site: Site) -> None:
        site = with_hook(empty_site, """
            def on_config(config):
                own = Own(word=config.extra["word"], words=["a", {"b": (1, 2)}])
                config.markdown_extensions.append(own)
            Own.shown = lambda self, lines: self.word
        """)  # fmt: skip
        site.settings["extra"] = {"word": "one"}
        site.create().build_checked()
        assert site.build_checked().explained == {}
        site.settings["extra"] = {"word": "two"}
        assert reasons(site.build_checked()) == {"rebuilt: markdown_extensions changed"}
        assert shown(site, 3) == "two"

    def test_state_that_grows_with_each_page_makes_all_pages_again(self, empty_site: Site) -> None:
        site = with_hook(empty_site, """
            def on_config(config):
                config.markdown_extensions.append(Own(seen=[]))
            def shown(self, lines):
                self.seen.append(lines[0])
                return len(self.seen)
            Own.shown = shown
        """)  # fmt: skip
        site.create().build_checked()
        built = site.build_checked()
        assert reasons(built) == {
            "rebuilt: never remembered: an extension keeps something from page to page"
        }
        (site.root / "docs/p0.md").unlink()
        site.build_checked()
        assert shown(site, 3) == "3"

    @pytest.mark.parametrize(("holds", "shows", "words"), [
        ("config", "self.held.site_name", "MkDocsConfig"),
        ("config.theme", "self.held.name", "Theme"),
        ("config.plugins", "list(self.held)", "PluginCollection"),
        ("list(config.plugins.values())", "len(self.held)", "CachePlugin"),
        ("{'deep': [config]}", "self.held['deep'][0].site_name", "MkDocsConfig"),
    ])  # fmt: skip
    def test_an_extension_that_may_see_everything_makes_all_pages_again(
        self, empty_site: Site, holds: str, shows: str, words: str
    ) -> None:
        site = with_hook(empty_site, f"""
            def on_config(config):
                config.markdown_extensions.append(Own(held={holds}))
            Own.shown = lambda self, lines: {shows}
        """)  # fmt: skip
        site.create().build()
        built = site.build()
        assert reasons(built) == {
            f"rebuilt: can't be compared: an extension that holds MkDocs' {words}"
        }

    def test_an_extension_that_is_told_of_each_page_makes_all_pages_again(
        self, empty_site: Site
    ) -> None:
        site = with_hook(empty_site, """
            OWN = Own(page=None)
            def on_config(config):
                config.markdown_extensions.append(OWN)
            def on_page_markdown(markdown, page, config, files):
                OWN.page = page
            Own.shown = lambda self, lines: [self.page.title, self.page.file.url]
        """)  # fmt: skip
        site.create().build_checked()
        assert reasons(site.build_checked()) == {
            "rebuilt: can't be compared: an extension that holds MkDocs' Page"
        }

    def test_state_that_a_hook_gives_for_each_page_is_compared(self, empty_site: Site) -> None:
        site = with_hook(empty_site, """
            OWN = Own(title="")
            def on_config(config):
                config.markdown_extensions.append(OWN)
            def on_page_markdown(markdown, page, config, files):
                OWN.title = page.meta.get("other", "")
            Own.shown = lambda self, lines: self.title
        """)  # fmt: skip
        site.create().build_checked()
        assert site.build_checked().explained == {}
        source = (site.root / "docs/p3.md").read_text()
        site.write("docs/p3.md", f"---\nother: Given\n---\n{source}")
        built = site.build_checked()
        assert built.counts.converted == 1
        assert built.explained["p3.md"] == "rebuilt: markdown_extensions changed"
        assert shown(site, 3) == "Given"

    def test_a_function_that_can_not_be_found_makes_all_pages_again(self, empty_site: Site) -> None:
        site = with_hook(empty_site, """
            def on_config(config):
                config.markdown_extensions.append(Own(function=lambda: config.site_name))
            Own.shown = lambda self, lines: self.function()
        """)  # fmt: skip
        site.create().build_checked()
        assert reasons(site.build_checked()) == {
            "rebuilt: can't be compared: hook.py.<lambda>, which can't be found by its name"
        }

    def test_an_extension_that_changes_its_page_makes_all_pages_again(
        self, empty_site: Site
    ) -> None:
        site = with_hook(empty_site, """
            PAGE = []
            def on_config(config):
                config.markdown_extensions.append(Own())
            def on_page_markdown(markdown, page, config, files):
                PAGE[:] = [page]
            def shown(self, lines):
                PAGE[0].meta["title"] = "Given title"
                return "changed"
            Own.shown = shown
        """)  # fmt: skip
        site.create().build_checked()
        assert reasons(site.build_checked()) == {
            "rebuilt: never remembered: an extension changes more than its text"
        }
        assert "Given title" in text(site, "p3/index.html")


class TestModules:
    """In processes of their own, each of which imports the extension again."""

    def test_a_file_that_is_read_for_each_page(self, apart: Site) -> None:
        with_module(apart, "def shown(lines): return Path('data.json').read_text()")
        apart.build_apart()
        assert apart.build_apart_checked().explained == {}
        apart.write("data.json", "[22]")
        assert reasons(apart.build_apart_checked()) == {"rebuilt: reads data.json, changed"}
        assert shown(apart, 3) == "[22]"

    def test_a_file_that_is_read_by_some_pages(self, apart: Site) -> None:
        with_module(apart, """
            def shown(lines):
                return Path('data.json').read_text() if "# Page 5" in lines else "none"
        """)  # fmt: skip
        apart.build_apart()
        apart.write("data.json", "[22]")
        # the extension may have kept it for the pages that came behind
        built = apart.build_apart_checked()
        converted = [page for page, why in built.explained.items() if why.startswith("rebuilt")]
        assert converted == ["p5.md", "p6.md", "p7.md"]
        assert shown(apart, 5) == "[22]"

    @pytest.mark.parametrize("code", [
        "DATA = Path('data.json').read_text()\ndef shown(lines): return DATA",
        "@functools.cache\ndef read(): return Path('data.json').read_text()\n"
        "def shown(lines): return read()",
        "@functools.cache\ndef read(): return Path('data.json').read_text()\n"
        "extended = read\ndef shown(lines): return read()",
        "class Table:\n    rows = None\n"
        "def shown(lines):\n"
        "    Table.rows = Table.rows or Path('data.json').read_text()\n    return Table.rows",
        "KEPT = {}\ndef extended(): KEPT.setdefault('a', Path('data.json').read_text())\n"
        "def shown(lines): return KEPT['a']",
        "import linecache\n"
        "def extended(): extended.line = linecache.getline('data.json', 1)\n"
        "def shown(lines): return extended.line",
    ])  # fmt: skip
    def test_a_file_that_is_read_once(self, apart: Site, code: str) -> None:
        with_module(apart, code)
        apart.build_apart()
        apart.build_apart_checked()
        apart.write("data.json", "[22]")
        apart.build_apart_checked()
        assert shown(apart, 3).strip() == "[22]"
        apart.write("data.json", "[1]")
        apart.build_apart_checked()
        assert shown(apart, 3).strip() == "[1]"

    def test_an_environment_variable_that_is_read_once(
        self, apart: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_module(apart, """
            @functools.cache
            def read(): return os.environ.get("SHOWN_ONCE", "none")
            def shown(lines): return read()
        """)  # fmt: skip
        for value in ("one", "two", "one"):
            monkeypatch.setenv("SHOWN_ONCE", value)
            apart.build_apart_checked()
            assert [shown(apart, number) for number in range(PAGES)] == [value] * PAGES

    def test_a_counter_in_a_module_makes_all_pages_again(self, apart: Site) -> None:
        with_module(apart, """
            COUNT = 0
            def shown(lines):
                global COUNT
                COUNT += 1
                return COUNT
        """)  # fmt: skip
        apart.build_apart()
        built = apart.build_apart_checked()
        assert reasons(built) == {
            "rebuilt: never remembered: an extension keeps something from page to page"
        }

    @pytest.mark.parametrize(("code", "why"), [
        ("subprocess.run(['echo', 'x'], capture_output=True, text=True).stdout",
         "runs a program while it is made"),
        ("list(os.environ)[:0]", "asks for all environment variables"),
        ("os.path.getmtime('data.json')", "asks for the size or the time of data.json"),
        ("Path('new.txt').write_text('x')", "writes new.txt while it is made"),
    ])  # fmt: skip
    def test_what_can_not_be_asked_again_makes_pages_again(
        self, apart: Site, code: str, why: str
    ) -> None:
        with_module(apart, f"def shown(lines): return {code}")
        apart.build_apart()
        assert reasons(apart.build_apart_checked()) == {f"rebuilt: never remembered: {why}"}

    def test_the_module_itself(self, apart: Site) -> None:
        with_module(apart, "def shown(lines): return 'first'")
        apart.build_apart()
        with_module(apart, "def shown(lines): return 'second'")
        assert reasons(apart.build_apart_checked()) == {"rebuilt: local code changed"}
        assert shown(apart, 3) == "second"

    def test_a_module_that_is_imported_while_a_page_is_made(self, apart: Site) -> None:
        with_module(apart, "def shown(lines):\n    import inner_module\n    return inner_module.A")
        apart.write("modules/inner_module.py", "A = 'first'")
        apart.build_apart()
        assert apart.build_apart_checked().explained == {}
        apart.write("modules/inner_module.py", "A = 'second'")
        (why,) = reasons(apart.build_apart_checked())
        assert why == "rebuilt: reads modules/inner_module.py, changed"
        assert shown(apart, 3) == "second"


def test_settings_with_functions_are_compared_by_where_these_are(apart: Site) -> None:
    slugs = "def slug(text, sep):\n    return '{}-' + text.lower()\n"
    apart.write("modules/own_slugs.py", slugs.format("first"))
    apart.more = "markdown_extensions:\n- toc:\n    slugify: !!python/name:own_slugs.slug\n"
    apart.build_apart()
    assert apart.build_apart_checked().explained == {}
    apart.write("modules/own_slugs.py", slugs.format("second"))  # longer, or Python's .pyc is used
    assert reasons(apart.build_apart_checked()) == {"rebuilt: local code changed"}
    assert 'id="second-code"' in text(apart, "p3/index.html")
