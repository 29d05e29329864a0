"""The published description holds requests and answers to what GitHub takes and gives."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.github.description import Description, converted
from tests.github.fixture import description

REPOSITORY = "/repos/octo-org/handbook"
HEADERS = {
    "accept": "application/vnd.github+json",
    "authorization": "Bearer x",
    "content-type": "application/json",
    "user-agent": "docs_tools",
    "x-github-api-version": "2022-11-28",
}
# what GitHub's own examples lack; nothing else is wrong with those of the calls made here
KNOWN_GAPS = ("'has_discussions' is a", "'language' is a", "'type' is a required")


@pytest.fixture(scope="module")
def described() -> Description:
    return description()


def wrong(described: Description, method: str, path: str, body: Any = None, **headers: str) -> str:
    content = b"" if body is None else json.dumps(body).encode()
    sent = {**HEADERS, **{name.replace("_", "-"): text for name, text in headers.items()}}
    found = described.wrong_request(method, REPOSITORY + path, sent, content)
    return "\n".join(found)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("GET", "/git/ref/heads/docs/layers", None),
        ("GET", "/git/trees/abc?recursive=1", None),
        ("GET", "/pulls?state=open&head=octo-org%3Ax&per_page=100", None),
        ("POST", "/git/trees", {"tree": [{"path": "a", "mode": "100644", "sha": None}]}),
        ("PATCH", "/git/refs/heads/x", {"sha": "abc", "force": True}),
        ("POST", "/pulls", {"title": "t", "head": "h", "base": "b", "body": "x"}),
        ("PATCH", "/pulls/7", {"title": "t"}),
    ],
)
def test_a_request_as_described_is_right(
    described: Description, method: str, path: str, body: Any
) -> None:
    assert wrong(described, method, path, body) == ""


@pytest.mark.parametrize(
    ("method", "path", "body", "why"),
    [
        ("GET", "/git/branches", None, "is not described"),
        ("PUT", "/pulls", {}, "is not described"),
        ("GET", "/pulls?status=open", None, "query: not the parameter status"),
        ("GET", "/pulls?state=opened", None, "'opened' is not one of"),
        ("GET", "/pulls?per_page=many", None, "'many' is not of type 'integer'"),
        ("GET", "/pulls?state=open&state=all", None, "not twice"),
        ("PATCH", "/pulls/seven", {"title": "t"}, "'seven' is not of type 'integer'"),
        ("POST", "/git/trees", None, "none where one must be"),
        ("POST", "/git/trees", {}, "'tree' is a required property"),
        ("POST", "/git/trees", {"tree": [{"mode": "755"}]}, "'755' is not one of"),
        ("POST", "/git/trees", {"tree": [{"name": "a"}]}, "'name' was unexpected"),
        ("POST", "/git/trees", {"tree": [{"path": None}]}, "None is not of type 'string'"),
        ("POST", "/pulls", {"head": "h", "base": "b", "draught": 1}, "'draught' was unexpected"),
        ("GET", "", {"a": 1}, "a body that isn't described"),
    ],
)
def test_a_request_that_is_not_as_described_is_wrong(
    described: Description, method: str, path: str, body: Any, why: str
) -> None:
    assert why in wrong(described, method, path, body)


@pytest.mark.parametrize("header", sorted(HEADERS))
def test_each_header_is_needed(described: Description, header: str) -> None:
    assert wrong(described, "POST", "/git/blobs", {"content": ""}) == ""
    assert wrong(described, "POST", "/git/blobs", {"content": ""}, **{header: ""})


def test_the_published_examples_of_answers_are_right_but_for_known_gaps(
    described: Description,
) -> None:
    names = ["full-repository", "git-ref", "git-commit", "git-tree", "blob", "pull-request",
             "short-blob"]  # fmt: skip
    for name in names:
        schema = {"$ref": f"#/components/schemas/{name}"}
        found = list(described.wrong_value(schema, described.example(name)))
        assert [why for why in found if not any(gap in why for gap in KNOWN_GAPS)] == []


def test_an_answer_without_a_field_or_of_another_status_is_wrong(described: Description) -> None:
    path = REPOSITORY + "/git/ref/heads/main"
    kind = {"content-type": "application/json; charset=utf-8"}
    ref = described.example("git-ref")

    def answered(value: Any, status: int = 200, headers: Any = kind) -> str:
        content = json.dumps(value).encode()
        return "\n".join(described.wrong_response("GET", path, status, headers, content))

    assert answered(ref) == ""
    assert answered({"message": "Not Found"}, 404) == ""
    assert "'object' is a required property" in answered({
        name: value for name, value in ref.items() if name != "object"
    })  # fmt: skip
    assert "object.sha" in answered({**ref, "object": {**ref["object"], "sha": "short"}})
    assert "is not answered with 202" in answered(ref, 202)
    assert "not the media type 'text/html'" in answered(ref, 200, {"content-type": "text/html"})


def test_nullable_lets_null_in_and_nothing_else() -> None:
    schema = {"type": "string", "enum": ["a"], "nullable": True, "example": "a"}

    assert converted(schema) == {"anyOf": [{"type": "null"}, {"type": "string", "enum": ["a"]}]}
    assert converted({"$ref": "#/x", "nullable": True}) == {"$ref": "#/x"}


def test_the_description_is_one_version_held_by_hashes_and_no_address_stands_in_its_lock() -> None:
    here = Path(__file__).parent
    wanted = json.loads((here / "package.json").read_text())["devDependencies"]
    lock = (here / "package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    own = packages.pop("")

    assert wanted == own["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert packages["node_modules/@octokit/openapi"]["version"] == wanted["@octokit/openapi"]
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "://" not in lock
