"""`docs_tools layers list`, `insert` and `check`, as a user runs them."""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.forkserver import CHANGES, KILLED_BEFORE
from tests.layers.arns import ACCOUNT, arn
from tests.project import TinyProject

CONFIG = """\
site_name: Tiny
plugins:
  - docs_tools/layers:
      data: layers.yml
      insert: [docs/**, examples/**]
      keep: [docs/upgrade.md]
      complete: [docs/all.md]
"""
LAYERS = f"""\
layers:
  - id: v3
    name: V3-{{runtime}}-{{architecture}}
    account: "{ACCOUNT}"
    architectures: [x86_64, arm64]
    runtimes: {{python3.12: python312}}
    regions: [eu-west-1, us-east-1]
  - id: govcloud
    name: V3-{{runtime}}-{{architecture}}
    account: "165093116878"
    architectures: [x86_64]
    runtimes: {{python3.12: python312}}
    regions: [us-gov-west-1]
releases:
  - {{version: "3.1.0", layer: v3, number: 6}}
  - version: "3.0.0"
    layer: v3
    number: 5
    exceptions: [{{regions: [us-east-1], number: 4}}]
  - {{version: "3.0.0", layer: govcloud, number: 2}}
"""
X86, ARM = "V3-python312-x86_64", "V3-python312-arm64"
ALL = "".join(
    f"| {arn(region, name, 5)} |\n" for name in (X86, ARM) for region in ("eu-west-1", "us-east-1")
)
ANYWHERE = f"arn:aws:lambda:${{AWS::Region}}:{ACCOUNT}:layer:{X86}"
FILES = {
    "mkdocs.yml": CONFIG,
    "layers.yml": LAYERS,
    "docs/index.md": f"# Tiny\n\n`{arn('eu-west-1', X86, 5)}`{{: .copyMe}}\n",
    "docs/all.md": ALL,
    "docs/upgrade.md": arn("eu-west-1", X86, 1),
    "examples/template.yaml": f"Layers:\n  - !Sub {ANYWHERE}:5\n",
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    return TinyProject(tmp_path_factory.mktemp("original") / "project").create(FILES)


@pytest.fixture
def project(original: TinyProject, tmp_path: Path) -> TinyProject:
    return original.copy(tmp_path)


def read(project: TinyProject) -> dict[str, str]:
    """The files that may change."""
    files = [path for top in ("docs", "examples") for path in (project.folder / top).rglob("*")]
    return {
        path.relative_to(project.folder).as_posix(): path.read_bytes().decode("latin-1")
        for path in files
        if path.is_file()
    }


NUMBERED = {
    "docs/index.md": FILES["docs/index.md"].replace(":5`", ":6`"),
    "docs/all.md": ALL.replace(":5 ", ":6 "),
    "docs/upgrade.md": FILES["docs/upgrade.md"],
    "examples/template.yaml": FILES["examples/template.yaml"].replace(":5\n", ":6\n"),
}


def test_list_shows_the_newest_release_as_a_table(project: TinyProject) -> None:
    result = project.docs_tools("layers", "list")

    assert result.status == 0, result.err
    head, *rows = result.out.splitlines()
    assert head.split() == ["RUNTIME", "ARCHITECTURE", "REGION", "ARN"]
    assert rows[0].split() == ["python3.12", "x86_64", "eu-west-1", arn("eu-west-1", X86, 6)]
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("options", "arns"),
    [
        ("--region us-gov-west-1 --version 3.0.0", [arn("us-gov-west-1", X86, 2)]),
        ("--architecture arm64 --region us-east-1 --region eu-west-1",
         [arn("eu-west-1", ARM, 6), arn("us-east-1", ARM, 6)]),
        ("--runtime python3.12 --region us-east-1 --version 3.0.0",
         [arn("us-east-1", ARM, 4), arn("us-east-1", X86, 4)]),
    ],
)  # fmt: skip
def test_list_filters_and_is_for_machines_too(
    project: TinyProject, options: str, arns: list[str]
) -> None:
    for arn_ in arns:
        assert arn_ in project.docs_tools("layers", "list", *options.split()).out
    document = project.docs_tools("layers", "list", "--json", *options.split()).json
    assert sorted(layer["arn"] for layer in document["layers"]) == sorted(arns)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--region eu-west-9", ["no region \"eu-west-9\"", "did you mean eu-west-1?"]),
        ("--region us-gov-west-1",
         ['the release has no region "us-gov-west-1"', "it has 3.0.0: --version 3.0.0"]),
        ("--runtime go", ['the release has no runtime "go"', "there is: python3.12"]),
        ("--architecture arm", ['the release has no architecture "arm"', "arm64"]),
        ("--version 9", ['layers.yml has no numbers for "9"', "it has: 3.1.0, 3.0.0"]),
        ("--version 3.0.0 --region us-gov-west-1 --architecture arm64",
         ["the release has no layer of all that together"]),
    ],
)  # fmt: skip
def test_list_says_what_there_is_instead(
    project: TinyProject, options: str, told: list[str]
) -> None:
    result = project.docs_tools("layers", "list", *options.split())

    assert (result.status, result.out) == (1, "")
    assert all(part in result.err.replace('"', "") for part in (t.replace('"', "") for t in told))


