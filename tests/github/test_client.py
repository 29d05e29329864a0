"""The calls, what is done about faults, and what is never told."""

import json
import logging
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
from docs_tools.github import GitHub, GitHubError, Repository
from docs_tools.github.transport import Patience
from tests.github.stand_in import QUICK, TOKEN, StandIn

REF = {"ref": "refs/heads/main", "object": {"type": "commit", "sha": "a" * 40}}


def refused(github: GitHub, call: str = "branch", *args: object) -> GitHubError:
    with pytest.raises(GitHubError) as failure:
        getattr(github, call)(*(args or (("main",) if call == "branch" else ())))
    assert TOKEN not in str(failure.value)
    assert TOKEN not in repr(failure.value)
    return failure.value


@pytest.fixture
def there(github: StandIn) -> StandIn:
    """A repository with one commit."""
    github.commit("main", {"a.md": b"one\r\n", "docs/b.md": b"\xff\0"}, "First")
    return github


def test_what_is_there_is_read(there: StandIn) -> None:
    client = there.client()

    assert client.facts().default_branch == "main"
    assert client.facts().full_name == "octo-org/handbook"
    head = client.branch("main")
    assert head == there.store.sha("main")
    tree = client.tree(client.commit(str(head)).tree.sha)
    blobs = {entry.path: client.blob(entry.sha) for entry in tree.tree if entry.type == "blob"}
    assert blobs == {"a.md": b"one\r\n", "docs/b.md": b"\xff\0"}
    assert client.branch("gone") is None
    assert client.open_pulls("octo-org", "gone") == ()


@pytest.mark.parametrize("name", ["docs/layers", "a#b", "ü", "x%2Fy", "x%y", "a&b=c+d", "a@b,c;d"])
def test_a_branch_of_any_name_is_made_moved_and_read(there: StandIn, name: str) -> None:
    client = there.client()
    first = str(there.store.sha("main"))
    there.commit("main", {"a.md": b"two"}, "Second")
    second = str(there.store.sha("main"))

    client.make_branch(name, first)
    assert client.branch(name) == first == there.store.sha(name)
    client.move_branch(name, second, force=False)
    assert client.branch(name) == second
    error = refused(client, "make_branch", name, first)
    assert error.meanwhile
    with pytest.raises(GitHubError, match="not a fast forward") as failure:
        client.move_branch(name, first, force=False)
    assert failure.value.meanwhile
    client.move_branch(name, first, force=True)
    assert there.store.sha(name) == first

    pull = client.make_pull("main", name, "Title", "Text")
    assert (pull.number, pull.state, pull.base.ref) == (1, "open", name)
    assert client.open_pulls("octo-org", "main") == (pull,)
    assert client.open_pulls("octo-org", name) == client.open_pulls("octocat", "main") == ()


@pytest.mark.parametrize("name", ["../../user", "a/../b", "a?b", "-x"])
def test_a_name_that_would_lead_elsewhere_is_not_asked_for(there: StandIn, name: str) -> None:
    with pytest.raises(DocsToolsError):
        there.client().branch(name)

    assert there.requests == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_what_fails_and_then_works_is_no_error(there: StandIn, status: int) -> None:
    there.fail(
        "GET /git/ref/.*",
        status,
        b"<html>oops</html>",
        times=2,
        headers={"content-type": "text/html"},
    )

    assert there.client().branch("main") == there.store.sha("main")
    assert len(there.requests) == 3


def test_what_goes_on_failing_is_an_error_after_some_tries(there: StandIn) -> None:
    there.fail("GET /git/ref/.*", 502, times=9)

    error = refused(there.client())

    assert error.status == 502
    assert not error.meanwhile
    assert str(error).startswith(
        'GitHub failed to read the branch "main" of octo-org/handbook (502)\n    try again later'
    )
    assert len(there.requests) == QUICK.tries


def test_making_a_branch_is_not_sent_twice_where_nobody_knows_what_became_of_it(
    there: StandIn,
) -> None:
    there.fail("POST /git/refs", 502, carried_out=True)

    error = refused(there.client(), "make_branch", "x", there.store.sha("main"))

    assert error.meanwhile  # read again what is there
    assert there.requests == ["POST /git/refs"]
    assert there.store.sha("x") == there.store.sha("main")


