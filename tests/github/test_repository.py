"""Which repository it is, by the environment or by a git remote."""

from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
from docs_tools.github import GitHub, Repository, find_repository
from docs_tools.github.repository import check_branch


@pytest.fixture
def git(tmp_path: Path) -> Git:
    Git(tmp_path).output("init", "--quiet")
    return Git(tmp_path)


def with_remote(git: Git, url: str, name: str = "origin") -> Git:
    git.output("config", f"remote.{name}.url", url)
    return git


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://github.com/octo-org/hand.book", "github.com"),
        ("https://github.com/octo-org/hand.book.git", "github.com"),
        ("https://github.com/octo-org/hand.book/", "github.com"),
        ("https://GitHub.com:443/octo-org/hand.book.git", "github.com"),
        ("https://www.github.com/octo-org/hand.book", "github.com"),
        ("https://x-access-token:ghs_secret@github.com/octo-org/hand.book.git", "github.com"),
        ("git@github.com:octo-org/hand.book.git", "github.com"),
        ("git@github.com:/octo-org/hand.book.git", "github.com"),
        ("github.com:octo-org/hand.book", "github.com"),
        ("ssh://git@github.com/octo-org/hand.book.git", "github.com"),
        ("ssh://git@ssh.github.com:443/octo-org/hand.book.git", "github.com"),
        ("git+ssh://git@github.com/octo-org/hand.book", "github.com"),
        ("https://git.example.com/octo-org/hand.book.git", "git.example.com"),
        ("git@git.example.com:octo-org/hand.book.git", "git.example.com"),
        ("ssh://git@git.example.com:2222/octo-org/hand.book.git", "git.example.com"),
    ],
)
def test_a_remote_tells_the_repository_and_its_host(git: Git, url: str, host: str) -> None:
    found = find_repository(with_remote(git, url), environ={})

    assert found == Repository("octo-org", "hand.book", host)
    assert str(found) == "octo-org/hand.book"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/octo-org",
        "https://github.com/octo-org/handbook/tree/main",
        "https://github.com/octo-org/..",
        "https://github.com/-octo/handbook",
        "https://github.com/octo org/handbook",
        "https://github.com/octo-org/handbook?ref=main",
        "https://git.example.com/group/team/handbook.git",
        "https://[::1/octo-org/handbook",
        "file:///srv/octo-org/handbook.git",
        "/srv/octo-org/handbook.git",
        "../octo-org/handbook",
        "C:/octo-org/handbook",
        "https:///octo-org/handbook",
        "",
    ],
)
def test_another_address_is_refused(git: Git, url: str) -> None:
    with pytest.raises(DocsToolsError) as failure:
        find_repository(with_remote(git, url), environ={})

    assert "GITHUB_REPOSITORY" in str(failure.value)


def test_credentials_of_a_refused_address_are_not_told(git: Git) -> None:
    with_remote(git, "https://me:hunter2@git.example.com/a/b/c")

    with pytest.raises(DocsToolsError, match=r"https://\*\*\*@git\.example\.com/a/b/c") as failure:
        find_repository(git, environ={})

    assert "hunter2" not in str(failure.value)


def test_the_environment_comes_before_the_remote(git: Git) -> None:
    with_remote(git, "https://github.com/someone/fork")
    environ = {"GITHUB_REPOSITORY": " octo_corp/handbook\n"}

    assert find_repository(git, environ=environ) == Repository("octo_corp", "handbook")
    assert find_repository(git, environ={"GITHUB_REPOSITORY": ""}).owner == "someone"


def test_the_environment_of_the_process_is_taken(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "octo-org/handbook")

    assert find_repository(git) == Repository("octo-org", "handbook")


@pytest.mark.parametrize(
    "named", ["handbook", "a/b/c", "a/..", "/b", "a/", "-a/b", "a/b\n::x", "ä/b"]
)
def test_a_malformed_name_in_the_environment_is_refused(git: Git, named: str) -> None:
    with_remote(git, "https://github.com/octo-org/handbook")

    with pytest.raises(DocsToolsError, match="GITHUB_REPOSITORY is not a repository"):
        find_repository(git, environ={"GITHUB_REPOSITORY": named})


