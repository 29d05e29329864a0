"""What is invalidated by name."""

import shlex

import pytest

from docs_tools.publish.bucket.settings import BucketSettings
from docs_tools.publish.cloudfront.folders import base_of, paths_of_folders, retry_command

BESIDE = ["404.html", "docs-status.js", "index.html", "sitemap.xml", "versions.json"]


@pytest.mark.parametrize(
    ("prefix", "origin_path", "deploy_prefix", "base"),
    [
        ("", False, "", ""),
        ("toolbox", False, "", "toolbox/"),
        ("toolbox", True, "", ""),
        ("a/b", False, "docs", "a/b/docs/"),
        ("a/b", True, "docs", "docs/"),
    ],
)
def test_addresses_begin_as_the_distribution_sees_them(
    prefix: str, origin_path: bool, deploy_prefix: str, base: str
) -> None:
    bucket = BucketSettings("s3", "docs-bucket", prefix=prefix, origin_path=origin_path)
    assert base_of(bucket, deploy_prefix) == base


def test_versions_and_what_stands_beside_them() -> None:
    found = paths_of_folders("", ["1.1.0", "latest"])
    assert found == tuple(
        sorted(
            ["/", "/1.1.0", "/1.1.0/*", "/latest", "/latest/*", *(f"/{name}" for name in BESIDE)]
        )
    )
    found = paths_of_folders("a b/", ["1.1.0"])
    beside = [f"/a%20b/{name}" for name in BESIDE]
    assert found == tuple(sorted(["/a%20b", "/a%20b/", "/a%20b/1.1.0", "/a%20b/1.1.0/*", *beside]))


def test_everything() -> None:
    assert paths_of_folders("", []) == ("/*",)
    assert paths_of_folders("toolbox/", []) == ("/toolbox", "/toolbox/*")
    assert paths_of_folders("toolbox/", list(map(str, range(16)))) == ("/toolbox", "/toolbox/*")


def test_no_path_is_covered_by_another() -> None:
    assert [path for path in paths_of_folders("", ["1~2", "12", "1~3"]) if "1" in path] == ["/1*"]
    assert paths_of_folders("~a/", ["1"]) == ("/*",)


def test_the_command_to_repeat_can_be_pasted() -> None:
    command = retry_command("s3", ["1.1.0", "it's"])
    assert shlex.split(command) == [
        *("docs_tools", "s3", "invalidate", "1.1.0", "it's", "--target", "s3")
    ]
