"""What real builds log becomes problems with a place; MkDocs' own words are not copied here."""

from pathlib import Path

import pytest

from docs_tools.errors import Diagnostic
from tests.project import CONFIG, FILES, TinyProject

BARE = (
    "site_name: x\ntheme: {name: mkdocs}\nplugins: []\n"
    "validation: {anchors: warn, omitted_files: warn, absolute_links: warn,"
    " unrecognized_links: warn, nav: {absolute_links: warn, omitted_files: warn}}\n"
)
PATH = "write the path from the page's folder to a file of the docs"
ANCHOR = "name the id of a heading, or give the heading that is meant this one"


@pytest.fixture
def bare(tmp_path: Path) -> TinyProject:
    """A project with nothing but MkDocs."""
    project = TinyProject(tmp_path)
    project.write("mkdocs.yml", BARE)
    project.write("docs/index.md", "# Home\n")
    project.write("docs/guide/page.md", "# Page\n\n## Known\n")
    return project


def found(project: TinyProject) -> list[Diagnostic]:
    result = project.docs_tools("check", "--json")
    assert "Traceback" not in result.err, result.err
    return [Diagnostic(**problem) for problem in result.json["problems"]]


def places(project: TinyProject) -> list[tuple[str | None, int | None, int | None]]:
    return [(problem.file, problem.line, problem.column) for problem in found(project)]


LINKS = [
    (
        "[x](gone.md)",
        (5, 'the link "gone.md" leads nowhere: the docs have no "guide/gone.md"', PATH),
    ),
    (
        "[x](../guide/gone.md#part)",
        (5, 'the link "../guide/gone.md#part" leads nowhere: the docs have no "guide/gone.md"',
         PATH),
    ),
    (
        "![x](../../image.png)",
        (6, 'the link "../../image.png" leads nowhere: the docs have no "../image.png"', PATH),
    ),
    (
        '[x](<it\'s, but the target.md> "Title")',
        (6, 'the link "it\'s, but the target.md" leads nowhere: the docs have no '
         '"guide/it\'s, but the target.md"', PATH),
    ),
    (
        "[x](page.html)",
        (5, 'the link "page.html" leads nowhere: the docs have no "guide/page.html"',
         'did you mean "page.md"?'),
    ),
    (
        "[x](other)",
        (5, 'the link "other" names no file, so nobody can tell where it leads',
         "write the path of the file that is meant, with its ending"),
    ),
    (
        "[x](../guide/page/)",
        (5, 'the link "../guide/page/" names no file, so nobody can tell where it leads',
         'did you mean "page.md"?'),
    ),
    (
        "[x](ada@example.com)",
        (5, 'the link "ada@example.com" leads nowhere: the docs have no "guide/ada@example.com"',
         'did you mean "mailto:ada@example.com"?'),
    ),
    (
        "[x](/guide/page.md)",
        (5, 'the link "/guide/page.md" is absolute: it leads out of a site that is in a folder',
         'did you mean "page.md"?'),
    ),
    (
        "[x](../index.md#none)",
        (5, 'the link "../index.md#none" leads nowhere: index.md has no such anchor', ANCHOR),
    ),
    (
        "[x](#none)",
        (5, 'the link "#none" leads nowhere: this page has no such anchor', ANCHOR),
    ),
    (
        "[x](page.md#fnref:1)",
        (5, 'the link "page.md#fnref:1" leads nowhere: this page has no such anchor',
         "this seems to be a footnote that nothing refers to"),
    ),
]  # fmt: skip


def test_a_link_that_leads_nowhere_is_told_where_it_stands(bare: TinyProject) -> None:
    text = "".join(f"{link} text\n" for link, _ in LINKS)
    bare.write("docs/guide/page.md", f"---\ntitle: x\n---\n# Page\n\n{text}")
    assert found(bare) == [
        Diagnostic(message, "docs/guide/page.md", line, column, hint)
        for line, (_, (column, message, hint)) in enumerate(LINKS, 6)
    ]


def test_each_place_of_a_link_counts_and_code_does_not(bare: TinyProject) -> None:
    bare.write("mkdocs.yml", BARE + "markdown_extensions: [fenced_code]\n")
    bare.write(
        "docs/index.md",
        "# Home\n\n[a](gone.md) and [`b`](gone.md)\n\n"
        "```\n[code](gone.md)\n```\n\n`[code](gone.md)`\n\n<!-- [no](gone.md) -->\n\n"
        "- item\n\n    [in a list][gone]\n\n[gone]: gone.md 'Title'\n",
    )
    assert places(bare) == [
        ("docs/index.md", 3, 5),
        ("docs/index.md", 3, 24),
        ("docs/index.md", 17, 9),
    ]


def test_a_link_of_a_snippet_is_told_with_the_page_alone(bare: TinyProject) -> None:
    bare.write("mkdocs.yml", BARE + "markdown_extensions: [pymdownx.snippets]\n")
    bare.write("part.md", "[x](gone.md)\n")
    bare.write("docs/index.md", '# Home\n\n--8<-- "part.md"\n')
    assert places(bare) == [("docs/index.md", None, None)]


def test_windows_line_ends_and_a_byte_order_mark_move_no_place(bare: TinyProject) -> None:
    (bare.folder / "docs/index.md").write_bytes(b"\xef\xbb\xbf[x](a.md)\r\n\r\n[x](b.md)\r\n")
    assert places(bare) == [("docs/index.md", 1, 5), ("docs/index.md", 3, 5)]


