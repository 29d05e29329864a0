"""`docs_tools render`: plain Markdown files are filled in place, all of them or none."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.markdown.context import Context
from docs_tools.markdown.plain_files import fill_files, write_files
from docs_tools.model.facts import load_facts
from tests.demo import ROOT
from tests.project import FILES, TinyProject

PEOPLE = "<!-- docs_tools/maintainers -->"
END = "<!-- docs_tools/end -->"
TABLE = (
    "| Maintainer | GitHub ID | Affiliation |\n| --- | --- | --- |\n"
    "| Ann | [ann](https://github.com/ann) |  |"
)
STALE = f"# People\n\n{PEOPLE}\n\nMore.\n"
FRESH = f"# People\n\n{PEOPLE}\n\n{TABLE}\n\n{END}\n\nMore.\n"
BEN = "active:\n  - {name: Ben, github: ben}\n"


@pytest.fixture
def plain(tmp_path: Path) -> TinyProject:
    """A folder with data and a Markdown file, but without MkDocs and git."""
    project = TinyProject(tmp_path / "plain")
    project.write("docs/data/maintainers.yml", FILES["facts/maintainers.yml"])
    project.write("MAINTAINERS.md", STALE)
    return project


def read(project: TinyProject, file: str = "MAINTAINERS.md") -> str:
    return (project.folder / file).read_bytes().decode()


def listing(project: TinyProject) -> list[str]:
    return sorted(path.name for path in project.folder.iterdir())


def test_a_file_is_filled_once_and_then_up_to_date(plain: TinyProject) -> None:
    first = plain.docs_tools("render", "MAINTAINERS.md")
    assert (first.status, first.out, first.err) == (0, "filled: MAINTAINERS.md\n", "")
    assert read(plain) == FRESH
    assert listing(plain) == ["MAINTAINERS.md", "docs"]

    written = (plain.folder / "MAINTAINERS.md").stat()
    second = plain.docs_tools("render", "MAINTAINERS.md")
    assert (second.status, second.out) == (0, "up to date: MAINTAINERS.md\n")
    assert (plain.folder / "MAINTAINERS.md").stat() == written
    assert plain.docs_tools("-q", "render", "MAINTAINERS.md").out == ""


def test_a_change_of_the_data_reaches_the_file(plain: TinyProject) -> None:
    plain.docs_tools("render", "MAINTAINERS.md")
    plain.write("docs/data/maintainers.yml", BEN)

    assert plain.docs_tools("render", "MAINTAINERS.md").status == 0
    assert read(plain) == FRESH.replace("Ann", "Ben").replace("ann", "ben")


def test_check_fails_where_a_file_is_stale_and_writes_nothing(plain: TinyProject) -> None:
    plain.write("fresh.md", FRESH)
    stale = plain.docs_tools("render", "--check", "fresh.md", "MAINTAINERS.md")
    assert (stale.status, stale.out, stale.err) == (
        1,
        "up to date: fresh.md\n",
        "MAINTAINERS.md: is stale\nerror: 1 file is stale\n    run the same without --check\n",
    )
    assert read(plain) == STALE

    plain.docs_tools("render", "MAINTAINERS.md")
    assert plain.docs_tools("render", "--check", "fresh.md", "MAINTAINERS.md").status == 0


def test_check_shows_what_differs_when_it_is_verbose(plain: TinyProject) -> None:
    result = plain.docs_tools("render", "--check", "MAINTAINERS.md", "-v")

    assert result.status == 1
    assert "\n+| Ann | [ann](https://github.com/ann) |  |\n" in result.out


def test_json_lists_the_files_and_whether_they_change(plain: TinyProject) -> None:
    plain.write("fresh.md", FRESH)
    files = [{"file": "MAINTAINERS.md", "changed": True}, {"file": "fresh.md", "changed": False}]

    check = plain.docs_tools("render", "--check", "--json", "MAINTAINERS.md", "fresh.md")
    assert (check.status, check.json) == (1, {"files": files})
    assert read(plain) == STALE
    done = plain.docs_tools("render", "--json", "MAINTAINERS.md", "fresh.md")
    assert (done.status, done.json) == (0, {"files": files})
    assert read(plain) == FRESH


def test_every_problem_of_every_file_is_shown_and_no_file_is_written(plain: TinyProject) -> None:
    plain.write("wrong.md", f"{END}\n\n> See {PEOPLE}\n\n<!-- docs_tools/lables -->\n")
    (plain.folder / "binary.md").write_bytes(b"fine\nno\xff")

    result = plain.docs_tools("render", "MAINTAINERS.md", "wrong.md", "binary.md", "docs", "no.md")

    assert (result.status, result.out) == (1, "")
    assert result.err == (
        "wrong.md:1:1: this end has no directive before it\n"
        "    take it out, or put back the directive that it belongs to\n"
        "wrong.md:3:7: docs_tools/maintainers must stand on a line of its own\n"
        "    put the directive between blank lines\n"
        'wrong.md:5:1: no directive "docs_tools/lables"\n'
        "    did you mean docs_tools/labels?\n"
        "binary.md:2: not a text file in UTF-8\n"
        "    save it in UTF-8\n"
        "docs: is a folder\n"
        "    name the Markdown files in it\n"
        "no.md: there is no such file\n"
        "error: 6 problems: nothing is written\n"
    )
    assert read(plain) == STALE


def test_problems_of_the_data_are_shown_with_those_of_the_files(plain: TinyProject) -> None:
    plain.write("docs/data/labels.yml", "labels: []\nlabel: []\n")
    plain.write("labels.md", "<!-- docs_tools/labels -->\n\n<!-- docs_tools/x -->\n")

    result = plain.docs_tools("render", "labels.md", "MAINTAINERS.md")

    places = [line.split(": ")[0] for line in result.err.splitlines() if not line.startswith(" ")]
    assert places[-2:] == ["labels.md:3:1", "error"]
    assert places[0].startswith("docs/data/labels.yml:")
    assert "labels.md:1" not in result.err
    assert read(plain) == STALE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (STALE.replace("\n", "\r\n"), FRESH.replace("\n", "\r\n")),
        ("\ufeff" + STALE, "\ufeff" + FRESH),
        ("\ufeff" + PEOPLE, f"\ufeff{PEOPLE}\n\n{TABLE}\n\n{END}"),
        ("", ""),
        ("No directive,\r\n mixed\nends ", "No directive,\r\n mixed\nends "),
    ],
)
def test_bytes_outside_the_regions_stay(plain: TinyProject, before: str, after: str) -> None:
    file = plain.folder / "MAINTAINERS.md"
    file.write_bytes(before.encode())

    assert plain.docs_tools("render", "MAINTAINERS.md").status == 0
    assert read(plain) == after


def test_the_mode_of_a_file_stays_and_so_does_a_link(plain: TinyProject) -> None:
    target = plain.folder / "docs" / "people.md"
    target.write_text(STALE)
    target.chmod(0o640)
    link = plain.folder / "PEOPLE.md"
    link.symlink_to("docs/people.md")

    result = plain.docs_tools("render", "PEOPLE.md", "docs/people.md", "./PEOPLE.md")

    assert (result.status, result.out) == (0, "filled: PEOPLE.md\n")
    assert os.readlink(link) == "docs/people.md"  # noqa: PTH115
    assert target.read_text() == FRESH
    assert target.stat().st_mode & 0o777 == 0o640
    link.unlink()
    link.symlink_to("nowhere.md")
    assert plain.docs_tools("render", "PEOPLE.md").err.startswith("PEOPLE.md: there is no such")


def test_where_one_file_cannot_be_written_all_stay(
    plain: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.write("full/README.md", STALE)
    monkeypatch.chdir(plain.folder)
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.parent.name == "full":
            raise OSError(28, "No space left on device", str(self))
        return write(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    context = Context.of_newest(load_facts(Path("docs/data"), "docs/data"), plain=True)
    files = fill_files([Path("MAINTAINERS.md"), Path("full/README.md")], context)
    with pytest.raises(DocsToolsError) as caught:
        write_files(files)

    assert str(caught.value) == (
        "full/README.md: can't be written: No space left on device\n1 problem: nothing is written"
    )
    assert read(plain) == read(plain, "full/README.md") == STALE
    assert listing(plain) == ["MAINTAINERS.md", "docs", "full"]


def test_a_file_whose_name_leaves_no_room_for_a_longer_one_is_filled(plain: TinyProject) -> None:
    name = "m" * 247 + ".md"
    plain.write(name, STALE)

    result = plain.docs_tools("render", "MAINTAINERS.md", name)

    assert (result.status, result.err) == (0, "")
    assert read(plain) == read(plain, name) == FRESH


def test_the_data_of_the_project_is_used_and_a_folder_that_is_named_wins(
    project: TinyProject,
) -> None:
    project.write("docs/data/maintainers.yml", BEN)
    project.write("MAINTAINERS.md", STALE)
    project.write("mine/maintainers.yml", BEN.replace("Ben", "Cleo"))
    elsewhere = TinyProject(project.folder / "docs")
    config = str(project.folder / "mkdocs.yml")

    for shell, args, name in (
        (project, ["MAINTAINERS.md"], "Ann"),
        (elsewhere, ["-f", config, "../MAINTAINERS.md"], "Ann"),
        (elsewhere, ["../MAINTAINERS.md", "--data", "data"], "Ben"),
        (project, ["MAINTAINERS.md", "--data", str(project.folder / "mine")], "Cleo"),
    ):
        result = shell.docs_tools("render", *args)
        assert result.status == 0, result.err
        assert f"| {name} | " in read(project), args


def test_a_folder_without_data_says_which_file_is_wanted(plain: TinyProject) -> None:
    empty = TinyProject(plain.folder / "docs")
    missing = empty.docs_tools("render", "../MAINTAINERS.md")
    assert missing.err.startswith(
        "../MAINTAINERS.md:3:1: docs_tools/maintainers: there is no docs/data/maintainers.yml"
    )
    named = empty.docs_tools("render", "../MAINTAINERS.md", "--data", "nowhere")
    assert (named.status, named.err) == (
        1,
        "error: there is no folder nowhere\n    name it: --data FOLDER\n",
    )
    assert plain.docs_tools("render").status == 2
    assert plain.docs_tools("render", "-f", "no.yml", "MAINTAINERS.md").status == 1


def test_a_repository_without_mkdocs_does_not_load_it(plain: TinyProject) -> None:
    code = (
        "import sys; from docs_tools.cli import cli; "
        "cli(['render', 'MAINTAINERS.md'], standalone_mode=False); print(*sys.modules, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=plain.folder, capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()}
    assert "markdown_it" in loaded
    assert loaded.isdisjoint({"mkdocs", "mike", "boto3", "mermaidx", "material", "mkdocstrings"})
    assert read(plain) == FRESH


def test_the_maintainers_of_this_repository_are_up_to_date_and_their_links_lead_somewhere() -> None:
    result = TinyProject(ROOT).docs_tools("render", "--check", "MAINTAINERS.md")
    assert (result.status, result.out) == (0, "up to date: MAINTAINERS.md\n"), result.err
    targets = re.findall(r"\]\((?!https:)([^)#]+)", (ROOT / "MAINTAINERS.md").read_text())
    assert len(targets) >= 4
    assert [target for target in targets if not (ROOT / target).is_file()] == []
