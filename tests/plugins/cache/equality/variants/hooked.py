"""Hooks: macros, virtual pages, a navigation from a file, filters with a state, changed output."""

from tests.plugins.cache.equality.state import State
from tests.plugins.cache.equality.variants import common, guide
from tests.plugins.cache.equality.variants.variant import Variant

__all__ = ["HOOKED"]

_IMPORTS = """\
import itertools
import logging
import os
import posixpath
from pathlib import Path

import yaml
from mkdocs.structure.files import File

log = logging.getLogger("mkdocs.hooks")
"""

_MACROS = """
def on_page_markdown(markdown, page, config, files):
    facts = Path(config.docs_dir).parent / "facts"
    words = (facts / "words.txt").read_text().strip() if facts.is_dir() else "none"
    if "{{ gone }}" in markdown:
        log.warning("%s asks for what is gone", page.file.src_uri)
    return (
        markdown.replace("{{ words }}", words)
        .replace("{{ pages }}", str(len(files.documentation_pages())))
        .replace("{{ edition }}", os.environ.get("EDITION", "none"))
        .replace("{{ meta }}", str(page.meta.get("made")))
    )
"""

_VIRTUAL = """
def on_files(files, config):
    for path in sorted(Path("facts").glob("*.txt")):
        uri = f"facts/{path.stem}.md"
        text = f"# {path.stem}\\n\\n{path.read_text()}\\n\\n[first](../a.md)\\n"
        files.append(File.generated(config, uri, content=text))
    files.append(File.generated(config, "made.css", content="a {}\\n"))
    return files
"""

_NAVIGATION = """
def on_files(files, config):
    if files.get_file_from_path("SUMMARY.yml"):
        source = files.get_file_from_path("SUMMARY.yml")
        files.remove(source)
        config.nav = yaml.safe_load(source.content_string)
    return files


def on_nav(nav, config, files):
    for page in nav.pages:
        if page.title is None and page.file.src_uri.endswith("c.md"):
            page.title = "Named by a hook"
    nav.items.reverse()
    return nav
"""

_CONTENT = """
SEEN = []


def on_page_content(html, page, config, files):
    SEEN.append(page.title)
    if page.file.src_uri == "a.md":
        page.meta["made"] = len(html)
    return html + f"<p>page {len(SEEN)}, {page.toc.items[:1] and page.toc.items[0].title}</p>"
"""

_TEMPLATES = """
def on_env(env, config, files):
    numbers = itertools.count(1)
    env.globals["number"] = lambda: next(numbers)
    env.globals["titles"] = [file.page.title for file in files.documentation_pages()]
    env.filters["shout"] = lambda text: f"{text} {Path('facts/words.txt').exists()}!"
    return env


def on_page_context(context, page, config, nav):
    context["shown"] = {"words": page.meta.get("made"), "pages": len(nav.pages)}
    page.meta["late"] = [one.title for one in nav.pages]
    return context
"""

_LATE = """
def on_env(env, config, files):
    pages = [file.page for file in files.documentation_pages()]
    count = sum(len(page.content) for page in pages)
    for page in pages:
        page.content += f'<h2 id="late">{count}</h2>'
        page.toc.items[:0] = page.toc.items[-1:]
        page.meta["count"] = count
"""

_OUTPUT = """
def on_post_template(output_content, template_name, config):
    return output_content.replace("</body>", "<!-- template --></body>")


def on_post_page(output, page, config):
    if "script" in page.meta.get("made", ()) and page.is_homepage:
        return ""
    return output.replace("</body>", f"<!-- {page.url} {len(output)} --></body>")


def on_post_build(config):
    Path(config.site_dir, "built.txt").write_text("built\\n")
"""

_SETTINGS = """
def on_config(config):
    config.extra["shown"] = os.environ.get("EDITION", "none")
    config.markdown_extensions.append("sane_lists")
    config.mdx_configs["toc"] = {"permalink": "§"}
    return config


def on_pre_page(page, config, files):
    page.meta["early"] = page.file.src_uri
    return page


def on_page_read_source(page, config):
    return "# Read by a hook\\n" if page.file.src_uri == "sub/c.md" else None
"""

_HELPED = """
import helper


def on_page_markdown(markdown, page, config, files):
    return helper.change(markdown, page)
"""

_BROKEN = """
def on_page_content(html, page, config, files):
    if "never closed" in html:
        raise ValueError(f"broken at {page.file.src_uri}")
"""

_HELPER = "def change(text, page):\n    return text.replace('Plain', {0})\n"

_ALL = [_MACROS, _VIRTUAL, _NAVIGATION, _CONTENT, _TEMPLATES, _LATE, _OUTPUT, _SETTINGS, _HELPED,
        _BROKEN]  # fmt: skip

HOOKED = Variant(
    State(
        common.PAGES,
        {
            "hooks/main.py": _IMPORTS + _MACROS + _VIRTUAL + _TEMPLATES,
            "hooks/more.py": _IMPORTS + _OUTPUT,
            "hooks/helper.py": _HELPER.format("'Simple'"),
            "facts/words.txt": "some words\n",
            "overrides/main.html": '{% extends "base.html" %}\n',
        },
        {
            "site_name": "Hooked",
            "hooks": ["hooks/main.py", "hooks/more.py"],
            "theme": {"name": "material", "custom_dir": "overrides", "font": False},
            "plugins": {"search": {}},
            "markdown_extensions": {**common.EXTENSIONS, **common.PYMDOWNX},
        },
    ),
    [*common.BLOCKS, "{{ words }}", "{{ pages }} pages", "{{ edition }} {{ gone }}", "{{ meta }}",
     "[virtual](facts/words.md) [from below](../facts/words.md)", "[gone](facts/other.md#other)",
     '--8<-- "facts/words.txt"'],
    common.FRONTS,
    {
        **{path: texts for path, texts in guide.OVERRIDES.items() if ".icons" not in path},
        "overrides/main.html": [
            '{% extends "base.html" %}\n{% block footer %}' + shown + "{% endblock %}\n"
            for shown in ("{{ number() }}", "{{ titles }}", "{{ page.title | shout }}",
                          "{{ shown }}", "{{ page.meta }}", "{{ config.extra.shown }}",
                          "{{ page.toc.items[0].title if page.toc.items }}")
        ],
        "hooks/main.py": [_IMPORTS + one for one in _ALL],
        "hooks/more.py": [_IMPORTS + one for one in _ALL],
        "hooks/helper.py": [_HELPER.format("'Easy'"), _HELPER.format("str(sorted(page.meta))")],
        "facts/words.txt": ["more words\n", "## Section\n"],
        "facts/other.txt": ["## Other\n", "words\n"],
        "docs/SUMMARY.yml": ["- a.md\n- Sub: [sub/b.md]\n", "- Home: index.md\n- new.md\n"],
    },
    {
        **common.SETTINGS,
        ("hooks",): [["hooks/main.py", "hooks/more.py"], ["hooks/more.py"], ["hooks/main.py"]],
    },
    {"EDITION": ["one", None]},
    new=["docs/new.md", "docs/facts/words.md"],
    moves={"facts/words.txt": "facts/other.txt", "facts/other.txt": "facts/words.txt"},
)  # fmt: skip
