"""What a version is built from: the ref's own files, and nothing uncommitted unnoticed."""

import json
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs_tools.build import find_project
from tests.project import ARN, BIN, CONFIG, TinyProject

SNIPPETS = "markdown_extensions: [tables, pymdownx.snippets]\n"


def test_a_ref_is_built_with_its_own_snippets(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG + SNIPPETS)
    project.write("shared/note.md", "The old note.\n")
    project.write("docs/page.md", '# Page\n\n--8<-- "shared/note.md"\n')
    project.commit("old")
    project.git("tag", "v1.0.0")
    project.write("shared/note.md", "The new note.\n")
    project.commit("new")
    result = project.docs_tools("publish", "--version", "1.0.0", "--ref", "v1.0.0")
    assert result.status == 0, result.err
    assert "The old note." in project.published("1.0.0/page.html")


def test_a_project_is_built_the_same_from_another_folder(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG + SNIPPETS)
    project.write("shared/note.md", "The note.\n")
    project.write("docs/page.md", '# Page\n\n--8<-- "shared/note.md"\n')
    project.commit("snippet")
    elsewhere = TinyProject(project.folder.parent, project.env)
    config = str(project.folder / "mkdocs.yml")
    result = elsewhere.docs_tools("publish", "-f", config, "--version", "1.0.0")
    assert result.status == 0, result.err
    assert "The note." in project.published("1.0.0/page.html")


def test_env_finds_the_version_as_with_mike(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG.replace("Tiny", "!ENV [MIKE_DOCS_VERSION, none]"))
    project.commit("env")
    assert project.docs_tools("publish", "--version", "1.0.0").status == 0
    assert "<title>1.0.0</title>" in project.published("1.0.0/index.html")


def test_a_handbook_alone_shows_the_numbers_of_the_version(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG.replace("  - docs_tools/layers\n", ""))
    project.commit("no layers plugin")
    result = project.docs_tools("publish", "--version", "1.0.0", "--json")
    assert result.status == 0, result.err
    assert f"{ARN}:10" in project.published("1.0.0/page.html")
    assert {arn["arn"] for arn in result.json["arns"]["inserted"]} == {f"{ARN}:10"}
    deployed = project.try_mike("deploy", "1.0.0")
    assert deployed.status == 0, deployed.err
    assert f"{ARN}:10" in project.published("1.0.0/page.html")


@pytest.mark.parametrize(
    ("files", "changed"),
    [
        ({"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": CONFIG}, "base.yml"),
        ({"mkdocs.yml": CONFIG + SNIPPETS, "shared/a.md": "a"}, "shared/a.md"),
        ({"mkdocs.yml": CONFIG + "hooks: [hook.py]\n", "hook.py": ""}, "hook.py"),
        (
            {
                "mkdocs.yml": CONFIG.replace(
                    "docs_tools/layers", "docs_tools/layers: {data: other/layers.yml}"
                ),
                "other/layers.yml": "layers: []\n",
                "docs/page.md": "# Page\n",
            },
            "facts/maintainers.yml",
        ),
        (
            {
                "mkdocs.yml": CONFIG + "  - mkdocstrings: {handlers: {python: {paths: [lib]}}}\n",
                "lib/more.py": '"""More."""\n',
            },
            "lib/more.py",
        ),
        (
            {
                "mkdocs.yml": CONFIG.replace("{name: mkdocs}", "{name: mkdocs, custom_dir: over}"),
                "over/x.html": "x",
            },
            "over/x.html",
        ),
    ],
    ids=["inherited", "snippet", "hook", "data of the handbook", "handler path", "override"],
)
def test_an_uncommitted_input_is_noticed(
    project: TinyProject, files: Mapping[str, str], changed: str
) -> None:
    for path, text in files.items():
        project.write(path, text)
    project.commit("files")
    with (project.folder / changed).open("a") as file:
        file.write("\n# changed\n")
    result = project.docs_tools("publish", "--version", "1.0.0")
    assert result.status == 1
    assert f"{changed}: changed since the commit" in result.err


