"""`docs_tools check`: everything that is wrong in one run, in each format."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.cli.annotations import annotate
from docs_tools.errors import Diagnostic
from tests.project import ARN, CONFIG, FILES, TinyProject
from tests.size import examples

CURRENT = FILES["docs/index.md"].replace(f"{ARN}:1", f"{ARN}:20")
STRICT = (
    "validation: {anchors: warn, omitted_files: warn, absolute_links: warn,"
    " unrecognized_links: warn}\n"
)
EVERYTHING = {
    "mkdocs.yml": CONFIG
    + STRICT
    + "nav:\n  - index.md\n  - page.md\n  - Gone: gone-page.md\n  - Code: reference/\n",
    "facts/maintainers.yml": "active:\n  - {name: Ann}\n",
    "facts/layers.yml": "layers: many\n",
    "docs/index.md": (
        "# Tiny\n\n<!-- docs_tools/maintainers -->\n\n<!-- docs_tools/layer -->\n\n"
        "[gone](gone.md) and [none](page.md#none)\n"
    ),
    "docs/page.md": (
        "# Page\n\n<!-- docs_tools/layers -->\n\n"
        "<!-- docs_tools/maintainers { groop: active } -->\n\n[here](#nowhere)\n"
    ),
}
PLACES = [
    "docs/index.md:5:1: no directive",
    'docs/index.md:7:8: the link "gone.md"',
    'docs/index.md:7:28: the link "page.md#none"',
    "docs/page.md:5:1: docs_tools/maintainers: groop: no such key",
    'docs/page.md:7:8: the link "#nowhere"',
    "facts/layers.yml:1:1: layers: must be a list",
    "facts/maintainers.yml:2:5: active[0].github: is missing",
    'mkdocs.yml:14:11: nav: the docs have no "gone-page.md"',
]


@pytest.fixture
def wrong(project: TinyProject) -> TinyProject:
    """A project with something wrong of every kind."""
    for path, text in EVERYTHING.items():
        project.write(path, text)
    project.commit("wrong")
    return project


def problems_in(text: str) -> list[str]:
    """The first line of each problem, without the summary."""
    lines = [line for line in text.splitlines() if not line.startswith("    ")]
    return [line for line in lines if not line.startswith("error: ")]


def test_everything_that_is_wrong_is_told_in_one_run_by_file_and_line(wrong: TinyProject) -> None:
    result = wrong.docs_tools("check")
    assert (result.status, result.out) == (1, "")
    found = problems_in(result.err)
    assert [line[: len(place)] for line, place in zip(found, PLACES, strict=True)] == PLACES
    assert result.err.splitlines()[-1] == "error: 8 problems in 5 files"


def test_a_check_writes_nothing_into_the_project(wrong: TinyProject) -> None:
    before = sorted(wrong.folder.rglob("*"))
    wrong.docs_tools("check")
    assert sorted(wrong.folder.rglob("*")) == before
    assert wrong.git("status", "--porcelain", "--ignored") == ""


def test_the_temporary_folder_is_removed(wrong: TinyProject, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    result = wrong.docs_tools("check", env={"TMPDIR": str(folder)})
    assert result.status == 1
    assert list(folder.iterdir()) == []


def test_json_is_one_document_with_the_same_problems(wrong: TinyProject) -> None:
    result = wrong.docs_tools("check", "--json")
    assert (result.status, result.err) == (1, "")
    assert wrong.docs_tools("check", "--format", "json").out == result.out
    found = [Diagnostic(**problem) for problem in result.json["problems"]]
    assert "\n".join(map(str, found)) in wrong.docs_tools("check").err
    assert len(found) == len(PLACES)
    extent = {key: value for key, value in result.json.items() if key != "problems"}
    assert extent == {"complete": True, "data_files": 2, "pages": 4}


def test_annotations_name_files_from_the_top_of_the_repository(tmp_path: Path) -> None:
    files = {f"website/{path}": text for path, text in {**FILES, **EVERYTHING}.items()}
    repository = TinyProject(tmp_path / "repository").create(files)
    inside = TinyProject(repository.folder / "website")
    result = inside.docs_tools("check", "--format", "github")
    assert result.status == 1
    assert result.err == "error: 8 problems in 5 files\n"
    lines = result.out.splitlines()
    assert len(lines) == len(PLACES)
    assert lines[1] == (
        "::error file=website/docs/index.md,line=7,col=8,title=docs_tools check::"
        'the link "gone.md" leads nowhere: the docs have no "gone.md"%0A'
        "write the path from the page's folder to a file of the docs"
    )
    assert all((repository.folder / line.split("file=")[1].split(",")[0]).is_file()
               for line in lines)  # fmt: skip


def test_annotations_outside_git_name_files_from_the_project(tmp_path: Path) -> None:
    project = TinyProject(tmp_path)
    for path, text in {**FILES, **EVERYTHING}.items():
        project.write(path, text)
    result = project.docs_tools("check", "--format", "github")
    assert result.out.startswith("::error file=docs/index.md,line=5,col=1,")


def test_two_formats_at_once_are_wrong_usage(project: TinyProject) -> None:
    result = project.docs_tools("check", "--json", "--format", "github")
    assert (result.status, result.out) == (2, "")
    assert "--json and --format github: choose one" in result.err


@pytest.mark.parametrize("form", ["text", "github"])
def test_nothing_wrong_is_said_with_what_was_looked_at(project: TinyProject, form: str) -> None:
    project.write("docs/index.md", CURRENT)
    result = project.docs_tools("check", "--format", form)
    assert (result.status, result.err) == (0, "")
    assert result.out == "nothing is wrong: 2 data files, 4 pages\n"
    assert project.docs_tools("check", "-q").out == ""


def test_nothing_wrong_is_an_empty_list_in_json(project: TinyProject) -> None:
    project.write("docs/index.md", CURRENT)
    result = project.docs_tools("check", "--json")
    assert result.status == 0
    assert result.json == {"problems": [], "complete": True, "data_files": 2, "pages": 4}


def test_a_project_without_our_plugins_gets_the_rest_of_the_checks(tmp_path: Path) -> None:
    project = TinyProject(tmp_path)
    project.write("mkdocs.yml", "site_name: x\ntheme: {name: mkdocs}\nplugins: []\n" + STRICT)
    project.write("docs/index.md", "# x\n\n[x](gone.md)\n\n<!-- docs_tools/nothing -->\n")
    result = project.docs_tools("check")
    assert result.status == 1
    assert problems_in(result.err) == [
        'docs/index.md:3:5: the link "gone.md" leads nowhere: the docs have no "gone.md"'
    ]
    project.write("docs/index.md", "# x\n")
    assert project.docs_tools("check").out == "nothing is wrong: 1 page\n"


def test_wrong_data_is_told_even_if_the_configuration_is_not_valid(wrong: TinyProject) -> None:
    wrong.write("mkdocs.yml", CONFIG.replace("name: mkdocs", "name: nothing"))
    result = wrong.docs_tools("check")
    assert result.status == 1
    found = problems_in(result.err)
    assert [line[: len(place)] for line, place in zip(found[:2], PLACES[5:7], strict=True)] == (
        PLACES[5:7]
    )
    assert found[2].startswith("mkdocs.yml:2:1: theme: Unrecognised theme name: 'nothing'")
    assert "the build broke off, so there may be more" in result.err
    document = wrong.docs_tools("check", "--json").json
    assert (document["complete"], document["pages"]) == (False, None)


def test_an_unknown_setting_does_not_hide_what_else_is_wrong(wrong: TinyProject) -> None:
    wrong.write("mkdocs.yml", EVERYTHING["mkdocs.yml"] + "sitename: x\n")
    found = problems_in(wrong.docs_tools("check").err)
    assert len(found) == len(PLACES) + 1
    assert found[-1] == ("mkdocs.yml:16:1: sitename: Unrecognised configuration name: sitename")


@pytest.mark.parametrize(
    ("plugin", "message"),
    [
        ("packages: [tinny]", 'docs_tools/api: there is no package "tinny"'),
        ("packages: [tiny], path: ../x", 'docs_tools/api: path: "../x" is no folder of the site'),
    ],
)
def test_a_wrong_option_of_the_reference_hides_nothing(
    wrong: TinyProject, plugin: str, message: str
) -> None:
    config = EVERYTHING["mkdocs.yml"].replace("packages: [tiny], path: reference", plugin)
    wrong.write("mkdocs.yml", config.replace("  - Code: reference/\n", ""))
    found = problems_in(wrong.docs_tools("check").err)
    assert found[0].startswith(message)
    assert len(found) == len(PLACES) + 1


def test_a_data_folder_that_is_not_there_is_told_once_beside_the_pages(wrong: TinyProject) -> None:
    config = EVERYTHING["mkdocs.yml"].replace("data: facts", "data: fakts")
    wrong.write("mkdocs.yml", config)
    found = problems_in(wrong.docs_tools("check").err)
    assert found[0] == "there is no data folder fakts"
    assert [line[: len(place)] for line, place in zip(found[1:6], PLACES[:5], strict=True)] == (
        PLACES[:5]
    )
    assert len(found) == 7


def test_layer_numbers_that_can_not_be_read_hide_nothing(wrong: TinyProject) -> None:
    config = EVERYTHING["mkdocs.yml"].replace(
        "docs_tools/layers", "docs_tools/layers: {source: arns.txt}"
    )
    wrong.write("mkdocs.yml", config)
    wrong.write("arns.txt", f"{ARN}:1\n{ARN}:x\n")
    found = problems_in(wrong.docs_tools("check").err)
    assert "arns.txt:2:1: " in found[0]
    assert len(found) == len(PLACES) + 1


def test_wrong_layers_of_the_layers_plugin_alone_are_told_with_the_pages(
    project: TinyProject,
) -> None:
    alone = "plugins: [docs_tools/layers: {data: facts/layers.yml}]\n"
    project.write("mkdocs.yml", "site_name: x\ntheme: {name: mkdocs}\n" + alone)
    project.write("facts/layers.yml", "layers: many\n")
    project.write("docs/page.md", "[x](gone.md)\n")
    found = problems_in(project.docs_tools("check").err)
    assert [line.split(" ")[0] for line in found] == ["docs/page.md:1:5:", "facts/layers.yml:1:1:"]


def test_layers_of_another_file_with_faults_are_no_missing_layers(project: TinyProject) -> None:
    other = CONFIG.replace("docs_tools/layers", "docs_tools/layers: {data: other.yml}")
    project.write("mkdocs.yml", other)
    project.write("other.yml", "layers: many\n")
    (project.folder / "facts/layers.yml").unlink()
    found = problems_in(project.docs_tools("check").err)
    assert found == ["other.yml:1:1: layers: must be a list, not text"]


def test_an_arn_that_stands_for_several_numbers_is_told_with_its_place(
    project: TinyProject,
) -> None:
    layers = FILES["facts/layers.yml"].replace("Tiny,", "'Tiny',")
    second = (
        "  - {id: far, name: Tiny, account: '111122223333', architectures: {x86_64: ''},"
        " regions: [us-east-1]}\nreleases:\n  - {version: '2.0.0', layer: far, number: 21}\n"
    )
    project.write("facts/layers.yml", layers.replace("releases:\n", second))
    wild = ARN.replace("eu-west-1", "{region}")
    project.write("docs/index.md", f"# Tiny\n\n`{ARN}:20`\n\n```yaml\nlayer: {wild}:3\n```\n")
    result = project.docs_tools("check")
    assert problems_in(result.err) == [
        f"docs/index.md:6:8: {wild} stands for regions with different numbers:"
        " 20 in eu-west-1; 21 in us-east-1"
    ]


def test_a_number_that_is_stale_or_ahead_is_told_with_the_mend(project: TinyProject) -> None:
    result = project.docs_tools("check")
    assert (result.status, result.err.splitlines()) == (
        1,
        [
            "docs/index.md:5:2: Tiny has number 1 here and 20 in release 2.0.0",
            "    run: docs_tools layers insert",
            "error: 1 problem in 1 file",
        ],
    )
    assert project.docs_tools("layers", "insert").status == 0
    assert project.docs_tools("check").status == 0
    project.write("docs/index.md", CURRENT.replace(":20`", ":21`"))
    (problem,) = project.docs_tools("check", "--json").json["problems"]
    assert problem["message"] == "Tiny has number 21 here and 20 in release 2.0.0, which is smaller"


def test_a_diagram_that_can_not_be_drawn_is_told_beside_the_rest(wrong: TinyProject) -> None:
    wrong.write(
        "mkdocs.yml",
        EVERYTHING["mkdocs.yml"] + "markdown_extensions: [pymdownx.superfences]\n",
    )
    diagram = "\n```mermaid\nflowchart LR\n  a --\n```\n"
    wrong.write("docs/page.md", EVERYTHING["docs/page.md"] + diagram)
    found = problems_in(wrong.docs_tools("check").err)
    assert len(found) == len(PLACES) + 1
    assert found[5].startswith("docs/page.md:9:1: ")
    assert "diagram" in found[5]


def test_what_a_hook_breaks_is_told_with_what_was_found_before(wrong: TinyProject) -> None:
    wrong.write("hook.py", "def on_env(env, **kwargs):\n    raise ZeroDivisionError('x')\n")
    wrong.write("mkdocs.yml", EVERYTHING["mkdocs.yml"] + "hooks: [hook.py]\n")
    result = wrong.docs_tools("check")
    assert result.status == 1
    found = problems_in(result.err)
    assert "hook.py:2: ZeroDivisionError: x" in found
    # anchors are looked at after that
    rest = [place for place in PLACES if "#" not in place]
    assert len(found) == len(rest) + 1
    assert "the build broke off, so there may be more" in result.err


def test_a_bug_of_ours_is_no_finding(project: TinyProject) -> None:
    code = (
        "import sys, docs_tools.cli, docs_tools.plugins.handbook as h\n"
        "h.HandbookPlugin.on_files = lambda *_, **__: h.shown()\n"
        "def broken(self, files, *, config): return h.shown(None, None)\n"
        "h.HandbookPlugin.on_files = broken\n"
        "sys.argv = ['docs_tools', 'check']\n"
        "docs_tools.cli.main()\n"
    )
    result = project.run(sys.executable, "-c", code)
    assert result.status == 3
    assert "This is a bug in docs_tools" in result.err


def commands(output: str) -> Iterator[tuple[dict[str, str], str]]:
    """The commands that GitHub's runner sees: properties and data, as its ActionCommand reads."""
    for line in re.split(r"\r\n|\r|\n", output):
        match = re.fullmatch(r"\s*::(?P<name>\w+)(?: (?P<properties>.*?))?::(?P<data>.*)", line)
        if match:
            pairs = (pair.split("=", 1) for pair in (match["properties"] or "").split(","))
            properties = {
                key: value.replace("%3A", ":").replace("%2C", ",") for key, value in pairs
            }
            yield (
                {"": match["name"], **{k: unescape(v) for k, v in properties.items()}},
                unescape(match["data"]),
            )


