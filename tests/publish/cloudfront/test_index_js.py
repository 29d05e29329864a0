"""What CloudFront runs on each request, run here by Node."""

import json
import re
import shutil
import subprocess
from typing import Any

import pytest

from docs_tools.publish.cloudfront.template import function_code

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node")

SHOWN = {
    "/": "/index.html",
    "/guide/": "/guide/index.html",
    "/1.2.0/": "/1.2.0/index.html",
    "/latest/api/core/": "/latest/api/core/index.html",
    "/größe/": "/größe/index.html",
    "/a%20b/": "/a%20b/index.html",
    "//": "//index.html",
    **{
        file: file
        for file in (
            "/index.html",
            "/404.html",
            "/versions.json",
            "/1.2.0/index.html",
            "/1.2.0/assets/javascripts/bundle.5cf534bf.min.js",
            "/1.2.0/assets/stylesheets/main.css.map",
            "/1.2.0/objects.inv",
            "/sitemap.xml.gz",
            "/.nojekyll",
            "/img/photo.JPG",
            "/img/1.2.0.png",
            "/font.woff2",
            "/song.mp3",
            "/toolbox-1.2.0.tar.gz",
            "/all.7z",
            "/.well-known/security.txt",
            "/docs.rar",
            "/data.beta.csv",
        )
    },
}
LED = {
    f"/{folder}": f"/{folder}/"
    for folder in (
        "guide",
        "latest",
        "dev",
        "latest/api/core",
        "1.2.0",
        "v1.2.0",
        "1.2",
        "3.x",
        "1.2.0rc1",
        "1.2.0-rc.1",
        "1.2.0-beta",
        "1.2.0.dev3",
        "1.0.post1",
        "release-1.2",
        "prefix/1.2.0",
        "größe",
        "a%20b",
    )
} | {
    # never to another host
    "//evil": "/evil/",
    "///evil/x": "/evil/x/",
    "/\\evil": "/evil/",
}
QUERIES: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"q": {"value": "a%20b"}}, "?q=a%20b"),
    ({"h": {"value": ""}}, "?h"),
    ({"a": {"value": "1"}, "b": {"value": "2"}}, "?a=1&b=2"),
    ({"a": {"value": "1", "multiValue": [{"value": "1"}, {"value": ""}, {"value": "3"}]}},
     "?a=1&a&a=3"),
]  # fmt: skip


def run(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the function answers to requests; it runs strictly, as at CloudFront."""
    calls = f"console.log(JSON.stringify({json.dumps(requests)}.map(r => handler({{request: r}}))))"
    code = f"'use strict';\n{function_code()}\n{calls}"
    assert NODE
    done = subprocess.run([NODE, "-"], input=code, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def request(uri: str, query: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"method": "GET", "uri": uri, "querystring": query or {}, "headers": {}, "cookies": {}}


def test_files_and_folders_are_asked_for_by_their_key() -> None:
    query = {"q": {"value": "x"}}
    answers = run([request(uri, query) for uri in SHOWN])
    assert {uri: answer["uri"] for uri, answer in zip(SHOWN, answers, strict=True)} == SHOWN
    assert all(answer["querystring"] == query for answer in answers)


def test_a_folder_without_its_slash_leads_to_the_one_with_it() -> None:
    answers = run([request(uri) for uri in LED])
    assert {answer["statusCode"] for answer in answers} == {301}
    found = [answer["headers"]["location"]["value"] for answer in answers]
    assert dict(zip(LED, found, strict=True)) == LED


def test_the_query_is_kept() -> None:
    answers = run([request("/guide", query) for query, _ in QUERIES])
    found = [answer["headers"]["location"]["value"] for answer in answers]
    assert found == [f"/guide/{wanted}" for _, wanted in QUERIES]


def test_no_address_takes_long() -> None:
    uris = [f"/1{'-a.' * 3_000}", "/" + "a" * 8_000, "/" + ".rc" * 2_000 + "!"]
    assert len(run([request(uri) for uri in uris])) == len(uris)


def test_it_keeps_to_what_the_runtime_has() -> None:
    """ECMAScript 5.1, and no more than 10 KB.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
    """
    code = function_code()
    assert len(code.encode()) <= 10_240
    bare = re.sub(r"//.*|'[^'\n]*'|/(?:\\.|\[[^\]]*\]|[^/\n])+/[gi]*", "", code)
    later = (
        r"=>|`|\?\.|\?\?|\.\.\.|\b(?:let|const|class|import|export|of|async|await|require|eval)\b"
    )
    assert re.findall(later, bare) == []
    names = set(re.findall(r"\.(\w+)\(", bare))
    assert names <= {"substring", "lastIndexOf", "test", "replace", "push", "join"}
