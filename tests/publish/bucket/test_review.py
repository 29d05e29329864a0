"""What goes on behind a publisher's back: in the bucket, in the record and on the disk."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT
from moto.s3.models import s3_backends

from docs_tools.publish.bucket.headers import HeaderRules
from docs_tools.publish.bucket.ledger import Ledger
from docs_tools.publish.bucket.record import PATH, Record
from docs_tools.publish.bucket.settings import BucketSettings
from docs_tools.publish.bucket.store import open_store
from tests.aws.s3 import Drop, S3Request, at
from tests.publish.bucket.bench import BUCKET, RECORD, Bench, faults, site
from tests.publish.bucket.scene import Scene
from tests.publish.bucket.test_crash import CASES
from tests.publish.bucket.test_races import conditional, held, whole

LIST = at("PutObject", key="versions.json")
LONG_AGO = "2020-01-01T00:00:00Z"
NO_CACHE = [{"match": "*.html", "control": "no-cache"}]


def silent(bench: Bench, *names: str) -> None:
    """Nothing was heard of anybody who writes for a long time, nor of one who wrote to folders."""
    record = bench.json(RECORD)
    if names:
        record["claims"]["one"] = {"names": list(names), "aim": "something", "since": LONG_AGO}
    for claim in record["claims"].values():
        claim["since"] = LONG_AGO
    bench.bucket.put(RECORD, json.dumps(record).encode())


def entry(version: str, *aliases: str) -> dict[str, Any]:
    return {"version": version, "title": version, "aliases": list(aliases)}


# somebody else at the same version


def test_who_was_cut_off_elsewhere_says_nothing_of_a_version(bucket: Bench) -> None:
    two = site(14, "two")
    bucket.publish("0.9.0", site=bucket.write_site("nine", site(10)))
    bucket.publish("1.0.0", site=bucket.write_site("old", site(10)))
    silent(bucket, "0.9.0")
    folder = bucket.write_site("one", site(12, "one"))
    words = ("hotfix", "--version", "1.0.0", "--site-dir", folder)
    with held(bucket, conditional(1), *words) as (hold, result):
        hold.wait()
        bucket.publish("1.0.0", site=bucket.write_site("two", two))
        hold.release()
        first = result()
    assert first.status == 1
    assert "published meanwhile by somebody else" in first.err
    assert whole(bucket, "1.0.0", two)


def test_who_is_silent_for_too_long_doesnt_say_what_its_folder_holds(bucket: Bench) -> None:
    """Such as one that waits for CloudFront: the folder was taken over."""
    one, two = site(12, "one"), site(14, "two")
    folder = bucket.write_site("one", one)
    bucket.publish("1.0.0", site=bucket.write_site("old", site(10)))
    words = ("hotfix", "--version", "1.0.0", "--site-dir", folder)
    with held(bucket, conditional(3), *words) as (hold, result):
        hold.wait()
        silent(bucket)
        bucket.publish("1.0.0", site=bucket.write_site("two", two))
        hold.release()
        assert result().status == 0
    assert whole(bucket, "1.0.0", two)
    bucket.run(*words)
    assert whole(bucket, "1.0.0", one)
    assert faults(bucket.objects()) == []


def test_a_run_that_notes_that_it_is_alive_remembers_that_it_was_not_alone(
    bucket: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in bucket.aws.environment.items():
        monkeypatch.setenv(name, value)
    settings = BucketSettings("s3", BUCKET)
    store, rules = open_store(settings), HeaderRules(settings)

    def begin(run: str, names: Sequence[str]) -> Ledger:
        got = store.get(PATH)
        record = Record.loads(got.content, PATH) if got else Record("")
        state: Any = SimpleNamespace(record=record, record_etag=got.etag if got else None)
        ledger = Ledger(store, rules, run)
        ledger.claim(state, names, run, (), ())
        return ledger

    hotfix, default = begin("hotfix", ["1.0.0"]), begin("default", [])
    default.finish(lambda record, _: replace(record, files={"index.html": "new"}))
    monkeypatch.setattr("docs_tools.publish.bucket.ledger._RENEWED_AFTER", -1.0)
    hotfix.renew()
    hotfix.finish(lambda record, _: replace(record, files={"index.html": "old"}))
    assert bucket.json(RECORD)["sure"] is False


def test_ctrl_c_keeps_nobody_waiting(bucket: Bench) -> None:
    one, two = bucket.write_site("one", site(40, "one")), site(14, "two")
    bucket.fair()
    words = ["publish", "--version", "1.0.0", "--site-dir", one]
    with bucket.aws.s3.holding(at("PutObject", key="1.0.0/*"), 1) as hold:
        process = subprocess.Popen(
            [sys.executable, "-m", "docs_tools", *words],
            cwd=bucket.project.folder,
            env={**bucket.project.environment, **bucket.env},
            stderr=subprocess.PIPE,
        )
        hold.wait()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in err
    bucket.aws.s3.settle()
    other = bucket.publish("1.0.0", site=bucket.write_site("two", two))
    assert "waiting" not in other.err
    assert whole(bucket, "1.0.0", two)
    assert faults(bucket.objects()) == []


# by hand, or by another tool


def test_what_was_removed_by_hand_is_sent_when_it_is_published_again(bucket: Bench) -> None:
    files = site(10)
    folder = bucket.write_site("one", files)
    bucket.publish("1.0.0", site=folder)
    bucket.publish("2.0.0", site=folder)
    for key in bucket.objects():
        if key.startswith("1.0.0/"):
            bucket.bucket.delete(key)
    bucket.bucket.put("versions.json", json.dumps([entry("2.0.0")]).encode())
    bucket.publish("1.0.0", site=folder)
    assert faults(bucket.objects()) == []
    assert whole(bucket, "1.0.0", files)


@pytest.mark.parametrize("coding", ["br", "aws-chunked", "gzip"])
def test_what_another_tool_says_of_its_coding_is_left_alone(bucket: Bench, coding: str) -> None:
    bucket.bucket.put("hand.html", b"abc")
    there = s3_backends[ACCOUNT]["aws"].buckets[BUCKET].keys["hand.html"]
    there.metadata["Content-Encoding"] = coding
    bucket.publish("1.0.0", site=bucket.write_site("one", site(10)))
    bucket.run("versions", "verify")
    bucket.run("versions", "list")
    assert bucket.bucket.get("hand.html") == b"abc"


def test_other_rules_are_for_what_we_wrote_and_what_is_there(bucket: Bench) -> None:
    for name in ("robots.txt", "gone.txt"):
        bucket.bucket.put(name, b"User-agent: *\n")
    folder = bucket.write_site("one", site(10))
    bucket.publish("1.0.0", site=folder)
    bucket.bucket.delete("gone.txt")
    bucket.bucket.delete("sitemap.xml")
    before = bucket.objects()
    bucket.configure(cache=NO_CACHE, gzip=["*.txt"])
    bucket.run("versions", "retitle", "1.0.0", "One")
    bucket.publish("1.0.0", site=folder)
    now = bucket.objects()
    assert now["robots.txt"] == before["robots.txt"]
    assert "sitemap.xml" in now
    assert {one.cache_control for key, one in now.items() if key.endswith(".html")} == {"no-cache"}


# cut off


@pytest.mark.parametrize("number", [6, 9, 14])
def test_what_was_cut_off_while_rules_change_is_sent_with_the_new_ones(
    bucket: Bench, number: int
) -> None:
    folder = bucket.write_site("one", site(20))
    bucket.publish("1.0.0", "latest", site=folder)
    bucket.configure(cache=NO_CACHE)
    bucket.fair()
    bucket.aws.s3.cut_after(number)
    bucket.docs_tools("publish", "--version", "1.0.0", "--site-dir", folder)
    bucket.fair()
    bucket.publish("1.0.0", site=folder)
    pages = [one for key, one in bucket.objects().items() if key.endswith(".html")]
    assert {one.cache_control for one in pages} == {"no-cache"}


def test_what_another_tool_put_there_gets_checksums_where_the_first_run_was_cut_off(
    bucket: Bench,
) -> None:
    files = site(20)
    folder = bucket.write_site("one", files)
    for path, text in files.items():
        bucket.bucket.put(f"1.0.0/{path}", text.encode())
    bucket.bucket.put("versions.json", json.dumps([entry("1.0.0")]).encode())
    bucket.fair()
    bucket.aws.s3.cut_after(12)
    assert bucket.docs_tools("publish", "--version", "1.0.0", "--site-dir", folder).status == 1
    bucket.fair()
    bucket.publish("1.0.0", site=folder)
    assert faults(bucket.objects()) == []


def test_a_version_whose_deletion_was_cut_off_is_there(bucket: Bench) -> None:
    folder = bucket.write_site("one", site(12))
    for version in ("1.0.0", "2.0.0"):
        bucket.publish(version, site=folder)
    bucket.fair()
    bucket.aws.s3.play(Drop(), LIST, None)
    assert bucket.docs_tools("versions", "delete", "1.0.0").status == 1
    bucket.fair()
    bucket.publish("3.0.0", site=folder)
    assert b"/1.0.0/sitemap.xml" in (bucket.bucket.get("sitemap.xml") or b"")
    bucket.run("versions", "alias", "1.0.0", "old")
    assert faults(bucket.objects()) == []
    bucket.run("versions", "verify", "1.0.0")


def test_of_two_that_end_what_was_cut_off_neither_fails(bucket: Bench) -> None:
    folder = bucket.write_site("one", site(10))
    bucket.publish("0.1.0", site=folder)
    bucket.fair()
    listed: list[S3Request] = []

    def behind_the_list(request: S3Request) -> bool:
        listed.extend([request] if LIST(request) else [])
        return bool(listed) and request is not listed[0]

    bucket.aws.s3.play(Drop(), behind_the_list, None)
    words = ("publish", "--version", "1.0.0", "--site-dir", folder)
    assert bucket.docs_tools(*words).status == 1
    assert "1.0.0" in bucket.versions
    with held(bucket, at("PutObject", key=RECORD), *words) as (hold, result):
        hold.wait()
        bucket.run("versions", "retitle", "0.1.0", "First")
        hold.release()
        ended = result()
    assert ended.status == 0, ended.err
    assert bucket.json(RECORD)["claims"] == {}


# on the disk


def test_a_file_that_changes_while_it_is_sent_is_named(bucket: Bench) -> None:
    folder = bucket.write_site("one", site(20))
    words = ("publish", "--version", "1.0.0", "--site-dir", folder)
    with held(bucket, conditional(1), *words) as (hold, result):
        hold.wait()
        (Path(folder) / "index.html").write_text("changed", encoding="utf-8")
        hold.release()
        ended = result()
    assert ended.status == 1
    assert f"{folder}/index.html was written to while it was sent" in ended.err
    bucket.publish("1.0.0", site=folder)
    assert (bucket.bucket.get("1.0.0/index.html") or b"") == b"changed"


def test_a_file_that_goes_while_it_is_sent_is_named_and_nobody_waits(bucket: Bench) -> None:
    folder = bucket.write_site("one", site(20))
    words = ("publish", "--version", "1.0.0", "--site-dir", folder)
    with held(bucket, conditional(1), *words) as (hold, result):
        hold.wait()
        (Path(folder) / "index.html").unlink()
        hold.release()
        ended = result()
    assert ended.status == 1
    assert f"{folder}/index.html" in ended.err
    (since,) = {claim["since"] for claim in bucket.json(RECORD)["claims"].values()}
    assert since < LONG_AGO


def test_what_old_pages_need_stays_where_a_hotfix_was_cut_off_for_good(bucket: Bench) -> None:
    old = site(20, "old")
    folders = [bucket.write_site("old", old), bucket.write_site("new", site(20, "new"))]
    bucket.configure(cache=NO_CACHE)
    bucket.publish("1.0.0", "latest", site=folders[0])
    bucket.configure()
    bucket.fair()
    bucket.aws.s3.play(Drop(), at("PutObject", key="1.0.0/part*"), None)
    words = ("hotfix", "--version", "1.0.0", "--site-dir")
    assert bucket.docs_tools(*words, folders[1]).status == 1
    bucket.fair()
    silent(bucket)
    bucket.publish("2.0.0", site=folders[0])  # finds what was left, and keeps it
    record = bucket.json(RECORD)
    assert record["claims"] == {}
    record["due"] = dict.fromkeys(record["due"], LONG_AGO)
    bucket.bucket.put(RECORD, json.dumps(record).encode())
    bucket.publish("3.0.0", site=folders[0])
    assert faults(bucket.objects()) == []
    bucket.run(*words, folders[0])
    assert whole(bucket, "1.0.0", old)
    assert faults(bucket.objects()) == []
    pages = [one for key, one in bucket.objects().items() if key.endswith(".html")]
    assert "no-cache" not in {one.cache_control for one in pages}


def test_versions_of_another_tool_are_not_listed_by_each_publish(bucket: Bench) -> None:
    versions = [f"1.{number}.0" for number in range(20, 0, -1)]
    for version in versions:
        bucket.bucket.put(f"{version}/index.html", b"<html></html>")
        if version != "1.7.0":
            bucket.bucket.put(f"{version}/sitemap.xml", b"<urlset/>")
    bucket.bucket.put("versions.json", json.dumps(list(map(entry, versions))).encode())
    folder = bucket.write_site("one", site(10))
    for number in range(2):
        bucket.fair()
        bucket.publish(f"2.{number}.0", site=folder)
        assert len(bucket.aws.s3.of("ListObjectsV2")) <= 2
    index = bucket.bucket.get("sitemap.xml") or b""
    assert b"/1.20.0/sitemap.xml" in index
    assert b"/1.7.0/sitemap.xml" not in index


def test_who_is_overtaken_behind_a_page_at_the_root_says_what_it_did(bucket: Bench) -> None:
    folder = bucket.write_site("one", site(10))
    bucket.publish("1.0.0", "stable", site=folder)
    with held(bucket, LIST, "versions", "default", "stable") as (hold, result):
        hold.wait()
        bucket.publish("2.0.0", site=folder)
        hold.release()
        ended = result()
    assert ended.status == 0, ended.err
    assert "nothing to change" not in ended.out
    assert b"stable/" in (bucket.bucket.get("index.html") or b"")
    assert bucket.json(RECORD)["claims"] == {}
    assert whole(bucket, "2.0.0", site(10))
    bucket.run("versions", "verify")


def test_what_was_taken_away_by_hand_is_sent_again_where_that_is_asked_for(bucket: Bench) -> None:
    folder = bucket.write_site("one", site(12, "one"))
    bucket.publish("1.0.0", "latest", site=folder)
    whole = bucket.objects()
    pages = sorted(key for key in whole if key.startswith("1.0.0/") and key.endswith(".html"))
    bucket.bucket.delete(pages[0])
    bucket.bucket.put(pages[1], b"altered")
    assert bucket.docs_tools("versions", "verify").status == 1
    bucket.publish("1.0.0", site=folder)  # by what is known nothing is missing
    assert bucket.docs_tools("versions", "verify").status == 1
    words = ("hotfix", "--version", "1.0.0", "--site-dir", folder, "--thorough", "--json")
    result = bucket.docs_tools(*words)
    assert result.status == 0, result.err
    assert result.json["paths"]["added"] == [pages[0]]
    assert result.json["paths"]["changed"] == [pages[1]]
    assert bucket.docs_tools("versions", "verify").status == 0
    assert bucket.objects().keys() == whole.keys()
    again = len(bucket.aws.s3.requests)
    result = bucket.docs_tools(*words)
    assert not result.json["changed"]
    bucket.publish("1.0.0", site=folder)
    assert {one.operation for one in bucket.aws.s3.requests[again:]} <= {
        "GetObject", "HeadObject", "ListObjectsV2", "PutObject", "GetBucketPolicyStatus",
        "GetBucketAcl",
    }  # fmt: skip


def test_what_a_rollback_took_away_stays_due_where_it_was_cut_off_at_its_end(
    versioned: Bench,
) -> None:
    scene = Scene.create(versioned, CASES["rollback"], 16)
    scene.cut("after", scene.requests - 3)
    versioned.forget_writers()
    versioned.run("versions", "default", "latest")
    assert versioned.json(RECORD)["claims"] == {}
    assert (
        versioned.json(RECORD)["due"].keys() == json.loads(scene.new[RECORD].content)["due"].keys()
    )
    result = versioned.docs_tools("versions", "verify")
    assert result.status == 0, result.err
