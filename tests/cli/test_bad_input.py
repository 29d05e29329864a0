"""Every kind of bad input, with the exit status and the message it gets."""

import sys
from pathlib import Path

import pytest

from tests.project import ARN, BIN, TinyProject


@pytest.mark.parametrize("verb", ["publish", "hotfix"])
@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("../x", 'not a version: "../x"; a name may not be ".", ".." or hold a slash'),
        ("a/b", 'not a version: "a/b"; a name may not be ".", ".." or hold a slash'),
        ("..", 'not a version: ".."'),
        ("-x", 'not a version: "-x"; a name may not start with "-"'),
        ("", "the version is empty"),
        ("a\nb", "not a version: 'a\\nb'; a name holds no control character"),
        ("versions.json", "has a meaning of its own"),
    ],
)
def test_a_malformed_version_is_wrong_usage(
    project: TinyProject, verb: str, version: str, message: str
) -> None:
    result = project.docs_tools(verb, "--version", version)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_an_unknown_version_gets_the_list_and_the_command_that_fits(project: TinyProject) -> None:
    project.docs_tools("publish", "--version", "1.0.0", "latest")
    result = project.docs_tools("hotfix", "--version", "1.0.1")
    assert result.status == 1
    assert result.err == (
        "1.0.0 (latest)\n"
        'error: "1.0.1" is not published on gh-pages, which has the 1 above\n'
        "    to publish it: docs_tools publish --version 1.0.1\n"
    )


def test_an_alias_is_not_a_version_to_hotfix(project: TinyProject) -> None:
    project.docs_tools("publish", "--version", "1.0.0", "latest")
    result = project.docs_tools("hotfix", "--version", "latest")
    assert result.status == 1
    assert '"latest" is an alias, not a version' in result.err
    assert "docs_tools hotfix --version 1.0.0" in result.err


def test_an_alias_that_is_a_version_is_refused(project: TinyProject) -> None:
    project.docs_tools("publish", "--version", "1.0.0")
    taken = project.docs_tools("publish", "--version", "2.0.0", "1.0.0")
    assert (taken.status, '"1.0.0" is a version already' in taken.err) == (1, True)
    itself = project.docs_tools("publish", "--version", "2.0.0", "2.0.0")
    assert (itself.status, '"2.0.0" can\'t be an alias of itself' in itself.err) == (2, True)
    malformed = project.docs_tools("publish", "--version", "2.0.0", "a/b")
    assert (malformed.status, 'not an alias: "a/b"' in malformed.err) == (2, True)


@pytest.mark.parametrize("ref", ["--upload-pack=x", "a..b", "a b", "HEAD:docs", ""])
def test_a_malformed_ref_is_wrong_usage(project: TinyProject, ref: str) -> None:
    result = project.docs_tools("publish", "--version", "1.0.0", f"--ref={ref}")
    assert result.status == 2
    assert f"not a ref: {ref!r}" in result.err


def test_an_unknown_ref_fails(project: TinyProject) -> None:
    result = project.docs_tools("publish", "--version", "1.0.0", "--ref", "v9")
    assert result.status == 1
    assert 'there is no tag, branch or commit "v9"' in result.err


def test_a_folder_without_a_configuration_fails(project: TinyProject, tmp_path: Path) -> None:
    empty = TinyProject(tmp_path)
    for verb in (["hotfix", "--version", "1"], ["versions", "list"], ["build"], ["serve"]):
        result = empty.docs_tools(*verb)
        assert result.status == 1
        assert f"there is no mkdocs.yml in {tmp_path}" in result.err
        assert "-f PATH/mkdocs.yml" in result.err
    named = empty.docs_tools("versions", "list", "-f", "gone.yml")
    assert (named.status, "there is no gone.yml" in named.err) == (1, True)


