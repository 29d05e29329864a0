"""The policies of the page "AWS permissions" for S3: what is asked for, no more and no less."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qs, unquote

import boto3
import pytest

from tests.aws.operations import Call
from tests.aws.s3 import S3Request
from tests.demo import ROOT
from tests.publish.bucket.bench import BUCKET, Bench
from tests.publish.cloudfront.distributions import make_distribution, rename_distribution

PAGE = (ROOT / "docs" / "user-guide" / "aws-permissions.md").read_text("utf-8")
SECTION = re.compile(r"^### (.+?)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
POLICY = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CLOUDFRONT = "`s3 invalidate`"  # tests/test_permissions.py tries the command
SECTIONS = dict(SECTION.findall(PAGE))
EXPOSURE = "Tell that a bucket is public"
OWN = [name for name, _ in SECTION.findall(PAGE.partition("\n## Publishing to S3\n")[2])]
DISTRIBUTION = "E2QWRUHAPOMQZL"


@dataclass(frozen=True)
class Statement:
    actions: tuple[str, ...]
    resource: str

    def allows(self, action: str, resource: str) -> bool:
        return action in self.actions and fnmatchcase(resource, self.resource)


def policy(*sections: str) -> list[Statement]:
    found = []
    for section in sections:
        (text,) = POLICY.findall(SECTIONS[section])
        document = json.loads(text)
        assert document.keys() == {"Version", "Statement"}
        assert document["Version"] == "2012-10-17"
        for statement in document["Statement"]:
            assert statement.keys() == {"Effect", "Action", "Resource"}
            assert statement["Effect"] == "Allow"
            actions = statement["Action"]
            named = (actions,) if isinstance(actions, str) else tuple(actions)
            found.append(Statement(named, statement["Resource"]))
    return found


def wanted(request: S3Request) -> Iterator[tuple[str, str]]:
    """What IAM has to allow for a request to S3:
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
    """
    action = Call("s3", request.operation, "", "").action
    resource = f"arn:aws:s3:::{request.bucket}"
    if request.operation == "DeleteObjects":
        yield action, f"{resource}/toolbox/x"  # its keys are in its body
        return
    if source := unquote(request.headers.get("x-amz-copy-source", "")):
        path, _, version = source.partition("?versionId=")
        reading = "s3:GetObjectVersion" if version else "s3:GetObject"
        yield reading, f"arn:aws:s3:::{path.lstrip('/')}"
    if "versionId" in parse_qs(request.query) and action == "s3:GetObject":
        action = "s3:GetObjectVersion"
    yield action, f"{resource}/{request.key}" if request.key else resource


def asked(bench: Bench) -> set[tuple[str, str]]:
    """What IAM had to allow since the weather was fair last."""
    found = {pair for request in bench.aws.s3.requests for pair in wanted(request)}
    for call in bench.aws.calls:
        if call.service == "cloudfront":
            name = call.resource.split("/")[3]
            place = f"arn:aws:cloudfront::{bench.aws.account}:distribution/{name}"
            found.add((call.action, place))
        else:
            assert call.service == "s3", call
    return found


def check(bench: Bench, *sections: str, all_of: tuple[str, ...] = ()) -> None:
    """Sees that policies allow what was asked for, and those of `all_of` nothing else."""
    pairs = asked(bench)
    allowed = policy(*sections)
    for action, resource in pairs:
        assert any(s.allows(action, resource) for s in allowed), f"{action} on {resource}"
        for there, other in (("docs-bucket", "other-bucket"), ("/toolbox/", "/other/"),
                             (DISTRIBUTION, "E1")):  # fmt: skip
            if there in resource:
                moved = resource.replace(there, other)
                assert not any(s.allows(action, moved) for s in allowed), moved
    for statement in policy(*all_of):
        for action in statement.actions:
            only = Statement((action,), statement.resource)
            assert any(only.allows(*pair) for pair in pairs), f"{action} was never asked for"


def configure(bench: Bench, **options: Any) -> None:
    s3 = {"bucket": BUCKET, "prefix": "toolbox", "delete_after": 0, **options}
    plugins = ["mike", {"docs_tools/publish": {"targets": {"s3": s3}}}]
    bench.project.write("mkdocs.yml", json.dumps({"site_name": "x", "plugins": plugins}))
    bench.project.commit("settings")


def publish(bench: Bench, *texts: str) -> None:
    for text in texts:
        page = f"<link href='{text}.css'><p>{text}</p>"
        site = bench.write_site(text, {"index.html": page, f"{text}.css": ""})
        bench.publish("1.0.0", "latest", site=site)


def let_everybody_in() -> None:
    """What a publish tells of has to be asked for."""
    client = boto3.client("s3")
    client.delete_public_access_block(Bucket=BUCKET)
    client.put_bucket_acl(Bucket=BUCKET, ACL="public-read")


@pytest.fixture(params=["bucket", "versioned"])
def bench(request: pytest.FixtureRequest) -> Bench:
    found: Bench = request.getfixturevalue(request.param)
    configure(found)
    return found


def forget(bench: Bench) -> None:
    bench.aws.reset_calls()
    bench.fair()


def test_every_policy_of_the_page_is_tried() -> None:
    assert OWN == ["Read", "Publish", EXPOSURE, "Roll back"]


def test_what_only_reads_needs_to_read_only(bench: Bench) -> None:
    forget(bench)
    bench.run("versions", "list")
    publish(bench, "old")
    forget(bench)
    bench.run("versions", "list")
    new = bench.write_site("new", {"index.html": "<p>new</p>"})
    bench.run("versions", "diff", "1.0.0", "--site-dir", new)
    bench.run("publish", "--version", "1.0.0", "--site-dir", new, "--dry-run")
    bench.run("versions", "delete", "latest", "--dry-run")
    bench.run("versions", "prune", "--keep", "releases:1")
    publish(bench, "old")  # which is there already
    assert bench.aws.s3.changes == []
    check(bench, "Read")
    bench.run("versions", "verify")
    assert bench.aws.s3.changes == []
    check(bench, "Read", EXPOSURE)


def test_what_publishes_needs_to_write_and_to_look_whether_all_can_read(bench: Bench) -> None:
    let_everybody_in()
    forget(bench)
    publish(bench, "old", "new")
    bench.run("versions", "alias", "1.0.0", "stable")
    bench.run("versions", "mark", "1.0.0", "eol")
    bench.run("versions", "default", "latest")
    bench.run("versions", "delete", "stable")
    publish(bench, "newer")
    check(bench, "Read", "Publish", EXPOSURE, all_of=("Read", "Publish", EXPOSURE))


def test_what_rolls_back_needs_to_read_what_was(versioned: Bench) -> None:
    configure(versioned)
    publish(versioned, "old", "new")
    forget(versioned)
    versioned.run("versions", "history", "1.0.0")
    check(versioned, "Read", "Roll back")
    versioned.run("versions", "rollback", "1.0.0")
    assert b"old" in (versioned.bucket.get("toolbox/latest/index.html") or b"")
    check(versioned, "Read", "Publish", EXPOSURE, "Roll back", all_of=("Roll back",))


def test_where_nothing_old_is_kept_that_is_asked_for_only(bucket: Bench) -> None:
    configure(bucket)
    publish(bucket, "old", "new")
    forget(bucket)
    assert bucket.docs_tools("versions", "rollback", "1.0.0").status == 1
    check(bucket, "Read", "Roll back")


def test_a_distribution_is_told_and_waited_for(bench: Bench) -> None:
    rename_distribution(make_distribution(bench.aws, "1"), DISTRIBUTION)
    configure(bench, distribution=DISTRIBUTION)
    publish(bench, "old")
    forget(bench)
    new = bench.write_site("new", {"index.html": "<p>new</p>"})
    bench.run("hotfix", "--version", "1.0.0", "--site-dir", new, "--wait")
    check(bench, "Read", "Publish", EXPOSURE, CLOUDFRONT, all_of=(CLOUDFRONT,))
