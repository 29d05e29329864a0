"""Cut off at any request, a change leaves what a reader can read; the next run completes it.

The server counts the requests. It cuts all connections before one is carried out or after it, so
that the command fails there, and nothing comes through until the test mends it.
"""

import pytest

from tests.publish.bucket.bench import RECORD, Bench, faults, site
from tests.publish.bucket.scene import OBJECTS, Case, Scene
from tests.size import LONG

FULL = ("hotfix", "new version")
"""Those that are tried with many objects."""


CASES = {
    "hotfix": Case("hotfix --version 1.0.0 --site-dir {new}", {}),
    "hotfix, deletes at once": Case(
        "hotfix --version 1.0.0 --site-dir {new}", {"delete_after": 0, "prefix": "docs/tiny"}
    ),
    "new version": Case("publish --version 3.0.0 latest -u --title Third --site-dir {new}", {}),
    "redirects": Case(
        "publish --version 3.0.0 latest -u --site-dir {new}",
        {"alias_type": "redirect", "gzip": ["*.html"]},
    ),
    "delete": Case("versions delete 1.0.0 stable", {"delete_after": 0}, once=True),
    "rollback": Case("versions rollback 1.0.0", {}, versioned=True, once=True),
}


def points(name: str, requests: int) -> list[int]:
    """At which of a command's requests it is cut: in the long run at each.

    Else at some with the same way between them, and at two of the last, which make the change.
    """
    if LONG:
        return list(range(1, requests + 1))
    first, count = requests - 5, 3 if name in FULL else 2
    spread = [1 + round(number * (first - 1) / (count - 1)) for number in range(count)]
    return [*spread, requests - 3, requests - 2]


@pytest.mark.parametrize("name", CASES)
def test_cut_at_a_request_it_leaves_what_can_be_read_and_the_next_run_completes_it(
    bucket: Bench, name: str
) -> None:
    scene = Scene.create(bucket, CASES[name], OBJECTS if name in FULL else 16)
    found = []
    for turn, number in enumerate(points(name, scene.requests)):
        for when in ("before", "after") if LONG else (("before", "after")[turn % 2],):
            result = scene.cut(when, number)
            told = f"cut {when} request {number} of {scene.requests}"
            found += [f"{told}: {fault}" for fault in scene.left(result)]
            if result.status and "run the same command again" not in result.err:
                found.append(f"{told}: doesn't say what to do: {result.err}")
    assert found == []


@pytest.mark.parametrize("when", ["before", "after"] if LONG else ["before"])
def test_cut_twice_in_turn_it_is_completed_by_the_third_run(bucket: Bench, when: str) -> None:
    scene = Scene.create(bucket, CASES["hotfix"], 16)
    result = scene.cut(when, scene.requests // 2)
    (bucket.aws.s3.cut_before if when == "before" else bucket.aws.s3.cut_after)(4)
    assert bucket.docs_tools(*scene.words).status == 1
    bucket.fair()
    assert list(scene.left(result)) == []


def test_what_was_cut_off_is_completed_by_another_change_of_the_same_version(
    bucket: Bench,
) -> None:
    scene = Scene.create(bucket, CASES["hotfix"], 16)
    scene.cut("before", scene.requests // 2)
    third = bucket.write_site("third", site(16, "third"))
    bucket.forget_writers()
    bucket.run("hotfix", "--version", "1.0.0", "--site-dir", third)
    expected = site(16, "third")
    now = bucket.objects()
    assert {path: now[f"1.0.0/{path}"].content.decode() for path in expected} == expected
    assert faults(now) == []
    assert bucket.json(RECORD)["claims"] == {}


def test_what_was_cut_off_stops_nobody_who_publishes_another_version(bucket: Bench) -> None:
    scene = Scene.create(bucket, CASES["hotfix"], 16)
    scene.cut("before", scene.requests // 2)
    other = bucket.write_site("other", site(10, "other"))
    bucket.publish("4.0.0", site=other)
    assert "4.0.0" in bucket.versions
    bucket.run(*scene.words)
    assert faults(bucket.objects()) == []
    assert bucket.run("versions", "verify", "--json").json
