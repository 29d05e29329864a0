"""The page about CloudFront: its tables are the template's, and its examples run."""

import json
import re
import shlex
from typing import Any

import click
import pytest
import yaml

from docs_tools.cli import cli
from docs_tools.publish.bucket.settings import OPTIONS, BucketSettings
from docs_tools.publish.cloudfront import invalidate
from docs_tools.publish.cloudfront.paths import MOST_PATHS, MOST_WILDCARDS
from docs_tools.publish.cloudfront.template import template_json
from tests.aws.server import AwsServer
from tests.demo import ROOT
from tests.project import TinyProject
from tests.publish.cloudfront.distributions import make_distribution, rename_distribution
from tests.test_guide_examples import fences, mask, said_by_the_code, toolbox

__all__ = ["toolbox"]  # a fixture is found by its name

NAME = "cloudfront.md"
PAGE = (ROOT / "docs" / "user-guide" / NAME).read_text("utf-8")
TEMPLATE: dict[str, Any] = json.loads(template_json())
(SETTINGS,) = [text for _, title, text in fences(NAME) if title == "mkdocs.yml"]
(WORKFLOW,) = [yaml.safe_load(text) for _, title, text in fences(NAME) if "workflows" in title]
TARGET: dict[str, Any] = yaml.safe_load(SETTINGS)["plugins"][0]["docs_tools/publish"]["targets"][
    "s3"
]


def table(header: str) -> list[list[str]]:
    """The cells of the table with this header, without code marks."""
    lines = PAGE.partition(f"| {header} |")[2].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.split("|")[1:-1]] for line in lines]


def test_each_parameter_is_described_with_its_default() -> None:
    rows = {name: default for name, default, _ in table("parameter")}
    parameters = TEMPLATE["Parameters"]
    assert rows == {name: str(parameters[name]["Default"]) for name in parameters}
    assert list(rows) == list(parameters)


def test_each_output_has_its_place() -> None:
    rows = dict(table("output"))
    assert list(rows) == list(TEMPLATE["Outputs"])
    for name, place in rows.items():
        told = re.match(r"(\w+)` of the target", place)
        assert not told or told[1] in OPTIONS
        wanted = TEMPLATE["Outputs"][name]["Description"]
        assert wanted.split()[0] == place.split("`")[0].split()[0]


def test_the_parameters_of_the_command_are_some_of_the_template() -> None:
    (shell,) = [text for language, _, text in fences(NAME) if language == "sh"]
    given = re.findall(r"(\w+)=(\S+)", shell.partition("--parameter-overrides")[2])
    given += re.findall(r"`(GitHub\w+)=(\S+)`", PAGE)
    assert len(given) == 4
    for name, value in given:
        pattern = TEMPLATE["Parameters"][name]["AllowedPattern"]
        assert re.fullmatch(pattern, value), name


def test_the_numbers_are_those_of_the_code() -> None:
    assert f"[{MOST_PATHS:,} paths and {MOST_WILDCARDS} wildcards]" in PAGE
    minutes = invalidate.POLL_SECONDS * invalidate.POLLS // 60
    assert f"or fails after {minutes} minutes" in PAGE
    assert 210 <= sum(invalidate.PAUSES) <= 270  # about four minutes


def test_the_workflow_takes_the_role_as_the_template_lets_it() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read", "id-token": "write"}
    (job,) = WORKFLOW["jobs"].values()
    subject = TEMPLATE["Parameters"]["GitHubSubject"]["Default"]
    assert subject == f"environment:{job['environment']}"
    (credentials,) = [s["with"] for s in job["steps"] if "credentials" in s.get("uses", "")]
    assert "role-to-assume" in credentials
    assert credentials["aws-region"] == TARGET["region"]


def test_the_command_of_the_workflow_is_one() -> None:
    (job,) = WORKFLOW["jobs"].values()
    line = job["steps"][-1]["run"].replace("${GITHUB_REF_NAME#v}", "1.1.0")
    program, verb, *words = shlex.split(line)
    assert program == "docs_tools"
    context = click.Context(cli, info_name=program)
    command = cli.get_command(context, verb)
    assert command
    with command.make_context(verb, words, parent=context) as made:
        assert made.params["version"] == "1.1.0"
        assert made.params["targets"] == ("s3",)
        assert made.params["wait"] is True


def test_the_settings_are_read_as_they_stand(toolbox: TinyProject) -> None:
    bucket = BucketSettings("s3", **TARGET)
    assert bucket.origin_path
    assert set(TARGET) <= set(OPTIONS)


@pytest.fixture
def stack(toolbox: TinyProject, aws: AwsServer) -> TinyProject:
    """The project with the settings of the page, and the distribution of the stack."""
    rename_distribution(make_distribution(aws, "1"), TARGET["distribution"])
    config = toolbox.folder / "mkdocs.yml"
    entry = SETTINGS.removeprefix("plugins:\n")
    text = config.read_text()
    assert "  - docs_tools/publish\n" in text
    config.write_text(text.replace("  - docs_tools/publish\n", entry))
    return toolbox


def without_ids(text: str, project: TinyProject) -> str:
    return re.sub(r"^  [A-Z0-9]{13}:", "  ID:", mask(text, project), flags=re.MULTILINE)


def test_each_command_prints_what_the_page_says(stack: TinyProject, aws: AwsServer) -> None:
    shown = [text.partition("\n") for language, _, text in fences(NAME) if language == "console"]
    assert len(shown) == 3
    for command, _, wanted in shown:
        result = stack.docs_tools(*shlex.split(command)[2:])
        assert result.status == 0, result.err
        told = without_ids(result.err + result.out, stack)
        assert told == without_ids(wanted, stack), command
    assert len(aws.cloudfront.invalidations) == 2


def test_each_refusal_of_the_page_is_one_of_the_code() -> None:
    said = said_by_the_code("docs_tools/publish/cloudfront", "docs_tools/cli/s3")
    messages = [row[0] for row in table("message")]
    assert len(messages) >= 8
    pieces = [piece.strip('" ') for message in messages for piece in message.split("…")]
    assert [piece for piece in pieces if not any(piece in text for text in said)] == []
