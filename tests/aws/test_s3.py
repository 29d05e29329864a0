"""The S3 that tests are held to: it does to a client what AWS does, where moto doesn't."""

import base64
import hashlib
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    FlexibleChecksumError,
    ReadTimeoutError,
)

from tests.aws.s3 import CONFLICT, SLOW_DOWN, Alter, Drop, Wait, at
from tests.aws.server import AwsServer

Client = Any
BUCKET = "docs-bucket"


def client(**settings: Any) -> Client:
    retries = {"total_max_attempts": settings.pop("attempts", 1), "mode": "standard"}
    return boto3.client("s3", config=Config(retries=retries, read_timeout=2, **settings))


def digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def put(s3: Client, key: str, content: bytes, **more: Any) -> Any:
    sums = {"ChecksumSHA256": digest(content), **more}
    return s3.put_object(Bucket=BUCKET, Key=key, Body=content, **sums)


def refused(ask: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(ClientError) as caught:
        ask()
    answer = caught.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]


def test_requests_are_kept_with_what_matters(aws: AwsServer) -> None:
    bucket = aws.bucket(BUCKET)
    s3 = client()
    put(s3, "a/ä b+.html", b"<p>", CacheControl="no-cache", ContentType="text/html; charset=utf-8")
    s3.copy_object(Bucket=BUCKET, Key="b", CopySource={"Bucket": BUCKET, "Key": "a/ä b+.html"})
    s3.list_objects_v2(Bucket=BUCKET)
    s3.list_object_versions(Bucket=BUCKET)
    s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": "b"}]})
    s3.head_object(Bucket=BUCKET, Key="a/ä b+.html")
    assert [(one.operation, one.key, one.status) for one in aws.s3.requests] == [
        ("PutObject", "a/ä b+.html", 200),
        ("CopyObject", "b", 200),
        ("ListObjectsV2", "", 200),
        ("ListObjectVersions", "", 200),
        ("DeleteObjects", "", 200),
        ("HeadObject", "a/ä b+.html", 200),
    ]
    assert aws.s3.requests[0].headers == {
        "cache-control": "no-cache",
        "content-type": "text/html; charset=utf-8",
        "x-amz-checksum-sha256": digest(b"<p>"),
    }
    assert [one.operation for one in aws.s3.changes] == ["PutObject", "CopyObject", "DeleteObjects"]
    stored = bucket.objects()["a/ä b+.html"]
    assert (stored.content, stored.cache_control, stored.is_sound) == (b"<p>", "no-cache", True)


def test_what_moto_takes_and_s3_refuses(aws: AwsServer) -> None:
    bucket = aws.bucket(BUCKET)
    s3 = client()
    put(s3, "x", b"x")
    source = {"Bucket": BUCKET, "Key": "x"}
    copy = {"Bucket": BUCKET, "Key": "y", "CopySource": source}
    assert refused(lambda: put(s3, "y", b"y", ChecksumSHA256=digest(b"z"))) == (400, "BadDigest")
    assert refused(lambda: put(s3, "y", b"y", ExpectedBucketOwner="9" * 12)) == (
        403,
        "AccessDenied",
    )
    assert refused(lambda: put(s3, "k" * 1025, b"y")) == (400, "KeyTooLongError")
    lost = (412, "PreconditionFailed")
    assert refused(lambda: s3.copy_object(**copy, CopySourceIfMatch='"z"')) == lost
    assert refused(lambda: s3.copy_object(**copy, IfMatch='"z"')) == lost
    many = {"Objects": [{"Key": str(n)} for n in range(1001)]}
    assert refused(lambda: s3.delete_objects(Bucket=BUCKET, Delete=many)) == (400, "MalformedXML")
    assert set(bucket.objects()) == {"x"}


def test_nothing_comes_through_behind_a_cut(aws: AwsServer) -> None:
    bucket = aws.bucket(BUCKET)
    s3 = client()
    for cut, there in ((aws.s3.cut_before, {"0"}), (aws.s3.cut_after, {"0", "1"})):
        bucket.restore({})
        aws.s3.reset()
        cut(2)
        put(s3, "0", b"")
        for key in ("1", "2"):
            with pytest.raises(ConnectionClosedError):
                put(s3, key, b"")
        assert set(bucket.objects()) == there
        aws.s3.mend()
        put(s3, "3", b"")
        assert [one.status for one in aws.s3.requests] in ([200, 0, 0, 200], [200, 200, 0, 200])


def test_one_request_goes_wrong_and_the_next_does_not(aws: AwsServer) -> None:
    bucket = aws.bucket(BUCKET)
    s3 = client(attempts=3)
    for play in (SLOW_DOWN, Drop(), Drop(done=True), Drop(reset=True), Drop(True, True)):
        aws.s3.reset()
        aws.s3.play(play, at("PutObject", key="x*"))
        put(s3, "x", b"x")
        assert len(aws.s3.requests) == 2
    assert bucket.get("x") == b"x"
    aws.s3.play(Wait(5), at("GetObject"))
    with pytest.raises(ReadTimeoutError):
        client().get_object(Bucket=BUCKET, Key="x")
    aws.s3.play(CONFLICT, at("PutObject"))
    assert refused(lambda: put(s3, "x", b"y", IfNoneMatch="*"))[0] == 409


def test_an_answer_that_is_altered_is_noticed(aws: AwsServer) -> None:
    aws.bucket(BUCKET)
    s3 = client()
    put(s3, "x", b"content")
    aws.s3.play(Alter(), at("GetObject"))
    with pytest.raises(FlexibleChecksumError):
        s3.get_object(Bucket=BUCKET, Key="x", ChecksumMode="ENABLED")["Body"].read()


def test_of_eight_conditional_writes_one_wins(aws: AwsServer) -> None:
    aws.bucket(BUCKET)
    s3 = client()

    def write(number: int) -> None:
        with suppress(ClientError):
            put(s3, "versions.json", b"%d" % number, IfNoneMatch="*")

    with aws.s3.holding(at("PutObject"), times=8) as hold:
        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        hold.wait(8)
    for thread in threads:
        thread.join()
    assert sorted(one.status for one in aws.s3.requests) == [200] + [412] * 7