def unescape(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


HOSTILE = st.text() | st.sampled_from(
    ["a\n::error::b", "\r::set-env name=x::y", "%0A::error::", "::", "a::b", ",x=y", "\r\n\r\n::"]
)


@settings(max_examples=examples(200))
@given(message=HOSTILE, hint=st.none() | HOSTILE, name=HOSTILE)
def test_no_text_can_end_an_annotation_or_begin_another(
    message: str, hint: str | None, name: str
) -> None:
    problem = Diagnostic(message, f"pages/{name}", 3, 4, hint)
    line = annotate(problem, Path("/nowhere"), Path("/nowhere"))
    assert not re.search(r"[\r\n]", line)
    ((properties, data),) = commands(line)
    assert properties == {"": "error", "title": "docs_tools check"}
    assert data == f"pages/{name}: {message}" + (f"\n{hint}" if hint else "")


def test_the_name_of_a_file_can_not_add_a_property(tmp_path: Path) -> None:
    name = "100%,line=9::x:y.md"
    (tmp_path / name).write_text("# x\n")
    line = annotate(Diagnostic("wrong", name, 3), tmp_path, tmp_path)
    ((properties, data),) = commands(line)
    assert properties == {"": "error", "file": name, "line": "3", "title": "docs_tools check"}
    assert data == "wrong"


def test_a_file_outside_the_repository_is_named_in_the_message(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "arns.txt").write_text("x\n")
    line = annotate(Diagnostic("wrong", "../arns.txt", 3), tmp_path / "inside", tmp_path / "inside")
    assert line == "::error title=docs_tools check::../arns.txt: wrong"


def test_text_of_pages_data_and_settings_can_not_inject_a_command(project: TinyProject) -> None:
    project.write(
        "facts/maintainers.yml",
        'active:\n  - {name: Ann, github: "a\\n::error::data\\r::warning::x"}\n',
    )
    project.write("mkdocs.yml", CONFIG + 'nav:\n  - index.md\n  - "a b\\n::error::nav.md"\n')
    project.write(
        "docs/index.md", "# x\n\n[x](<%0A::error::page.md>) [y](<::error file=a::b.md>)\n"
    )
    result = project.docs_tools("check", "--format", "github")
    found = project.docs_tools("check", "--json").json["problems"]
    assert {problem["file"] for problem in found} >= {
        "docs/index.md", "facts/maintainers.yml", "mkdocs.yml"
    }  # fmt: skip
    assert [data for _, data in commands(result.out)] == [
        "\n".join(filter(None, (problem["message"], problem.get("hint")))) for problem in found
    ]
    assert list(commands(result.err)) == []
