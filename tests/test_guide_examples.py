"""The user guide's console examples, replayed in order in the project that the guide describes."""

import re
from pathlib import Path

import pytest

from tests.demo import ROOT
from tests.project import TinyProject

GUIDE = ROOT / "docs" / "user-guide"
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def fences(page: str) -> list[tuple[str, str, str]]:
    """Language, title and text of each fence of a page."""
    return FENCE.findall((GUIDE / page).read_text("utf-8"))


@pytest.fixture
def toolbox(tmp_path: Path) -> TinyProject:
    """The project of the page "Getting started", tagged and with a remote."""
    files = {title: text for _, title, text in fences("index.md") if title}
    assert {"mkdocs.yml", "docs/index.md", "docs/data/layers.yml"} <= files.keys()
    project = TinyProject(tmp_path / "toolbox").create({**files, ".gitignore": "site/\n"})
    project.git("tag", "v1.0.0")
    return project


def mask(text: str, project: TinyProject) -> str:
    """The text without what differs from run to run: hashes, the folder, the theme's files."""
    text = text.replace(str(project.folder), "/home/ada/toolbox")
    text = re.sub(r"\b(?:[0-9a-f]{40}|[0-9a-f]{9})\b", "HASH", text)
    return re.sub(r"other files: \d+", "other files: N", text)


def replay(page: str, project: TinyProject) -> int:
    """Runs each console block of a page and compares what it prints; returns how many ran."""
    count = 0
    for language, title, text in fences(page):
        if language == "console":
            command, _, wanted = text.partition("\n")
            words = command.removeprefix("$ ").split()
            assert words[0] == "docs_tools", command
            before(page, count, project)
            result = project.docs_tools(*words[1:])
            assert mask(result.err + result.out, project) == mask(wanted, project), command
            count += 1
        elif title.endswith(" afterwards"):
            assert (project.folder / title.removesuffix(" afterwards")).read_text() == text
        elif page in ("hotfix.md", "plain-files.md", "checking.md", "editor.md") and title:
            project.write(title, text)
    return count


def before(page: str, number: int, project: TinyProject) -> None:
    """What the prose between the blocks says that the reader does."""
    index = project.folder / "docs/index.md"
    if (page, number) == ("hotfix.md", 0):
        index.write_text(index.read_text() + "\nMended.\n")
        layers = project.folder / "docs/data/layers.yml"
        layers.write_text(layers.read_text().replace("number: 8", "number: 9"))
        project.commit("mended")
    elif (page, number) == ("hotfix.md", 4):
        index.write_text(index.read_text() + "\nNot committed.\n")
        project.write("docs/new.md", "# New\n")
    elif (page, number) == ("hotfix.md", 5):
        project.git("checkout", "--", "docs/index.md")
        (project.folder / "docs/new.md").unlink()


def test_every_example_prints_what_the_guide_says(toolbox: TinyProject) -> None:
    counts = [replay(page, toolbox) for page in ("index.md", "publishing.md", "hotfix.md")]
    assert all(counts)
    assert sum(counts) >= 13


def test_a_check_finds_what_the_guide_says(toolbox: TinyProject) -> None:
    assert replay("checking.md", toolbox) == 3


def test_the_file_outside_the_site_is_filled_as_the_guide_says(toolbox: TinyProject) -> None:
    assert replay("plain-files.md", toolbox) == 3


def test_schemas_are_written_and_a_check_sees_more_as_the_guide_says(toolbox: TinyProject) -> None:
    assert replay("editor.md", toolbox) == 4
