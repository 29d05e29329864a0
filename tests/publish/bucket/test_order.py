"""In which order a bucket is written to: what refers to something comes behind it."""

import posixpath

import pytest

from tests.publish.bucket.bench import RECORD, Bench, site

ASSETS, PAGES, INDEXES = range(3)


def stage(key: str) -> int:
    """The stage of an object of a version."""
    if key.endswith(".html"):
        return PAGES
    names = ("search_index.json", "sitemap.xml", "objects.inv", "docs-manifest.json")
    return INDEXES if posixpath.basename(key) in names else ASSETS


def stages(bench: Bench, folder: str) -> list[int]:
    """The stages of what was written to a folder, in order, without repetition."""
    found: list[int] = []
    for request in bench.aws.s3.of("PutObject", "CopyObject"):
        if request.key.startswith(f"{folder}/"):
            number = stage(request.key)
            found += [number] if found[-1:] != [number] else []
    return found


def place(bench: Bench, start: str, last: bool = True) -> int:
    """Where the last request for keys that begin so stands among all, or the first."""
    found = [one.number for one in bench.aws.s3.changes if one.key.startswith(start)]
    return found[-1 if last else 0]


@pytest.mark.parametrize("alias_type", ["copy", "redirect"])
def test_assets_then_pages_then_indexes_then_the_list(bucket: Bench, alias_type: str) -> None:
    bucket.configure(alias_type=alias_type)
    bucket.publish("1.0.0", site=bucket.write_site("first", site(8)))
    folder = bucket.write_site("site", site(40))
    bucket.fair()
    bucket.aws.s3.delay = 0.01  # so that many are under way
    bucket.publish("2.0.0", "latest", site=folder)
    assert stages(bucket, "2.0.0") == [ASSETS, PAGES, INDEXES]
    assert stages(bucket, "latest")[-1:] != [ASSETS]
    assert stages(bucket, "latest") == sorted(stages(bucket, "latest"))
    listed = place(bucket, "versions.json")
    assert place(bucket, "2.0.0/") < place(bucket, "latest/", last=False)
    assert place(bucket, "latest/") < place(bucket, "docs-status.js", last=False)
    assert place(bucket, "docs-status.js") < listed < place(bucket, RECORD)
    assert bucket.aws.s3.changes[0].key == RECORD
    assert bucket.aws.s3.changes[-1].key == RECORD


def test_what_is_added_comes_before_what_leads_to_it_and_deletes_come_last(bucket: Bench) -> None:
    bucket.configure(delete_after=0)
    old, new = site(24, "old"), site(32, "new")
    bucket.publish("1.0.0", "latest", site=bucket.write_site("old", old))
    folder = bucket.write_site("new", new)
    bucket.fair()
    bucket.aws.s3.delay = 0.01
    bucket.publish("1.0.0", site=folder)
    s3 = bucket.aws.s3
    for name in ("1.0.0", "latest"):
        assert stages(bucket, name) == [ASSETS, PAGES, INDEXES]
        written = [one for one in s3.of("PutObject", "CopyObject") if stage(one.key) == PAGES]
        pages = [one.key.removeprefix(f"{name}/") for one in written if one.key.startswith(name)]
        added = [page not in old for page in pages]
        assert added == sorted(added, reverse=True)
        assert set(added) == {True, False}  # the site has both
    deleted = s3.of("DeleteObjects")
    assert deleted
    assert place(bucket, "latest/") < deleted[0].number
    listed = s3.of("PutObject")
    assert [one.number for one in listed if one.key == "versions.json"] < [deleted[0].number]


def test_many_are_sent_at_a_time(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(60))
    bucket.aws.s3.delay = 0.05
    bucket.publish("1.0.0", "latest", site=folder)
    assert bucket.aws.s3.most_in_flight >= 8
