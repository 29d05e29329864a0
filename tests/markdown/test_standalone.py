"""The extension alone, as an engine without an adapter runs it."""

from pathlib import Path
from typing import Any

import pytest
from markdown import Extension, Markdown, markdown
from markdown.preprocessors import Preprocessor
from zensical.extensions.context import ContextExtension, Page

from docs_tools.diagrams import CACHE_VARIABLE
from docs_tools.errors import Diagnostic, DocsToolsError
from tests.demo import ROOT

GANTT = "```mermaid\ngantt\n    Build :build, after nothing, 8s\n```"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/labels.yml").write_text("labels:\n  - {name: bug, usage: Broken}\n")
    (tmp_path / "docs").mkdir()
    return tmp_path


def convert(text: str, data: Path | str, *more: str | Extension, **configs: Any) -> str:
    configs = {"docs_tools": {"data": str(data)}, **configs}
    extensions = ["docs_tools", "fenced_code", "toc", *more]
    return markdown(text, extensions=extensions, extension_configs=configs)


def problems(text: str, data: Path | str, *more: str | Extension, **configs: Any) -> list[str]:
    with pytest.raises(DocsToolsError) as found:
        convert(text, data, *more, **configs)
    return [str(problem) for problem in found.value.diagnostics]


def zensical(root: Path, path: str) -> ContextExtension:
    """What Zensical adds to the extensions of a site."""
    config = {"root_dir": str(root), "docs_dir": "docs"}
    return ContextExtension(page=Page(url="", path=path), config=config)


def test_a_wrong_directive_is_quoted_with_its_line(project: Path) -> None:
    with pytest.raises(DocsToolsError) as found:
        convert("# A\n\n<!-- docs_tools/lables -->\n", project / "facts")
    quoted = '<!-- docs_tools/lables -->: no directive "docs_tools/lables"'
    hint = "did you mean docs_tools/labels?"
    assert found.value.diagnostics == (Diagnostic(quoted, None, 3, 1, hint),)
    assert str(found.value) == f"line 3: {quoted}\n    {hint}\n1 problem in the page"


def test_all_that_is_wrong_on_a_page_is_raised_at_once_in_the_order_of_its_lines(
    project: Path,
) -> None:
    wrong = "<!-- docs_tools/lables -->"
    page = f"# In {wrong}\n\n{GANTT}\n\n## B\n\n{wrong}\n\n```\n{wrong}\n```\n"
    lines = [problem.partition(": ")[0] for problem in problems(page, project / "facts")]
    assert lines == ["line 1", "line 3", "line 10"]


def test_a_directive_of_several_lines_has_the_line_where_it_begins(project: Path) -> None:
    page = "# A\r\n\r\n<!-- docs_tools/labels {\r\n  group: " + "x" * 80 + "\r\n} -->\r\n"
    (problem,) = problems(page, project / "facts")
    assert problem.startswith("line 3: <!-- docs_tools/labels { group: …: docs_tools/labels: ")


def test_what_a_page_includes_is_said_to_be_included(project: Path) -> None:
    (project / "part.md").write_text("<!-- docs_tools/lables -->\n")
    configs = {"pymdownx.snippets": {"base_path": [str(project)]}}
    (problem,) = problems('--8<-- "part.md"', project / "facts", "pymdownx.snippets", **configs)
    assert problem.startswith(
        '<!-- docs_tools/lables -->: no directive "docs_tools/lables"'
        " (in a file that the page includes)"
    )


def test_the_page_after_a_wrong_one_is_its_own(project: Path) -> None:
    configs = {"docs_tools": {"data": str(project / "facts")}}
    engine = Markdown(extensions=["docs_tools"], extension_configs=configs)
    for _ in range(2):
        with pytest.raises(DocsToolsError, match="1 problem in the page"):
            engine.reset().convert("<!-- docs_tools/lables -->")
    assert "<table>" in engine.reset().convert("<!-- docs_tools/labels -->")


def test_a_data_folder_that_is_not_there_is_named_with_the_option(tmp_path: Path) -> None:
    with pytest.raises(DocsToolsError) as found:
        convert("<!-- docs_tools/labels -->", tmp_path / "none")
    assert found.value.message == f"there is no data folder {tmp_path / 'none'}"
    assert found.value.hint
    assert "option `data`" in found.value.hint


def test_with_zensical_the_page_is_named_and_paths_start_at_its_configuration(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    page = zensical(project, "part/page.md")
    (project / "docs/part").mkdir()
    text = f"<!-- docs_tools/labels -->\n\n{GANTT}\n"
    (project / "docs/part/page.md").write_text(f"---\ntitle: x\n---\n{text}")
    (problem,) = problems(text, "facts", page)
    assert problem.startswith("docs/part/page.md:6:1: this diagram: ")
    assert (project / ".cache/docs_tools").is_dir()


def test_a_page_that_zensical_has_made_has_the_lines_of_its_text(project: Path) -> None:
    (problem,) = problems("\n<!-- docs_tools/x -->", "facts", zensical(project, "made.md"))
    assert problem.startswith('docs/made.md:2:1: no directive "docs_tools/x"')


def test_another_extension_of_the_name_of_zensicals_is_no_engine(project: Path) -> None:
    class Nothing(Preprocessor):
        def run(self, lines: list[str]) -> list[str]:
            return lines

    class Other(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
            md.preprocessors.register(Nothing(md), "rendering_context", 0)

    (problem,) = problems("<!-- docs_tools/x -->", project / "facts", Other())
    assert problem.startswith("line 1: <!-- docs_tools/x -->: ")


def test_the_example_of_the_user_guide_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "docs/data").mkdir()
    person = "active:\n  - {name: Ada, github: ada}\n"
    (project / "docs/data/maintainers.yml").write_text(person)
    texts = [path.read_text("utf-8") for path in (ROOT / "docs/user-guide").glob("*.md")]
    heading = "\n## From Python\n"
    (section,) = (text.partition(heading)[2] for text in texts if heading in text)
    monkeypatch.chdir(project)
    names: dict[str, Any] = {}
    exec(section.partition("```python\n")[2].partition("```")[0], names)
    assert '<a href="https://github.com/ada">ada</a>' in names["html"]
