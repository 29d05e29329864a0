"""Everything that is wrong with ARNs in files is told; what only lags is a notice."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from docs_tools.layers.check import CheckedArns, check_files
from docs_tools.layers.settings import LayerSettings
from docs_tools.model.layers import Layers
from tests.layers.arns import ACCOUNT, arn

DATA: dict[str, Any] = {
    "layers": [
        {
            "id": "v3",
            "name": "V3-{runtime}-{architecture}",
            "account": ACCOUNT,
            "architectures": ["x86_64", "arm64"],
            "runtimes": {"python3.12": "python312", "python3.13": "python313"},
            "regions": ["eu-west-1", "ca-west-1"],
        },
        {
            "id": "govcloud",
            "name": "V3-{runtime}-{architecture}",
            "account": "165093116878",
            "architectures": ["x86_64", "arm64"],
            "runtimes": {"python3.12": "python312"},
            "regions": ["us-gov-west-1"],
        },
        {
            "id": "china",
            "name": "V3-{runtime}-{architecture}",
            "account": "173271684711",
            "architectures": ["x86_64"],
            "runtimes": {"python3.12": "python312"},
            "regions": ["cn-north-1"],
        },
    ],
    "releases": [
        {
            "version": "3.2.0",
            "layer": "v3",
            "number": 5,
            "exceptions": [{"regions": ["ca-west-1"], "number": 2}],
        },
        {"version": "3.1.0", "layer": "v3", "number": 4,
         "exceptions": [{"regions": ["ca-west-1"], "number": 1}]},
        {"version": "3.1.0", "layer": "govcloud", "number": 3},
    ],
}  # fmt: skip
LAYERS = Layers.model_validate(DATA)
NAME = "V3-python312-x86_64"
GOOD = arn("eu-west-1", NAME, 5)


def check(
    folder: Path, *globs: str, files: Mapping[str, str | bytes] | None = None, **options: list[str]
) -> CheckedArns:
    for name, content in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    settings = LayerSettings.of(options, "docs")
    return check_files(folder, settings, LAYERS.select("3.2.0", "layers.yml"), LAYERS, globs=globs)


def check_page(folder: Path, text: str) -> list[tuple[int | None, int | None, str]]:
    checked = check(folder, files={"docs/page.md": text})
    assert {problem.file for problem in checked.problems} <= {"docs/page.md"}
    return [(problem.line, problem.column, problem.message) for problem in checked.problems]


def test_right_arns_and_those_of_others_are_no_problem(tmp_path: Path) -> None:
    page = "\n".join(
        [
            GOOD,
            arn("ca-west-1", "V3-python313-arm64", 2),
            "arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78",
            "arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312",
            arn("eu-west-1", "V2", 3),
            "arn:aws:lambda:region:account-id:layer:name:version",
            f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:{NAME}:{{version}}",
            arn("us-gov-west-1", NAME, 3, account="165093116878"),
        ]
    )

    checked = check(tmp_path, files={"docs/page.md": page})

    assert checked.problems == ()
    assert (checked.arns, checked.files) == (3, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (arn("eu-west-1", NAME, 4), f"{NAME} has number 4 here and 5 in release 3.2.0"),
        (arn("eu-west-1", NAME, 6),
         f"{NAME} has number 6 here and 5 in release 3.2.0, which is smaller"),
        (arn("eu-west-1", NAME, 0), f"{NAME} has number 0"),
        (arn("eu-west-1", NAME, ""), f"the version number of {NAME} is missing"),
        (arn("eu-west-1", NAME, "")[:-1], f"the version number of {NAME} is missing"),
        (arn("eu-west-1", NAME, 5, account="1700"), '"1700" is not an account'),
        (f"arn:aws:lambda:us-gov-west-1:{ACCOUNT}:layer:{NAME}:3",
         'region us-gov-west-1 is in partition "aws-us-gov", not "aws"'),
        (f"arn:aws:lambda:cn-north-1:173271684711:layer:{NAME}:3",
         'region cn-north-1 is in partition "aws-cn", not "aws"'),
        (f"arn:aws:lambda:eu-west1:{ACCOUNT}:layer:{NAME}:5", '"eu-west1" is not a region'),
        (arn("eu-west-2", NAME, 5), f"there is no layer {NAME} in eu-west-2"),
        (arn("us-gov-west-1", NAME, 3, account=ACCOUNT),
         f"{NAME} has another account in us-gov-west-1"),
        (f"arn:aws:lambda:{{r}}:{ACCOUNT}:layer:{NAME}:5",
         f"arn:aws:lambda:{{r}}:{ACCOUNT}:layer:{NAME} stands for regions with different numbers:"
         " 2 in ca-west-1; 5 in eu-west-1"),
        # where the release isn't yet, the newest older one counts
        (arn("us-gov-west-1", NAME, 2, account="165093116878"),
         f"{NAME} has number 2 here and 3 in release 3.1.0"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place_and_a_mend(
    tmp_path: Path, text: str, message: str
) -> None:
    page = f"\ufeff# é\r\n\r\n| é | `{text}` |\r\n"

    assert check_page(tmp_path, page) == [(3, 8, message)]
    assert all(problem.hint for problem in check(tmp_path).problems)


def test_all_of_a_file_is_told_once_each_and_in_order(tmp_path: Path) -> None:
    stale, short = arn("eu-west-1", NAME, 4), arn("eu-west-1", NAME, 5, account="1700")

    found = check_page(tmp_path, f"{stale} {stale}\n{short}\n{stale}\n{GOOD}\n")

    assert [(line, column, message.partition(" has")[0]) for line, column, message in found] == [
        (1, 1, NAME),
        (2, 1, '"1700" is not an account'),
    ]
    assert found[0][2].endswith(" (3 times)")


@pytest.mark.parametrize(
    "text",
    [
        "{} <!-- docs_tools: keep -->",
        "<!-- docs_tools: keep -->\n{}",
        "<!-- docs_tools: keep-file -->\n\n{}",
    ],
)
def test_what_a_comment_excuses_is_no_problem(tmp_path: Path, text: str) -> None:
    assert check_page(tmp_path, text.format(arn("eu-west-1", NAME, 4))) == []


def test_files_that_keep_their_numbers_are_not_read(tmp_path: Path) -> None:
    old = arn("eu-west-1", NAME, 4)
    files: dict[str, str | bytes] = {"docs/upgrade.md": old, "docs/a/changelog.md": old}

    checked = check(tmp_path, files=files, keep=["docs/upgrade.md", "**/changelog.md"])

    assert (checked.problems, checked.files) == ((), 0)


def test_examples_of_any_language_are_read_where_globs_name_them(tmp_path: Path) -> None:
    old = arn("eu-west-1", NAME, 4)
    files: dict[str, str | bytes] = {
        "docs/page.md": GOOD,
        "examples/template.yaml": f"Layers: [!Sub {old}]\n",
        "examples/latin.tf": f"# é\n{old}\n".encode("latin-1"),
    }

    insert = ["docs/**", "examples/**"]
    problems = check(tmp_path, files=files, insert=insert).problems
    assert [problem.file for problem in problems] == ["examples/latin.tf", "examples/template.yaml"]
    asked = check(tmp_path, "examples/*.yaml", insert=insert)
    assert [problem.file for problem in asked.problems] == ["examples/template.yaml"]
    assert check(tmp_path).problems == ()


def test_files_that_are_not_text_are_told(tmp_path: Path) -> None:
    old = arn("eu-west-1", NAME, 4)
    files = {"docs/a.bin": f"\0{old}".encode(), "docs/b.txt": old.encode("utf-16")}

    checked = check(tmp_path, files=files)

    assert checked.notices[0] == "docs/a.bin: not a text file, and so not checked"
    assert [str(p).partition("\n")[0] for p in checked.problems] == [
        "docs/b.txt: has layer ARNs and is UTF-16"
    ]
    assert checked.arns == 0


def test_globs_and_options_that_stand_for_nothing_are_told(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"docs/page.md": GOOD, "page.md": GOOD}
    (tmp_path / "link.md").symlink_to("page.md")

    asked = check(tmp_path, "nothing/**", "link.md", files=files)
    assert [problem.message for problem in asked.problems] == [
        "no file matches nothing/**",
        "is a symbolic link, which is never followed",
    ]
    configured = check(tmp_path, insert=["docs/**", "exmples/**"], complete=["docs/all.md"])
    assert [problem.message for problem in configured.problems] == [
        "plugins: docs_tools/layers: insert: no file matches exmples/**",
        "plugins: docs_tools/layers: complete: no file that is read matches docs/all.md",
    ]


def test_what_lags_is_a_notice_and_no_problem(tmp_path: Path) -> None:
    placeholder = f"arn:aws-us-gov:lambda:{{region}}:165093116878:layer:{NAME}:3"

    checked = check(tmp_path, files={"docs/page.md": f"{GOOD}\n{placeholder}\n"})

    assert checked.problems == ()
    assert checked.notices == (
        "govcloud in us-gov-west-1 (aws-us-gov) lags: it has 3.1.0 (number 3), not 3.2.0",
        "china in cn-north-1 (aws-cn) has no 3.2.0, nor an older release",
    )


EVERY = [str(version.arn) for version in LAYERS.select("3.2.0", "layers.yml").layers]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "page",
    [
        "\n".join(EVERY),
        "<!-- docs_tools/layers -->",
        "x\n\n<!--docs_tools/layers { region: eu-west-1 }-->\n",
        # placeholders count for all that they stand for
        "\n".join(
            f"arn:aws:lambda:{region}:{ACCOUNT}:layer:V3-{{runtime}}-{{architecture}}:{number}"
            for region, number in {"eu-west-1": 5, "ca-west-1": 2}.items()
        ),
    ],
)
def test_a_page_that_shows_every_arn_is_complete(tmp_path: Path, page: str) -> None:
    checked = check(tmp_path, files={"docs/all.md": page}, complete=["docs/all.md"])
    assert checked.problems == ()


@pytest.mark.parametrize(
    ("page", "count", "hint"),
    [
        ("\n".join(EVERY[:-1]), "1 of 8", "V3-python313-arm64 in ca-west-1"),
        ("\n".join(arn for arn in EVERY if "ca-west-1" not in arn), "4 of 8",
         "V3-python312-arm64 in ca-west-1\nV3-python312-x86_64 in ca-west-1\n"
         "V3-python313-arm64 in ca-west-1\nV3-python313-x86_64 in ca-west-1"),
        ('<!-- docs_tools/layers { version: "3.1.0" } -->', "8 of 8", None),
        ("<!-- docs_tools: keep-file -->\n" + "\n".join(EVERY), "8 of 8", None),
        ("", "8 of 8", None),
    ],
)  # fmt: skip
def test_what_a_page_lacks_is_told_by_layer_and_region(
    tmp_path: Path, page: str, count: str, hint: str | None
) -> None:
    checked = check(tmp_path, files={"docs/all.md": page}, complete=["docs/all.md"])

    (problem,) = checked.problems
    assert problem.file == "docs/all.md"
    assert problem.message == f"{count} ARNs of release 3.2.0 are not shown"
    assert hint is None or problem.hint == hint


def test_files_of_one_glob_are_complete_together(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "docs/all/a.md": "\n".join(EVERY[:3]),
        "docs/all/b.md": "\n".join(EVERY[3:]),
    }
    assert check(tmp_path, files=files, complete=["docs/all/*.md"]).problems == ()
    each = check(tmp_path, complete=["docs/all/a.md", "docs/all/b.md"])
    assert [problem.file for problem in each.problems] == ["docs/all/a.md", "docs/all/b.md"]
    files["docs/all/b.md"] = "\n".join(EVERY[4:])
    (problem,) = check(tmp_path, files=files, complete=["docs/all/*.md"]).problems
    assert problem.message == "1 of 8 ARNs of release 3.2.0 are not shown in docs/all/*.md"
    assert problem.file is None


def test_completeness_is_no_matter_where_files_are_asked_for(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"docs/all.md": ""}
    assert check(tmp_path, "docs/*.md", files=files, complete=["docs/all.md"]).problems == ()


def test_without_a_release_only_what_cannot_be_right_is_told(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    stale, short = arn("eu-west-1", NAME, 4), arn("eu-west-1", NAME, 5, account="1700")
    (tmp_path / "docs/page.md").write_text(f"{stale}\n{short}\n")

    checked = check_files(tmp_path, LayerSettings.of({}, "docs"), None, None)

    assert [problem.message for problem in checked.problems] == ['"1700" is not an account']
    assert checked.notices == ()


def test_what_must_be_complete_may_be_beside_the_project(tmp_path: Path) -> None:
    checked = check(
        tmp_path / "site",
        files={"../docs/all.md": "\n".join(EVERY), "../docs/some.md": GOOD},
        insert=["../docs/**"],
        complete=["../docs/all.md", "../docs/some.md"],
    )

    (problem,) = checked.problems
    assert problem.file == "../docs/some.md"
    lacks = f"{len(EVERY) - 1} of {len(EVERY)}"
    assert problem.message == f"{lacks} ARNs of release 3.2.0 are not shown"


@pytest.mark.parametrize(
    "page",
    [
        f"arn:aws:lambda:{{region}}:{ACCOUNT}:layer:V3-{{runtime}}:<number>\n",
        "```\n<!-- docs_tools/layers -->\n```\n",
        "~~~~ markdown\n<!-- docs_tools/layers -->\n~~~~\n",
    ],
)
def test_what_only_looks_like_all_arns_is_not_complete(tmp_path: Path, page: str) -> None:
    checked = check(tmp_path, files={"docs/all.md": page}, complete=["docs/all.md"])

    assert [problem.message for problem in checked.problems] == [
        f"{len(EVERY)} of {len(EVERY)} ARNs of release 3.2.0 are not shown"
    ]


def test_a_file_to_keep_that_is_not_there_is_told(tmp_path: Path) -> None:
    checked = check(
        tmp_path,
        files={"docs/page.md": GOOD, "CHANGELOG.md": "old"},
        keep=["CHANGELOG.md", "dcos/page.md"],
    )

    assert [problem.message for problem in checked.problems] == [
        "plugins: docs_tools/layers: keep: no file matches dcos/page.md"
    ]


def test_a_name_of_our_account_that_the_data_lacks_is_told(tmp_path: Path) -> None:
    typo = arn("eu-west-1", "V3-python312-x86_46", 5)
    checked = check(tmp_path, files={"docs/page.md": f"{GOOD}\n{typo}\n{typo}\n"})

    assert checked.problems == ()
    assert checked.notices[0] == (
        f"docs/page.md:2: the data has no layer V3-python312-x86_46 of account {ACCOUNT} (2 times);"
        " did you mean V3-python312-x86_64?"
    )


def test_a_notice_has_its_own_line_whatever_is_wrong_behind_it(tmp_path: Path) -> None:
    page = f"{arn('eu-west-1', 'V3-python312-x86_46', 5)}\n\n{arn('eu-west-1', NAME, 4)}\n"

    checked = check(tmp_path, files={"docs/page.md": page})

    assert [problem.line for problem in checked.problems] == [3]
    assert checked.notices[0].startswith("docs/page.md:1: the data has no layer")


@pytest.mark.parametrize("end", [":5a", ":5.5"])
def test_what_is_no_number_is_a_problem(tmp_path: Path, end: str) -> None:
    assert check_page(tmp_path, f"\n{GOOD.removesuffix(':5')}{end}") == [
        (2, 1, f"the version number of {NAME} is missing")
    ]
