"""The policies of the page "AWS permissions": what each command asks for, no more and no less."""

import json
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from typing import Any

import pytest

from docs_tools.cli.layers import _VERBS
from docs_tools.layers.run_fetch import AWS, PARAMETERS
from docs_tools.publish.cloudfront.template import template_json
from tests.aws.operations import Call
from tests.aws.server import AwsServer
from tests.demo import ROOT
from tests.project import TinyProject
from tests.publish.cloudfront.distributions import make_distribution, rename_distribution

TEXT = (ROOT / "docs" / "user-guide" / "aws-permissions.md").read_text("utf-8")
# tests/publish/bucket/test_permissions.py has the rest
PAGE = TEXT.partition("\n## Publishing to S3\n")[0]
SECTION = re.compile(r"^### `(.+?)`[^\n]*\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
POLICY = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(PAGE))

ACCOUNT = "123456789012"
REGIONS = ("eu-west-1", "us-east-1")
LAYERS = f"""\
layers:
  - id: main
    name: Toolbox-{{runtime}}-{{architecture}}
    account: "{ACCOUNT}"
    architectures: [x86_64, arm64]
    runtimes: {{python3.12: python312, python3.13: python313}}
    regions: [eu-west-1, us-east-1]
releases:
  - {{version: "1.2.0", layer: main, number: 1}}
"""
PATH = "/toolbox/layers/{version}/"
DISTRIBUTION = "E2QWRUHAPOMQZL"
CONFIG = f"""\
site_name: x
plugins:
  - docs_tools/layers: {{data: layers.yml}}
  - docs_tools/publish:
      targets: {{s3: {{bucket: toolbox-docs, distribution: {DISTRIBUTION}}}}}
"""
# what a command of the page is with arguments, in a project whose layers are called Toolbox-…
ASKING = {
    "layers fetch --from aws": "layers fetch --version 1.3.0 --from aws",
    "layers fetch --from ssm:NAME": (
        f"layers fetch --version 1.3.0 --from ssm:{PATH}{{runtime}}/{{architecture}}"
    ),
    "layers fetch --from ssm:PATH/": f"layers fetch --version 1.3.0 --from ssm:{PATH}",
    "layers check --verify": "layers check --verify",
    "s3 invalidate": "s3 invalidate 1.3.0 --wait",
}
SILENT = [
    "layers list --json",
    "layers fetch --version 1.3.0 --from arns.txt --dry-run",
    "layers insert",
    "layers insert --from arns.txt --dry-run",
    "layers check",
    "check",
    "build --layers arns.txt",
    "s3 invalidate 1.3.0 --dry-run",
    "s3 template",
]


@dataclass(frozen=True)
class Statement:
    """What one statement of a policy allows."""

    actions: tuple[str, ...]
    resources: tuple[str, ...]

    def allows(self, action: str, resource: str) -> bool:
        return any(fnmatchcase(action, pattern) for pattern in self.actions) and any(
            fnmatchcase(resource, pattern) for pattern in self.resources
        )


def statements(command: str) -> list[Statement]:
    """The policy of a command, which has one."""
    (text,) = POLICY.findall(SECTIONS[command])
    policy = json.loads(text)
    assert policy.keys() == {"Version", "Statement"}
    assert policy["Version"] == "2012-10-17"
    found = []
    for statement in policy["Statement"]:
        assert statement.keys() - {"Sid"} == {"Effect", "Action", "Resource"}
        assert statement["Effect"] == "Allow"
        found.append(Statement(_list(statement["Action"]), _list(statement["Resource"])))
    return found


