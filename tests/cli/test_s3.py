"""`docs_tools s3`: the template, and invalidations by name."""

import pytest
import yaml

from docs_tools.publish.cloudfront.template import template_json, template_yaml
from tests.aws.server import AwsServer
from tests.project import TinyProject
from tests.publish.cloudfront.distributions import make_distribution

CONFIG = """\
site_name: Toolbox
plugins:
  - mike: {{deploy_prefix: docs}}
  - docs_tools/publish:
      targets:
        s3:
          - {{name: main, bucket: docs-bucket, prefix: toolbox, distribution: {0}}}
          - {{name: copy, bucket: docs-copy, prefix: toolbox, distribution: {1}, origin_path: true}}
          - {{name: archive, bucket: docs-archive}}
"""


@pytest.fixture
def distributions(aws: AwsServer) -> list[str]:
    return [make_distribution(aws, "one"), make_distribution(aws, "two")]


@pytest.fixture
def site(project: TinyProject, distributions: list[str]) -> TinyProject:
    project.write("mkdocs.yml", CONFIG.format(*distributions))
    return project


def test_the_template_is_printed_in_both_forms(project: TinyProject) -> None:
    result = project.docs_tools("s3", "template")
    assert (result.status, result.out, result.err) == (0, template_yaml(), "")
    assert yaml.compose(result.out) is not None
    for options in (["--json"], ["--format", "json"]):
        result = project.docs_tools("s3", "template", *options)
        assert result.status == 0
        assert result.out == template_json()
        assert result.json["AWSTemplateFormatVersion"] == "2010-09-09"


def test_the_template_needs_no_project(project: TinyProject) -> None:
    (project.folder / "mkdocs.yml").unlink()
    assert project.docs_tools("s3", "template").status == 0


def test_versions_are_invalidated_at_every_distribution(
    site: TinyProject, aws: AwsServer, distributions: list[str]
) -> None:
    result = site.docs_tools("s3", "invalidate", "1.1.0", "latest")
    assert result.status == 0, result.err
    lines = result.out.splitlines()
    assert f"invalidated 11 paths of {distributions[0]} (main)" in lines
    assert f"invalidated 11 paths of {distributions[1]} (copy)" in lines
    assert [line for line in lines if line.endswith("under way")]
    first, second = (set(one.paths) for one in aws.cloudfront.invalidations.values())
    assert {"/toolbox/docs/1.1.0/*", "/toolbox/docs/1.1.0", "/toolbox/docs/latest/*"} < first
    assert {"/toolbox/docs/versions.json", "/toolbox/docs/", "/toolbox/docs"} < first
    assert second == {path.removeprefix("/toolbox") for path in first}


def test_everything_of_one_target_is_invalidated_and_waited_for(
    site: TinyProject, aws: AwsServer, distributions: list[str]
) -> None:
    result = site.docs_tools("s3", "invalidate", "--target", "main", "--wait", "--json")
    assert result.status == 0, result.err
    ((id, one),) = aws.cloudfront.invalidations.items()
    assert one.paths == ["/toolbox/docs", "/toolbox/docs/*"]
    (told,) = result.json["invalidations"]
    assert told == {
        "target": "main",
        "distribution": distributions[0],
        "paths": one.paths,
        "id": id,
        "status": "Completed",
    }


def test_a_dry_run_asks_nobody(site: TinyProject, aws: AwsServer) -> None:
    result = site.docs_tools("s3", "invalidate", "1.1.0", "--dry-run")
    assert result.status == 0
    assert result.out.startswith("would invalidate 9 paths of ")
    assert aws.calls == []
    told = site.docs_tools("s3", "invalidate", "--dry-run", "--json").json
    assert told["dry_run"] is True
    assert [one["id"] for one in told["invalidations"]] == [None, None]


def test_where_one_fails_the_others_are_tried_and_the_command_to_repeat_is_told(
    site: TinyProject, aws: AwsServer, distributions: list[str]
) -> None:
    site.write("mkdocs.yml", CONFIG.format("E0NOTTHERE", distributions[1]))
    result = site.docs_tools("s3", "invalidate", "1.1.0", "--json")
    assert result.status == 1
    assert [one["target"] for one in result.json["invalidations"]] == ["copy"]
    assert "main: there is no CloudFront distribution E0NOTTHERE" in result.err
    assert "docs_tools s3 invalidate 1.1.0 --target main" in result.err
    assert len(aws.cloudfront.invalidations) == 1


REFUSED = [
    (["--target", "archive"], 'the target "archive" has no distribution', 1),
    (["--target", "mian"], 'there is no bucket target "mian" in mkdocs.yml', 1),
    (["a/b"], "not a name", 2),
    (["-x"], "No such option", 2),
]


@pytest.mark.parametrize(("args", "message", "status"), REFUSED, ids=lambda value: str(value))
def test_what_can_not_be_is_refused_before_anybody_is_asked(
    site: TinyProject, aws: AwsServer, args: list[str], message: str, status: int
) -> None:
    result = site.docs_tools("s3", "invalidate", *args)
    assert result.status == status
    assert message in result.err
    assert aws.calls == []


def test_a_project_without_a_distribution_is_told_what_to_set(project: TinyProject) -> None:
    result = project.docs_tools("s3", "invalidate")
    assert result.status == 1
    assert "no target in mkdocs.yml has a CloudFront distribution" in result.err
    assert "set `distribution`" in result.err
