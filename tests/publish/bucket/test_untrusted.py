"""What nobody may reach through a bucket: files outside the site, keys outside the prefix."""

import json
import os
from pathlib import Path

import pytest

from tests.publish.bucket.bench import RECORD, Bench, site
from tests.publish.test_git_names import WRONG_USAGE

NAMES = [
    "a b.txt",
    "ä ß 漢.html",
    "quo\"te's.txt",
    "-leading",
    "--help",
    "trailing ",
    " leading",
    "star*?[x].txt",
    "100%.txt",
    "50%25.txt",
    "a+b&c=d;e.txt",
    "sub/-x/.hidden",
    ".nojekyll",
    "versions.json",
    ".docs_tools/record.json",
    "#hash.html",
    "\N{GRINNING FACE}.svg",
]


@pytest.mark.parametrize("prefix", ["", "docs/a+b ü"])
def test_files_of_any_name_get_keys_below_the_prefix(bucket: Bench, prefix: str) -> None:
    bucket.configure(prefix=prefix, delete_after=0)
    files = {"index.html": "<p>", **{name: f"text of {name}" for name in NAMES}}
    folder = bucket.write_site("site", files)
    bucket.publish("1.0.0", "latest", site=folder)
    start = f"{prefix}/" if prefix else ""
    objects = bucket.objects()
    assert all(key.startswith(start) for key in objects)
    for version in ("1.0.0", "latest"):
        found = {path: objects[f"{start}{version}/{path}"].content.decode() for path in files}
        assert found == files
    bucket.fair()
    bucket.publish("1.0.0", "latest", site=folder)
    assert bucket.aws.s3.changes == []
    bucket.run("versions", "verify", "--json")
    bucket.run("versions", "delete", "1.0.0", "latest")
    assert not [key for key in bucket.objects() if "index.html" in key]


@pytest.mark.parametrize("name", ["back\\slash.txt", "tab\there.txt", "line\nend.html"])
def test_a_name_that_can_stand_in_no_address_is_refused_before_anything_is_sent(
    bucket: Bench, name: str
) -> None:
    folder = bucket.write_site("site", {"index.html": "<p>", name: "x"})
    result = bucket.docs_tools("publish", "--version", "1.0.0", "--site-dir", folder)
    assert result.status == 1
    assert "can't go to" in result.err
    assert "Traceback" not in result.err
    assert bucket.objects() == {}


def test_links_out_of_the_site_and_what_is_no_file_are_left_out(
    bucket: Bench, tmp_path: Path
) -> None:
    folder = Path(bucket.write_site("site", {"index.html": "<p>", "sub/page.html": "<p>"}))
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.html").write_text("secret")
    (folder / "out").symlink_to(tmp_path / "secret")
    (folder / "key.html").symlink_to(tmp_path / "secret/key.html")
    (folder / "nowhere").symlink_to("gone")
    (folder / "loop").symlink_to(".")
    os.mkfifo(folder / "pipe")
    result = bucket.publish("1.0.0", "latest", "--json", site=str(folder))
    assert "key.html, loop, nowhere, out, pipe" in json.dumps(result.json)
    files = {"index.html", "sub/page.html", "docs-manifest.json"}
    found = {key for key in bucket.objects() if key.startswith(("1.0.0/", "latest/"))}
    assert found == {f"{name}/{file}" for name in ("1.0.0", "latest") for file in files}
    assert not [one for one in bucket.objects().values() if b"secret" in one.content]


@pytest.mark.parametrize("prefix", ["../x", "/x", "x/", "a//b", ".", "a/../b", "a\\b"])
def test_a_prefix_that_leads_elsewhere_is_refused(bucket: Bench, prefix: str) -> None:
    bucket.configure(prefix=prefix, delete_after=0)
    folder = bucket.write_site("site", site(8))
    result = bucket.docs_tools("publish", "--version", "1.0.0", "--site-dir", folder)
    assert result.status == 1
    assert "prefix" in result.err
    assert bucket.aws.s3.requests == []


@pytest.mark.parametrize("arguments", WRONG_USAGE, ids=str)
def test_a_version_an_alias_or_a_ref_that_is_none_is_wrong_usage(
    bucket: Bench, arguments: tuple[str, ...]
) -> None:
    result = bucket.docs_tools(*arguments)
    assert result.status == 2, result.err
    assert bucket.aws.s3.requests == []


def test_what_lies_beside_the_prefix_is_neither_read_nor_deleted(bucket: Bench) -> None:
    others = {
        "versions.json": b"[]",
        "docs": b"x",
        "docs.html": b"x",
        "docs2/versions.json": b"[{",
        "docs/tiny2/1.0.0/index.html": b"x",
        "1.0.0/index.html": b"x",
        RECORD: b"{",
    }
    for key, content in others.items():
        bucket.bucket.put(key, content)
    bucket.configure(prefix="docs/tiny", delete_after=0)
    for text in ("old", "new"):
        folder = bucket.write_site(text, site(12, text))
        bucket.publish("1.0.0", "latest", site=folder)
    bucket.publish("2.0.0", site=folder)
    bucket.run("versions", "prune", "--keep", "majors:1", "--delete")
    bucket.run("versions", "delete", "1.0.0", "latest")
    objects = bucket.objects()
    assert {key: objects[key].content for key in others} == others
    asked = [one for one in bucket.aws.s3.requests if one.key]
    assert all(one.key.startswith("docs/tiny/") for one in asked)
    assert all(
        "prefix=docs%2Ftiny%2F" in one.query
        for one in bucket.aws.s3.of("ListObjectsV2", "ListObjectVersions")
    )


@pytest.mark.parametrize(
    "due", ["../../other/key.html", "/etc/passwd", "versions.json", "2.0.0/index.html", "a\nb"]
)
def test_a_record_that_somebody_forged_deletes_nothing_that_is_in_use(
    bucket: Bench, due: str
) -> None:
    bucket.configure(delete_after=0)
    folder = bucket.write_site("site", site(12))
    bucket.publish("2.0.0", site=folder)
    bucket.bucket.put("other/key.html", b"x")
    record = bucket.json(RECORD)
    record["due"] = {due: "2020-01-01T00:00:00Z"}
    bucket.bucket.put(RECORD, json.dumps(record).encode())
    before = bucket.objects()
    result = bucket.docs_tools("versions", "retitle", "2.0.0", "Two")
    assert "Traceback" not in result.err
    kept = {key for key in before if key != RECORD}
    assert kept <= set(bucket.objects())
