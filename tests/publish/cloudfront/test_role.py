"""The role of the template may do what publishing asks for, and nothing else."""

import json
from fnmatch import fnmatchcase

from docs_tools.publish.cloudfront.template import template_json
from tests.publish.bucket.bench import BUCKET, Bench
from tests.publish.bucket.conftest import _bare, versioned
from tests.publish.bucket.test_permissions import (
    asked,
    configure,
    forget,
    let_everybody_in,
    publish,
)
from tests.publish.cloudfront.distributions import make_distribution, rename_distribution

DISTRIBUTION = "E2QWRUHAPOMQZL"

__all__ = ["_bare", "versioned"]  # fixtures are found by their names


def allowed(account: str) -> list[tuple[str, str]]:
    """Actions and resources of the role, for a site below the prefix `toolbox`."""
    role = json.loads(template_json())["Resources"]["PublishRole"]["Properties"]
    resources = {
        "Objects": f"arn:aws:s3:::{BUCKET}/toolbox/*",
        "Bucket": f"arn:aws:s3:::{BUCKET}",
        "Caches": f"arn:aws:cloudfront::{account}:distribution/{DISTRIBUTION}",
    }
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    return [(action, resources[s["Sid"]]) for s in statements for action in s["Action"]]


def test_the_role_may_do_all_that_is_asked_for_and_nothing_else(versioned: Bench) -> None:
    let_everybody_in()  # what is told of such a bucket has to be asked for
    rename_distribution(make_distribution(versioned.aws, "1"), DISTRIBUTION)
    configure(versioned, distribution=DISTRIBUTION)
    forget(versioned)
    publish(versioned, "old", "new")
    versioned.run("versions", "verify")
    versioned.run("versions", "rollback", "1.0.0", "--wait")
    publish(versioned, "newer")  # which deletes what was due
    role = allowed(versioned.aws.account)
    pairs = asked(versioned)
    refused = {
        (action, resource)
        for action, resource in pairs
        if not any(action == may and fnmatchcase(resource, on) for may, on in role)
    }
    assert refused == set()
    assert {action for action, _ in role} == {action for action, _ in pairs}
