"""Whoever reads the site from the bucket finds every link of it, as on the branch."""

import json
import mimetypes
from typing import Any

import pytest

from tests.aws.buckets import Stored
from tests.project import FILES, TinyProject
from tests.publish.bucket.bench import BUCKET, CONFIG, Bench, on_branch, site
from tests.publish.bucket.front import Read, Reader, answer, front, of_keys

PLUGINS = [
    "search",
    {"docs_tools/handbook": {"data": "facts"}},
    "docs_tools/layers",
    {"docs_tools/api": {"packages": ["tiny"], "path": "reference"}},
]


def of_branch(project: TinyProject) -> Read:
    """Reads from the docs branch; a link of git is followed, as GitHub Pages does."""
    files = on_branch(project)

    def read(path: str) -> Stored | None:
        kind = mimetypes.guess_type(path)[0] or ""
        return Stored(files[path], kind, "", "", "") if path in files else None

    return read


def publish_both(bucket: Bench, alias_type: str = "copy", **s3: Any) -> None:
    """Publishes a project with an API reference in two versions, here and there."""
    project = bucket.project
    for path, text in FILES.items():
        project.write(path, text)
    targets = {"git": {"push": False}, "s3": {"bucket": BUCKET, **s3}}
    own = {"docs_tools/publish": {"targets": targets}}
    plugins = [{"mike": {"alias_type": alias_type}}, *PLUGINS, own]
    project.write("mkdocs.yml", json.dumps({**CONFIG, "plugins": plugins}))
    project.commit("a project with a reference")
    bucket.run("publish", "--version", "1.0.0", "latest")
    project.write("docs/page.md", "# Page\n\n## More\n\n[home](index.md)\n")
    project.write("docs/index.md", "# Tiny\n\n[more](page.md#more)\n")
    project.commit("second")
    bucket.run("publish", "--version", "2.0.0", "latest", "-u")
    bucket.run("versions", "default", "latest")


@pytest.mark.parametrize(
    ("alias_type", "s3"),
    [("copy", {}), ("symlink", {"prefix": "docs/tiny"}), ("redirect", {"gzip": ["*.html"]})],
    ids=["copy", "below a prefix", "redirect and gzip"],
)
def test_no_link_is_broken_in_the_bucket_and_none_on_the_branch(
    bucket: Bench, alias_type: str, s3: dict[str, Any]
) -> None:
    publish_both(bucket, alias_type, **s3)
    starts = ("/", "/1.0.0/", "/2.0.0/", "/latest/", "/latest/page/", "/1.0.0/reference/tiny/core/")
    read: list[set[str]] = []
    for published in (of_keys(bucket.objects(), s3.get("prefix", "")), of_branch(bucket.project)):
        with front(published) as port:
            reader = Reader(port)
            assert reader.broken(*starts) == []
            read.append(set(reader.read))
    assert read[0] == read[1]
    assert len(read[0]) > 20


def test_the_reader_finds_what_is_broken(bucket: Bench) -> None:
    folder = bucket.write_site(
        "site", site(12, more='<a href="gone.html">x</a><a href="#no">y</a>')
    )
    bucket.publish("1.0.0", site=folder)
    with front(of_keys(bucket.objects())) as port:
        broken = Reader(port).broken("/1.0.0/")
    assert "/1.0.0/ -> /1.0.0/gone.html: 404" in broken
    assert "/1.0.0/ -> /1.0.0/#no: no such anchor" in broken


def test_what_is_not_there_is_answered_with_the_page_for_it(bucket: Bench) -> None:
    publish_both(bucket)
    read = of_keys(bucket.objects())
    status, found = answer(read, "/1.0.0/nowhere")
    assert status == 404
    assert found.content == bucket.bucket.get("404.html")
    assert answer(read, "/1.0.0/page")[0] == 302
    assert answer(read, "/1.0.0/page/")[1].content_type == "text/html; charset=utf-8"
