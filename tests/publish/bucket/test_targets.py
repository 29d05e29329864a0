"""Several targets of one publish: each lands or fails by itself."""

import json
from typing import Any

import pytest

from tests.aws.s3 import DENIED
from tests.aws.server import AwsServer
from tests.publish.bucket.bench import BUCKET, CONFIG, RECORD, Bench, site

OTHER = "other-bucket"


@pytest.fixture
def three(bucket: Bench, aws: AwsServer) -> Bench:
    """The branch, and two buckets, of which the second has folders in its way."""
    aws.bucket(OTHER)
    s3: list[dict[str, Any]] = [
        {"name": "main", "bucket": BUCKET},
        {"name": "mirror", "bucket": OTHER, "prefix": "docs/tiny"},
    ]
    own = {"docs_tools/publish": {"targets": {"git": {"push": True}, "s3": s3}}}
    plugins = [{"mike": {"alias_type": "copy"}}, own]
    bucket.project.write("mkdocs.yml", json.dumps({**CONFIG, "plugins": plugins}))
    bucket.project.commit("three targets")
    return bucket


def test_one_publish_goes_to_all_of_them(three: Bench, aws: AwsServer) -> None:
    three.publish("1.0.0", "latest", site=three.write_site("site", site(12)))
    here = three.objects()
    there = aws_objects(three)
    assert {f"docs/tiny/{key}" for key in here} == set(there)
    assert all(there[f"docs/tiny/{key}"] == stored for key, stored in here.items() if key != RECORD)
    assert set(three.project.tree()) == set(here) - {RECORD}


def aws_objects(bench: Bench) -> dict[str, Any]:
    return type(bench.bucket)(OTHER).objects()


def test_where_one_fails_the_others_land_and_the_command_to_repeat_is_told(three: Bench) -> None:
    folder = three.write_site("site", site(12))
    three.aws.s3.play(DENIED, lambda one: one.bucket == BUCKET, None)
    words = ("publish", "--version", "1.0.0", "--site-dir", folder)
    result = three.docs_tools(*words)
    assert result.status == 1
    assert "--target main" in result.err
    assert "AccessDenied" in result.err
    assert three.project.published("versions.json")
    assert "docs/tiny/versions.json" in aws_objects(three)
    assert three.objects() == {}
    three.fair()
    assert three.run(*words, "--target", "main").status == 0
    assert three.versions == ["1.0.0"]
    assert {one.bucket for one in three.aws.s3.requests} == {BUCKET}


def test_only_those_that_are_named_are_asked(three: Bench) -> None:
    folder = three.write_site("site", site(12))
    three.publish("1.0.0", "--target", "mirror", site=folder)
    assert {one.bucket for one in three.aws.s3.requests} == {OTHER}
    assert three.project.git("branch", "--list", "gh-pages") == ""
    result = three.docs_tools("publish", "--version", "1.0.0", "--target", "nowhere", "--site-dir",
                              folder)  # fmt: skip
    assert result.status in (1, 2)
    assert "nowhere" in result.err
    assert "mirror" in result.err


def test_without_push_nothing_leaves_this_machine(three: Bench) -> None:
    folder = three.write_site("site", site(12))
    result = three.publish("1.0.0", "--no-push", site=folder)
    assert three.aws.s3.requests == []
    assert three.project.published("versions.json")
    assert "main" in result.out + result.err


def test_a_bucket_that_is_named_gets_nothing_without_push_either(three: Bench) -> None:
    folder = three.write_site("site", site(12))
    words = ("publish", "--version", "1.0.0", "--site-dir", folder, "--no-push")
    result = three.docs_tools(*words, "--target", "main")
    assert result.status == 1
    assert "nothing leaves this machine" in result.err
    result = three.run(*words, "--target", "main", "--target", "git")
    assert "main is left out" in result.out
    assert "mirror" not in result.out
    assert three.aws.s3.requests == []
