"""MkDocs' own theme with flat addresses, and Markdown extensions that ask for all sorts."""

from tests.plugins.cache.equality.state import Page, State
from tests.plugins.cache.equality.variants import common
from tests.plugins.cache.equality.variants.variant import Variant

__all__ = ["ASKING", "FOREIGN"]

ASKING = '''\
"""Swaps `{word}` for what a function of that name returns."""

import re
import sys

from markdown import Extension
from markdown.preprocessors import Preprocessor


class Swap(Preprocessor):
    def __init__(self, md, functions):
        super().__init__(md)
        self.functions = functions

    def run(self, lines):
        def swap(match):
            function = self.functions.get(match[1])
            return str(function()) if function else match[0]
        return re.sub(r"\\{(\\w+)\\}", swap, "\\n".join(lines)).split("\\n")


class Swapping(Extension):
    def __init__(self, functions):
        super().__init__()
        self.functions = functions

    def extendMarkdown(self, md):
        md.preprocessors.register(Swap(md, self.functions), self.__class__.__module__, 40)
'''
"""A module of the project that others build on: a change of it changes every page."""

_READING = '''\
"""Reads files: each time, once for all pages, and in other ways."""

import functools
import os
import sqlite3
import subprocess
from pathlib import Path

from asking import Swapping

KEPT = {}


def each_time():
    return Path("facts/words.txt").read_text().strip()


def once():
    if "words" not in KEPT:
        KEPT["words"] = open("facts/words.txt").read().strip()
    return KEPT["words"]


@functools.cache
def parsed():
    return len(Path("facts/other.txt").read_bytes()) if os.path.exists("facts/other.txt") else 0


def low_level():
    file = os.open("facts/words.txt", os.O_RDONLY)
    try:
        return os.read(file, 100).decode().strip()
    finally:
        os.close(file)


def program():
    return subprocess.run(["cat", "facts/words.txt"], capture_output=True, text=True).stdout.strip()


def makeExtension(**options):
    return Swapping({f.__name__: f for f in (each_time, once, parsed, low_level, program)})
'''

_LOOKING = '''\
"""Looks at folders, sizes and whether there is a file."""

import glob
import os
from pathlib import Path

from asking import Swapping


def listed():
    return ", ".join(sorted(os.listdir("facts")))


def globbed():
    return ", ".join(sorted(glob.glob("facts/**/*.txt", recursive=True)))


def walked():
    return sum(len(files) for _, _, files in os.walk("docs"))


def there():
    return Path("facts/flag.txt").exists()


def is_file():
    return os.path.isfile("facts/flag.txt")


def size():
    return os.stat("facts/words.txt").st_size


def size_of():
    return os.path.getsize("facts/words.txt")


def entry():
    with os.scandir("facts") as found:
        return sum(one.stat().st_size for one in found)


def makeExtension(**options):
    functions = (listed, globbed, walked, there, is_file, size, size_of, entry)
    return Swapping({f.__name__: f for f in functions})
'''

_VARIABLES = '''\
"""Reads environment variables, and its own options."""

import os

from asking import Swapping


def edition():
    return os.environ.get("EDITION", "none")


def gotten():
    return os.getenv("OTHER") or "none"


def has():
    return "EDITION" in os.environ


def counted():
    return sum(name.startswith(("EDITION", "OTHER")) for name in os.environ)


def makeExtension(**options):
    option = options.get("option", "none")
    functions = (edition, gotten, has, counted)
    return Swapping({**{f.__name__: f for f in functions}, "option": lambda: option})
'''

_PICTURES = '''\
"""Gives pictures their size."""

import os

from markdown import Extension
from markdown.treeprocessors import Treeprocessor


class Sizes(Treeprocessor):
    def run(self, root):
        for picture in root.iter("img"):
            path = os.path.join("docs", picture.get("src", ""))
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    picture.set("width", str(int.from_bytes(file.read(10)[6:8], "little")))


class Pictures(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(Sizes(md), "sizes", 5)


def makeExtension(**options):
    return Pictures()
'''