def test_insert_puts_the_newest_release_into_the_files_of_the_plugin(project: TinyProject) -> None:
    result = project.docs_tools("layers", "insert")

    assert result.status == 0, result.err
    assert read(project) == NUMBERED
    assert result.out.splitlines() == [
        "docs/all.md: 4 ARNs, 5 -> 6",
        "docs/index.md: 1 ARN, 5 -> 6",
        "examples/template.yaml: 1 ARN, 5 -> 6",
        "  note: govcloud in us-gov-west-1 (aws-us-gov) lags: it has 3.0.0 (number 2), not 3.1.0",
        "wrote 3 files with the numbers of 3.1.0",
    ]
    again = project.docs_tools("layers", "insert")
    assert again.out.splitlines()[-1] == "nothing to do: the numbers of 3.1.0 are in 6 ARNs already"
    assert read(project) == NUMBERED


def test_a_dry_run_tells_the_same_and_writes_nothing(project: TinyProject) -> None:
    before = read(project)

    result = project.docs_tools("layers", "insert", "--dry-run", "--json")

    assert result.status == 0, result.err
    assert {file["file"]: file["changed"] for file in result.json["files"]} == {
        "docs/all.md": True, "docs/index.md": True, "examples/template.yaml": True,
    }  # fmt: skip
    assert result.json["files"][1]["arns"] == [{"arn": arn("eu-west-1", X86, 6), "before": 5}]
    assert read(project) == before
    told = project.docs_tools("layers", "insert", "--dry-run").out.splitlines()
    assert told[-1] == "would write 3 files with the numbers of 3.1.0"


def test_insert_works_from_a_folder_of_the_project_on_what_it_is_told(project: TinyProject) -> None:
    inside = TinyProject(project.folder / "docs", project.env)

    result = inside.docs_tools("layers", "insert", "*.md", "--keep", "all*", "-f", "../mkdocs.yml")

    assert result.status == 0, result.err
    found = read(project)
    assert found["docs/index.md"] == NUMBERED["docs/index.md"]
    assert found["docs/all.md"] == ALL
    assert found["docs/upgrade.md"] == FILES["docs/upgrade.md"]


def test_insert_takes_the_numbers_of_a_file(project: TinyProject) -> None:
    arns = [arn(region, name, 8) for region in ("eu-west-1", "us-east-1") for name in (X86, ARM)]
    project.write("arns.txt", "\n".join(arns) + "\n")

    result = project.docs_tools("layers", "insert", "--from", "arns.txt", "docs/index.md")

    assert result.status == 0, result.err
    assert read(project)["docs/index.md"] == FILES["docs/index.md"].replace(":5`", ":8`")


def test_a_placeholder_with_different_numbers_is_an_error_that_a_region_decides(
    project: TinyProject,
) -> None:
    before = read(project)
    command = ("layers", "insert", "--version", "3.0.0", "--allow-lower")

    refused = project.docs_tools(*command)
    assert refused.status == 1
    assert refused.err.splitlines()[0] == (
        f"examples/template.yaml:2:10: {ANYWHERE} stands for regions with different numbers:"
        " 4 in us-east-1; 5 in eu-west-1"
    )
    assert read(project) == before

    decided = project.docs_tools(*command, "--placeholder-region", "us-east-1")
    assert decided.status == 0, decided.err
    assert read(project)["examples/template.yaml"].endswith(f"{ANYWHERE}:4\n")
    unknown = project.docs_tools(*command, "--placeholder-region", "us-east-9")
    assert (unknown.status, unknown.err.splitlines()) == (
        1,
        ['error: the release has no layer in "us-east-9"', "    did you mean us-east-1?"],
    )