def _list(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def resources(call: Call) -> list[str]:
    """The ARNs of what a call asks for, as
    https://docs.aws.amazon.com/service-authorization/latest/reference/ has them.
    """
    if call.service == "ssm":
        body = json.loads(call.resource)
        names = [body["Path"]] if "Path" in body else body["Names"]
        return [f"arn:aws:ssm:{call.region}:{ACCOUNT}:parameter{name}" for name in names]
    if call.service == "cloudfront":
        return [f"arn:aws:cloudfront::{ACCOUNT}:distribution/{call.resource.split('/')[3]}"]
    _, _, _, layer, _, *number = call.resource.split("/")
    if not layer.startswith("arn:"):
        layer = f"arn:aws:lambda:{call.region}:{ACCOUNT}:layer:{layer}"
    return [":".join([layer, *number])]


@pytest.fixture
def project(aws: AwsServer, tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    """The guide's toolbox, with 1.2.0 and 1.3.0 at AWS, and nothing of it asked yet."""
    project = TinyProject(tmp_path_factory.mktemp("toolbox"))
    project.write("mkdocs.yml", CONFIG)
    project.write("layers.yml", LAYERS)
    project.write("docs/index.md", "# Toolbox\n")
    arns = []
    for region, runtime, kind in product(REGIONS, ("3.12", "3.13"), ("x86_64", "arm64")):
        name = f"Toolbox-python{runtime.replace('.', '')}-{kind}"
        arn = aws.publish(region, name, "Toolbox 1.2.0", "Toolbox 1.3.0")[-1]
        aws.put_parameter(region, f"/toolbox/layers/1.3.0/python{runtime}/{kind}", arn)
        arns.append(arn)
    project.write("arns.txt", "\n".join(arns))
    rename_distribution(make_distribution(aws, "1"), DISTRIBUTION)
    return project


def calls(project: TinyProject, aws: AwsServer, command: str) -> list[Call]:
    """What a command asks AWS for."""
    result = project.docs_tools(*command.split())
    assert result.status == 0, result.err
    return aws.calls


def test_each_command_of_the_page_is_tried_and_each_policy_is_of_a_command() -> None:
    assert list(SECTIONS) == list(ASKING)
    assert len(POLICY.findall(PAGE)) == len(ASKING)
    rows = re.findall(r"^\| `(.+?)` \| (`.+?) \|", PAGE, re.MULTILINE)
    told = {command: set(re.findall(r"`([^`]+)`", cell)) for command, cell in rows}
    actions = {c: {a for s in statements(c) for a in s.actions} for c in ASKING}
    assert told == actions


@pytest.mark.parametrize("command", ASKING)
def test_the_policy_allows_what_the_command_asks_for_and_nothing_else(
    project: TinyProject, aws: AwsServer, command: str
) -> None:
    policy = statements(command)

    asked = calls(project, aws, ASKING[command])

    if any(call.service != "cloudfront" for call in asked):  # that is one for all regions
        assert {call.region for call in asked} == set(REGIONS)
    assert {action for statement in policy for action in statement.actions} == aws.actions
    wanted = [(call.action, resource) for call in asked for resource in resources(call)]
    for action, resource in wanted:
        assert any(statement.allows(action, resource) for statement in policy), resource
        if action != "lambda:ListLayerVersions":  # AWS knows no resource for it
            other_name = re.sub(f"[Tt]oolbox|{DISTRIBUTION}", "Else", resource)
            others = other_name, resource.replace("1234", "4321")
            assert not any(s.allows(action, other) for s in policy for other in others)
    # each pattern is there for something
    for pattern in (pattern for statement in policy for pattern in statement.resources):
        assert any(fnmatchcase(resource, pattern) for _, resource in wanted)


@pytest.mark.parametrize("command", SILENT)
def test_a_command_without_a_policy_asks_aws_for_nothing(
    project: TinyProject, aws: AwsServer, command: str
) -> None:
    assert calls(project, aws, command) == []


def test_the_role_of_the_template_may_invalidate() -> None:
    role = json.loads(template_json())["Resources"]["PublishRole"]["Properties"]
    (policy,) = role["Policies"]
    (caches,) = [s for s in policy["PolicyDocument"]["Statement"] if s["Sid"] == "Caches"]
    (own,) = statements("s3 invalidate")
    assert set(caches["Action"]) == set(own.actions)


def test_whatever_opens_a_session_is_tried_here() -> None:
    package = ROOT / "docs_tools"
    opening = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"^(?!def).*\bopen_session\(", path.read_text("utf-8"), re.MULTILINE)
    }
    # tests/publish/bucket/test_permissions.py tries what publishes to a bucket
    elsewhere = {"publish/bucket/invalidation.py", "publish/bucket/store.py"}
    here = {"layers/run_fetch.py", "cli/layers/check.py", "cli/s3/invalidate.py"}
    assert opening - elsewhere == here
    tried = [command.split() for command in (*ASKING.values(), *SILENT)]
    assert {words[1] for words in tried if words[0] == "layers"} == set(_VERBS)
    sources = {words[words.index("--from") + 1] for words in tried if "--from" in words}
    assert AWS in sources
    assert any(source.startswith(PARAMETERS) for source in sources)