def test_a_page_that_git_ignores_is_built_with_a_note(project: TinyProject) -> None:
    project.write(".gitignore", "docs/draft.md\n")
    project.commit("ignored")
    project.write("docs/draft.md", "# Draft\n")
    result = project.docs_tools("publish", "--version", "1.0.0")
    assert result.status == 0, result.err
    assert "note: git ignores what was built" in result.out
    assert "docs/draft.md" in result.out


def test_layers_from_a_file_leave_the_data_its_say_and_name_what_they_lack(
    project: TinyProject,
) -> None:
    other = ARN.replace("eu-west-1", "us-east-1")
    project.write("arns.txt", f"{other}:5\n")
    args = ["publish", "--version", "1.0.0", "--layers", "arns.txt"]
    result = project.docs_tools(*args)
    assert result.status == 0, result.err
    assert f"{ARN}:10" in project.published("1.0.0/index.html")
    assert f"{other}:5" in project.published("1.0.0/page.html")
    note = "note: arns.txt has no number for 1 of the layers: they keep that of facts/layers.yml"
    assert f"{note}, such as {ARN}:10" in result.out


def test_what_a_plugin_prints_stays_out_of_the_json(project: TinyProject) -> None:
    project.write("hook.py", "def on_config(config):\n    print('hello')\n")
    project.write("mkdocs.yml", CONFIG + "hooks: [hook.py]\n")
    project.commit("hook")
    result = project.docs_tools("publish", "--version", "1.0.0", "--json")
    assert result.json["version"] == "1.0.0"
    assert "hello" in result.err


def test_pages_beside_the_data_are_published_and_data_is_not(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG.replace("{data: facts}", "{data: docs}"))
    (project.folder / "facts/layers.yml").rename(project.folder / "docs/layers.yml")
    (project.folder / "facts/maintainers.yml").rename(project.folder / "docs/maintainers.yml")
    project.write("docs/table.csv", "a,b\n")
    project.commit("moved")
    assert project.docs_tools("publish", "--version", "1.0.0").status == 0
    published = project.tree("1.0.0")
    assert {"1.0.0/index.html", "1.0.0/table.csv"} <= published.keys()
    assert not [path for path in published if path.endswith(".yml")]


@pytest.mark.parametrize("alias", [".", "..", "a/b", ".git", "versions.json", "", "a\nb"])
def test_an_alias_on_the_branch_that_is_no_name_is_never_a_path(
    project: TinyProject, alias: str
) -> None:

    project.docs_tools("publish", "--version", "1.0.0", "latest")
    project.git("checkout", "--quiet", "gh-pages")
    entries = [{"version": "1.0.0", "title": "1.0.0", "aliases": [alias]}]
    project.write("versions.json", json.dumps(entries))
    project.commit("by hand")
    project.git("checkout", "--quiet", "main")
    before = project.git("rev-parse", "gh-pages")
    result = project.docs_tools("hotfix", "--version", "1.0.0")
    assert result.status == 1
    assert "gh-pages:versions.json:1:53: [0].aliases[0]: " in result.err
    assert project.git("rev-parse", "gh-pages") == before


def test_a_linked_configuration_belongs_to_the_folder_that_it_is_linked_from(
    project: TinyProject,
) -> None:
    config = project.folder / "mkdocs.yml"
    (project.folder / "conf").mkdir()
    config.rename(project.folder / "conf" / "mkdocs.yml")
    config.symlink_to("conf/mkdocs.yml")
    project.commit("linked")
    assert project.docs_tools("publish", "--version", "1.0.0").status == 0
    with (project.folder / "conf/mkdocs.yml").open("a") as file:
        file.write("# changed\n")
    result = project.docs_tools("publish", "--version", "1.0.0")
    assert "conf/mkdocs.yml: changed since the commit" in result.err