def test_what_is_wrong_with_the_navigation_is_told_in_the_file_that_has_it(
    bare: TinyProject,
) -> None:
    bare.write("mkdocs.yml", "INHERIT: base.yml\nsite_name: x # gone.md\n")
    bare.write(
        "base.yml",
        BARE + "nav:\n# gone.md comes\n- index.md\n- guide/page.md # not gone.md\n"
        "- Part:\n\n  - gone.md\n- Out: /abs/\nextra: {x: gone.md}\n",
    )
    assert [(problem.line, problem.column, problem.message) for problem in found(bare)] == [
        (11, 5, 'nav: the docs have no "gone.md"'),
        (12, 8, 'nav: "/abs/" is absolute'),
    ]
    assert {problem.file for problem in found(bare)} == {"base.yml"}


def test_pages_that_the_site_does_not_show_are_told_one_by_one(bare: TinyProject) -> None:
    bare.write("mkdocs.yml", BARE + "nav: [index.md]\n")
    bare.write("docs/other.md", "# Other\n")
    bare.write("docs/README.md", "# Read me\n")
    assert [(problem.file, problem.message) for problem in found(bare)] == [
        ("docs/README.md", "not in the site: index.md has its address"),
        ("docs/guide/page.md", "not in the navigation"),
        ("docs/other.md", "not in the navigation"),
    ]


@pytest.mark.parametrize(
    ("setting", "line", "message"),
    [
        (
            "plugins:\n  - search:\n      langs: [en]\n",
            4,
            "plugins: Plugin 'search' option 'langs'",
        ),
        ("plugins:\n  - nothing\n", 2, 'plugins: The "nothing" plugin is not installed'),
        ("repo_url: 5\n", 2, "repo_url: Expected a string"),
    ],
)
def test_a_setting_that_is_wrong_is_told_with_its_line(
    bare: TinyProject, setting: str, line: int, message: str
) -> None:
    bare.write("mkdocs.yml", "site_name: x\n" + setting)
    (problem,) = found(bare)
    assert (problem.file, problem.line) == ("mkdocs.yml", line)
    assert problem.message.startswith(message)


def test_a_page_that_is_not_utf_8_is_told_once(bare: TinyProject) -> None:
    (bare.folder / "docs/index.md").write_bytes(b"# Caf\xe9\n")
    assert found(bare) == [Diagnostic("can't be read: not a text file in UTF-8", "docs/index.md")]


def test_what_breaks_in_a_library_is_told_with_the_page(bare: TinyProject) -> None:
    bare.write("docs/index.md", "# {{\n")
    bare.write(
        "hook.py",
        "import json\n\ndef on_page_markdown(markdown, **kwargs):\n    json.loads(markdown)\n",
    )
    bare.write("mkdocs.yml", BARE + "hooks: [hook.py]\n")
    (problem,) = found(bare)
    assert (problem.file, problem.line) == ("hook.py", 4)
    assert problem.message.startswith("JSONDecodeError: ")
    assert problem.hint == "while docs/index.md was made"


def test_what_the_api_reference_lacks_is_told_where_it_is_asked_for(tmp_path: Path) -> None:
    project = TinyProject(tmp_path / "project").create(FILES)
    project.write("docs/index.md", "# Tiny\n")
    project.write("docs/page.md", "# Page\n\n[one][tiny.gone] [tiny.nothing][]\n")
    project.write(
        "tiny/core.py",
        '"""The core."""\n\n\ndef run(a: int) -> None:\n'
        '    """Runs as [tiny.lost][] does.\n\n    Args:\n        b: What?\n    """\n',
    )
    assert [(p.file, p.line, p.column, p.message.split(":")[0]) for p in found(project)] == [
        ("docs/page.md", 3, 7, "the reference [tiny.gone] leads nowhere"),
        ("docs/page.md", 3, 19, "the reference [tiny.nothing] leads nowhere"),
        ("tiny/core.py", 5, None, "the reference [tiny.lost] leads nowhere"),
        ("tiny/core.py", 8, None, "No type or annotation for parameter 'b'"),
        ("tiny/core.py", 8, None, "Parameter 'b' does not appear in the function signature"),
    ]
    project.write("docs/page.md", "# Page\n\n::: tiny.gone\n")
    project.write("tiny/core.py", FILES["tiny/core.py"])
    assert found(project) == [Diagnostic("tiny.gone could not be found", "docs/page.md", 3, 5)]


def test_build_shows_the_same_beside_wrong_data(tmp_path: Path) -> None:
    project = TinyProject(tmp_path / "project").create(FILES)
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/page.md", "# Page\n\n[x](gone.md)\n\n<!-- docs_tools/layer -->\n")
    project.write("facts/layers.yml", "layers: many\n")
    result = project.docs_tools("build")
    assert result.status == 1
    assert [line for line in result.err.splitlines() if not line.startswith("    ")] == [
        'docs/page.md:3:5: the link "gone.md" leads nowhere: the docs have no "gone.md"',
        "facts/layers.yml:1:1: layers: must be a list, not text",
        'docs/page.md:5:1: no directive "docs_tools/layer"',
        "error: 1 problem in the data files, 1 problem in the pages, 1 other problem",
    ]


def test_wrong_data_is_told_by_mkdocs_where_a_page_breaks_the_build_first(tmp_path: Path) -> None:
    project = TinyProject(tmp_path / "project").create(FILES)
    project.write("docs/page.md", "# Page\n\n::: tiny.gone\n\n<!-- docs_tools/layer -->\n")
    project.write("facts/layers.yml", "layers: many\n")
    for result in (project.run("mkdocs", "build"), project.docs_tools("build")):
        assert result.status == 1
        assert result.err.count("facts/layers.yml:1:1: layers: must be a list, not text") == 1
        assert "tiny.gone could not be found" in result.err
