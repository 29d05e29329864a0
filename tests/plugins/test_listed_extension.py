"""The extension may be listed for another engine: MkDocs goes by the plugin."""

from tests.project import CONFIG, TinyProject


def listed(*extensions: str) -> str:
    return f"{CONFIG}markdown_extensions:\n" + "".join(f"  - {name}\n" for name in extensions)


def test_a_listed_extension_changes_nothing(project: TinyProject) -> None:
    project.env["SOURCE_DATE_EPOCH"] = "0"  # MkDocs' own theme writes the time into the home page

    def build() -> dict[str, str]:
        result = project.run("mkdocs", "build", "--strict")
        assert result.status == 0, result.err
        site = project.folder / "site"
        return {str(path): path.read_text("utf-8") for path in site.rglob("*.html")}

    alone = build()
    assert any(">ann</a>" in page for page in alone.values())
    names = ("docs_tools: {data: ./facts}", "docs_tools.markdown: {data: facts}")
    project.write("mkdocs.yml", listed(*names))
    assert build() == alone


def test_options_that_the_plugin_does_not_go_by_are_named(project: TinyProject) -> None:
    project.write("mkdocs.yml", listed("docs_tools: {data: other, diagrams: client}"))
    result = project.docs_tools("build")
    assert result.status == 1
    said = "mkdocs.yml: markdown_extensions: docs_tools: {}, and for the plugin docs_tools/handbook"
    assert f"{said.format('data is other')} it is facts\n" in result.err
    assert f"{said.format('diagrams is client')} it is drawn\n" in result.err


def test_an_option_that_is_left_out_counts_with_its_default(project: TinyProject) -> None:
    project.write("mkdocs.yml", listed("docs_tools"))
    result = project.docs_tools("build")
    assert result.status == 1
    assert "docs_tools: data is docs/data, and for the plugin" in result.err
    assert "diagrams" not in result.err


def test_diagrams_for_the_browser_are_said_to_both(project: TinyProject) -> None:
    project.write("docs/page.md", "# Page\n\n```mermaid\nflowchart LR\n  a --> b\n```\n")
    both = listed("docs_tools: {data: facts, diagrams: client}")
    project.write("mkdocs.yml", both.replace("{data: facts}", "{data: facts, diagrams: client}", 1))
    result = project.docs_tools("build")
    assert result.status == 0, result.err
    page = (project.folder / "site/page.html").read_text("utf-8")
    assert '<pre class="mermaid">' in page
    assert "docs_tools-diagram" not in page
