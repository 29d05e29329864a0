"""What a publish into a bucket costs in requests: it follows what changed."""

from collections import Counter
from pathlib import Path

import pytest

from tests.publish.bucket.bench import MANIFEST, RECORD, Bench, site
from tests.size import LONG

MANY = 1000
OTHERS = 50 if LONG else 6
"""How many other versions there are."""


def written(bench: Bench) -> list[str]:
    """The keys that were written or deleted, in order."""
    return [request.key for request in bench.aws.s3.changes]


def test_a_second_publish_sends_nothing(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(30))
    for alias in ([], ["latest"]):
        bucket.publish("1.0.0", *alias, site=folder)
        before = bucket.objects()
        bucket.fair()
        result = bucket.publish("1.0.0", *alias, "--json", site=folder)
        assert bucket.aws.s3.changes == []
        assert len(bucket.aws.s3.requests) <= 3
        assert bucket.objects() == before
        assert result.json["changed"] is False


@pytest.fixture
def large(bucket: Bench) -> tuple[Bench, Path]:
    """A bucket with 1.0.0 of many objects."""
    folder = bucket.write_site("site", site(MANY - 1))  # and the manifest
    bucket.publish("1.0.0", site=folder)
    held = [key for key in bucket.objects() if key.startswith("1.0.0/")]
    assert len(held) == MANY
    return bucket, Path(folder)


def change_a_page(folder: Path, text: str = "mended") -> str:
    """Changes a page of a site; its path."""
    path = "part3/page3/index.html"
    page = (folder / path).read_text()
    (folder / path).write_text(page.replace("Page 3", f"Page 3 {text}"))
    return path


def test_of_a_thousand_objects_only_what_differs_is_sent(large: tuple[Bench, Path]) -> None:
    bench, folder = large
    bench.fair()
    bench.publish("1.0.0", site=str(folder))
    assert bench.aws.s3.changes == []
    assert len(bench.aws.s3.requests) <= 3

    path = change_a_page(folder)
    bench.fair()
    bench.publish("1.0.0", site=str(folder))
    sent = written(bench)
    # the list of versions has nothing new to say: it is written for the race, or not at all
    assert set(sent) - {"versions.json"} == {RECORD, f"1.0.0/{path}", f"1.0.0/{MANIFEST}"}
    assert Counter(sent)[RECORD] <= 3
    assert len(sent) - Counter(sent)[RECORD] <= 3
    assert bench.bucket.get(f"1.0.0/{path}") == (folder / path).read_bytes()
    assert bench.run("versions", "verify", "--json").json

    # an alias is copied by the bucket itself, and then only what differs
    bench.fair()
    bench.run("versions", "alias", "1.0.0", "latest")
    copied = bench.aws.s3.of("CopyObject")
    assert len(copied) == MANY
    assert {one.key for one in bench.aws.s3.of("PutObject")} <= {
        RECORD,
        "versions.json",
        "docs-status.js",
        "404.html",
        "sitemap.xml",
        "index.html",
    }
    change_a_page(folder, "again")
    bench.fair()
    bench.publish("1.0.0", site=str(folder))
    copied = bench.aws.s3.of("CopyObject")
    assert {one.key for one in copied} == {f"latest/{path}", f"latest/{MANIFEST}"}
    puts = {one.key for one in bench.aws.s3.of("PutObject")} - {"versions.json"}
    assert puts == {RECORD, f"1.0.0/{path}", f"1.0.0/{MANIFEST}"}
    assert not [one for one in bench.aws.s3.requests if one.operation.startswith("List")]


def test_a_first_publish_sends_each_object_once(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(40))
    bucket.fair()
    bucket.publish("1.0.0", "latest", site=folder)
    counted = Counter(written(bucket))
    assert {key for key, times in counted.items() if times > 1} <= {RECORD}
    assert set(counted) == set(bucket.objects())
    assert {one.operation for one in bucket.aws.s3.changes if one.key.startswith("1.0.0/")} == {
        "PutObject"
    }
    assert {one.operation for one in bucket.aws.s3.changes if one.key.startswith("latest/")} == {
        "CopyObject"
    }
    assert bucket.aws.s3.most_in_flight > 1


def test_a_version_costs_the_same_beside_many_others_as_beside_one(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(12))
    operations = []
    for number in range(OTHERS):
        bucket.fair()
        bucket.publish(f"1.{number}.0", site=folder)
        operations.append(Counter(one.operation for one in bucket.aws.s3.requests))
    assert operations[1] == operations[-1]


def test_a_changed_title_costs_the_list_and_no_page(large: tuple[Bench, Path]) -> None:
    bench, _ = large
    bench.fair()
    bench.run("versions", "retitle", "1.0.0", "One")
    assert set(written(bench)) <= {RECORD, "versions.json", "docs-status.js", "404.html"}
    assert len(bench.aws.s3.requests) <= 12


def test_other_rules_for_headers_send_what_they_are_for(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(20))
    bucket.publish("1.0.0", site=folder)
    bucket.configure(cache=[{"match": "*.html", "control": "max-age=5"}])
    bucket.publish("1.0.0", site=folder)
    pages = {k: s for k, s in bucket.objects().items() if k.startswith("1.0.0/") and "html" in k}
    assert {stored.cache_control for stored in pages.values()} == {"max-age=5"}
    bucket.fair()
    bucket.publish("1.0.0", site=folder)
    assert bucket.aws.s3.changes == []