def test_a_project_outside_git_fails(tmp_path: Path) -> None:
    folder = TinyProject(tmp_path)
    folder.write("mkdocs.yml", "site_name: x\ntheme: {name: mkdocs}\n")
    folder.write("docs/index.md", "# x\n")
    result = folder.docs_tools("hotfix", "--version", "1.0.0")
    assert result.status == 1
    assert f"{tmp_path} is not in a git repository" in result.err
    assert folder.docs_tools("build", "-d", str(tmp_path / "site")).status == 0


def test_a_clone_of_a_remote_without_the_branch_has_nothing_published(
    project: TinyProject, tmp_path: Path
) -> None:
    clone = project.clone(tmp_path / "clone")
    result = clone.docs_tools("hotfix", "--version", "1.0.0")
    assert result.status == 1
    assert '"1.0.0" is not published on gh-pages: nothing is' in result.err
    assert "docs_tools publish --version 1.0.0" in result.err


def test_a_bare_repository_has_no_work_tree(project: TinyProject) -> None:
    project.git("push", "--quiet", "origin", "main")
    bare = TinyProject(project.remote)
    assert "there is no mkdocs.yml" in bare.docs_tools("hotfix", "--version", "1").err
    (project.remote / "mkdocs.yml").write_text("site_name: x\ntheme: {name: mkdocs}\n")
    (project.remote / "docs").mkdir()
    result = bare.docs_tools("hotfix", "--version", "1")
    assert result.status == 1
    assert "remote.git is a bare repository: it has no files to build from" in result.err


def test_a_malformed_arn_is_named_with_its_line(project: TinyProject) -> None:
    project.docs_tools("publish", "--version", "1.0.0")
    project.write("arns.txt", f"{ARN}:1\n\n  arn:aws:lambda:eu-west-1:123:layer:Tiny:2\n")
    result = project.docs_tools("hotfix", "--version", "1.0.0", "--layers", "arns.txt")
    assert result.status == 1
    assert result.err.startswith(
        'arns.txt:3:3: not a 12-digit account: "123" in "arn:aws:lambda:eu-west-1:123:layer:Tiny:2"'
    )


def test_layers_that_are_not_there_fail(project: TinyProject) -> None:
    project.docs_tools("publish", "--version", "1.0.0")
    result = project.docs_tools("hotfix", "--version", "1.0.0", "--layers", "gone")
    assert (result.status, "there is no gone to read layer ARNs from" in result.err) == (1, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("active:\n\t- {name: Ann, github: ann}\n", ":2:1: a tab in the indentation"),
        ("", ":1:1: the file is empty, not a mapping"),
        ("- {name: Ann, github: ann}\n", ":1:1: the file is a list, not a mapping"),
    ],
    ids=["tab", "empty", "list"],
)
def test_a_broken_data_file_is_named_with_its_place(
    project: TinyProject, text: str, message: str
) -> None:
    project.docs_tools("publish", "--version", "1.0.0")
    before = project.git("rev-parse", "gh-pages")
    project.write("facts/maintainers.yml", text)
    project.write("facts/layers.yml", "layers: 1\n")
    project.commit("broken")
    result = project.docs_tools("hotfix", "--version", "1.0.0")
    assert result.status == 1
    assert f"facts/maintainers.yml{message}" in result.err
    assert "facts/layers.yml:1:1: layers: must be a list" in result.err
    assert project.git("rev-parse", "gh-pages") == before


def test_an_option_that_is_missing_is_wrong_usage(project: TinyProject) -> None:
    result = project.docs_tools("hotfix")
    assert result.status == 2
    assert "--version" in result.err


def test_a_hook_that_breaks_is_named_with_its_line(project: TinyProject) -> None:
    project.write("docs/hook.py", "def on_env(env, **kwargs):\n    raise ZeroDivisionError('x')\n")
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text() + "hooks: [docs/hook.py]\n")
    result = project.docs_tools("build")
    assert result.status == 1
    assert result.err.startswith("docs/hook.py:2: ZeroDivisionError: x\n")
    assert "Traceback" not in result.err
    assert "Traceback" in project.docs_tools("build", "-v").err


