"""What a pull request with layer numbers changes, and what it says."""

from collections.abc import Sequence
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.github import GitHub, Repository, RepositoryFiles
from docs_tools.github.answers import Entry
from docs_tools.github.client import blob_hash
from docs_tools.github.repository import check_branch
from docs_tools.layers.in_files import FileChange
from docs_tools.layers.insert import Insertion
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import LayerRelease, Layers
from docs_tools.proposal import LayerNumbers
from docs_tools.proposal.body import render_body
from docs_tools.proposal.data_text import DataChange, change_data
from docs_tools.proposal.edit import Edit
from docs_tools.proposal.names import branch_of, title_of
from tests.layers.arns import ACCOUNT, arn
from tests.size import examples

DATA = f"""\
layers:
  - {{id: v3, name: V3, account: "{ACCOUNT}", architectures: [x86_64],
     regions: [eu-west-1, us-east-1]}}
releases:
  - {{version: "3.1.0", layer: v3, number: 6}}  # kept
  - {{version: "3.0.0", layer: v3, number: 5}}
"""
NAMES = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs", "Cs"))
    | st.sampled_from("./~^:?*[@{}\\ =%"),
    min_size=1,
    max_size=200,
)


# names


@hypothesis.settings(max_examples=examples(200))
@given(versions=st.lists(NAMES | st.sampled_from(["1", "1.", "1.lock", "..", ""]), unique=True))
def test_each_release_has_a_branch_of_its_own_that_git_takes(versions: list[str]) -> None:
    branches = [branch_of(version) for version in versions]

    assert len(set(branches)) == len(versions)
    for branch, version in zip(branches, versions, strict=True):
        assert check_branch(branch).startswith("docs_tools/layers-")
        assert len(branch) < 200
        assert 0 < len(title_of(version)) <= 256
        assert "\n" not in title_of(version)


@pytest.mark.parametrize("version", ["3.1.0", "3.1.0+x", "v3_1-rc.1"])
def test_a_plain_name_is_written_as_it_is(version: str) -> None:
    assert branch_of(version) == f"docs_tools/layers-{version}"


# the data file


def release(number: int, *exceptions: dict[str, object], version: str = "3.1.0") -> LayerRelease:
    return LayerRelease.model_validate(
        {"version": version, "layer": "v3", "number": number, "exceptions": list(exceptions)}
    )


def change(text: str, *releases: LayerRelease, allow_lower: bool = False) -> DataChange:
    return change_data(text.encode(), "layers.yml", releases, allow_lower=allow_lower)


def test_a_number_is_set_where_it_stands_and_told() -> None:
    done = change(DATA, release(7))

    assert done.content.decode() == DATA.replace("number: 6", "number: 7")
    assert done.lines == ("v3: 6 → 7 in all regions",)
    assert done.layers.releases[0].number == 7


@pytest.mark.parametrize(
    "same",
    [
        release(6),
        release(
            9, {"regions": ["eu-west-1"], "number": 6}, {"regions": ["us-east-1"], "number": 6}
        ),
        release(6, {"regions": ["us-east-1"]}),
    ],
    ids=["the same", "the same in other words", "fewer regions"],
)
def test_what_the_file_says_already_stays_byte_for_byte(same: LayerRelease) -> None:
    text = "\ufeff" + DATA.replace("\n", "\r\n")

    assert change(text, same) == DataChange(text.encode(), change(text).layers, ())


def test_numbers_that_only_the_file_has_stay() -> None:
    done = change(DATA, release(8, {"regions": ["us-east-1"]}))

    numbers = [v.arn.number for v in done.layers.expand(done.layers.releases[0])]
    assert numbers == [8, 6]
    assert done.lines == ("v3: 6 → 8 in eu-west-1",)
    assert "# kept" in done.content.decode()


def test_exceptions_that_the_file_has_stay_in_its_own_words() -> None:
    words = (
        "exceptions: [{regions: [eu-west-1], number: 5}, {regions: [us-east-1], number: NUMBER}]"
    )
    text = DATA.replace("number: 6", f"number: 9, {words.replace('NUMBER', '6')}", 1)

    done = change(text, release(7, {"regions": ["eu-west-1"], "number": 5}))

    assert done.lines == ("v3: 6 → 7 in us-east-1",)
    assert done.layers.releases[0].exceptions[0].number == 5
    assert "# kept" in done.content.decode()


def test_a_region_that_the_file_does_not_have_yet_is_left_out() -> None:
    new = release(8, {"regions": ["mx-central-1"], "number": 1}, version="3.2.0")

    done = change(DATA, new)

    assert done.layers.releases[0] == release(8, version="3.2.0")
    assert done.lines == ("v3: 8 in all regions",)


