"""One pull request for a change, whatever is there already and whoever comes between."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
from docs_tools.github import (
    GitHub,
    GitHubError,
    Proposal,
    Repository,
    RepositoryFiles,
    local_blobs,
    propose,
)
from tests.github.fixture import description
from tests.github.stand_in import QUICK, TOKEN, StandIn
from tests.github.state import PullState
from tests.size import examples

BRANCH = "docs/layers"
URL = "https://github.com/octo-org/handbook/pull"


def renumber(files: RepositoryFiles) -> Mapping[str, bytes]:
    """The change of these tests: 7 becomes 8 in each file."""
    return {path: files.read(path).replace(b":7", b":8") for path in files.paths}


def run(github: StandIn, **options: Any) -> Proposal:
    words = {"title": "Layers of 3.2.0", "body": "All numbers.", "message": "Update layers"}
    options = {"edit": renumber, **words, **options}
    return propose(options.pop("client", github.client()), options.pop("branch", BRANCH), **options)


@pytest.fixture
def there(github: StandIn) -> StandIn:
    """A repository with something to change."""
    github.commit("main", {"README.md": b"no number\n", "docs/a.md": b"layer:7\r\n"}, "First")
    return github


def test_a_pull_request_is_opened(there: StandIn) -> None:
    base = there.store.sha("main")

    done = run(there)

    assert done == Proposal(1, f"{URL}/1", True, False, ("docs/a.md",))
    assert str(done) == f"opened pull request #1 {URL}/1"
    assert there.pulls == [PullState(1, BRANCH, "main", "Layers of 3.2.0", "All numbers.")]
    assert there.log(BRANCH) == ["Update layers", "First"]
    assert there.file(BRANCH, "docs/a.md") == b"layer:8\r\n"
    assert there.store.sha("main") == base
    changed = there.store.git.text("diff", "--name-only", "main", BRANCH)
    assert changed == "docs/a.md"


def test_the_second_time_nothing_is_written(there: StandIn) -> None:
    run(there)
    writes = len(there.writes)
    head = there.store.sha(BRANCH)

    done = run(there)

    assert done == Proposal(1, f"{URL}/1", False, False, ())
    assert str(done) == f"pull request #1 {URL}/1 is up to date"
    assert len(there.writes) == writes
    assert there.store.sha(BRANCH) == head


def test_an_open_one_is_updated_and_the_commit_of_a_person_stays(there: StandIn) -> None:
    run(there)
    there.commit(BRANCH, {"docs/b.md": b"more:7\n"}, "By hand")

    done = run(there, title="Layers of 3.3.0", message="Update again")

    assert done == Proposal(1, f"{URL}/1", False, True, ("docs/b.md",))
    assert str(done) == f"updated pull request #1 {URL}/1"
    assert there.log(BRANCH) == ["Update again", "By hand", "Update layers", "First"]
    assert [pull.title for pull in there.pulls] == ["Layers of 3.3.0"]


@pytest.mark.parametrize("words", [{"title": "Other"}, {"body": "Other"}, {"body": ""}])
def test_other_words_alone_are_an_update(there: StandIn, words: dict[str, str]) -> None:
    run(there)
    writes = len(there.writes)

    done = run(there, **words)

    assert (done.created, done.updated, done.files) == (False, True, ())
    assert there.writes[writes:] == ["PATCH /pulls/1"]
    (pull,) = there.pulls
    assert {"title": pull.title, "body": pull.body}.items() >= words.items()


@pytest.mark.parametrize(
    ("there_is", "wanted"), [("a\r\nb\r\n", "a\nb"), (None, ""), ("a\nb", "a\nb\n")]
)
def test_words_that_differ_in_line_ends_alone_are_the_same(
    there: StandIn, there_is: str | None, wanted: str
) -> None:
    run(there)
    there.pulls[0].body = there_is

    assert not run(there, body=wanted).updated


def test_the_text_may_be_told_of_the_branch_to_merge_into(there: StandIn) -> None:
    def told(files: RepositoryFiles) -> str:
        return f"was {files.read('docs/a.md').decode().strip()} in {len(files.paths)} files"

    run(there, body=told)
    assert there.pulls[0].body == "was layer:7 in 2 files"
    there.commit(BRANCH, {"docs/b.md": b"mine\n"}, "By hand")
    assert not run(there, body=told).updated

    there.commit("main", {"docs/c.md": b"none\n"}, "Went on")
    writes = len(there.writes)
    assert run(there, body=told, dry_run=True).updated
    assert run(there, body=told).updated
    assert there.pulls[0].body == "was layer:7 in 3 files"
    assert there.writes[writes:] == ["PATCH /pulls/1"]


def test_a_text_that_turns_out_too_long_is_refused(there: StandIn) -> None:
    run(there)

    with pytest.raises(DocsToolsError, match="a text of 65536"):
        run(there, body=lambda files: "x" * 65_537, edit=lambda files: {"README.md": b"new"})

    assert there.file(BRANCH, "README.md") == b"no number\n"


def test_with_nothing_to_change_nothing_is_made(there: StandIn) -> None:
    there.commit("main", {"docs/a.md": b"layer:8\n"})

    done = run(there)

    assert done == Proposal(None, None, False, False, ())
    assert str(done) == "nothing to change: no pull request was made"
    assert there.writes == []


@pytest.mark.parametrize("state", ["closed", "merged"])
def test_a_left_over_branch_begins_anew(there: StandIn, state: str) -> None:
    run(there)
    there.pulls[0].state = "closed"  # so GitHub says of a merged one, too
    left = there.commit(BRANCH, {"docs/b.md": b"stale:7\n"}, "Stale")
    if state == "merged":
        there.commit("main", {"docs/a.md": b"layer:8\nnext:7\n"}, "Merged, and more")
    else:
        there.commit("main", {"docs/c.md": b"new:7\n"}, "Went on")

    done = run(there, message="Anew")

    assert (done.number, done.created, done.updated) == (2, True, False)
    assert done.replaced == left
    assert there.log(BRANCH)[:2] == ["Anew", there.log("main")[0]]
    assert "Stale" not in there.log(BRANCH)
    assert [pull.state for pull in there.pulls] == ["closed", "open"]


def test_a_left_over_branch_stays_where_there_is_nothing_to_change(there: StandIn) -> None:
    left = there.commit(BRANCH, {"docs/b.md": b"work"}, "Somebody's")
    there.commit("main", {"docs/a.md": b"layer:8\n"})

    assert run(there).number is None
    assert there.store.sha(BRANCH) == left


@pytest.mark.parametrize("fork", ["octocat/handbook", "octo-org/handbook-fork"])
def test_a_pull_request_of_a_fork_does_not_count(there: StandIn, fork: str) -> None:
    there.pulls.append(PullState(1, BRANCH, "main", "Mine", None, fork=fork))

    done = run(there)

    assert (done.number, done.created) == (2, True)
    assert there.pulls[0].title == "Mine"


def test_a_pull_request_whose_fork_is_gone_does_not_count(there: StandIn) -> None:
    example = description().example("pull-request-simple")
    gone = {**example, "head": {**example["head"], "ref": BRANCH, "repo": None}}
    there.fail("GET /pulls", 200, [gone])

    assert run(there).created


def test_another_base_than_the_default_branch(there: StandIn) -> None:
    there.commit("v2", {"docs/old.md": b"old:7"}, "Old line")

    done = run(there, base="v2")

    assert there.pulls[0].base == "v2"
    assert done.files == ("docs/a.md", "docs/old.md")
    assert there.log(BRANCH)[1] == "Old line"


def test_an_open_one_that_a_person_gave_another_base_is_updated(there: StandIn) -> None:
    run(there)
    there.commit("next", {}, "Next")
    there.pulls[0].base = "next"

    assert run(there, title="Other").number == 1
    with pytest.raises(DocsToolsError, match="pull request #1 from docs/layers is open, for the"):
        run(there, base="main")
    assert len(there.pulls) == 1


def test_of_two_open_ones_that_for_the_wanted_base_is_updated(there: StandIn) -> None:
    there.commit("v2", {}, "Old line")
    run(there)
    there.pulls.insert(0, PullState(0, BRANCH, "v2", "Old", "Old"))
    there.pulls[0].number, there.pulls[1].number = 1, 2

    assert run(there, title="New").number == 2
    assert run(there, title="Old", base="v2").number == 1
    assert [pull.title for pull in there.pulls] == ["Old", "New"]


@pytest.mark.parametrize("branch", ["main", "v2"])
def test_a_branch_that_changes_are_merged_into_is_never_set(there: StandIn, branch: str) -> None:
    there.commit("v2", {}, "Old line")

    with pytest.raises(DocsToolsError, match="one that changes are merged into"):
        run(there, branch=branch, base="v2")

    assert there.writes == []


def test_a_base_that_is_not_there_is_said(there: StandIn) -> None:
    with pytest.raises(DocsToolsError, match="there is no branch v9 in octo-org/handbook"):
        run(there, base="v9")

    assert there.writes == []


@pytest.mark.parametrize("given", [{"title": " "}, {"title": "x" * 257}, {"body": "x" * 65_537}])
def test_words_that_github_refuses_are_refused_first(there: StandIn, given: dict[str, str]) -> None:
    with pytest.raises(DocsToolsError, match="a title of 256 characters"):
        run(there, **given)

    assert there.requests == []


def test_a_dry_run_tells_what_a_run_would_do_and_writes_nothing(there: StandIn) -> None:
    before = run(there, dry_run=True)
    assert before == Proposal(None, None, True, False, ("docs/a.md",))
    assert str(before) == "opened a pull request"
    assert there.writes == []

    run(there)
    writes = len(there.writes)
    assert not run(there, dry_run=True).updated
    there.commit(BRANCH, {"docs/b.md": b"more:7\n"})
    assert run(there, dry_run=True) == Proposal(1, f"{URL}/1", False, True, ("docs/b.md",))
    assert run(there, dry_run=True, title="Other").updated
    assert len(there.writes) == writes


def test_links_and_submodules_are_no_files_and_stay(there: StandIn) -> None:
    there.commit("main", {"link.md": b"docs/a.md:7"}, mode="120000")
    there.commit("main", {"run.sh": b"layer:7"}, mode="100755")
    head = there.store.sha("main")
    line = f"160000 {head}\tvendored\0".encode()
    index = {"GIT_INDEX_FILE": str(there.bare / "index")}
    git = there.store.git.with_env(index)
    git.output("read-tree", str(head))
    git.output("update-index", "-z", "--index-info", stdin=line)
    made = git.text("commit-tree", git.text("write-tree"), "-p", str(head), "-m", "Submodule")
    git.output("update-ref", "refs/heads/main", made)
    seen: list[tuple[str, ...]] = []

    def edit(files: RepositoryFiles) -> Mapping[str, bytes]:
        seen.append(files.paths)
        return renumber(files)

    run(there, edit=edit)

    assert seen == [("README.md", "docs/a.md", "run.sh")]
    listed = there.store.git.text("ls-tree", "-r", BRANCH).splitlines()
    modes = {line.split("\t")[1]: line.split()[0] for line in listed}
    assert modes == {
        "README.md": "100644",
        "docs/a.md": "100644",
        "link.md": "120000",
        "run.sh": "100755",
        "vendored": "160000",
    }
    assert there.file(BRANCH, "link.md") == b"docs/a.md:7"


@pytest.mark.parametrize("path", ["gone.md", "docs", "../a", "link.md"])
def test_an_edit_of_what_is_no_file_is_refused(there: StandIn, path: str) -> None:
    there.commit("main", {"link.md": b"docs/a.md"}, mode="120000")

    with pytest.raises(DocsToolsError, match="there is no file"):
        run(there, edit=lambda files: {path: b"new"})
    with pytest.raises(DocsToolsError, match="there is no file"):
        run(there, edit=lambda files: {"docs/a.md": files.read(path)})

    assert there.writes == []


CONTENTS = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=40).map(str.encode),
    st.sampled_from([b"", b"\xef\xbb\xbfbom\r\n", b"a\rb\n\n", b"\0", "\u2028é".encode()]),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """One for all examples of a property: each has a branch of its own."""
    stand_in = StandIn(tmp_path_factory.mktemp("shared"), description())
    yield stand_in
    stand_in.close()


@hypothesis.settings(max_examples=examples(10))
@given(contents=st.lists(CONTENTS, min_size=1, max_size=6))
def test_what_is_on_the_branch_is_byte_for_byte_what_was_given(
    shared: StandIn, contents: list[bytes]
) -> None:
    wanted = {f"docs/{number}.bin": content for number, content in enumerate(contents)}
    shared.commit("main", {path: content + b"!" for path, content in wanted.items()})
    branch = f"change-{len(shared.pulls)}"

    done = run(shared, branch=branch, edit=lambda files: wanted)

    assert done.files == tuple(wanted)
    assert {path: shared.file(branch, path) for path in wanted} == wanted
    assert shared.problems == []


def test_plain_text_goes_in_the_tree_and_the_rest_in_requests_of_its_own(there: StandIn) -> None:
    contents = {
        "a.md": "plain é\r\n".encode(),
        "binary": b"\xff\xfe",
        "bom.md": b"\xef\xbb\xbftext",
        "large.md": b"x" * 1_000_001,
        "zero": b"a\0b",
    }
    there.commit("main", dict.fromkeys(contents, b"old"))

    run(there, edit=lambda files: contents)

    made = [call for call in there.writes if call.startswith("POST /git/")]
    kinds = [call.removeprefix("POST /git/") for call in made]
    assert kinds == ["blobs", "blobs", "blobs", "blobs", "trees", "commits", "refs"]
    assert {path: there.file(BRANCH, path) for path in contents} == contents


def test_much_text_goes_in_several_requests_and_is_one_commit(there: StandIn) -> None:
    contents = {f"{number}.md": b"%d" % number * 600_000 for number in range(3)}
    there.commit("main", dict.fromkeys(contents, b"old"), "Large")

    run(there, edit=lambda files: contents)

    assert there.writes.count("POST /git/trees") == 3
    assert there.log(BRANCH) == ["Update layers", "Large", "First"]
    assert {path: there.file(BRANCH, path) for path in contents} == contents


def test_a_file_that_github_wrote_otherwise_is_an_error_before_any_branch_has_it(
    there: StandIn,
) -> None:
    other = there.store.git.text("rev-parse", "refs/heads/main^{tree}")
    there.fail("POST /git/trees", 201, {"sha": other})

    with pytest.raises(GitHubError, match=r"did not write docs/a\.md as it was sent"):
        run(there)

    assert there.store.sha(BRANCH) is None
    assert there.pulls == []


def test_files_that_are_on_this_machine_are_not_downloaded(there: StandIn, tmp_path: Path) -> None:
    git = Git(tmp_path)
    git.output("clone", "--quiet", "--bare", str(there.bare), "clone")
    there.commit("main", {"docs/new.md": b"new:7"}, "Not here")
    here = local_blobs(Git(tmp_path / "clone"))

    done = run(there, blobs=here)

    assert done.files == ("docs/a.md", "docs/new.md")
    sha = there.store.git.text("rev-parse", "refs/heads/main:docs/new.md")
    downloads = [call for call in there.requests if call.startswith("GET /git/blobs/")]
    assert downloads == [f"GET /git/blobs/{sha}"]
    assert here([sha]) == [None]


def test_only_files_that_are_read_are_downloaded(there: StandIn) -> None:
    run(there, edit=lambda files: {"docs/a.md": b"new"})

    assert not [call for call in there.requests if "/git/blobs" in call]


def test_a_commit_that_comes_between_stays(there: StandIn) -> None:
    run(there)
    there.commit(BRANCH, {"docs/b.md": b"more:7\n"}, "By hand")
    there.before("PATCH /git/refs/.*", lambda: there.commit(BRANCH, {"c.md": b":7"}, "Meanwhile"))

    done = run(there, message="Again")

    assert done.files == ("c.md", "docs/b.md")
    assert there.log(BRANCH)[:3] == ["Again", "Meanwhile", "By hand"]
    assert len(there.pulls) == 1


def test_a_pull_request_that_is_opened_between_is_the_one(there: StandIn) -> None:
    there.before("POST /pulls", lambda: run(there, title="The other"))

    done = run(there)

    assert (done.number, done.created, done.updated) == (1, False, True)
    assert [(pull.title, pull.state) for pull in there.pulls] == [("Layers of 3.2.0", "open")]


def test_a_branch_that_is_made_between_is_no_error(there: StandIn) -> None:
    there.before("POST /git/refs", lambda: run(there))

    assert run(there).number == 1
    assert len(there.pulls) == 1
    assert there.log(BRANCH) == ["Update layers", "First"]


def test_a_left_over_branch_that_gets_a_pull_request_between_is_not_set(there: StandIn) -> None:
    there.commit(BRANCH, {"docs/b.md": b"mine:7"}, "By hand")
    mine = PullState(1, BRANCH, "main", "Mine", None)
    there.before("POST /git/commits", lambda: there.pulls.append(mine))

    done = run(there)

    assert (done.number, done.created, done.replaced) == (1, False, None)
    assert there.log(BRANCH) == ["Update layers", "By hand", "First"]
    assert "PATCH /pulls/1" in there.writes


@pytest.mark.parametrize("call", ["GET /git/ref/heads/docs/layers", "PATCH /git/refs/.*"])
def test_a_pull_request_that_is_closed_between_is_opened_anew(there: StandIn, call: str) -> None:
    run(there)
    there.commit(BRANCH, {"docs/b.md": b"more:7\n"}, "By hand")

    def close() -> None:
        there.pulls[0].state = "closed"
        there.store.git.output("update-ref", "-d", f"refs/heads/{BRANCH}")

    there.before(call, close)

    assert run(there).number == 2
    assert there.log(BRANCH) == ["Update layers", "First"]


def test_a_branch_that_somebody_else_is_writing_is_written_again(there: StandIn) -> None:
    run(there)
    there.commit(BRANCH, {"docs/b.md": b"more:7\n"}, "By hand")
    there.fail("PATCH /git/refs/.*", 409, {"message": "is locked"})

    assert run(there).updated
    assert there.log(BRANCH)[:2] == ["Update layers", "By hand"]


def test_a_branch_that_never_stands_still_ends_in_an_error(there: StandIn) -> None:
    run(there)
    there.commit(BRANCH, {"docs/b.md": b"more:7\n"}, "By hand")
    again = lambda: there.commit(BRANCH, {"docs/c.md": os.urandom(8)}, "Meanwhile")  # noqa: E731
    there.before("PATCH /git/refs/.*", again, times=99)

    with pytest.raises(GitHubError, match="not a fast forward"):
        run(there)

    assert there.requests.count(f"PATCH /git/refs/heads/{BRANCH}") == 5
    assert there.log(BRANCH)[:2] == ["Meanwhile"] * 2


@pytest.mark.parametrize("call", ["POST /git/refs", "POST /pulls"])
@pytest.mark.parametrize("carried_out", [True, False])
def test_what_nobody_knows_the_end_of_is_looked_at_again(
    there: StandIn, call: str, carried_out: bool
) -> None:
    there.fail(call, 502, carried_out=carried_out)

    done = run(there)

    assert (done.number, done.files, done.replaced) == (1, ("docs/a.md",), None)
    assert [pull.state for pull in there.pulls] == ["open"]
    assert there.log(BRANCH) == ["Update layers", "First"]


@pytest.mark.parametrize("call", ["POST /git/trees", "PATCH /git/refs/.*", "GET /pulls", "GET .*"])
def test_a_failure_that_passes_is_no_error(there: StandIn, call: str) -> None:
    run(there)
    there.commit(BRANCH, {"docs/b.md": b"more:7\n"}, "By hand")
    there.fail(call, 503, carried_out=True)

    assert run(there).updated
    assert there.log(BRANCH) == ["Update layers", "By hand", "Update layers", "First"]


def test_two_runs_at_once_end_in_one_pull_request(there: StandIn) -> None:
    results = side_by_side(there, lambda _: run(there))

    assert [done.number for done in results] == [1, 1]
    assert sorted(done.created for done in results) == [False, True]
    assert len(there.pulls) == 1
    assert there.log(BRANCH) == ["Update layers", "First"]
    assert there.file(BRANCH, "docs/a.md") == b"layer:8\r\n"


def test_two_runs_at_once_on_an_open_one_keep_each_other_s_change(there: StandIn) -> None:
    there.commit("main", {"0.md": b"old", "1.md": b"old"})
    run(there)

    def edit(number: int) -> Callable[[RepositoryFiles], Mapping[str, bytes]]:
        return lambda files: {f"{number}.md": b"new"}

    results = side_by_side(there, lambda number: run(there, edit=edit(number)))

    assert sorted(done.files for done in results) == [("0.md",), ("1.md",)]
    assert there.file(BRANCH, "0.md") == there.file(BRANCH, "1.md") == b"new"
    assert len(there.log(BRANCH)) == 5


def side_by_side(there: StandIn, work: Callable[[int], Proposal]) -> list[Proposal]:
    """Two runs that have both read what is there before either writes."""
    both = threading.Barrier(2, timeout=30)
    there.before("POST /git/trees", both.wait, times=2)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(work, range(2)))


def test_where_no_pull_request_may_be_opened_the_branch_is_told(there: StandIn) -> None:
    there.rights = {"contents"}

    with pytest.raises(GitHubError) as failure:
        run(there, base="main")

    assert str(failure.value).splitlines()[-1] == (
        "    the change is on the branch docs/layers; to open it by hand: "
        "https://github.com/octo-org/handbook/compare/main...docs/layers?expand=1"
    )
    assert there.file(BRANCH, "docs/a.md") == b"layer:8\r\n"
    there.rights.add("pull_requests")
    assert run(there).created


def test_a_branch_that_may_not_be_written_is_an_error(there: StandIn) -> None:
    there.fail("POST /git/refs", 422, {"message": "Repository rule violations found"})

    with pytest.raises(GitHubError, match="Repository rule violations found"):
        run(there)

    assert there.writes.count("POST /git/refs") == 1


def test_an_empty_repository_is_an_error(github: StandIn) -> None:
    github.fail("GET /git/ref/.*", 409, {"message": "Git Repository is empty."}, times=9)

    with pytest.raises(GitHubError, match="Git Repository is empty"):
        run(github)

    assert len(github.requests) == 3


def test_a_repository_that_was_renamed_has_its_pull_request_found(there: StandIn) -> None:
    run(there)
    there.moved.add("someone/old")
    client = GitHub(Repository("someone", "old"), TOKEN, there.url, patience=QUICK)

    assert run(there, client=client, title="Other").number == 1
    assert len(there.pulls) == 1


@pytest.mark.parametrize(
    "told",
    [
        {"default_branch": "../x"},
        {"full_name": "a/b/c"},
        {"html_url": "javascript:alert(1)"},
        {"html_url": "https://x/\x1b[31m"},
        {"default_branch": None},
    ],
)
def test_a_name_of_github_s_that_is_none_is_refused(
    there: StandIn, told: dict[str, object]
) -> None:
    there.fail("GET ", 200, {**there.store.repository()[1], **told})

    with pytest.raises(DocsToolsError):
        run(there)

    assert there.writes == []