def test_a_bug_exits_3_with_a_traceback_and_where_to_report_it(project: TinyProject) -> None:
    code = (
        "import sys, docs_tools.cli, docs_tools.cli.project as p\n"
        "p.show_log = None\n"
        "sys.argv = ['docs_tools', 'versions', 'list']\n"
        "docs_tools.cli.main()\n"
    )
    result = project.run(sys.executable, "-c", code)
    assert result.status == 3
    assert "Traceback" in result.err
    assert "This is a bug in docs_tools" in result.err


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("plugins: 5\n", "plugins: must be a list of plugins"),
        ("plugins: [{search: [a]}]\n", "plugins: search: its options must be a mapping"),
        ("plugins: [5]\n", "plugins: 5 is not a plugin's name"),
        ("INHERIT: mkdocs.yml\n", "inherits from itself"),
        ("remote_branch: a..b\n", 'remote_branch: "a..b" is no name for a branch'),
        ("plugins: [docs_tools/api: {packages: [tiny], path: ''}]\n", "is no folder of the site"),
        ("plugins: [docs_tools/api: {packages: [tiny], path: ../x}]\n", "is no folder of the site"),
        (
            "plugins: [mkdocstrings: {enabled: false}, docs_tools/api: {packages: [tiny]}]\n",
            "docs_tools/api needs mkdocstrings, which is switched off",
        ),
    ],
)
def test_a_configuration_that_cannot_be_is_refused_without_a_traceback(
    project: TinyProject, config: str, message: str
) -> None:
    project.write("mkdocs.yml", "site_name: x\ntheme: {name: mkdocs}\n" + config)
    project.write("docs/index.md", "# x\n")
    project.write("docs/page.md", "# x\n")
    project.commit("config")
    result = project.docs_tools("publish", "--version", "1.0.0")
    assert result.status == 1, result.out
    assert message in result.err
    assert "Traceback" not in result.err


def test_a_site_is_never_built_over_the_project(project: TinyProject) -> None:
    for folder in (".", "docs", "docs/site", ".."):
        for ref in ([], ["--ref", "HEAD"]):
            result = project.docs_tools("build", "-d", folder, *ref)
            assert result.status == 1
            assert "name another --site-dir" in result.err
    assert project.git("status", "--porcelain") == ""


def test_a_name_that_is_too_long_for_a_file_is_an_error_of_the_user(project: TinyProject) -> None:
    result = project.docs_tools("publish", "--version", "1.0.0", "--layers", "x" * 300)
    assert result.status == 1
    assert "File name too long" in result.err


def test_a_page_that_is_not_utf_8_is_named(project: TinyProject) -> None:
    (project.folder / "docs/page.md").write_bytes(b"# Caf\xe9\n")
    result = project.docs_tools("build")
    assert result.status == 1
    assert "page.md" in result.err
    assert "Traceback" not in result.err


def test_a_source_that_is_not_python_is_named_with_its_line(project: TinyProject) -> None:
    project.write("tiny/core.py", "x = 1\ndef run(:\n")

    for verb in ("build", "check"):
        result = project.docs_tools(verb)
        assert result.status == 1
        assert "tiny/core.py:2:9: not Python: invalid syntax\n" in result.err


def test_what_is_said_beside_ours_is_counted(project: TinyProject) -> None:
    project.write("docs/page.md", "[a](nope.md)\n\n<!-- docs_tools/labelz -->\n")

    result = project.docs_tools("build")

    assert result.err.endswith("error: 1 problem in the pages, 1 other problem\n")


def test_a_character_that_the_console_lacks_is_no_bug(project: TinyProject) -> None:
    project.write("docs/page.md", "[a](→.md)\n")

    command = (str(BIN / "docs_tools"), "check", "--format", "github")
    result = project.run(*command, env={"PYTHONIOENCODING": "cp1252"})

    assert result.status == 1
    assert r"\u2192" in result.out
