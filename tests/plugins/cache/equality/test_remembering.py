"""Messages, time, damage and other processes."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.plugins.cache.equality.edits import Add, Back, Damage, Drop, Remove, Set, Touch, Write
from tests.plugins.cache.equality.law import Bench, files_in
from tests.plugins.cache.equality.server import Builder
from tests.plugins.cache.equality.state import Page, write_project
from tests.plugins.cache.equality.traps import PAGES, asking, converted, fenced, project
from tests.plugins.cache.equality.variants.api import API
from tests.project import BIN


def test_a_warning_is_given_again_and_fails_a_strict_build(bench: Bench) -> None:
    pages = {**PAGES, "docs/b.md": Page(("# Second", "[gone](gone.md)"))}
    bench.check(project(pages), [Touch(), Set(("strict",), True), Add("docs/a.md", "More.")])
    assert converted(bench) == [3, 0, 0, 1]
    assert all(any("gone.md" in text for text in built.messages) for built in bench.built)
    assert "strict" in str(bench.built[2].failure)


def test_a_link_to_an_anchor_that_is_gone_is_told_though_its_page_did_not_change(
    bench: Bench,
) -> None:
    bench.check(project(validation={"anchors": "warn"}), [Drop("docs/a.md", 1), Back(1)])
    assert converted(bench) == [3, 1, 0]
    told = [any("section" in text for text in built.messages) for built in bench.built]
    assert told == [False, True, False]


def test_what_an_extension_says_is_said_again(bench: Bench) -> None:
    fences = (
        "import logging\n\n\ndef draw(source, *_, **__):\n"
        "    logging.getLogger('mkdocs.own').warning('drew %s', source)\n"
        "    logging.getLogger('other').warning('%s', {'a': 1}, extra={'more': 1})\n"
        "    return ''\n"
    )
    bench.check(fenced({"extensions/fences.py": fences}), [Touch(), Add("docs/b.md", "More.")])
    assert all(any("drew x" in text for text in built.messages) for built in bench.built)


def test_a_conversion_that_fails_fails_again_and_not_once_that_is_mended(bench: Bench) -> None:
    asked = (
        "def asked():\n"
        "    text = Path('facts/words.txt').read_text()\n"
        "    if text == 'two':\n        raise RuntimeError(text)\n    return text\n"
    )
    edits = [Write("facts/words.txt", "two"), Touch(), Write("facts/words.txt", "three")]
    bench.check(asking(asked), edits)
    assert [bool(built.failure) for built in bench.built] == [False, True, False, False]


def test_what_was_before_is_remembered_when_it_comes_back(bench: Bench) -> None:
    bench.check(project(), [Add("docs/a.md", "More."), Add("docs/a.md", "And more."), Back(2)])
    assert converted(bench) == [3, 1, 1, 0]


@pytest.mark.parametrize("how", ["cut", "emptied", "flipped", "deleted", "swapped"])
def test_all_that_is_remembered_may_be_damaged(bench: Bench, how: str) -> None:
    bench.check(project(), [Damage(None, how), Touch()])
    assert converted(bench) == [3, 3, 0]


def test_a_reference_follows_what_it_refers_to(bench: Bench) -> None:
    options = ("plugins", "mkdocstrings", "handlers", "python", "options")
    bench.check(
        API.start,
        [
            Add("docs/index.md", "## Section"),
            Remove("docs/a.md"),
            Write("src/pkg/base.py", '"""Nothing."""\n'),
            Write("src/pkg/core.py", '"""Nothing."""\n\nfrom pkg.other import Thing\n'),
            Write("src/pkg/other.py", '"""Other."""\n\n\nclass Thing:\n    """Here."""\n'),
            Set(options, {"backlinks": "tree"}),
            Add("docs/b.md", "[Thing][pkg.other.Thing]"),
            Remove("src/pkg/other.py"),
        ],
    )


def test_pages_that_several_processes_convert_are_the_same(bench: Bench) -> None:
    some = [
        "# Page {0}",
        "--8<-- 'one.md'",
        "[gone](gone{0}.md)",
        "[next](p{0}.md#text)",
        "::: tiny",
    ]
    pages = {
        f"docs/p{n}.md": Page(tuple(block.format(n) for block in some[: n % 4 + 2]))
        for n in range(24)
    }
    state = project(
        {**PAGES, **pages, "docs/z.md": Page(tuple(some))},
        {"one.md": "## Text\n", "tiny.py": '"""Tiny."""\n\nLIMIT = 1\n"""Much."""\n'},
        plugins={"search": {}, "mkdocstrings": {}},
        markdown_extensions={"pymdownx.snippets": {}},
    )
    bench = replace(bench, options={"processes": 3})
    bench.check(state, [Write("one.md", "## Another text\n"), Touch(), Back(2)])
    assert converted(bench)[0] < len(state.pages), "one process has converted all"
    assert converted(bench)[2:] == [0, 0]


def test_a_diagram_that_is_drawn_follows_its_data(bench: Bench) -> None:
    page = Page(("# Release", "<!-- docs_tools/gantt -->"))
    job = "{id: test, name: Test, duration: 2m}"
    release = f"title: Release\nsections:\n  - name: Build\n    jobs: [{job}]\n"
    plugins = {"docs_tools/handbook": {"data": "facts"}}
    state = project({"docs/index.md": page}, {"facts/release.yml": release}, plugins=plugins)
    bench.check(state, [Write("facts/release.yml", release.replace("2m", "3m")), Back(1)])
    assert not any(built.failure for built in bench.built)
    assert "<svg" in (bench.top / "remembered/index.html").read_text("utf-8")


@pytest.fixture
def stays() -> Iterator[Builder]:
    """A process that makes all builds."""
    builder = Builder(stays=True)
    yield builder
    builder.close()


def test_one_process_reads_again_what_changed(bench: Bench, stays: Builder) -> None:
    pages = {**PAGES, "docs/b.md": Page(("# Second", '--8<-- "one.md"'))}
    state = project(pages, {"one.md": "one\n"}, markdown_extensions={"pymdownx.snippets": {}})
    edits = [Write("one.md", "two\n"), Touch(), Add("docs/a.md", "More."), Back(2)]
    replace(bench, remembering=stays).check(state, edits)


def test_the_command_makes_what_mkdocs_makes_without_the_plugin(tmp_path: Path) -> None:
    sites = []
    options: list[dict[str, str] | None] = [{}, {}, None]
    for remembers in options:
        write_project(tmp_path / "project", API.start.content(remembers=remembers))
        environment = {
            **os.environ,
            "DOCS_TOOLS_CACHE": str(tmp_path / "store"),
            "NO_MKDOCS_2_WARNING": "1",
            "SOURCE_DATE_EPOCH": "1700000000",
        }
        subprocess.run(
            [BIN / "mkdocs", "build", "--quiet", "--site-dir", tmp_path / "site"],
            cwd=tmp_path / "project",
            env=environment,
            check=True,
        )
        files = files_in(tmp_path / "site")
        sites.append({path: path.read_bytes() for path in files})
    first, again, clean = sites
    assert first == clean
    assert again == clean