def test_a_number_that_goes_down_is_refused_unless_it_may(project: TinyProject) -> None:
    project.write("docs/index.md", arn("eu-west-1", X86, 9))
    before = read(project)

    refused = project.docs_tools("layers", "insert")
    assert refused.status == 1
    assert "docs/index.md:1:1: number 9 would go back to 6" in refused.err
    assert read(project) == before

    assert project.docs_tools("layers", "insert", "--allow-lower").status == 0
    assert read(project)["docs/index.md"] == arn("eu-west-1", X86, 6)


def test_files_that_are_not_what_they_should_be_are_told_all_at_once(project: TinyProject) -> None:
    old = arn("eu-west-1", X86, 5)
    (project.folder / "docs/utf16.txt").write_bytes(old.encode("utf-16"))
    (project.folder / "docs/data.bin").write_bytes(f"\0{old}".encode())
    (project.folder / "docs/link.md").symlink_to(project.folder.parent / "outside.md")
    (project.folder.parent / "outside.md").write_text(old)
    before = read(project)

    result = project.docs_tools("layers", "insert", "docs/**", "docs/link.md", "gone.md")

    assert result.status == 1
    assert [line for line in result.err.splitlines() if not line.startswith(" ")] == [
        "docs/utf16.txt: has layer ARNs and is UTF-16",
        "no file matches gone.md",
        "docs/link.md: is a symbolic link, which is never followed",
        "error: 3 problems in the files",
    ]
    assert read(project) == before
    (project.folder / "docs/utf16.txt").unlink()
    done = project.docs_tools("layers", "insert", "docs/**")
    assert done.status == 0, done.err
    assert "  note: docs/data.bin: not a text file, and so left alone" in done.out
    assert (project.folder.parent / "outside.md").read_text() == old


def test_arns_that_cannot_be_right_are_left_and_told(project: TinyProject) -> None:
    project.write("docs/index.md", f"arn:aws:lambda:us-gov-west-1:{ACCOUNT}:layer:{X86}:5")

    result = project.docs_tools("layers", "insert")

    assert result.status == 0
    assert "1 ARN is left as it is: it can't be right" in result.out
    assert "docs/index.md" not in result.out


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        ("--version 9", 1, 'layers.yml has no numbers for "9"'),
        ("--from gone.txt", 1, "gone.txt"),
        ("--from x --version 3.1.0", 2, "--from and --version: choose one"),
        ("docs/[z-a].md", 1, "a glob isn't valid"),
        ("--no-such", 2, "No such option"),
    ],
)
def test_wrong_use_is_told(project: TinyProject, options: str, status: int, told: str) -> None:
    result = project.docs_tools("layers", "insert", *options.split())

    assert (result.status, result.out) == (status, "")
    assert told in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("option", ["insert", "keep", "complete"])
@pytest.mark.parametrize("value", ["docs/**", "[1]", "{a: b}"])
@pytest.mark.parametrize("verb", ["insert", "check"])
def test_bad_values_of_options_are_told(
    project: TinyProject, verb: str, option: str, value: str
) -> None:
    config = f"plugins: [docs_tools/layers: {{data: layers.yml, {option}: {value}}}]\n"
    project.write("mkdocs.yml", f"site_name: Tiny\n{config}")

    result = project.docs_tools("layers", verb)

    assert result.status == 1
    assert f"plugins: docs_tools/layers: {option}: must be a list of globs" in result.err


def test_without_a_data_file_the_hint_says_what_to_do(project: TinyProject) -> None:
    (project.folder / "layers.yml").unlink()
    for verb in ("list", "insert", "check"):
        result = project.docs_tools("layers", verb)
        assert (result.status, result.out) == (1, "")
        assert result.err.splitlines() == [
            "error: there is no layers.yml",
            "    describe the layers in it: `docs_tools schema layers` says how",
        ]


def test_a_disk_without_room_for_one_file_leaves_all_as_they_were(project: TinyProject) -> None:
    project.write("docs/large.md", arn("eu-west-1", X86, 5) + "\n" + "text\n" * 20_000)
    before = read(project)

    # no file may be larger than some blocks, not even for root
    result = project.run("sh", "-c", "ulimit -f 40; exec docs_tools layers insert")

    assert result.status == 1
    assert result.err == f"error: {project.folder}/docs/large.md: File too large\n"
    assert read(project) == before


