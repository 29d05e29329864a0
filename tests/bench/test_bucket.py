"""Publishing to S3 beside `aws s3 sync`: what needs no peer."""

import os
import time
from pathlib import Path

import pytest

from bench.bucket.__main__ import PAGE, RESULTS
from bench.bucket.measure import ALL, BYTES, OURS, SYNC, TASKS, check, measure
from bench.bucket.page import parts
from bench.bucket.server import Request
from bench.bucket.site import INDEX, change_page, touch, write_site
from bench.bucket.site import PAGE as MENDED
from bench.builds.process import Failed
from bench.builds.record import Record, Results
from bench.report_page import fill

MACHINE = {
    "processor": "Some CPU",
    "processors": "2",
    "memory": "8 GB",
    "system": "Linux 6.1",
    "awscli": "1.46.3",
    "date": "2026-11-23",
}
RECORD = ".docs_tools/record.json"


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_site_has_as_many_files_as_asked_for_and_is_the_same_each_time(tmp_path: Path) -> None:
    for name in "ab":
        write_site(tmp_path / name, 40)
    assert len(files(tmp_path / "a")) == 40
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_mended_page_changes_itself_and_the_index(tmp_path: Path) -> None:
    write_site(tmp_path, 20)
    before = files(tmp_path)
    changed = change_page(tmp_path, 1)
    after = files(tmp_path)
    assert changed == {MENDED, INDEX}
    assert {path for path in after if after[path] != before[path]} == changed


def test_what_is_touched_is_later_than_what_was_uploaded_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.bucket.site.time.sleep", lambda seconds: None)
    (tmp_path / "in").mkdir()
    for name in ("a", "in/b"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    touch(tmp_path, {"in/b"})
    assert (tmp_path / "a").stat().st_mtime == 1
    assert time.time() - 60 < (tmp_path / "in/b").stat().st_mtime < time.time()
    touch(tmp_path)
    assert (tmp_path / "a").stat().st_mtime > 1


GET = Request("GetObject", "versions.json", 0)


@pytest.mark.parametrize(
    ("what", "requests", "told"),
    [
        ("same", [GET] * 3, None),
        ("same", [GET] * 4, "4 requests"),
        ("same rebuilt", [GET, Request("PutObject", RECORD, 9)], "record.json"),
        ("page", [GET] * 9 + [Request("PutObject", f"1.0.0/{MENDED}", 9)], None),
        ("page rebuilt", [Request("PutObject", RECORD, 9)] * 2, None),
        ("page rebuilt", [Request("PutObject", "1.0.0/index.html", 9)], "1.0.0/index.html"),
        ("page", [Request("DeleteObjects", "", 9)], "not only what differs"),
        ("first", [Request("PutObject", "1.0.0/index.html", 9)] * 9, None),
    ],
)
def test_more_requests_than_must_be_end_the_measurement(
    what: str, requests: list[Request], told: str | None
) -> None:
    if told is None:
        check(what, requests, {MENDED, INDEX})
        return
    with pytest.raises(Failed, match=told):
        check(what, requests, {MENDED, INDEX})


def test_the_page_tells_times_and_requests() -> None:
    results = Results()
    records = [
        Record("9", "same", OURS.name, [1, 2, 4], cpu=[1, 1, 1], counts={"GetObject": 2, BYTES: 0}),
        Record("9", "same", SYNC.name, [2, 2, 2], cpu=[2, 2, 4], counts={"PutObject": 1000,
               "ListObjectsV2": 1, BYTES: 12_345_678}),
    ]  # fmt: skip
    results.take(records, MACHINE)
    told = parts(results)
    assert told["bucket times"].splitlines()[2:] == [
        f"| {TASKS['same']} | docs_tools publish | 1.00 s | 2.00 s | 4.00 s "
        "| 1.00 (0.50 to 2.00) | 0.50 (0.25 to 0.50) |",
        f"| {TASKS['same']} | aws s3 sync | 2.00 s | 2.00 s | 2.00 s |  |  |",
    ]
    assert told["bucket requests"].splitlines()[2:] == [
        f"| {TASKS['same']} | docs_tools publish | 2 | 2 GetObject | 0 kB |",
        f"| {TASKS['same']} | aws s3 sync | 1,001 | 1,000 PutObject, 1 ListObjectsV2 | 12,346 kB |",
    ]
    assert "awscli 1.46.3" in told["bucket machine"]
    assert told["bucket machine"].endswith("Each was run 3 times.")


def test_the_page_has_what_was_measured_last() -> None:
    text = PAGE.read_text("utf-8")
    results = Results.load(RESULTS)
    assert fill(text, parts(results)) == text
    assert {(one.what, one.who) for one in results.records} == {
        (what, who.name) for what in TASKS for who in ALL
    }


def test_ours_is_measured_on_a_server_in_its_own_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.bucket.site.time.sleep", lambda seconds: None)
    (records,) = measure(tmp_path, 8, 1, [OURS])
    counts = {record.what: record.counts for record in records}
    assert counts["first"]["PutObject"] > 8
    assert counts["same"].keys() == counts["same rebuilt"].keys() == {"GetObject", BYTES}
    assert counts["page"] == {**counts["page rebuilt"], BYTES: counts["page"][BYTES]}
    assert all(len(record.seconds) == len(record.cpu) == 1 for record in records)
