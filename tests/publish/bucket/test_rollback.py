"""`versions rollback` in a bucket: without a rebuild or an upload where it keeps versions."""

from tests.publish.bucket.bench import MANIFEST, RECORD, Bench, faults, site

ROOT = {"versions.json", "docs-status.js", "404.html", "sitemap.xml", "index.html", RECORD}


def files(bench: Bench, name: str) -> dict[str, bytes]:
    """What a version or an alias refers to: what its manifest names, and the manifest."""
    named = bench.json(f"{name}/{MANIFEST}")["files"]
    return {path: bench.bucket.get(f"{name}/{path}") or b"" for path in [*named, MANIFEST]}


def test_each_rollback_copies_what_was_there_before(versioned: Bench) -> None:
    states, headers = [], []
    for text in ("first", "second", "third"):
        folder = versioned.write_site(text, site(16, text))
        versioned.publish("1.0.0", "latest", site=folder)
        states.append(files(versioned, "1.0.0"))
        objects = versioned.objects()
        headers.append({p: objects[f"1.0.0/{p}"].cache_control for p in states[-1]})
    for number in (1, 0):
        versioned.fair()
        versioned.run("versions", "rollback", "1.0.0")
        assert files(versioned, "1.0.0") == states[number]
        assert files(versioned, "latest") == states[number]
        objects = versioned.objects()
        assert {p: objects[f"1.0.0/{p}"].cache_control for p in states[number]} == headers[number]
        sent = {one.key for one in versioned.aws.s3.of("PutObject")}
        # the manifest was read, to know what was there
        assert sent <= {*ROOT, f"1.0.0/{MANIFEST}"}, "something was uploaded"
        assert versioned.aws.s3.of("CopyObject")
        assert faults(objects) == []
        versioned.run("versions", "verify", "--json")
    assert all(stored.is_sound for stored in versioned.objects().values())


def test_it_finds_what_was_deleted_meanwhile(versioned: Bench) -> None:
    versioned.configure(delete_after=0)
    first, second = (versioned.write_site(t, site(16, t)) for t in ("first", "second"))
    versioned.publish("1.0.0", site=first)
    before = files(versioned, "1.0.0")
    versioned.publish("1.0.0", site=second)
    assert set(before) - set(files(versioned, "1.0.0"))
    versioned.run("versions", "rollback", "1.0.0")
    assert files(versioned, "1.0.0") == before
    assert faults(versioned.objects()) == []
    versioned.run("versions", "verify", "--json")


def test_without_versions_it_says_so_and_what_to_rebuild(bucket: Bench) -> None:
    bucket.project.git("tag", "v1")
    for text in ("first", "second"):
        folder = bucket.write_site(text, site(12, text))
        bucket.publish("1.0.0", "--ref", "v1", site=folder)
    before = bucket.objects()
    result = bucket.docs_tools("versions", "rollback", "1.0.0")
    assert result.status == 1
    assert "versioning" in result.err
    assert "--ref" in result.err
    assert "Traceback" not in result.err
    assert bucket.objects() == before


def test_the_history_names_each_publish(versioned: Bench) -> None:
    for text in ("first", "second"):
        versioned.publish("1.0.0", site=versioned.write_site(text, site(12, text)))
    versioned.run("versions", "rollback", "1.0.0")
    found = versioned.run("versions", "history", "1.0.0", "--json").json
    assert len(found) == 3, found