@pytest.mark.parametrize(
    ("text", "new", "told"),
    [
        (DATA, release(5), "layers.yml:5:35: releases[0].number: 6 would go back to 5 in all"),
        (DATA.replace("id: v3", "id: v4").replace("layer: v3", "layer: v4"), release(7),
         'describes no layer "v3"'),
        (DATA, release(7, version="2.0.0"), "on GitHub, layers.yml isn't valid"),
        ("layers: [", release(7), "on GitHub, layers.yml can't be read"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_told(text: str, new: LayerRelease, told: str) -> None:
    with pytest.raises(DocsToolsError) as failure:
        change(text, new)

    assert told in str(failure.value)
    assert "on GitHub" in failure.value.message


def test_a_file_that_is_not_utf_8_is_told() -> None:
    with pytest.raises(DocsToolsError, match=r"layers\.yml on GitHub is not UTF-8"):
        change_data(b"\xff", "layers.yml", ())


def test_a_lower_number_may_be_wanted() -> None:
    assert change(DATA, release(5), allow_lower=True).lines == ("v3: 6 → 5 in all regions",)


# the text


def file(name: str, *numbers: tuple[int, int]) -> FileChange:
    found = tuple(Insertion(f"arn:{now}", before) for before, now in numbers)
    return FileChange(name, b"before", b"after", found)


@hypothesis.settings(max_examples=examples(30))
@given(
    names=st.lists(st.text(max_size=400), max_size=20),
    count=st.integers(0, 400),
    version=st.text(max_size=400),
)
def test_the_text_is_bounded_whatever_it_tells(names: list[str], count: int, version: str) -> None:
    files = [file(name, *((n, n + 1) for n in range(9))) for name in [*names, *["x" * 9] * count]]

    body = render_body(
        version, data_file=version, data_lines=names * 9, files=files, notices=names * 9
    )

    assert len(body) < 65_536
    assert body == render_body(
        version, data_file=version, data_lines=names * 9, files=files, notices=names * 9
    )


def test_many_files_are_counted() -> None:
    files = [file(f"{n}.md", (5, 6), (5, 6), (4, 6)) for n in range(52)]

    lines = render_body("3.1.0", files=files).splitlines()

    assert lines[0] == "156 ARNs in 52 files, now as in `3.1.0`:"
    assert lines[4] == "| `0.md` | 3 | 4 → 6, 5 → 6 |"
    assert lines[-3] == "| and 2 files more | 6 | |"


def test_names_are_shown_and_never_read_as_markdown() -> None:
    body = render_body("@all `x", files=[file("a|`b`\n<img>.md", (1, 2))], notices=["#1 @me"])

    assert "now as in ``@all `x``:" in body
    assert "| ``a\\|`b`\\n<img>.md`` | 1 | 1 → 2 |" in body
    assert "- `#1 @me`" in body


@pytest.mark.parametrize(
    ("options", "first"),
    [
        ({"origin": "arns.txt", "files": [file("a", (1, 2))]},
         "The layer numbers come from `arns.txt`."),
        ({"data_file": "layers.yml", "data_lines": ["v3: 6"]},
         "The layer numbers in `layers.yml`:"),
        ({"data_file": "layers.yml", "files": [file("a", (1, 2))]},
         "The layer numbers are in `layers.yml` already."),
        ({"data_file": "layers.yml"}, "The branch to merge into has all these numbers already."),
    ],
)  # fmt: skip
def test_it_is_told_where_numbers_come_from(options: dict[str, object], first: str) -> None:
    assert render_body("3.1.0", **options).splitlines()[0] == first  # type: ignore[arg-type]


# the files


class Commit:
    """Files of a commit, and which of them were read."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.reads: list[str] = []
        self._known = {blob_hash(content): content for content in contents.values()}
        entries = tuple(
            Entry(path=path, mode="100644", type="blob", sha=blob_hash(content))
            for path, content in contents.items()
        )
        github = GitHub(Repository("a", "b"), "unused")
        self.files = RepositoryFiles(github, entries, self._find)

    def _find(self, hashes: Sequence[str]) -> list[bytes | None]:
        self.reads += hashes
        return [self._known[name] for name in hashes]


def wanted(folder: Path, **options: object) -> LayerNumbers:
    data = validate(Layers, parse_document(DATA, "layers.yml"))
    known: dict[str, object] = {"layers": data, "data_file": folder / "docs/layers.yml"}
    return LayerNumbers("3.1.0", folder, ("docs",), **{**known, **options})  # type: ignore[arg-type]


def test_arns_in_the_comments_of_the_data_file_change_together_with_its_numbers(
    tmp_path: Path,
) -> None:
    old = f"# such as {arn('eu-west-1', 'V3', 5)}\n{DATA}".replace("number: 6", "number: 5")
    commit = Commit({"docs/layers.yml": old.encode()})

    contents = Edit(tmp_path, wanted(tmp_path)).contents(commit.files)

    assert contents["docs/layers.yml"].decode() == (
        f"# such as {arn('eu-west-1', 'V3', 6)}\n{DATA}"
    )


def test_each_content_is_read_once_however_often_it_is_asked_for(tmp_path: Path) -> None:
    page = arn("eu-west-1", "V3", 5).encode()
    pages = {f"docs/{number}.md": page + b" %d" % number for number in range(5)}
    edit = Edit(tmp_path, wanted(tmp_path, data_file=None))
    first, second = Commit(pages), Commit({**pages, "docs/new.md": page})

    edit.describe(first.files)
    edit.contents(first.files)
    edit.contents(second.files)

    assert len(first.reads) == 5
    assert second.reads == [blob_hash(page)]


def test_a_base_that_is_ahead_of_the_numbers_is_refused_and_one_that_is_unclear_is_not(
    tmp_path: Path,
) -> None:
    split = release(6, {"regions": ["us-east-1"], "number": 7})
    data = validate(Layers, parse_document(DATA, "layers.yml"))
    layers = data.model_copy(update={"releases": (split,)})
    edit = Edit(tmp_path, wanted(tmp_path, layers=layers, data_file=None))
    unclear = f"arn:aws:lambda:<region>:{ACCOUNT}:layer:V3:5".encode()

    edit.describe(Commit({"docs/a.md": unclear}).files)
    with pytest.raises(DocsToolsError, match="in the files on GitHub"):
        edit.contents(Commit({"docs/a.md": unclear}).files)
    with pytest.raises(DocsToolsError, match="number 8 would go back to 6"):
        edit.describe(Commit({"docs/a.md": arn("eu-west-1", "V3", 8).encode()}).files)
