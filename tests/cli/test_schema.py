"""`docs_tools schema`: printed for a tool, written for an editor."""

from pathlib import Path

import pytest

from docs_tools.model.facts import DATA_FILES
from docs_tools.model.schema import make_schema
from tests.demo import ROOT
from tests.project import CONFIG, FILES, TinyProject

NAMES = list(DATA_FILES)


@pytest.fixture
def folder(tmp_path: Path) -> TinyProject:
    """A folder without a project: a schema needs none."""
    return TinyProject(tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_of_a_file_is_one_json_document(folder: TinyProject, name: str) -> None:
    result = folder.docs_tools("schema", name)

    assert (result.status, result.err) == (0, "")
    assert result.json == make_schema(DATA_FILES[name], f"{name}.yml")


def test_without_a_name_all_schemas_stand_in_one_document_by_their_names(
    folder: TinyProject,
) -> None:
    result = folder.docs_tools("schema")

    assert (result.status, result.err) == (0, "")
    assert list(result.json) == NAMES
    assert all(result.json[name]["title"] == f"{name}.yml" for name in NAMES)


def test_what_is_written_is_what_is_printed_and_only_what_is_out_of_date_is_written_again(
    folder: TinyProject,
) -> None:
    first = folder.docs_tools("schema", "-o", "data/schema")
    target = folder.folder / "data/schema"
    assert first.out.splitlines() == [f"wrote data/schema/{name}.json" for name in NAMES]
    assert sorted(path.name for path in target.iterdir()) == sorted(f"{n}.json" for n in NAMES)
    for name in NAMES:
        printed = folder.docs_tools("schema", name).out
        assert (target / f"{name}.json").read_text("utf-8") == printed

    before = (target / "labels.json").stat().st_ino
    (target / "release.json").write_text("{}\n")
    again = folder.docs_tools("schema", "--output", "data/schema")
    assert again.out == "wrote data/schema/release.json\n"
    assert (target / "labels.json").stat().st_ino == before
    assert folder.docs_tools("schema", "-o", "data/schema").out == "data/schema is up to date\n"


def test_a_named_schema_is_written_alone_and_quietly_where_that_is_wanted(
    folder: TinyProject,
) -> None:
    result = folder.docs_tools("-q", "schema", "layers", "-o", "out")

    assert (result.status, result.out, result.err) == (0, "", "")
    assert [path.name for path in (folder.folder / "out").iterdir()] == ["layers.json"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("lables", "did you mean labels?"),
        ("release.yml", "did you mean release?"),
        ("xyz", "there is: maintainers, labels, release, layers"),
        ("", "there is: maintainers, labels, release, layers"),
    ],
)
def test_an_unknown_name_is_wrong_usage_and_gets_the_nearest(
    folder: TinyProject, name: str, hint: str
) -> None:
    result = folder.docs_tools("schema", name, "-o", "out")

    assert (result.status, result.out) == (2, "")
    assert f'no data file is called "{name}": {hint}' in result.err
    assert not (folder.folder / "out").exists()


def test_a_folder_that_cannot_be_made_is_named(folder: TinyProject) -> None:
    folder.write("taken", "a file\n")

    inside = folder.docs_tools("schema", "-o", "taken/schema")
    assert (inside.status, inside.out) == (1, "")
    assert "taken/schema" in inside.err
    assert "Traceback" not in inside.err
    assert folder.docs_tools("schema", "-o", "taken").status == 2


def test_the_schemas_of_this_repository_are_up_to_date_and_nothing_else_is_beside_them(
    folder: TinyProject,
) -> None:
    folder.docs_tools("schema", "-o", "schema")
    wanted = {path.name: path.read_text("utf-8") for path in folder.folder.glob("schema/*")}
    committed = {path.name: path.read_text("utf-8") for path in ROOT.glob("docs/data/schema/*")}

    assert committed == wanted, "write them: docs_tools schema -o docs/data/schema"


@pytest.mark.parametrize("name", NAMES)
def test_a_data_file_of_this_repository_names_its_schema_first(name: str) -> None:
    first = (ROOT / f"docs/data/{name}.yml").read_text("utf-8").splitlines()[0]

    assert first == f"# yaml-language-server: $schema=schema/{name}.json"


def test_schemas_beside_the_data_stay_out_of_the_site_and_other_files_do_not(
    tmp_path: Path,
) -> None:
    files = {path.replace("facts/", "docs/data/"): text for path, text in FILES.items()}
    config = CONFIG.replace("docs_tools/handbook: {data: facts}", "docs_tools/handbook")
    project = TinyProject(tmp_path / "project").create({**files, "mkdocs.yml": config})
    project.write("docs/schema/labels.json", "{}\n")
    project.write("docs/data/schema/other.json", "{}\n")
    assert project.docs_tools("schema", "-o", "docs/data/schema").status == 0

    result = project.docs_tools("build")

    assert result.status == 0, result.err
    site = project.folder / "site"
    assert [path.name for path in (site / "data").rglob("*.*")] == ["other.json"]
    assert (site / "schema/labels.json").is_file()