def test_another_remote_may_be_named(git: Git) -> None:
    with_remote(git, "https://github.com/octo-org/handbook", "upstream")

    assert find_repository(git, remote="upstream", environ={}).owner == "octo-org"
    with pytest.raises(DocsToolsError, match='there is no git remote "origin"'):
        find_repository(git, environ={})
    with pytest.raises(DocsToolsError, match="not a git remote"):
        find_repository(git, remote="--all", environ={})


def test_the_address_is_the_one_that_git_rewrites_it_to(git: Git) -> None:
    git.output("config", "url.https://github.com/.insteadOf", "gh:")

    assert find_repository(with_remote(git, "gh:octo-org/handbook"), environ={}) == Repository(
        "octo-org", "handbook", "github.com"
    )


@pytest.mark.parametrize("name", ["main", "docs/layers-3.2.0", "a#b", "ü", "x%2Fy", "a&b=c", "@a"])
def test_a_branch_may_have_any_name_that_git_takes(git: Git, name: str) -> None:
    assert git.ok("check-ref-format", "--branch", name)
    assert check_branch(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "-a", "a..b", "a b", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "/a", "a/", "a//b",
     "a.lock", "a.lock/b", ".a", "a/.b", "a.", "@{u}", "@", "HEAD", "a\nb", "a\x7f"],
)  # fmt: skip
def test_a_branch_that_git_would_refuse_is_refused(name: str) -> None:
    with pytest.raises(DocsToolsError):
        check_branch(name)


@pytest.mark.parametrize("api", [{}, {"GITHUB_API_URL": "https://api.github.com/"}])
def test_a_token_goes_to_no_host_that_only_a_remote_names(api: dict[str, str]) -> None:
    there = Repository("octo-org", "handbook", "git.example.com")
    environ = {"GITHUB_TOKEN": "ghs_secret", **api}

    with pytest.raises(DocsToolsError) as failure:
        GitHub.from_environment(there, environ)

    assert str(failure.value).startswith("octo-org/handbook is on git.example.com")
    assert "set GITHUB_API_URL to https://git.example.com/api/v3" in str(failure.value)
    assert "ghs_secret" not in str(failure.value)


def test_the_api_of_another_host_is_the_one_that_is_named() -> None:
    there = Repository("octo-org", "handbook", "git.example.com")
    environ = {"GH_TOKEN": "ghs_secret", "GITHUB_API_URL": "https://git.example.com/api/v3/"}

    github = GitHub.from_environment(there, environ)

    assert repr(github) == "GitHub('octo-org/handbook', 'https://git.example.com/api/v3')"


def test_without_a_token_it_is_said_where_one_comes_from() -> None:
    with pytest.raises(DocsToolsError, match="there is no token for GitHub") as failure:
        GitHub.from_environment(Repository("a", "b"), {"GITHUB_TOKEN": "", "GH_TOKEN": "\n"})

    assert "GITHUB_TOKEN or GH_TOKEN" in str(failure.value)


@pytest.mark.parametrize(
    "url",
    ["http://api.github.com", "ftp://api.github.com", "api.github.com", "https://", "https://a:b/",
     "https://me:hunter2@api.github.com", "https://api.github.com/?a=b", "https://[::1", "https://a\nb"],
)  # fmt: skip
def test_an_address_that_a_token_must_not_be_sent_to_is_refused(url: str) -> None:
    with pytest.raises(DocsToolsError, match="GITHUB_API_URL") as failure:
        GitHub(Repository("a", "b"), "ghs_secret", url)

    assert "hunter2" not in str(failure.value)
    assert "ghs_secret" not in str(failure.value)


@pytest.mark.parametrize("token", ["", " ", "ghs_one\nghs_two", "ghs_sécret", "ghs_a b"])
def test_what_is_no_token_is_refused_and_not_told(token: str) -> None:
    with pytest.raises(DocsToolsError) as failure:
        GitHub(Repository("a", "b"), token)

    assert "ghs" not in str(failure.value)
