"""What nothing refers to any more stays for a while: a reader with an old page open finds it."""

import json

import pytest

from tests.publish.bucket.bench import RECORD, Bench, faults, site


@pytest.fixture
def sites(bucket: Bench) -> dict[str, str]:
    """Two sites of which each has assets that the other lacks."""
    return {name: bucket.write_site(name, site(16, name)) for name in ("one", "two")}


def assets(name: str) -> set[str]:
    """The assets of a site that the other one lacks."""
    found = {other: set(site(16, other)) for other in ("one", "two")}
    other = "two" if name == "one" else "one"
    return found[name] - found[other]


def due(bench: Bench) -> set[str]:
    """What the record says that may go, one day."""
    return set(bench.json(RECORD)["due"])


def pass_time(bench: Bench) -> None:
    """All that is due has been so for long."""
    record = bench.json(RECORD)
    record["due"] = dict.fromkeys(record["due"], "2020-01-01T00:00:00Z")
    bench.bucket.put(RECORD, json.dumps(record).encode())


def test_what_a_hotfix_removes_is_there_until_its_time_has_come(
    bucket: Bench, sites: dict[str, str]
) -> None:
    bucket.publish("1.0.0", "latest", site=sites["one"])
    bucket.fair()
    told = bucket.publish("1.0.0", site=sites["two"])
    gone = {f"{name}/{path}" for name in ("1.0.0", "latest") for path in assets("one")}
    assert due(bucket) == gone
    assert "due" in told.out
    assert not bucket.aws.s3.of("DeleteObject", "DeleteObjects")
    bucket.publish("2.0.0", site=sites["one"])  # it isn't time yet
    assert gone <= set(bucket.objects())
    pass_time(bucket)
    bucket.publish("1.0.0", site=sites["two"])  # nothing has changed, but time has passed
    assert due(bucket) == set()
    assert not gone & set(bucket.objects())
    assert faults(bucket.objects()) == []
    bucket.run("versions", "verify", "--json")
    bucket.fair()
    bucket.publish("1.0.0", site=sites["two"])
    assert bucket.aws.s3.changes == []


def test_what_comes_back_in_time_is_not_deleted(bucket: Bench, sites: dict[str, str]) -> None:
    for name in ("one", "two", "one"):
        bucket.publish("1.0.0", "latest", site=sites[name])
    assert due(bucket) == {f"{v}/{path}" for v in ("1.0.0", "latest") for path in assets("two")}
    pass_time(bucket)
    bucket.publish("2.0.0", site=sites["two"])
    kept = {f"{v}/{path}" for v in ("1.0.0", "latest") for path in site(16, "one")}
    assert kept <= set(bucket.objects())
    assert due(bucket) == set()
    assert faults(bucket.objects()) == []
    bucket.run("versions", "verify", "--json")


def test_a_version_that_is_published_again_loses_nothing(
    bucket: Bench, sites: dict[str, str]
) -> None:
    bucket.publish("2.0.0", site=sites["two"])
    bucket.publish("1.0.0", "stable", site=sites["one"])
    bucket.run("versions", "delete", "1.0.0", "stable")
    assert bucket.versions == ["2.0.0"]
    assert "1.0.0/index.html" in bucket.objects()  # for those who read it now
    bucket.publish("1.0.0", "stable", site=sites["two"])
    pass_time(bucket)
    bucket.publish("3.0.0", site=sites["one"])
    held = bucket.objects()
    for version in ("1.0.0", "stable", "2.0.0"):
        found = {key.removeprefix(f"{version}/") for key in held if key.startswith(f"{version}/")}
        assert found == {*site(16, "two"), "docs-manifest.json"}
    assert faults(held) == []
    bucket.run("versions", "verify", "--json")


@pytest.mark.parametrize("hours", [0, 0.5, 48])
def test_how_long_it_stays_is_set(bucket: Bench, sites: dict[str, str], hours: float) -> None:
    bucket.configure(delete_after=hours)
    bucket.publish("1.0.0", site=sites["one"])
    bucket.publish("1.0.0", site=sites["two"])
    removed = {f"1.0.0/{path}" for path in assets("one")}
    if hours == 0:
        assert due(bucket) == set()
        assert not removed & set(bucket.objects())
        return
    from datetime import UTC, datetime

    dates = {datetime.fromisoformat(date) for date in bucket.json(RECORD)["due"].values()}
    assert due(bucket) == removed <= set(bucket.objects())
    for date in dates:
        assert abs((date - datetime.now(UTC)).total_seconds() / 3600 - hours) < 0.1


def test_a_prune_deletes_what_is_due_and_notes_what_it_prunes(
    bucket: Bench, sites: dict[str, str]
) -> None:
    for version in ("1.0.0", "2.0.0"):
        bucket.publish(version, site=sites["one"])
    bucket.publish("2.0.0", site=sites["two"])
    pass_time(bucket)
    bucket.run("versions", "prune", "--keep", "majors:1", "--delete")
    assert bucket.versions == ["2.0.0"]
    assert not {f"2.0.0/{path}" for path in assets("one")} & set(bucket.objects())
    assert {key for key in bucket.objects() if key.startswith("1.0.0/")} == due(bucket)
    pass_time(bucket)
    bucket.run("versions", "prune", "--keep", "majors:1", "--delete")
    assert due(bucket) == set()
    assert not [key for key in bucket.objects() if key.startswith("1.0.0/")]
    assert faults(bucket.objects()) == []


def test_a_dry_run_deletes_nothing(bucket: Bench, sites: dict[str, str]) -> None:
    for name in ("one", "two"):
        bucket.publish("1.0.0", site=sites[name])
    pass_time(bucket)
    before = bucket.objects()
    bucket.fair()
    bucket.publish("1.0.0", "--dry-run", site=sites["one"])
    bucket.run("versions", "prune", "--keep", "majors:1")
    kept = ("publish", "--version", "1.0.0", "--no-push", "--site-dir", sites["one"])
    assert bucket.docs_tools(*kept).status == 1  # no branch is among the targets
    assert bucket.aws.s3.changes == []
    assert bucket.objects() == before
