"""The command line as a whole: what starts, what is loaded, where options may stand."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import BIN, TinyProject

HEAVY = ("boto3", "botocore", "mkdocs", "mike", "mkdocstrings", "griffe", "markdown", "pydantic",
         "requests", "yaml", "jinja2", "mermaidx", "material")  # fmt: skip


def test_help_loads_none_of_the_heavy_modules() -> None:
    code = (
        "import sys; from docs_tools.cli import cli; "
        "cli(['--help'], standalone_mode=False); print(*sys.modules, sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()}
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "verb", ["build", "check", "serve", "publish", "render", "hotfix", "versions"]
)
def test_help_lists_each_verb_with_its_own_first_sentence(verb: str) -> None:
    overall = subprocess.run([BIN / "docs_tools", "--help"], capture_output=True, text=True)
    own = subprocess.run([BIN / "docs_tools", verb, "-h"], capture_output=True, text=True)
    assert own.returncode == 0, own.stderr
    sentence = own.stdout.splitlines()[2].strip().split(".")[0]
    assert f"{verb} " in overall.stdout
    assert sentence.split(",")[0] in overall.stdout


def test_the_configuration_file_may_stand_before_and_behind_the_verb(
    project: TinyProject, tmp_path: Path
) -> None:
    elsewhere = TinyProject(tmp_path)
    file = str(project.folder / "mkdocs.yml")
    for args in (
        ["-f", file, "versions", "list", "--json"],
        ["versions", "-f", file, "list", "--json"],
        ["versions", "list", "--json", "-f", file],
    ):
        result = elsewhere.docs_tools(*args)
        assert (result.status, result.out) == (0, "[]\n"), result.err


def test_a_project_below_the_top_of_its_repository_is_hotfixed(tmp_path: Path) -> None:
    from tests.project import FILES

    nested = TinyProject(tmp_path / "repository").create(
        {f"website/{path}": text for path, text in FILES.items()}
    )
    inside = TinyProject(nested.folder / "website")
    assert inside.docs_tools("publish", "--version", "1.0.0").status == 0
    nested.git("tag", "v1.0.0")
    result = inside.docs_tools("hotfix", "--version", "1.0.0", "--ref", "v1.0.0")
    assert result.status == 0, result.err
    assert "nothing changed" in result.out


def test_quiet_says_nothing_and_verbose_shows_the_build(project: TinyProject) -> None:
    quiet = project.docs_tools("-q", "publish", "--version", "1.0.0")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    verbose = project.docs_tools("hotfix", "--version", "1.0.0", "-v")
    assert "Building documentation" in verbose.err


def test_json_is_one_document_and_everything_else_goes_to_standard_error(
    project: TinyProject,
) -> None:
    result = project.docs_tools("-v", "publish", "--version", "1.0.0", "--json")
    assert result.json["version"] == "1.0.0"
    assert "Building documentation" in result.err


def test_build_without_strict_warns_and_goes_on(project: TinyProject) -> None:
    project.write("docs/page.md", "# Page\n\n[gone](gone.md)\n")
    assert project.docs_tools("build").status == 1
    result = project.docs_tools("build", "--no-strict")
    assert result.status == 0
    assert 'docs/page.md:3:8: the link "gone.md" leads nowhere' in result.err


def test_build_leaves_the_work_tree_as_it_is_and_builds_a_ref(project: TinyProject) -> None:
    project.git("tag", "old")
    project.write("docs/page.md", "# Page\n\nNew text.\n")
    project.commit("new")
    result = project.docs_tools("build", "--ref", "old", "-d", "site")
    assert result.status == 0, result.err
    assert "New text" not in (project.folder / "site/page.html").read_text()
    assert project.git("status", "--porcelain") == ""
