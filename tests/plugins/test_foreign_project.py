"""The plugins in a project that isn't ours: MkDocs' own theme, other folders, flat addresses."""

import itertools

import pytest

from tests.project import ARN, CONFIG, TinyProject

PLUGINS = [
    "  - mike: {alias_type: copy}\n",
    "  - docs_tools/handbook: {data: facts}\n",
    "  - docs_tools/layers\n",
    "  - docs_tools/api: {packages: [tiny], path: reference}\n",
    "  - docs_tools/publish\n",
]


def mkdocs_build(project: TinyProject) -> dict[str, str]:
    """The pages that plain `mkdocs build --strict` makes."""
    result = project.run("mkdocs", "build", "--strict")
    assert result.status == 0, result.err
    site = project.folder / "site"
    return {str(p.relative_to(site)): p.read_text("utf-8") for p in site.rglob("*.html")}


def test_mkdocs_alone_expands_directives_inserts_layers_and_documents_modules(
    project: TinyProject,
) -> None:
    pages = mkdocs_build(project)
    assert '<a href="https://github.com/ann">ann</a>' in pages["index.html"]
    assert f"{ARN}:20" in pages["index.html"]
    assert f"{ARN}:20" in pages["page.html"]
    assert "Runs it." in pages["reference/tiny/core.html"]
    assert "A tiny package." in pages["reference/tiny/index.html"]
    assert not any("hidden" in path for path in pages)
    assert not (project.folder / "docs/reference").exists()


def test_the_order_of_the_plugins_does_not_matter(project: TinyProject) -> None:
    project.env["SOURCE_DATE_EPOCH"] = "0"  # MkDocs' own theme writes the time into the home page
    wanted = mkdocs_build(project)
    orders = list(itertools.permutations(PLUGINS))
    for order in (orders[-1], orders[37], orders[71]):
        project.write("mkdocs.yml", CONFIG.replace("".join(PLUGINS), "".join(order)))
        assert mkdocs_build(project) == wanted, order


def test_a_listed_mkdocstrings_keeps_its_options(project: TinyProject) -> None:
    project.write(
        "mkdocs.yml",
        CONFIG + "  - mkdocstrings: {handlers: {python: {options: {show_source: false}}}}\n",
    )
    with_source = "Source code in"
    assert with_source not in mkdocs_build(project)["reference/tiny/core.html"]
    project.write("mkdocs.yml", CONFIG)
    assert with_source in mkdocs_build(project)["reference/tiny/core.html"]


def test_the_reference_reads_the_sources_and_never_an_installed_package(
    project: TinyProject,
) -> None:
    project.write("pydantic/__init__.py", '"""Not the installed one."""\n')
    project.write("mkdocs.yml", CONFIG.replace("packages: [tiny]", "packages: [pydantic]"))
    assert "Not the installed one." in mkdocs_build(project)["reference/pydantic/index.html"]


def test_the_reference_takes_its_place_in_a_written_navigation(project: TinyProject) -> None:
    nav = "nav:\n  - Home: index.md\n  - Code: reference/\n  - Page: page.md\n"
    project.write("mkdocs.yml", CONFIG + nav)
    home = mkdocs_build(project)["index.html"]
    assert home.index("Code") < home.index('href="reference/tiny/core.html"')
    assert home.index('href="reference/tiny/core.html"') < home.index(">Page<")
    project.write("mkdocs.yml", CONFIG + nav.replace("  - Code: reference/\n", ""))
    home = mkdocs_build(project)["index.html"]
    assert home.index(">Page<") < home.index("API reference")


def test_a_package_that_is_not_there_is_named(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG.replace("packages: [tiny]", "packages: [tinny]"))
    result = project.run("mkdocs", "build")
    assert result.status == 1
    assert 'there is no package "tinny"' in result.err
    assert "Traceback" not in result.err


def test_mkdocs_shows_every_problem_without_a_traceback(project: TinyProject) -> None:
    project.write("facts/layers.yml", "layers: x\n")
    project.write("facts/maintainers.yml", "active: x\n")
    result = project.run("mkdocs", "build")
    assert result.status == 1
    assert "facts/layers.yml:1:1: layers: must be a list, not text" in result.err
    assert "facts/maintainers.yml:1:1: active: must be a list, not text" in result.err
    assert "Traceback" not in result.err


def test_problems_of_several_pages_are_shown_at_once(project: TinyProject) -> None:
    project.write("docs/index.md", "---\ntitle: x\n---\n# A\n\n<!-- docs_tools/layer -->\n")
    project.write("docs/page.md", "# B\n\n<!-- docs_tools/gantt -->\n")
    result = project.run("mkdocs", "build")
    assert result.status == 1
    assert 'docs/index.md:6:1: no directive "docs_tools/layer"' in result.err
    assert "did you mean docs_tools/layers?" in result.err
    assert "docs/page.md:3:1: docs_tools/gantt: there is no facts/release.yml" in result.err


