"""`docs_tools/layers` in builds by MkDocs itself: pages, snippets, files of any language."""

import json
import re
from pathlib import Path

import pytest

from tests.layers.arns import ACCOUNT, arn
from tests.project import Result, TinyProject

CONFIG = """\
site_name: Tiny
theme: {name: null, custom_dir: theme}
use_directory_urls: false
markdown_extensions:
  - attr_list
  - tables
  - pymdownx.superfences
  - pymdownx.snippets: {base_path: [., docs], check_paths: true}
plugins:
  - docs_tools/layers:
      data: layers.yml
      insert: [docs/**, examples/**]
      keep: [docs/upgrade.md, docs/old/**]
"""
LAYERS = f"""\
layers:
  - id: v2
    name: V2
    account: "{ACCOUNT}"
    architectures: [x86_64]
    regions: [eu-west-1, us-east-1]
releases:
  - {{version: "2.1.0", layer: v2, number: 40}}
  - version: "2.0.0"
    layer: v2
    number: 7
    exceptions: [{{regions: [us-east-1], number: 6}}]
"""
OLD, NEW = arn("eu-west-1", "V2", 1), arn("eu-west-1", "V2", 40)
ANYWHERE = f"arn:aws:lambda:${{AWS::Region}}:{ACCOUNT}:layer:V2:1"
INDEX = f"""\
# Tiny

| Region | ARN |
| --- | --- |
| eu | **{OLD}**{{: .copyMe}} |

`{OLD}`

```yaml title="template"
Layers: [!Sub "{ANYWHERE}"]
```

```yaml
--8<-- "examples/snippet.yaml"
```

    {OLD}

<!-- docs_tools: keep -->
kept {OLD}

stranger arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78
"""
TEMPLATE = f"Layers:\r\n  - !Sub {ANYWHERE}\r\n  - {OLD} # docs_tools: keep\r\n"
FILES = {
    "mkdocs.yml": CONFIG,
    "layers.yml": LAYERS,
    "theme/main.html": "<html><body>{{ page.content }}</body></html>\n",
    "examples/snippet.yaml": f"# snippet\nLayers: [{OLD}]\n",
    "docs/index.md": INDEX,
    "docs/upgrade.md": f"`{OLD}`\n",
    "docs/old/example.yaml": f"{OLD}\n",
    "docs/examples/template.yaml": TEMPLATE,
    "docs/examples/app.ts": f"// é\nconst arn = `{ANYWHERE.replace('AWS::R', 'this.r')}`;\n",
    "docs/examples/right.tf": f"{NEW}\n",
    "docs/examples/plain.txt": "nothing here\n",
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    project = TinyProject(tmp_path_factory.mktemp("original") / "project").create(FILES)
    (project.folder / "docs/examples/data.bin").write_bytes(f"\0{OLD}".encode())
    (project.folder / "docs/examples/latin.sh").write_bytes(f"# é\n{OLD}".encode("latin-1"))
    return project


@pytest.fixture
def project(original: TinyProject, tmp_path: Path) -> TinyProject:
    return original.copy(tmp_path)


def build(project: TinyProject, *options: str, **env: str) -> Result:
    return project.run("mkdocs", "build", "--strict", *options, env=env)


@pytest.fixture(scope="module")
def site(original: TinyProject) -> Path:
    """What `mkdocs build --strict` makes of it."""
    before = sources(original)
    result = build(original)
    assert result.status == 0, result.err
    assert sources(original) == before
    return original.folder / "site"


def sources(project: TinyProject) -> dict[str, bytes]:
    files = [path for top in ("docs", "examples") for path in (project.folder / top).rglob("*")]
    return {str(path): path.read_bytes() for path in files if path.is_file()}


def test_pages_get_the_numbers_in_prose_tables_code_and_snippets(site: Path) -> None:
    page = (site / "index.html").read_text()
    text = re.sub("<[^<>]+>", "", page)  # code is in colours

    assert f'<strong class="copyMe">{NEW}</strong>' in page
    assert f"<code>{NEW}</code>" in page
    assert text.count("layer:V2:40") == 5
    assert text.count("layer:V2:1") == 1
    assert f"kept {OLD}" in text
    assert "layer:Datadog-Python312:78" in text


def test_pages_that_keep_their_numbers_are_left(site: Path) -> None:
    assert OLD in (site / "upgrade.html").read_text()
    assert (site / "old/example.yaml").read_text() == f"{OLD}\n"


def test_files_of_any_language_get_the_numbers_and_no_other_byte(site: Path) -> None:
    expected = TEMPLATE.encode().replace(b"layer:V2:1\r", b"layer:V2:40\r")
    assert (site / "examples/template.yaml").read_bytes() == expected
    assert b"layer:V2:1 # docs_tools: keep" in expected
    script = FILES["docs/examples/app.ts"].replace("V2:1`", "V2:40`")
    assert (site / "examples/app.ts").read_bytes() == script.encode()
    assert (site / "examples/latin.sh").read_bytes() == f"# é\n{NEW}".encode("latin-1")
    assert (site / "examples/data.bin").read_bytes() == f"\0{OLD}".encode()
    assert (site / "examples/right.tf").read_text() == f"{NEW}\n"


def test_layers_json_stands_beside_the_pages(site: Path, original: TinyProject) -> None:
    document = json.loads((site / "layers.json").read_text())

    assert document["version"] == "2.1.0"
    assert [layer["arn"] for layer in document["layers"]] == [
        arn(region, "V2", 40) for region in ("eu-west-1", "us-east-1")
    ]
    assert document == original.docs_tools("layers", "list", "--json").json


def test_a_layers_json_of_the_project_wins(project: TinyProject) -> None:
    project.write("docs/layers.json", "{}\n")
    result = build(project)
    assert result.status == 0, result.err
    assert (project.folder / "site/layers.json").read_text() == "{}\n"


def test_placeholders_with_different_numbers_are_warnings_with_their_place(
    project: TinyProject,
) -> None:
    result = build(project, MIKE_DOCS_VERSION="2.0.0")

    assert result.status == 1
    told = [line for line in result.err.splitlines() if "different numbers" in line]
    places = [line.partition("arn:")[0].split()[-1] for line in told]
    assert places == [
        "docs/examples/app.ts:2:14:", "docs/examples/template.yaml:2:10:", "docs/index.md:10:16:",
    ]  # fmt: skip
    assert all(line.endswith("6 in us-east-1; 7 in eu-west-1") for line in told)
    assert "Aborted with 3 warnings in strict mode" in result.out


def test_an_ambiguous_arn_of_a_snippet_is_told_with_the_page(project: TinyProject) -> None:
    project.write("examples/snippet.yaml", f"Layers: [!Sub '{ANYWHERE}']\n")
    project.write("docs/index.md", '# Tiny\n\n```yaml\n--8<-- "examples/snippet.yaml"\n```\n')

    result = project.docs_tools("check", env={"MIKE_DOCS_VERSION": "2.0.0"})

    assert result.status == 1
    told = [line for line in result.err.splitlines() if "different numbers" in line]
    assert len([line for line in told if line.startswith("docs/index.md:")]) == 1
    assert len([line for line in told if line.startswith("examples/snippet.yaml:1:16:")]) == 1


def test_check_reports_what_is_stale_in_files_that_a_build_would_put_right(
    project: TinyProject,
) -> None:
    result = project.docs_tools("check")

    assert result.status == 1
    told = [line for line in result.err.splitlines() if "has number 1 here" in line]
    assert [line.partition(": ")[0] for line in told] == [
        "docs/examples/app.ts:2:14", "docs/examples/latin.sh:2:1",
        "docs/examples/template.yaml:2:10", "docs/index.md:5:10", "examples/snippet.yaml:2:10",
    ]  # fmt: skip
    assert project.docs_tools("layers", "insert").status == 0
    done = project.docs_tools("check")
    assert (done.status, done.err) == (0, "")


def test_an_ambiguous_arn_of_a_page_is_told_once_by_check(project: TinyProject) -> None:
    result = project.docs_tools("check", env={"MIKE_DOCS_VERSION": "2.0.0"})

    told = [line for line in result.err.splitlines() if "different numbers" in line]
    assert sorted(line.split(": ")[0] for line in told) == [
        "docs/examples/app.ts:2:14", "docs/examples/template.yaml:2:10", "docs/index.md:10:16",
    ]  # fmt: skip


def test_a_bad_value_of_an_option_stops_the_build(project: TinyProject) -> None:
    options = "plugins: [docs_tools/layers: {data: layers.yml, insert: docs/**}]"
    project.write("mkdocs.yml", f"site_name: x\n{options}\n")

    result = build(project)

    assert result.status == 1
    assert "'docs_tools/layers' option 'insert': Expected a list of items" in result.err


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_data_file_that_is_named_must_be_there(project: TinyProject, command: str) -> None:
    (project.folder / "layers.yml").unlink()

    result = project.docs_tools(command)

    assert result.status == 1
    assert "there is no layers.yml" in result.err


@pytest.mark.parametrize("option", ["insert", "keep", "complete"])
def test_a_glob_that_is_none_is_told_by_check(project: TinyProject, option: str) -> None:
    config = f"plugins: [docs_tools/layers: {{data: layers.yml, {option}: ['docs/[z-a].md']}}]\n"
    project.write("mkdocs.yml", f"site_name: x\n{config}")

    for command in (("check",), ("layers", "check"), ("build",)):
        if (option, command) == ("complete", ("build",)):
            continue
        result = project.docs_tools(*command)
        assert result.status == 1, command
        assert "a glob isn't valid: bad character range z-a" in result.err, command
        assert "Traceback" not in result.err


def test_what_must_be_complete_is_told_by_check(project: TinyProject) -> None:
    project.write("docs/index.md", f"{NEW}\n")
    config = CONFIG.replace("keep:", "complete: [docs/index.md]\n      keep:")
    project.write("mkdocs.yml", config)

    result = project.docs_tools("check")

    assert "docs/index.md: 1 of 2 ARNs of release 2.1.0 are not shown" in result.err
    assert "V2 in us-east-1" in result.err


def test_files_beside_the_project_are_kept_and_get_numbers_as_those_in_it(
    project: TinyProject,
) -> None:
    config = CONFIG.replace("docs/", "../docs/").replace("dir: theme", "dir: ../theme")
    config = config.replace("theme:", "docs_dir: ../docs\ntheme:")
    config = config.replace("data: layers.yml", "data: ../layers.yml")
    config = config.replace("      insert: [../docs/**, examples/**]\n", "")
    project.write("site-src/mkdocs.yml", config)

    result = project.run(
        "mkdocs", "build", "--strict", "-f", "site-src/mkdocs.yml", "--site-dir", "../built"
    )

    assert result.status == 0, result.err
    built = project.folder / "built"
    assert OLD in (built / "upgrade.html").read_text()
    assert (built / "old/example.yaml").read_text() == f"{OLD}\n"
    assert "layer:V2:40" in (built / "examples/template.yaml").read_text()
    checked = project.docs_tools("layers", "check", "-f", "site-src/mkdocs.yml", "--json")
    assert not [p for p in checked.json["problems"] if "upgrade" in p.get("file", "")]


def test_a_comment_in_a_snippet_excuses_no_page(project: TinyProject) -> None:
    project.write("examples/snippet.yaml", f"# docs_tools: keep-file\nLayers: [{OLD}]\n")
    assert build(project).status == 0

    page = (project.folder / "site/index.html").read_text()
    assert f"<code>{NEW}</code>" in page

    project.write("docs/index.md", f"<!-- docs_tools: keep-file -->\n\n`{OLD}`\n")
    assert build(project).status == 0
    assert f"<code>{OLD}</code>" in (project.folder / "site/index.html").read_text()


def test_the_region_for_placeholders_stops_no_release_that_is_not_there(
    project: TinyProject,
) -> None:
    layers = LAYERS.replace("number: 6", "number: null").replace(", number: null", "")
    project.write("layers.yml", layers)
    project.write(
        "mkdocs.yml", CONFIG.replace("insert:", "placeholder_region: us-east-1\n      insert:")
    )

    result = build(project, MIKE_DOCS_VERSION="2.0.0")

    assert result.status == 0, result.err
    assert "layer:V2:7" in (project.folder / "site/index.html").read_text()


@pytest.mark.parametrize(("option", "number"), [('version: "2.0.0"', 7), ("source: arns.txt", 50)])
def test_the_commands_go_by_the_numbers_of_a_build(
    project: TinyProject, option: str, number: int
) -> None:
    project.write("arns.txt", f"{arn('eu-west-1', 'V2', 50)}\n{arn('us-east-1', 'V2', 50)}\n")
    project.write("mkdocs.yml", CONFIG.replace("data:", f"{option}\n      data:"))
    project.write("docs/index.md", f"`{OLD}`\n")
    project.write("docs/examples/template.yaml", "")
    project.write("docs/examples/app.ts", "")

    inserted = project.docs_tools("layers", "insert", "--allow-lower")

    assert inserted.status == 0, inserted.err
    assert (project.folder / "docs/index.md").read_text() == f"`{arn('eu-west-1', 'V2', number)}`\n"
    assert build(project).status == 0
    assert f"layer:V2:{number}" in (project.folder / "site/index.html").read_text()
    checked = project.docs_tools("layers", "check")
    assert checked.status == 0, checked.err