@pytest.mark.parametrize(
    ("status", "headers", "pauses"),
    [
        (429, {"retry-after": "3"}, [3.0]),
        (403, {"retry-after": "3"}, [3.0]),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}, [0.0]),
        (403, {"message": "You have exceeded a secondary rate limit."}, [5.0]),
        (429, {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, [5.0]),
        (503, {"retry-after": "2"}, [2.0]),
        (500, {}, [1.0]),
    ],
)
def test_a_pause_is_as_long_as_github_asks(
    there: StandIn, status: int, headers: dict[str, str], pauses: list[float]
) -> None:
    message = headers.pop("message", "No")
    there.fail("GET .*", status, {"message": message}, headers=headers)
    slept: list[float] = []
    patience = Patience(tries=2, pause=1.0, longest=5.0)
    client = GitHub(
        Repository("octo-org", "handbook"),
        TOKEN,
        there.url,
        patience=patience,
        sleep=slept.append,
    )

    assert client.branch("main")
    assert slept == pauses


def test_a_write_that_was_refused_for_too_many_requests_is_sent_again(there: StandIn) -> None:
    there.fail("POST /git/refs", 429, {"message": "Slow down"}, headers={"retry-after": "1"})

    there.client().make_branch("x", str(there.store.sha("main")))

    assert there.requests == ["POST /git/refs"] * 2


@pytest.mark.parametrize(
    ("headers", "hint"),
    [
        ({"retry-after": "3600"}, "try again in 3600 seconds"),
        (
            {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800"},
            "try again after 2100-01-01 00:00:00 UTC",
        ),
    ],
)
def test_a_pause_that_is_too_long_is_an_error_that_tells_it(
    there: StandIn, headers: dict[str, str], hint: str
) -> None:
    there.fail("GET .*", 403, {"message": "API rate limit exceeded"}, headers=headers)

    error = refused(there.client())

    assert error.message.startswith("GitHub's limit of requests is used up (403)")
    assert error.hint == hint
    assert len(there.requests) == 1


def test_pauses_double(there: StandIn) -> None:
    there.fail("GET .*", 500, times=9)
    slept: list[float] = []
    client = GitHub(Repository("octo-org", "handbook"), TOKEN, there.url, sleep=slept.append)

    refused(client)

    assert slept == [1.0, 2.0, 4.0]


def test_a_bad_token_is_said(there: StandIn) -> None:
    client = there.client(token="ghp_another")

    with pytest.raises(GitHubError) as failure:
        client.facts()

    assert str(failure.value) == (
        "GitHub does not take the token (401): Bad credentials\n"
        "    it may have ended or been revoked: give another in GITHUB_TOKEN or GH_TOKEN"
    )
    assert len(there.requests) == 1


def test_a_missing_permission_is_named(there: StandIn) -> None:
    there.rights = set()

    error = refused(there.client(), "make_branch", "x", there.store.sha("main"))

    assert error.message == (
        'GitHub refused to make the branch "x" of octo-org/handbook (403): '
        "Resource not accessible by integration"
    )
    assert error.hint
    assert "(contents=write)" in error.hint
    assert "`permissions: {contents: write, pull-requests: write}`" in error.hint
    assert not error.meanwhile


@pytest.mark.parametrize(
    ("message", "mend"),
    [
        (
            "GitHub Actions is not permitted to create or approve pull requests.",
            '"Allow GitHub Actions to create and approve pull requests"',
        ),
        ("Resource protected by organization SAML enforcement.", "single sign-on"),
    ],
)
def test_other_reasons_of_a_403_have_their_mend(there: StandIn, message: str, mend: str) -> None:
    there.fail("POST /pulls", 403, {"message": message})

    error = refused(there.client(), "make_pull", "x", "main", "Title", "")

    assert mend in str(error.hint)


def test_a_repository_that_is_not_there_is_said(there: StandIn) -> None:
    client = GitHub(Repository("octo-org", "gone"), TOKEN, there.url, patience=QUICK)

    error = refused(client, "facts")

    assert error.message == (
        "GitHub refused to read the repository of octo-org/gone (404): Not Found"
    )
    assert "the token may not" in str(error.hint)


def test_github_s_own_reasons_are_shown_and_do_nothing_to_a_terminal(there: StandIn) -> None:
    reasons = [
        {"message": "body is too long\x1b[31m\n::error::x"},
        {"resource": "PullRequest", "field": "head", "code": "invalid"},
        "plain",
        7,
        {"message": ["list"]},
    ]
    there.fail("POST /pulls", 422, {"message": "Validation Failed", "errors": reasons})

    shown = str(refused(there.client(), "make_pull", "x", "main", "Title", ""))

    assert shown == (
        "GitHub refused to open a pull request of octo-org/handbook (422): Validation Failed\n"
        "    body is too long\\x1b[31m\n"
        "    \\x3a:error::x\n"
        "    PullRequest head invalid\n"
        "    plain\n"
        "    ['list']"
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"null", b'"text"', b"{}", b"\xff", b"[" * 100_000,
     json.dumps({**REF, "object": {"type": "commit", "sha": "../../user"}}).encode(),
     json.dumps({**REF, "object": {"type": "commit", "sha": "a" * 40 + "\n"}}).encode(),
     json.dumps({**REF, "object": {"type": "tag", "sha": "a" * 40}}).encode(),
     json.dumps({**REF, "ref": "refs/heads/main2"}).encode(),
     json.dumps({**REF, "ref": ["refs/heads/main"]}).encode()],
)  # fmt: skip
def test_an_answer_of_another_shape_is_an_error(there: StandIn, body: bytes) -> None:
    there.fail("GET .*", 200, body)

    error = refused(there.client())

    assert "makes no sense" in error.message or "something else than the branch" in error.message
    assert len(there.requests) == 1


