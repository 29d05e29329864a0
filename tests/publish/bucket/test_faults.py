"""What goes wrong between here and S3 is retried, or told with what to do; nothing is half done."""

import json
from dataclasses import dataclass

import pytest

from tests.aws.s3 import (
    BAD_DIGEST,
    CONFLICT,
    DENIED,
    EXPIRED,
    INTERNAL_ERROR,
    LOST,
    SKEWED,
    SLOW_DOWN,
    Alter,
    Drop,
    Play,
    Refuse,
    Wait,
    at,
)
from tests.aws.server import SECRETS
from tests.forkserver import READ_SECONDS
from tests.project import Result
from tests.publish.bucket.bench import BUCKET, RECORD, Bench, site
from tests.publish.bucket.scene import Case, Scene

HIDDEN = [*SECRETS.values(), "SECRETUSER", "SIGNEDTOKEN", "X-Amz-", "Signature="]
PATIENT = {"AWS_MAX_ATTEMPTS": "4"}


def secrets(result: Result) -> list[str]:
    """What is shown and may not be."""
    return [secret for secret in HIDDEN if secret in result.out + result.err]


@dataclass(frozen=True)
class Passing:
    """Something that goes wrong for a while.

    Attributes:
        play: What.
        operation: With which requests.
        key: Their keys.
        times: How often.
        after: From which request on.
    """

    play: Play
    operation: str = "PutObject"
    key: str = "*"
    times: int = 1
    after: int = 0

    def start(self, bench: Bench) -> None:
        when = at(self.operation, key=self.key, after=self.after)
        bench.aws.s3.play(self.play, when, self.times)


PASSING = {
    "throttled": Passing(SLOW_DOWN, times=2, after=6),
    "throttled while it reads": Passing(SLOW_DOWN, "GetObject", times=2),
    "an internal error": Passing(INTERNAL_ERROR, after=6),
    "a copy that fails": Passing(INTERNAL_ERROR, "CopyObject"),
    "no answer in time": Passing(Wait(8), after=6),
    "a connection that is closed": Passing(Drop(), after=6),
    "a connection that is reset": Passing(Drop(reset=True), after=6),
    "an answer that is lost": Passing(Drop(done=True), after=6),
    "a digest that differs once": Passing(BAD_DIGEST, after=6),
    "a race for the list": Passing(CONFLICT, key="versions.json"),
    "a lost race for the list": Passing(LOST, key="versions.json", times=2),
    "a race for the record": Passing(CONFLICT, key=RECORD),
    "a lost race for the record": Passing(LOST, key=RECORD, times=2),
    "the record's answer is lost": Passing(Drop(done=True), key=RECORD),
    "the last record's answer is lost": Passing(Drop(done=True), key=RECORD, after=20),
    "the list's answer is lost": Passing(Drop(done=True), key="versions.json"),
}


@pytest.fixture
def scene(bucket: Bench) -> Scene:
    return Scene.create(bucket, Case("publish --version 1.0.0 latest -u --site-dir {new}"), 16)


def test_what_passes_is_retried_and_leaves_no_trace(scene: Scene) -> None:
    found = []
    for name, passing in PASSING.items():
        env = {**PATIENT, READ_SECONDS: "1" if isinstance(passing.play, Wait) else "20"}
        result = scene.disturbed(lambda one=passing: one.start(scene.bench), env)  # type: ignore[misc]
        if result.status:
            found.append(f"{name}: ended with {result.status}: {result.err}")
        found += [f"{name}: {one}" for one in scene.differences()]
        found += [f"{name}: shows {secret}" for secret in secrets(result)]
    assert found == []


@dataclass(frozen=True)
class Lasting:
    """Something that goes on going wrong.

    Attributes:
        play: What.
        said: What the user has to be told.
        mend: What the user can do.
        operations: With which requests.
        after: From which request on.
    """

    play: Play
    said: str
    mend: str
    operations: tuple[str, ...] = ()
    after: int = 12


LASTING = {
    "throttled": Lasting(SLOW_DOWN, "SlowDown", "again"),
    "internal errors": Lasting(INTERNAL_ERROR, "InternalError", "again"),
    "no answers": Lasting(Wait(8), "no answer in time", "network"),
    "connections that are reset": Lasting(Drop(reset=True), "connection was lost", "network"),
    "expired half-way": Lasting(EXPIRED, "expired", "sign in again"),
    "a clock that is wrong": Lasting(SKEWED, "RequestTimeTooSkewed", "clock", after=0),
    "a clock that goes wrong": Lasting(SKEWED, "RequestTimeTooSkewed", "clock"),
    "digests that differ": Lasting(BAD_DIGEST, "BadDigest", "network", ("PutObject",)),
    "no right to write": Lasting(DENIED, "AccessDenied", "s3:PutObject", ("PutObject",), 0),
    "no right to copy": Lasting(DENIED, "AccessDenied", "s3:PutObject", ("CopyObject",), 0),
    "no right to read": Lasting(DENIED, "AccessDenied", "s3:GetObject", ("GetObject",), 0),
    "no such bucket": Lasting(Refuse(404, "NoSuchBucket"), f"no bucket {BUCKET}", "mkdocs.yml"),
    "an altered list": Lasting(Alter(), "checksum", "try again", ("GetObject",), 0),
}


