"""Names that a user of `docs_tools layers` gives, however they are spelled or reached."""

from pathlib import Path

import pytest

from tests.cli.test_layers import ARM, FILES, X86
from tests.layers.arns import arn
from tests.project import TinyProject

OLD, NEW = arn("eu-west-1", X86, 5), arn("eu-west-1", X86, 6)


@pytest.fixture
def project(tmp_path: Path) -> TinyProject:
    """A project without a repository: none is needed."""
    project = TinyProject(tmp_path / "project")
    for name, text in FILES.items():
        project.write(name, text)
    return project


@pytest.mark.parametrize("name", ["docs/[a].txt", "docs/a.txt "])
def test_a_file_is_kept_by_the_name_that_a_glob_finds_it_by(
    project: TinyProject, name: str
) -> None:
    project.write(name, OLD)

    kept = project.docs_tools("layers", "insert", name, "--keep", name)

    assert (kept.status, (project.folder / name).read_text()) == (0, OLD)
    assert project.docs_tools("layers", "insert", name).status == 0
    assert (project.folder / name).read_text() == NEW


def test_control_characters_of_a_name_never_reach_a_terminal(project: TinyProject) -> None:
    project.write("docs/\x1b[31mred\n.md", OLD)

    result = project.docs_tools("layers", "insert")

    assert result.status == 0, result.err
    assert result.out.splitlines()[0] == "docs/\\x1b[31mred\\n.md: 1 ARN, 5 -> 6"


def test_control_characters_of_the_data_file_never_reach_a_terminal(project: TinyProject) -> None:
    project.write("mkdocs.yml", FILES["mkdocs.yml"].replace("layers.yml", '"\\e[31m.yml"'))
    (project.folder / "layers.yml").rename(project.folder / "\x1b[31m.yml")
    names = [(region, name) for region in ("eu-west-1", "us-east-1") for name in (X86, ARM)]
    project.write("arns.txt", "\n".join(arn(*name, 7) for name in names))
    command = ("layers", "fetch", "--version", "3.2.0", "--from", "arns.txt")

    for told in ("wrote \\x1b[31m.yml", "\\x1b[31m.yml says so already"):
        result = project.docs_tools(*command)

        assert result.status == 0, result.err
        assert told in result.out.splitlines()
        assert "\x1b" not in result.out


def test_what_turns_text_round_in_a_version_never_reaches_a_terminal(project: TinyProject) -> None:
    layers, _, _ = FILES["layers.yml"].partition("releases:")
    noted = '[{version: "3\\u202e", layer: v3, number: 6}]'
    project.write("layers.yml", f"{layers}releases: {noted}\n")

    for command in ("insert", "insert", "check"):
        result = project.docs_tools("layers", command, "docs/index.md")
        assert result.status == 0, result.err
        assert result.out.isascii()
        assert "3\\u202e" in result.out


def test_a_number_that_is_right_is_nothing_to_do_however_it_is_written(
    project: TinyProject,
) -> None:
    text = NEW.replace(":6", ":06")
    project.write("docs/index.md", text)

    result = project.docs_tools("layers", "insert", "docs/index.md")

    assert result.out.splitlines()[-1] == "nothing to do: the numbers of 3.1.0 are in 1 ARN already"
    assert (project.folder / "docs/index.md").read_text() == text


@pytest.mark.parametrize("way", ["project", "link", "project/../link"])
def test_files_are_named_from_a_project_however_it_is_reached(
    project: TinyProject, way: str
) -> None:
    outside = TinyProject(project.folder.parent)
    (outside.folder / "link").symlink_to("project")
    command = ("-f", f"{way}/mkdocs.yml", "layers")

    checked = outside.docs_tools(*command, "check", "--json", f"{way}/docs/*")

    found = [problem["file"] for problem in checked.json["problems"]]
    assert list(dict.fromkeys(found)) == ["docs/all.md", "docs/index.md"]  # not docs/upgrade.md
    keep = ("--keep", f"{outside.folder}/{way}/docs/all.md")
    done = outside.docs_tools(*command, "insert", f"{way}/docs", *keep)
    assert done.out.splitlines()[0] == "docs/index.md: 1 ARN, 5 -> 6"
    assert "wrote 1 file with the numbers of 3.1.0" in done.out


def test_a_link_within_a_project_that_is_reached_by_one_is_told(project: TinyProject) -> None:
    outside = TinyProject(project.folder.parent)
    (outside.folder / "link").symlink_to("project")
    (project.folder / "docs/again").symlink_to("..")

    result = outside.docs_tools(
        "-f", "link/mkdocs.yml", "layers", "insert", "link/docs/again/docs/index.md"
    )

    assert result.status == 1
    assert "docs/again/docs/index.md: is a symbolic link, which is never followed" in result.err


@pytest.mark.parametrize("command", ["layers insert", "layers check", "check"])
def test_an_option_that_there_is_not_is_refused(project: TinyProject, command: str) -> None:
    project.write("mkdocs.yml", FILES["mkdocs.yml"].replace("keep:", "keeep:"))

    result = project.docs_tools(*command.split())

    assert result.status == 1
    assert "plugins: docs_tools/layers: keeep: is no option\n" in result.err
    assert "did you mean keep?" in result.err
    assert (project.folder / "docs/index.md").read_text() == FILES["docs/index.md"]


@pytest.mark.parametrize("version", ["latest", "dev", "next-3"])
def test_numbers_are_fetched_for_a_release_only(project: TinyProject, version: str) -> None:
    project.write("arns.txt", NEW)

    result = project.docs_tools("layers", "fetch", "--version", version, "--from", "arns.txt")

    assert (result.status, result.out) == (1, "")
    assert result.err.splitlines() == [
        f'error: "{version}" is no release',
        "    numbers belong to one release: give --version such as 2.20.0",
    ]
    assert (project.folder / "layers.yml").read_text() == FILES["layers.yml"]