@pytest.mark.parametrize(
    "body", [b"<html>", b"[1]", b'{"message": 1, "errors": 2}', b"[" * 100_000]
)
def test_a_refusal_that_is_no_json_is_a_refusal(there: StandIn, body: bytes) -> None:
    there.fail("GET .*", 422, body, headers={"content-type": "text/html"})

    error = refused(there.client())

    assert error.message == ('GitHub refused to read the branch "main" of octo-org/handbook (422)')


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "/etc/passwd", "a/../b", "a//b", ".git/config", "a/.GIT/x", "", "a\0b"],
)  # fmt: skip
def test_a_path_that_leads_out_of_the_repository_is_refused(there: StandIn, path: str) -> None:
    entry = {"path": path, "mode": "100644", "type": "blob", "sha": "a" * 40}
    body = {"sha": "b" * 40, "url": "https://x", "truncated": False, "tree": [entry]}
    there.fail("GET .*", 200, body)

    assert "not a path in a repository" in refused(there.client(), "tree", "b" * 40).message


def test_a_tree_that_is_cut_is_an_error(there: StandIn) -> None:
    there.store.most_files = 2
    sha = there.store.git.text("rev-parse", "refs/heads/main^{tree}")

    error = refused(there.client(), "tree", sha)

    assert error.message == "octo-org/handbook has more files than GitHub lists at once"


@pytest.mark.parametrize(
    "told",
    [
        {"content": "b25lDQ==", "encoding": "base64"},
        {"content": "one\r\n", "encoding": "utf-8"},
        {"content": "", "encoding": "none"},
        {"content": "b25lDQo", "encoding": "base64"},
    ],
)
def test_a_file_that_is_not_what_was_asked_for_is_an_error(
    there: StandIn, told: dict[str, str]
) -> None:
    sha = there.store.git.text("rev-parse", "refs/heads/main:a.md")
    there.fail("GET .*", 200, {"sha": sha, **told})

    assert f"is not the file {sha}" in refused(there.client(), "blob", sha).message


def test_a_repository_that_has_a_new_name_is_found_by_its_old_one(there: StandIn) -> None:
    there.moved.add("octo-org/old")
    client = GitHub(Repository("octo-org", "old"), TOKEN, there.url, patience=QUICK)

    assert client.facts().full_name == "octo-org/handbook"
    client.make_branch("x", str(there.store.sha("main")))

    assert there.store.sha("x") == there.store.sha("main")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize(
    "target",
    ["http://localhost:{port}/", "https://127.0.0.1:{port}/", "//evil.example/x", "http://[::1",
     "http://127.0.0.1:{other}/", "http://me:{token}@127.0.0.1:{port}/"],
)  # fmt: skip
def test_the_token_follows_no_redirect_to_another_place(
    there: StandIn, status: int, target: str
) -> None:
    port = there.url.rpartition(":")[2]
    location = target.format(port=port, other=1, token=TOKEN)
    there.fail("GET .*", status, headers={"location": location})

    error = refused(there.client())

    assert "redirects to another place" in error.message
    assert len(there.requests) == 1


