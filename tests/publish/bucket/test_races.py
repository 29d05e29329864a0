"""Several at the same bucket at the same moment: nobody's work is lost, nobody's file deleted."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count

import pytest

from tests.aws.s3 import Hold, S3Request, at
from tests.forkserver import ForkServer
from tests.project import Result, run_together
from tests.publish.bucket.bench import MANIFEST, RECORD, Bench, faults, site
from tests.size import LONG

EIGHT = range(8)
CONDITIONAL_WRITES = 3
"""So many has each change: the record, the list, and the record."""

_FIRST = ForkServer()  # what is held; the others run on the one that all tests use


def begin(bench: Bench, *words: str) -> Callable[[], Result]:
    """Starts a command beside the test; gives what waits for its result."""
    pool = ThreadPoolExecutor(1)
    env = {**bench.project.environment, **bench.env}
    running = pool.submit(_FIRST.run, ["docs_tools", *words], bench.project.folder, env)
    pool.shutdown(wait=False)
    return lambda: Result(*running.result(120))


def conditional(number: int) -> Callable[[S3Request], bool]:
    """Tells the conditional write of a number."""
    numbers = count(1)
    return lambda request: (
        bool({"if-match", "if-none-match"} & request.headers.keys()) and next(numbers) == number
    )


@contextmanager
def held(
    bench: Bench, when: Callable[[S3Request], bool], *words: str
) -> Iterator[tuple[Hold, Callable[[], Result]]]:
    """A command that is held at one of its requests; at the end it may go on."""
    bench.fair()
    with bench.aws.s3.holding(when) as hold:
        result = begin(bench, *words)
        yield hold, result
    result()


def whole(bench: Bench, version: str, files: dict[str, str]) -> bool:
    """Whether a version holds these files, each as it is."""
    now = bench.objects()
    found = {
        key.removeprefix(f"{version}/"): stored.content.decode()
        for key, stored in now.items()
        if key.startswith(f"{version}/") and not key.endswith(MANIFEST)
    }
    return files.items() <= found.items()


def test_eight_publishers_of_eight_versions_at_once_all_land(bucket: Bench) -> None:
    bucket.publish("0.1.0", site=bucket.write_site("first", site(10)))
    expected = ["0.1.0"]
    for turn in range(5 if LONG else 1):
        calls, sites = [], {}
        for number in EIGHT:
            version = f"{turn + 1}.{number}.0"
            sites[version] = site(12, f"{turn} {number}")
            folder = bucket.write_site(f"site{turn}.{number}", sites[version])
            alias = ["latest", "-u"] if number == 7 else []
            words = ["publish", "--version", version, *alias, "--site-dir", folder]
            project = bucket.project.copy(bucket.folder / f"clone{turn}.{number}")
            calls.append((project, words, bucket.env))
        bucket.fair()
        with ThreadPoolExecutor(1) as pool, bucket.aws.s3.holding(conditional_any, 8) as hold:
            running = pool.submit(run_together, calls)
            hold.wait(8)  # all have planned on the same state
            hold.release()
            results = running.result(300)
        assert [result.status for result in results] == [0] * 8, [r.err for r in results]
        expected += sites
        assert sorted(bucket.versions) == sorted(expected)
        for version, files in sites.items():
            assert whole(bucket, version, files), version
        assert whole(bucket, "latest", sites[f"{turn + 1}.7.0"])
        assert faults(bucket.objects()) == []
    root = bucket.bucket.get("docs-status.js") or b""
    assert all(f'"{version}"'.encode() in root for version in expected)
    sitemap = (bucket.bucket.get("sitemap.xml") or b"").decode()
    assert all(f"/{version}/sitemap.xml" in sitemap for version in expected), sitemap
    record = bucket.json(RECORD)
    assert record["claims"] == {}
    assert {*expected, "latest"} == set(record["folders"])
    bucket.run("versions", "verify", "--json")


def conditional_any(request: S3Request) -> bool:
    """Tells any conditional write."""
    return bool({"if-match", "if-none-match"} & request.headers.keys())


@pytest.mark.parametrize("number", range(1, CONDITIONAL_WRITES + 1))
def test_whoever_is_overtaken_at_a_conditional_write_lands_behind_the_other(
    bucket: Bench, number: int
) -> None:
    one, two = site(12, "one"), site(14, "two")
    bucket.publish("0.1.0", "latest", site=bucket.write_site("first", site(10)))
    folder, other = bucket.write_site("one", one), bucket.write_site("two", two)
    words = ("publish", "--version", "1.0.0", "next", "--site-dir", folder)
    with held(bucket, conditional(number), *words) as (hold, result):
        hold.wait()
        bucket.publish("2.0.0", "latest", "-u", site=other)
        hold.release()
        first = result()
    assert first.status == 0, first.err
    assert bucket.versions == ["2.0.0", "1.0.0", "0.1.0"]
    assert whole(bucket, "1.0.0", one)
    assert whole(bucket, "next", one)
    assert whole(bucket, "2.0.0", two)
    assert whole(bucket, "latest", two)
    assert faults(bucket.objects()) == []
    assert bucket.json(RECORD)["claims"] == {}
    status = bucket.bucket.get("docs-status.js") or b""
    assert b'"1.0.0"' in status
    assert b'"2.0.0"' in status
    # nothing is left to be done
    bucket.fair()
    bucket.publish("2.0.0", "latest", site=other)
    assert bucket.aws.s3.changes == []


@pytest.mark.parametrize("number", range(CONDITIONAL_WRITES + 1))
def test_of_two_publishers_of_one_version_the_content_is_that_of_one(
    bucket: Bench, number: int
) -> None:
    sites = {name: site(16, name, changed=range(9)) for name in ("old", "one", "two")}
    folders = {name: bucket.write_site(name, files) for name, files in sites.items()}
    bucket.publish("1.0.0", "latest", site=folders["old"])
    words = ("hotfix", "--version", "1.0.0", "--site-dir")
    # at one of its conditional writes, or in the middle of its pages
    when = conditional(number) if number else at("PutObject", key="1.0.0/part2/*")
    with held(bucket, when, *words, folders["one"]) as (hold, result):
        hold.wait()
        other = meanwhile(bucket, hold, *words, folders["two"])
        results = [result(), other]
    assert all(one.status in (0, 1) and "Traceback" not in one.err for one in results)
    assert 0 in [one.status for one in results], [one.err for one in results]
    for one in results:
        assert one.status == 0 or "1.0.0" in one.err
    winners = [name for name in ("one", "two") if whole(bucket, "1.0.0", sites[name])]
    assert len(winners) == 1
    assert whole(bucket, "latest", sites[winners[0]])
    assert faults(bucket.objects()) == []
    bucket.run("versions", "verify", "--json")


PRUNE = ("versions", "prune", "--keep", "majors:1", "--delete")


@pytest.mark.parametrize("who", ["publish", "prune"])
@pytest.mark.parametrize("number", range(1, CONDITIONAL_WRITES + 1))
def test_a_publish_and_a_prune_at_once_lose_nothing(bucket: Bench, who: str, number: int) -> None:
    bucket.configure(delete_after=0)
    old = bucket.write_site("old", site(12))
    for version in ("1.0.0", "2.0.0"):
        bucket.publish(version, site=old)
    three = site(14, "three")
    publish = ("publish", "--version", "3.0.0", "latest", "--site-dir",
               bucket.write_site("three", three))  # fmt: skip
    first, second = (publish, PRUNE) if who == "publish" else (PRUNE, publish)
    with held(bucket, conditional(number), *first) as (hold, result):
        hold.wait()
        other = bucket.docs_tools(*second)
        hold.release()
        results = [result(), other]
    assert [one.status for one in results] == [0, 0], [one.err for one in results]
    assert "3.0.0" in bucket.versions
    assert "1.0.0" not in bucket.versions
    assert whole(bucket, "3.0.0", three)
    assert whole(bucket, "latest", three)
    assert faults(bucket.objects()) == []
    bucket.run(*PRUNE)
    bucket.run("versions", "retitle", "3.0.0", "Three")  # carries out what is due
    assert bucket.versions == ["3.0.0"]
    assert whole(bucket, "3.0.0", three)
    assert not [key for key in bucket.objects() if key.startswith(("1.0.0/", "2.0.0/"))]
    bucket.run("versions", "verify", "--json")


def test_what_comes_back_while_somebody_deletes_it_is_there_at_the_end(bucket: Bench) -> None:
    """The first removes assets that are due; the second publishes them once more meanwhile."""
    bucket.configure(delete_after=0)
    before, after = site(20, "before"), site(20, "after")
    folders = [bucket.write_site("before", before), bucket.write_site("after", after)]
    bucket.publish("1.0.0", site=folders[0])
    words = ("hotfix", "--version", "1.0.0", "--site-dir")
    with held(bucket, at("DeleteObjects"), *words, folders[1]) as (hold, result):
        hold.wait()
        again = meanwhile(bucket, hold, *words, folders[0])
        first = result()
    assert first.status == 0, first.err
    # whoever planned on what was there before is told so, and asked to decide
    assert again.status == 0 or "published meanwhile by somebody else" in again.err
    bucket.run(*words, folders[0])
    assert whole(bucket, "1.0.0", before)
    assert faults(bucket.objects()) == []
    bucket.run("versions", "verify", "--json")


def meanwhile(bench: Bench, hold: Hold, *words: str) -> Result:
    """Runs a command while another one is held, which may go on when the second waits for it."""
    seen = len(bench.aws.s3.requests)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(bench.docs_tools, *words)
        for _ in range(200):
            looks = [one for one in bench.aws.s3.requests[seen:] if one.operation == "GetObject"]
            if running.done() or [one.key for one in looks].count(RECORD) > 3:
                break
            hold.released.wait(0.05)
        hold.release()
        return running.result(200)


def test_somebody_who_deletes_a_version_takes_none_that_comes_back(bucket: Bench) -> None:
    bucket.configure(delete_after=0)
    one = site(12, "one")
    folder = bucket.write_site("one", one)
    for version in ("1.0.0", "2.0.0"):
        bucket.publish(version, site=folder)
    delete = ("versions", "delete", "1.0.0")
    for number in range(1, CONDITIONAL_WRITES + 1):
        with held(bucket, conditional(number), *delete) as (hold, result):
            hold.wait()
            words = ("publish", "--version", "1.0.0", "--site-dir", folder)
            other = meanwhile(bucket, hold, *words)
            results = [result(), other]
        assert all(one.status in (0, 1) for one in results), [one.err for one in results]
        assert faults(bucket.objects()) == []
        assert ("1.0.0" not in bucket.versions) or whole(bucket, "1.0.0", one)
        bucket.publish("1.0.0", site=folder)
        assert whole(bucket, "1.0.0", one)
