"""Pages that are made by several processes: counted, used, and equal to those of one."""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from docs_tools.plugins.cache.convert import Conversions
from docs_tools.plugins.cache.session import Counts
from tests.build.memory.process import result_of
from tests.plugins.cache.builds import Site, files, text

PAGES = 40
STEPS = 2  # that children are started for: the conversion, and the templates


def _built(site: Site, edited: tuple[int, ...] = ()) -> list[Any]:
    """Counts, reasons and messages of two builds in a process that may have children."""
    site.move_in()
    started: list[int] = []
    fork = os.fork

    def counting() -> int:
        child = fork()
        started.append(child)
        return child

    os.fork = counting
    found: list[Any] = []
    for numbers in ((), edited):
        for number in numbers:
            site.append(f"docs/p{number}.md", "\nEdited.\n")
        built = site.build()
        found.append([built.counts, dict(built.explained), built.messages, len(started)])
    site.build_plain()
    assert not Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return found


def with_processes(site: Site, number: int, **settings: Any) -> Site:
    cache = {"docs_tools/cache": {"processes": number}}
    site.settings |= {"plugins": ["search", cache], **settings}
    return site.create(PAGES)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_all_pages_count_as_made_whoever_does_it(empty_site: Site, processes: int) -> None:
    site = with_processes(empty_site, processes)
    site.append("docs/p30.md", "\n[broken](missing.md)\n")
    first, second = result_of(_built, site)
    counts, explained, messages, children = first
    assert children == STEPS * (processes - 1)
    assert counts == Counts(PAGES, PAGES, PAGES, PAGES)
    assert set(explained.values()) == {"rebuilt: not built before"}
    assert len(explained) == PAGES
    assert len(messages) == 1, "a child says nothing, and the parent repeats it"
    assert files(site.root / "site") == files(site.root / "plain")
    counts, explained, messages, children = second
    assert counts == Counts(PAGES, 0, 0, 0)
    assert explained == {}
    assert len(messages) == 1
    assert children == STEPS * (processes - 1), "for nothing, nobody is called"


def _who_converts(site: Site, log: Path) -> int:
    converts: Any = Conversions
    original = converts._convert

    def told(self: Any, page: Any, *arguments: Any) -> Any:
        with log.open("a") as file:
            file.write(f"{os.getpid()} {page.file.src_uri}\n")
        return original(self, page, *arguments)

    converts._convert = told
    site.move_in().build()
    return os.getpid()


def test_each_page_is_converted_once_by_one_of_the_processes(
    empty_site: Site, tmp_path: Path
) -> None:
    site = with_processes(empty_site, 3)
    parent = result_of(_who_converts, site, tmp_path / "log")
    rows = [line.split() for line in (tmp_path / "log").read_text().splitlines()]
    assert sorted(page for _, page in rows) == sorted(f"p{n}.md" for n in range(PAGES))
    by = Counter(process for process, _ in rows)
    assert len(by) >= 2, "the parent, and at least one child"
    assert 4 <= by[str(parent)] < PAGES


def test_few_edits_are_made_in_one_process(empty_site: Site) -> None:
    site = with_processes(empty_site, 2)
    first, second = result_of(_built, site, (0, 20, 39))
    counts, explained, _, children = second
    assert children == first[3] == STEPS
    assert (counts.converted, counts.templated) == (3, 3)
    assert set(explained) == {"p0.md", "p20.md", "p39.md"}


def test_many_edits_are_made_by_several(empty_site: Site) -> None:
    site = with_processes(empty_site, 2)
    edited = tuple(range(0, PAGES, 2))
    first, second = result_of(_built, site, edited)
    counts, explained, _, children = second
    assert children == first[3] + STEPS
    assert (counts.pages, counts.converted, counts.templated) == (PAGES, *[len(edited)] * 2)
    assert explained == {f"p{number}.md": "rebuilt: its text changed" for number in edited}
    assert files(site.root / "site") == files(site.root / "plain")


@pytest.mark.parametrize("event", [
    "on_pre_page(page, config, files): return page",
    "on_page_markdown(markdown, page, config, files): return markdown + f'\\n\\n{next(COUNT)}'",
    "on_page_read_source(page, config): return None",
])  # fmt: skip
def test_a_hook_for_each_page_keeps_its_conversion_in_one_process(
    empty_site: Site, event: str
) -> None:
    site = with_processes(empty_site, 2, hooks=["hook.py"])
    site.write("hook.py", f"import itertools\nCOUNT = itertools.count()\ndef {event}\n")
    first, _ = result_of(_built, site)
    assert first[3] == 1, "for the templates"
    assert first[0].converted == PAGES