def test_redirects_in_a_circle_end(there: StandIn) -> None:
    there.fail("GET .*", 302, times=99, headers={"location": "?again=1"})

    # the address that it leads to is not described
    error = refused(there.client())
    there.problems.clear()

    assert "in a circle" in error.message
    assert len(there.requests) == 5


def test_an_answer_that_does_not_come_is_an_error(there: StandIn) -> None:
    there.fail("GET .*", None, times=2)
    patience = Patience(tries=2, pause=0.0, read=0.1)

    error = refused(there.client(patience=patience))

    assert error.message == f"{there.url} did not answer in time (ReadTimeout)"
    assert len(there.requests) == 2


def test_a_host_that_is_not_there_is_an_error() -> None:
    with socket.socket() as taken:  # bound, and nobody listens
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        client = GitHub(Repository("a", "b"), TOKEN, url, patience=QUICK, sleep=lambda _: None)
        error = refused(client)

    assert error.message == f"{url} can't be reached (ConnectionError)"
    assert error.hint == "is the network there, and GITHUB_API_URL right?"


def test_what_is_no_http_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"https://127.0.0.1:{server.getsockname()[1]}"
        script = (
            "import socket,sys; s=socket.socket(fileno=int(sys.argv[1])); c=s.accept()[0];"
            "c.recv(99); c.sendall(b'garbage'); c.close()"
        )
        number = server.fileno()
        command = [sys.executable, "-c", script, str(number)]
        process = subprocess.Popen(command, pass_fds=(number,))
        client = GitHub(Repository("a", "b"), TOKEN, url, patience=QUICK)
        error = refused(client)
        process.wait()

    assert error.message.startswith(f"{url} has a certificate that isn't trusted here, or")


def test_the_token_is_in_no_error_log_or_repr(
    there: StandIn, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    echo = {"message": f"bad header: Bearer {TOKEN}", "errors": [{"message": TOKEN}]}
    client = there.client()

    for status in (401, 403, 404, 422, 500):
        there.fail(
            "GET .*",
            status,
            echo,
            times=1 + 2 * (status == 500),
            headers={"x-accepted-github-permissions": TOKEN},
        )
        error = refused(client, "facts")
        assert "***" in str(error)
        there.fail("GET .*", 418)
        refused(client)
    client.facts()

    assert caplog.text
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(client) + repr(vars(client)) + repr(client._transport)


def test_a_login_of_netrc_does_not_take_the_token_s_place(
    there: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1\nlogin me\npassword hunter2\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    assert there.client().branch("main")


def test_the_environment_tells_api_and_token(there: StandIn) -> None:
    repository = Repository.parse(there.env["GITHUB_REPOSITORY"])

    client = GitHub.from_environment(repository, {**there.env, "GITHUB_TOKEN": f"{TOKEN}\n"})

    assert client.facts().default_branch == "main"


def test_importing_the_room_does_not_load_the_http_library() -> None:
    script = "import sys, docs_tools.github; print('requests' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.stdout == "False\n"


def test_the_stand_in_can_be_filled_by_a_push(github: StandIn, tmp_path: Path) -> None:
    git = Git(tmp_path, {"HOME": str(tmp_path)})
    git.output("init", "--quiet")
    (tmp_path / "a.md").write_text("hello")
    git.output("add", "a.md")
    git.output("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "One")

    github.push(tmp_path)

    assert github.client().branch("main") == git.commit("HEAD")
    assert github.file("main", "a.md") == b"hello"


def test_the_stand_in_tells_what_is_not_as_described(there: StandIn) -> None:
    send = there.client()._transport.send
    path = "/repos/octo-org/handbook/git"

    send("POST", f"{path}/blobs", body={"content": "", "colour": "red"})
    send("GET", f"{path}/trees/{'a' * 40}", query={"deep": "1"})
    send("GET", f"{path}/branches")

    told = "\n".join(there.problems)
    there.problems.clear()
    assert "'colour' was unexpected" in told
    assert "query: not the parameter deep" in told
    assert f"GET {path}/branches is not described" in told