_WORDS = ["each_time", "once", "parsed", "low_level", "program", "listed", "globbed", "walked",
          "there", "is_file", "size", "size_of", "entry", "edition", "gotten", "has", "counted",
          "option"]  # fmt: skip

# pages with these two are never remembered: what they ask for is too much to compare
_SHOWN = [word for word in _WORDS if word not in ("program", "counted")]

FOREIGN = Variant(
    State(
        {
            **common.PAGES,
            **{f"docs/{word}.md": Page((f"# {word}", f"{{{word}}}")) for word in _SHOWN},
        },
        {
            "extensions/asking.py": ASKING,
            "extensions/reading.py": _READING,
            "extensions/looking.py": _LOOKING,
            "extensions/variables.py": _VARIABLES,
            "extensions/pictures.py": _PICTURES,
            "facts/words.txt": "some words\n",
            "docs/img/dot.gif": common.DOT,
        },
        {
            "site_name": "Foreign",
            "theme": {"name": "mkdocs"},
            "use_directory_urls": False,
            "plugins": {"search": {}},
            "markdown_extensions": {
                **common.EXTENSIONS,
                "fenced_code": {},
                "reading": {},
                "looking": {},
                "variables": {},
                "pictures": {},
            },
        },
    ),
    [*common.BLOCKS[3:12], *(f"It is {{{word}}}." for word in _WORDS),
     "{each_time} {once} {low_level}", "![big](img/big.gif) ![dot](img/dot.gif)"],
    {key: common.FRONTS[key] for key in ("title", "template", "made", "search")},
    {
        "facts/words.txt": ["more words\n", "other words\n", "words, many words\n"],
        "facts/other.txt": ["other\n", "something else\n"],
        "facts/flag.txt": [""],
        "facts/deep/down.txt": ["down\n"],
        "docs/img/dot.gif": [common.WIDE, common.DOT],
        "docs/img/big.gif": [common.WIDE],
        "extensions/asking.py": [ASKING.replace("str(function())", "f'<{function()}>'")],
        "extensions/reading.py": [_READING.replace("facts/other", "facts/words")],
        "extensions/variables.py": [_VARIABLES.replace('"none"', '"nothing"')],
        "extensions/broken.py": ["raise ValueError('broken')\n"],
        "docs/extra.css": ["a { color: red }\n"],
        "theme/main.html": ["{{ page.content }}\n", "{{ page.title }} {{ page.toc | length }}\n"],
        "theme/mkdocs_theme.yml": ["static_templates: [404.html]\nown: 1\n"],
        "theme/own.css": ["b {}\n"],
    },
    {
        **common.SETTINGS,
        ("theme", "highlightjs"): [False, None],
        ("theme", "nav_style"): ["dark", None],
        ("theme",): [{"name": "readthedocs"}, {"name": None, "custom_dir": "theme"},
                     {"name": "mkdocs", "custom_dir": "theme"}, {"name": "mkdocs", "locale": "de"}],
        ("plugins", "search"): [{}, {"indexing": "titles"}, {"prebuild_index": False}, None],
        ("markdown_extensions", "variables"): [{"option": "one"}, {"option": [1]}, {}, None],
        ("markdown_extensions", "broken"): [{}, None],
        ("markdown_extensions", "codehilite"): [{}, None],
    },
    {"EDITION": ["one", "two", "", None], "OTHER": ["three", None]},
    new=["docs/new.md", "docs/sub/index.md"],
    options={"processes": 3},  # there are pages enough for them
    moves={"facts/words.txt": "facts/other.txt", "docs/img/dot.gif": "docs/img/big.gif",
           "docs/img/big.gif": "docs/img/dot.gif", "facts/other.txt": "facts/words.txt"},
)  # fmt: skip