def test_a_hook_behind_the_conversion_sees_every_page_once(empty_site: Site) -> None:
    site = with_processes(empty_site, 2, hooks=["hook.py"])
    site.write("hook.py", (
        "SEEN = []\n"
        "def on_pre_build(config): SEEN.clear()\n"
        "def on_page_content(html, page, config, files):\n"
        "    SEEN.append(page.file.src_uri)\n    return f'{html}<p>seen: {len(SEEN)}</p>'\n"
    ))  # fmt: skip
    first, _ = result_of(_built, site)
    assert first[3] == STEPS
    order = sorted(range(PAGES), key=str)
    seen = [text(site, f"p{name}/index.html").partition("seen: ")[2] for name in order]
    assert [int(one.partition("<")[0]) for one in seen] == list(range(1, PAGES + 1))
    assert files(site.root / "site") == files(site.root / "plain")


def _failing(site: Site) -> list[Any]:
    site.move_in()
    said, opened = [], []
    for number in range(3):
        for page in range(10, 20):  # before the one that fails
            site.append(f"docs/p{page}.md", f"\nEdited {number}.\n")
        try:
            site.build()
        except Exception as error:
            said.append(str(error))
        opened.append(len(list(Path("/proc/self/fd").iterdir())))
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return [said, children, opened]


def test_a_build_that_fails_leaves_no_child_and_no_file_open(empty_site: Site) -> None:
    site = with_processes(empty_site, 2, markdown_extensions=[
        {"pymdownx.snippets": {"check_paths": True}}])  # fmt: skip
    site.append("docs/p20.md", '\n--8<-- "missing.md"\n')
    said, children, opened = result_of(_failing, site)
    assert len(said) == 3
    assert len(set(said)) == 1
    assert "missing.md" in said[0]
    assert children == ""
    assert len(set(opened)) == 1
    site.write("missing.md", "here now")
    site.settings["markdown_extensions"] = []
    result_of(_built, site)
    assert files(site.root / "site") == files(site.root / "plain")


def test_snippets_and_diagrams_come_from_children_as_they_do_from_one_process(
    empty_site: Site,
) -> None:
    snippets = {"pymdownx.snippets": {"base_path": [str(empty_site.root)]}}
    site = with_processes(empty_site, 3, markdown_extensions=[snippets, "docs_tools", "tables"])
    for number in range(PAGES):
        site.write(f"parts/{number}.py", f"print('part {number}')\n")
        site.append(f"docs/p{number}.md", f'\n```python\n--8<-- "parts/{number}.py"\n```\n')
    site.append("docs/p35.md", "\n```mermaid\nflowchart TD\n  A --> B\n```\n")
    first, second = result_of(_built, site)
    assert first[3] == STEPS * 2
    assert second[0].converted == 0
    assert files(site.root / "site") == files(site.root / "plain")


def test_templates_are_shared_out_where_pages_need_no_conversion(empty_site: Site) -> None:
    site = with_processes(empty_site, 3, theme={"name": "material", "font": False})
    result_of(_built, site)
    site.settings["copyright"] = "Another"
    first, second = result_of(_built, site)
    assert first[0] == Counts(PAGES, 0, PAGES, 0)
    assert first[3] == 2
    assert set(first[1].values()) == {"only its template: copyright in mkdocs.yml changed"}
    assert second[0] == Counts(PAGES, 0, 0, 0)
    assert files(site.root / "site") == files(site.root / "plain")


@pytest.mark.parametrize(("template", "hook"), [
    ("", "on_page_context(context, page, config, nav): return {**context, 'n': next(COUNT)}"),
    ("{{ [1, 2, 3]|random }}", "on_nav(nav, config, files): return nav"),
], ids=["a hook that counts pages", "a template that is never remembered"])  # fmt: skip
def test_templates_that_may_differ_each_time_stay_in_one_process(
    empty_site: Site, template: str, hook: str
) -> None:
    site = with_processes(empty_site, 2, hooks=["hook.py"])
    site.settings["theme"] = {"name": "mkdocs", "custom_dir": "overrides"}
    block = "{% block footer %}" + template + "{% endblock %}"
    site.write("overrides/main.html", '{% extends "base.html" %}' + block)
    site.write("hook.py", f"import itertools\nCOUNT = itertools.count()\ndef {hook}\n")
    first, _ = result_of(_built, site)
    assert first[3] == 1, "for the conversion"
    assert first[0].templated == PAGES


def test_what_one_template_changes_for_others_is_seen_on_those_after_it(empty_site: Site) -> None:
    site = with_processes(empty_site, 2)
    site.settings |= {"extra": {"seen": []}}
    site.settings["theme"] = {"name": "mkdocs", "custom_dir": "overrides"}
    site.write("overrides/main.html", (
        '{% extends "base.html" %}{% block footer %}'
        "{% if page.meta.adds %}{{ config.extra.seen.append(page.meta.adds) or '' }}{% endif %}"
        "seen: {{ config.extra.seen }}{% endblock %}"
    ))  # fmt: skip
    for adds in ("first", "second", None):
        page = f"---\nadds: {adds}\n---\n\n# P\n" if adds else "# P\n"
        site.write("docs/p20.md", page)  # amid the others
        result_of(_built, site)
        assert files(site.root / "site") == files(site.root / "plain")
    assert "seen: []" in text(site, "p30/index.html")
