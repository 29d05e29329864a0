"""What Markdown extensions read, each in its own way."""

from dataclasses import replace

import pytest

from tests.plugins.cache.equality.edits import (
    Add,
    Back,
    Drop,
    Elsewhere,
    Quietly,
    Remove,
    Touch,
    Variable,
    Write,
)
from tests.plugins.cache.equality.law import Bench
from tests.plugins.cache.equality.state import Page
from tests.plugins.cache.equality.traps import PAGES, asking, converted, fenced, project

READERS = {
    "once for all pages": (
        "KEPT = {}\n\n\ndef asked():\n    if not KEPT:\n"
        "        KEPT['it'] = open('facts/words.txt').read()\n    return KEPT['it']\n"
    ),
    "when it is imported": (
        "KEPT = Path('facts/words.txt').read_text()\n\n\ndef asked():\n    return KEPT\n"
    ),
    "its size": "def asked():\n    return os.stat('facts/words.txt').st_size\n",
    "its size in a listing": (
        "def asked():\n    return sum(one.stat().st_size for one in os.scandir('facts'))\n"
    ),
    "from a module that is imported late": (
        "def asked():\n    import sys\n    sys.path.append('extensions/late')\n    import late\n"
        "    return late.WORDS\n"
    ),
    "from the folder that it is in": (
        "def asked():\n    return [p.read_text() for p in sorted(Path('facts').rglob('*.txt'))]\n"
    ),
}


@pytest.mark.parametrize("how", READERS)
def test_a_page_follows_what_an_extension_reads(bench: Bench, how: str) -> None:
    bench.check(
        asking(READERS[how]),
        [
            Write("facts/words.txt", "more words\n"),
            Write("extensions/late/late.py", "WORDS = 'late'\n"),
            Add("docs/b.md", "More."),
            Write("facts/deep/other.txt", "other\n"),
            Back(4),
        ],
    )


def test_pages_count_together(bench: Bench) -> None:
    count = (
        "import itertools\n\nCOUNT = itertools.count(1)\n\n\ndef asked():\n    return next(COUNT)\n"
    )
    bench.check(asking(count), [Add("docs/a.md", "{asked} {asked}"), Drop("docs/a.md", 1)])


def test_a_page_shows_its_folder(bench: Bench) -> None:
    bench.check(asking("def asked():\n    return Path.cwd().name\n"), [Elsewhere()])


def test_a_page_shows_when_a_file_was_changed(bench: Bench) -> None:
    bench = replace(bench, keeps=False)
    state = asking("def asked():\n    return os.stat('facts/words.txt').st_mtime_ns\n")
    bench.check(state, [Touch(), Write("facts/words.txt", "more\n")])


def test_a_page_follows_a_variable_that_is_not_there_at_first(bench: Bench) -> None:
    state = asking("def asked():\n    return os.environ.get('EDITION')\n")
    bench.check(state, [Variable("EDITION", "one"), Variable("EDITION", None)])
    assert converted(bench) == [3, 2, 0]


def test_a_page_follows_the_code_that_makes_it(bench: Bench) -> None:
    draw = "def draw(source, *_, **__):\n    return words.{0}\n"
    state = fenced(
        {
            "extensions/fences.py": "import words\n\n\n" + draw.format("ONE"),
            "extensions/words.py": "ONE, TWO = 'one', 'two'\n",
        }
    )
    changed = Write("extensions/fences.py", "import words\n\n\n" + draw.format("TWO"))
    bench.check(state, [changed, Write("extensions/words.py", "ONE, TWO = 'a', 'b'\n"), Back(2)])
    assert converted(bench)[-1] == 0


def test_what_a_conversion_writes_is_written_each_time(bench: Bench) -> None:
    draw = (
        "    Path('../site').mkdir(exist_ok=True)\n    Path('../site/x.txt').write_text(source)\n"
    )
    fences = f"from pathlib import Path\n\n\ndef draw(source, *_, **__):\n{draw}    return ''\n"
    bench.check(fenced({"extensions/fences.py": fences}), [Add("docs/b.md", "More."), Touch()])


def test_a_snippet_that_was_missing_is_found(bench: Bench) -> None:
    pages = {**PAGES, "docs/b.md": Page(("# Second", '--8<-- "one.md"'))}
    bench.check(
        project(pages, markdown_extensions={"pymdownx.snippets": {}}),
        [
            Write("one.md", '--8<-- "two.md"\n'),
            Write("two.md", "Text.\n"),
            Remove("one.md"),
            Remove("two.md"),
        ],
    )
    assert converted(bench) == [3, 1, 1, 0, 0]


def test_a_file_of_the_same_size_and_time_is_another_file(bench: Bench) -> None:
    pages = {**PAGES, "docs/b.md": Page(("# Second", '--8<-- "one.md"'))}
    state = project(pages, {"one.md": "one\n"}, markdown_extensions={"pymdownx.snippets": {}})
    bench.check(state, [Quietly(Write("one.md", "two\n"))])
    assert converted(bench) == [3, 1]