def test_a_ref_with_docs_in_a_submodule_is_built_with_them(project: TinyProject) -> None:
    allowed = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow",
               "GIT_CONFIG_VALUE_0": "always"}  # fmt: skip
    project.env.update(allowed)
    pages = TinyProject(project.folder.parent / "elsewhere" / "pages", project.env)
    pages.create({"more.md": "# From the submodule\n"})
    project.git("submodule", "--quiet", "add", str(pages.folder), "docs/sub")
    project.commit("submodule")
    result = project.docs_tools("publish", "--version", "1.0.0", "--ref", "HEAD")
    assert result.status == 0, result.err
    assert "From the submodule" in project.published("1.0.0/sub/more.html")
    assert project.git("worktree", "list").count("\n") == 0


_PATIENCE = 120  # seconds, also where many processes start at once; a build goes on for longer


@pytest.fixture
def temporary(project: TinyProject) -> Path:
    """Where a run of `_start_build` puts what it needs for a moment."""
    folder = project.folder.parent / "tmp"
    folder.mkdir()
    return folder


def _start_build(project: TinyProject, hook: str, temporary: Path) -> subprocess.Popen[str]:
    """Begins to build a commit, in a work tree of its own, with a hook."""
    project.write("hook.py", hook)
    project.write("mkdocs.yml", CONFIG + "hooks: [hook.py]\n")
    project.commit("a hook")
    return subprocess.Popen(
        [BIN / "docs_tools", "build", "--ref", "HEAD", "-d", "site"],
        cwd=project.folder,
        env={**project.environment, "TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_command_that_is_ended_leaves_no_work_tree(project: TinyProject, temporary: Path) -> None:
    hook = "import time\n\ndef on_pre_build(**kwargs):\n    time.sleep(600)\n"
    process = _start_build(project, hook, temporary)
    deadline = time.monotonic() + _PATIENCE
    while not list(temporary.glob("docs_tools-*/tree/hook.py")):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    process.terminate()
    process.communicate(timeout=_PATIENCE)
    assert process.returncode == 143
    assert list(temporary.iterdir()) == []
    assert project.git("worktree", "list").count("\n") == 0


def test_a_command_that_is_ended_where_python_drops_exceptions_ends_all_the_same(
    project: TinyProject, temporary: Path
) -> None:
    hook = (
        "import os, signal, time\n\nclass Object:\n    def __del__(self):\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n        time.sleep(0.01)\n\n"
        "def on_pre_build(**kwargs):\n    Object()\n    time.sleep(600)\n"
    )
    process = _start_build(project, hook, temporary)
    _, told = process.communicate(timeout=_PATIENCE)
    assert process.returncode == 143
    assert "Exception ignored" not in told
    assert list(temporary.iterdir()) == []


def test_a_folder_of_git_in_the_site_does_not_make_a_commit_each_time(
    project: TinyProject,
) -> None:
    hook = (
        "from pathlib import Path\n\ndef on_post_build(config, **kwargs):\n"
        "    folder = Path(config.site_dir) / '.git'\n    folder.mkdir()\n"
        "    (folder / 'x').write_text('x')\n"
    )
    project.write("hook.py", hook)
    project.write("mkdocs.yml", CONFIG + "hooks: [hook.py]\n")
    project.commit("hook")
    assert project.docs_tools("publish", "--version", "1.0.0").status == 0
    assert "nothing changed" in project.docs_tools("hotfix", "--version", "1.0.0").out


@pytest.mark.parametrize(
    "content",
    [
        b"INHERIT: base.yml\nsite_name: x\n",
        rb'{"\x49NHERIT": base.yml, site_name: x}',
        "INHERIT: base.yml\nsite_name: x\n".encode("utf-16"),
    ],
    ids=["plain", "escaped", "UTF-16"],
)
def test_what_a_configuration_inherits_is_found_however_it_is_written(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(content)
    (tmp_path / "base.yml").write_text("INHERIT: top.yml\n")
    (tmp_path / "top.yml").write_text("site_author: Ann\n")
    project = find_project(None, tmp_path)
    assert project.parents == (tmp_path / "base.yml", tmp_path / "top.yml")
