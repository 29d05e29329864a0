"""One plan, two targets: what lies in the bucket is what lies on the branch."""

import hashlib
from typing import Any

import pytest

from tests.aws.buckets import Stored
from tests.project import TinyProject
from tests.publish.bucket.bench import RECORD, Bench, decoded, on_branch, site
from tests.publish.bucket.test_links import publish_both


def of_branch(project: TinyProject) -> dict[str, str]:
    """The SHA-256 of each file of the docs branch by its path."""
    files = on_branch(project)
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


def of_bucket(objects: dict[str, Stored], prefix: str = "") -> dict[str, str]:
    """The same of a bucket: of the files that its objects were made of."""
    start = f"{prefix}/" if prefix else ""
    assert all(key.startswith(start) for key in objects)
    return {
        key.removeprefix(start): hashlib.sha256(decoded(one)).hexdigest()
        for key, one in objects.items()
    }


@pytest.mark.parametrize(
    ("alias_type", "s3"),
    [("copy", {}), ("symlink", {"prefix": "docs"}), ("redirect", {"gzip": ["*.html", "*.js"]})],
    ids=["copy", "symlink", "redirect"],
)
def test_each_file_of_the_branch_has_a_key_with_the_same_hash_and_there_is_nothing_else(
    bucket: Bench, alias_type: str, s3: dict[str, Any]
) -> None:
    publish_both(bucket, alias_type, delete_after=0, **s3)
    branch = of_branch(bucket.project)
    found = of_bucket(bucket.objects(), s3.get("prefix", ""))
    assert found.pop(RECORD)
    assert found == branch
    assert any("reference/tiny" in path for path in found)
    assert any(path.startswith("latest/") for path in found)
    assert all(one.is_sound for one in bucket.objects().values())


def test_other_commands_keep_them_the_same(bucket: Bench) -> None:
    bucket.configure(git=True, delete_after=0, deploy_prefix="lib")
    old = bucket.write_site("old", site(20, "old"))
    new = bucket.write_site("new", site(22, "new", changed=range(3)))
    for words in (
        f"publish --version 1.0.0 first --site-dir {old}",
        f"publish --version 2.0.0 latest --site-dir {old}",
        f"publish --version 3.0.0 next --title Three --site-dir {new}",
        "versions default latest",
        f"hotfix --version 2.0.0 --site-dir {new}",
        "versions alias 3.0.0 latest -u",
        "versions retitle 1.0.0 One",
        "versions hide 1.0.0",
        "versions mark 2.0.0 eol",
        "versions delete first",
        "versions delete 1.0.0",
    ):
        bucket.run(*words.split())
        found = of_bucket(bucket.objects())
        assert found.pop(RECORD), words
        assert found == of_branch(bucket.project), words