def test_killed_at_any_step_each_file_is_old_or_new_and_the_next_run_completes_it(
    project: TinyProject, tmp_path: Path
) -> None:
    warm = project.docs_tools("layers", "insert", "--dry-run")  # compiled modules are written once
    assert warm.status == 0, warm.err
    log = tmp_path / "changes"
    steps: list[str] = []
    number = 1
    while True:
        here = project.copy(tmp_path / str(number))
        env = {CHANGES: str(log), KILLED_BEFORE: str(number)}
        result = here.docs_tools("layers", "insert", env=env)
        if result.status == 0:
            break
        assert result.status == -signal.SIGKILL, result.err
        steps = log.read_text().splitlines()
        found = read(here)
        assert all(found[name] in (FILES[name], NUMBERED[name]) for name in NUMBERED)
        left = set(found) - set(NUMBERED)
        again = here.docs_tools("layers", "insert")
        assert again.status == 0, again.err
        completed = read(here)
        assert {name: completed[name] for name in NUMBERED} == NUMBERED
        # what a kill leaves beside a file is hidden: nobody takes it for a document
        assert set(completed) - set(NUMBERED) == left
        assert all(completed[name] == found[name] for name in left)
        assert all(Path(name).name.startswith(".") for name in left)
        assert not any(name in again.out for name in left)
        shutil.rmtree(here.folder.parent)
        number += 1
    kinds = [step.split()[0] for step in steps]
    assert kinds == ["os.mkdir", "open"] * 3 + ["os.rename"] * 3


def test_check_finds_nothing_after_insert(project: TinyProject) -> None:
    assert project.docs_tools("layers", "insert").status == 0

    result = project.docs_tools("layers", "check")

    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines() == [
        "  note: govcloud in us-gov-west-1 (aws-us-gov) lags: it has 3.0.0 (number 2), not 3.1.0",
        "nothing is wrong: 6 ARNs of 3.1.0 in 3 files",
    ]


def test_check_tells_all_that_is_wrong(project: TinyProject) -> None:
    project.write("docs/all.md", ALL.replace(":5 ", ":6 ").replace("us-east-1", "eu-west-1"))
    project.write("docs/short.md", "arn:aws:lambda:eu-west-1:1700:layer:Any:1")

    result = project.docs_tools("layers", "check")

    assert result.status == 1
    assert [line for line in result.err.splitlines() if not line.startswith(" ")] == [
        f"docs/index.md:3:2: {X86} has number 5 here and 6 in release 3.1.0",
        'docs/short.md:1:1: "1700" is not an account',
        f"examples/template.yaml:2:10: {X86} has number 5 here and 6 in release 3.1.0",
        "docs/all.md: 2 of 4 ARNs of release 3.1.0 are not shown",
        "error: 4 problems in the ARNs",
    ]
    document = project.docs_tools("layers", "check", "--json")
    assert document.status == 1
    assert [problem["file"] for problem in document.json["problems"]] == [
        "docs/index.md", "docs/short.md", "examples/template.yaml", "docs/all.md",
    ]  # fmt: skip
    assert document.json["version"] == "3.1.0"
    assert (document.json["arns"], document.json["files"]) == (6, 4)
    only = project.docs_tools("layers", "check", "--json", "examples/*")
    assert [problem["line"] for problem in only.json["problems"]] == [2]


def test_check_of_an_older_release_and_of_none(project: TinyProject) -> None:
    old = project.docs_tools("layers", "check", "--version", "3.0.0", "docs/index.md")
    assert (old.status, old.out) == (0, "nothing is wrong: 1 ARN of 3.0.0 in 1 file\n")
    unknown = project.docs_tools("layers", "check", "--version", "9")
    assert (unknown.status, unknown.out) == (1, "")
    wrong = project.docs_tools("layers", "check", "--region", "eu-west-1")
    assert wrong.status == 2


@pytest.mark.parametrize("change", [lambda text: text, lambda text: text.replace(":5", ":7")])
def test_the_check_of_the_project_has_the_offline_part(
    project: TinyProject, change: Callable[[str], str]
) -> None:
    template = change(FILES["examples/template.yaml"])
    project.write("examples/template.yaml", template)

    result = project.docs_tools("check")

    assert result.status == 1
    known = "which is smaller" if ":7" in template else "in release 3.1.0"
    assert f"examples/template.yaml:2:10: {X86} has number" in result.err
    assert known in result.err
    assert project.docs_tools("layers", "insert", "--allow-lower").status == 0
    assert project.docs_tools("check").status == 0