def test_layers_in_snippets_code_and_tables_get_the_number(project: TinyProject) -> None:
    project.write(
        "docs/examples/sam.yaml", f"Layers:\n  - {ARN.replace('eu-west-1', '{region}')}:3\n"
    )
    project.write(
        "docs/page.md",
        '# Page\n\n```yaml\n--8<-- "docs/examples/sam.yaml"\n```\n\n'
        f"| a |\n| - |\n| **{ARN}:4**{{: .copyMe}} |\n\n"
        "arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78\n",
    )  # fmt: skip
    extensions = (
        "markdown_extensions: [attr_list, pymdownx.snippets, pymdownx.superfences,"
        " pymdownx.highlight]\n"
    )
    project.write("mkdocs.yml", CONFIG + extensions)
    page = mkdocs_build(project)["page.html"]
    assert page.count(":20") == 2
    assert f'<strong class="copyMe">{ARN}:20</strong>' in page
    assert "Datadog-Python312:78" in page


@pytest.mark.parametrize("plugin", ["handbook: {data: facts}", "layers: {data: facts/layers.yml}"])
def test_each_plugin_works_alone(project: TinyProject, plugin: str) -> None:
    project.write("docs/page.md", "# Page\n")
    project.write(
        "mkdocs.yml", f"site_name: x\ntheme: {{name: mkdocs}}\nplugins: [docs_tools/{plugin}]\n"
    )
    index = mkdocs_build(project)["index.html"]
    assert (">ann</a>" in index) == plugin.startswith("handbook")
    assert (f"{ARN}:20" in index) == plugin.startswith("layers")


def test_mike_deploy_works_unchanged(project: TinyProject) -> None:
    project.mike("deploy", "1.0.0", "latest")
    assert f"{ARN}:10" in project.published("latest/index.html")
    assert "1.0.0/reference/tiny/core.html" in project.tree("1.0.0")


def test_a_mistyped_option_fails_a_strict_build(project: TinyProject) -> None:
    project.write(
        "mkdocs.yml", CONFIG.replace("docs_tools/layers", "docs_tools/layers: {sorce: x}")
    )
    result = project.docs_tools("build")
    assert result.status == 1
    assert "sorce" in result.err


def test_uncommitted_sources_of_a_nested_package_count(project: TinyProject) -> None:
    project.write("tiny/sub/__init__.py", "")
    project.write("mkdocs.yml", CONFIG.replace("[tiny]", "[tiny.sub]"))
    project.commit("nested")
    project.write("tiny/sub/__init__.py", '"""Changed."""\n')
    result = project.docs_tools("publish", "--version", "1.0.0")
    assert result.status == 1
    assert "tiny/sub/__init__.py: changed since the commit" in result.err


def test_a_plugin_that_is_listed_twice_is_there_twice(project: TinyProject) -> None:
    project.write("other/__init__.py", '"""Another."""\n')
    twice = CONFIG + "  - docs_tools/api: {packages: [other], path: other}\n"
    project.write("mkdocs.yml", twice)
    result = project.docs_tools("build", "--no-strict")  # MkDocs warns of it
    assert result.status == 0, result.err
    assert (project.folder / "site/reference/tiny/core.html").is_file()
    assert (project.folder / "site/other/other/index.html").is_file()


def test_a_module_called_index_has_a_page_beside_its_package(project: TinyProject) -> None:
    project.write("tiny/index.py", '"""Looks things up."""\n')
    pages = mkdocs_build(project)
    assert "A tiny package." in pages["reference/tiny/index.html"]
    assert "Looks things up." in pages["reference/tiny/index_.html"]


def test_a_namespace_package_is_documented(project: TinyProject) -> None:
    project.write("space/part.py", '"""A part."""\n')
    project.write("mkdocs.yml", CONFIG.replace("[tiny]", "[space]"))
    assert "A part." in mkdocs_build(project)["reference/space/part.html"]


@pytest.mark.parametrize("plugin", ["", ", docs_tools/layers"], ids=["alone", "with layers"])
@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (None, "there is no facts/layers.yml to render"),
        ("layers: []\n", "facts/layers.yml has no release to show"),
    ],
)
def test_a_page_that_shows_layers_without_any_is_named_with_the_reason(
    project: TinyProject, plugin: str, layers: str | None, message: str
) -> None:
    plugins = f"plugins: [docs_tools/handbook: {{data: facts}}{plugin}]\n"
    project.write("mkdocs.yml", "site_name: x\ntheme: {name: mkdocs}\n" + plugins)
    (project.folder / "facts/layers.yml").unlink()
    if layers:
        project.write("facts/layers.yml", layers)
    result = project.run("mkdocs", "build")
    assert result.status == 1
    assert f"docs/page.md:3:1: docs_tools/layers: {message}" in result.err


@pytest.mark.parametrize("handlers", ["", "{python: }", "{python: {options: }}"])
def test_a_key_of_mkdocstrings_without_a_value_counts_as_none(
    project: TinyProject, handlers: str
) -> None:
    project.write("mkdocs.yml", f"{CONFIG}  - mkdocstrings: {{handlers: {handlers}}}\n")
    assert "Runs it." in mkdocs_build(project)["reference/tiny/core.html"]