def test_what_lasts_is_told_with_what_to_do_and_the_next_run_completes_it(scene: Scene) -> None:
    found = []
    for name, lasting in LASTING.items():
        result = scene.disturbed(
            lambda one=lasting: scene.bench.aws.s3.play(  # type: ignore[misc]
                one.play, at(*one.operations, after=one.after), None
            ),
            {READ_SECONDS: "1"} if isinstance(lasting.play, Wait) else None,
        )
        found += [
            f"{name}: doesn't say {text}: {result.err}"
            for text in (lasting.said, lasting.mend)
            if text not in result.err
        ]
        found += [f"{name}: ended with {result.status}"] if result.status != 1 else []
        found += [f"{name}: {one}" for one in scene.left(result)]
        found += [f"{name}: shows {secret}" for secret in secrets(result)]
    assert found == []


@pytest.mark.parametrize("after", [0, 10])
def test_a_bucket_of_somebody_else_gets_nothing(bucket: Bench, after: int) -> None:
    old = bucket.write_site("old", site(20, "old"))
    bucket.publish("1.0.0", site=old)
    before = bucket.objects()
    bucket.configure(owner="999999999999")
    bucket.fair()
    result = bucket.docs_tools("publish", "--version", "1.0.0", "--site-dir", old)
    assert result.status == 1
    assert "denied (AccessDenied)" in result.err
    assert "999999999999" in result.err
    assert "owner" in result.err
    assert bucket.objects() == before
    expected = {one.headers.get("x-amz-expected-bucket-owner") for one in bucket.aws.s3.requests}
    assert expected == {"999999999999"}
    assert secrets(result) == []
    bucket.configure(owner=bucket.aws.account)
    new = bucket.write_site("new", site(20, "new"))
    bucket.fair()
    bucket.publish("1.0.0", "latest", site=new)
    expected = {one.headers.get("x-amz-expected-bucket-owner") for one in bucket.aws.s3.requests}
    assert expected == {bucket.aws.account}


def test_what_another_tool_changed_is_not_taken_for_ours(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(20))
    bucket.publish("1.0.0", site=folder)
    for content in (b"another", None):
        if content:
            bucket.bucket.put("1.0.0/index.html", content)
        else:
            bucket.bucket.delete("1.0.0/index.html")
        found = bucket.docs_tools("versions", "verify", "--json")
        assert found.status == 1
        assert "1.0.0" in found.out


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("versions.json", b"[{"),
        ("versions.json", b"<html>"),
        ("versions.json", b'{"a": 1}'),
        (RECORD, b"{"),
        (RECORD, b'{"docs_tools_record": 99}'),
        (RECORD, b"\xff\xfe"),
    ],
)
def test_a_broken_list_or_record_is_refused_and_nothing_is_changed(
    bucket: Bench, key: str, content: bytes
) -> None:
    folder = bucket.write_site("site", site(20))
    bucket.publish("1.0.0", site=folder)
    bucket.bucket.put(key, content)
    before = bucket.objects()
    other = bucket.write_site("other", site(20, "other"))
    result = bucket.docs_tools("publish", "--version", "1.0.0", "--site-dir", other)
    assert result.status == 1
    assert key in result.err
    assert "Traceback" not in result.err
    assert bucket.objects() == before


def test_without_the_record_the_bucket_itself_is_asked(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(20))
    bucket.publish("1.0.0", "latest", site=folder)
    expected = bucket.state()
    bucket.bucket.delete(RECORD)
    bucket.fair()
    bucket.publish("1.0.0", "latest", site=folder)
    assert not bucket.aws.s3.of("DeleteObject", "DeleteObjects")
    assert bucket.state() == expected


def make_public(bench: Bench) -> None:
    import boto3

    client = boto3.client("s3")
    client.delete_public_access_block(Bucket=BUCKET)
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{BUCKET}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy))


def test_a_bucket_that_is_public_is_said_and_never_made_so(bucket: Bench) -> None:
    folder = bucket.write_site("site", site(20))
    words = ("publish", "--version", "1.0.0", "--site-dir", folder)
    assert "public" not in bucket.run(*words).out
    make_public(bucket)
    folder = bucket.write_site("site", site(20, "second"))
    bucket.fair()
    said = bucket.run(*words)
    assert f"the bucket {BUCKET} is public" in said.out
    bucket.configure(public=True)
    folder = bucket.write_site("site", site(20, "third"))
    assert "public" not in bucket.run(*words).out
    asked = {one.operation for one in bucket.aws.s3.requests}
    changing = {name for name in asked if name.startswith(("Put", "Create", "Delete", "Copy"))}
    assert changing == {"PutObject"}
