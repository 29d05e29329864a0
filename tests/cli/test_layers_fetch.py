"""`docs_tools layers fetch`, as a user runs it: from files, from SSM, and from AWS itself."""

import json
import os
import pty
import random
import shutil
import signal
import subprocess
from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest

from docs_tools.model.arn import LayerArn, partition_of
from tests.aws.server import SECRETS, AwsServer
from tests.forkserver import CHANGES, KILLED_BEFORE
from tests.layers.aws import ACCOUNT, REGIONS
from tests.project import BIN, Result, TinyProject

GOVCLOUD = "210987654321"
CONFIG = "site_name: Tiny\nplugins: [docs_tools/layers: {data: layers.yml}]\n"
LAYERS = f"""\
# deployed region by region
layers:
  - id: tiny  # for all
    name: Tiny-{{runtime}}-{{architecture}}
    account: "{ACCOUNT}"
    accounts: {{aws-us-gov: "{GOVCLOUD}"}}
    architectures: [x86_64, arm64]
    runtimes: {{python3.12: python312}}
    regions: [us-gov-west-1, us-east-1, eu-west-1]
  - {{id: bare, name: Bare, account: "{ACCOUNT}", architectures: [x86_64], regions: [eu-west-1]}}

# the newest first
releases:
  # 3.3.0 was in a hurry
  - {{version: '3.3.0', layer: tiny, number: 2}}   # checked
  - {{version: '3.3.0', layer: bare, number: 1}}

  - {{version: "3.2.0", layer: tiny, number: 1}}
"""
ENTRY = """\
  - version: '3.4.0'
    layer: tiny
    number: 4
    exceptions:
      - {regions: [us-gov-west-1]}
"""
MARK = "  # 3.3.0 was in a hurry\n"
FETCHED = LAYERS.replace(MARK, ENTRY + MARK)
NAMES = ("Tiny-python312-x86_64", "Tiny-python312-arm64")
LAGS = "tiny in us-gov-west-1 (aws-us-gov) lags: it has 3.3.0 (number 2), not 3.4.0"
NO_BARE = "bare isn't part of 3.4.0: {} has nothing of it"
NOT_ASKED = "2 layer versions in aws-us-gov were not asked for: the credentials are of aws"
HIDDEN = [*SECRETS.values(), "hunter2", "SECRETUSER", "SIGNEDTOKEN", "X-Amz-"]
PROGRESS = "calls: "


def arn(region: str, name: str = NAMES[0], number: int = 4) -> str:
    partition = partition_of(region)
    account = GOVCLOUD if partition == "aws-us-gov" else ACCOUNT
    return f"arn:{partition}:lambda:{region}:{account}:layer:{name}:{number}"


def arns(*regions: str, number: int = 4) -> list[str]:
    return [arn(region, name, number) for region in regions for name in NAMES]


BOTH = arns("eu-west-1", "us-east-1")


@pytest.fixture
def project(tmp_path: Path) -> TinyProject:
    """A project without a repository: none is needed."""
    project = TinyProject(tmp_path / "project")
    project.write("mkdocs.yml", CONFIG)
    project.write("docs/index.md", "# Tiny\n")
    project.write("layers.yml", LAYERS)
    return project


def data(project: TinyProject) -> str:
    """The data file, whatever ends its lines."""
    return (project.folder / "layers.yml").read_bytes().decode("utf-8")


def publish(
    aws: AwsServer, version: str = "3.4.0", regions: Iterable[str] = ("eu-west-1", "us-east-1")
) -> None:
    """The release is number 4 of each layer; the account has no others in GovCloud."""
    for region in regions:
        for name in NAMES:
            aws.publish(region, name, "Tiny 3.2.0", "Tiny 3.3.0", "Tiny 3.4.0a1", f"Tiny {version}")


def put(aws: AwsServer, value: str) -> None:
    """A parameter with an ARN, in the ARN's region."""
    found = LayerArn.parse(value)
    aws.put_parameter(found.region, f"/tiny/3.4.0/{found.name.rpartition('-')[2]}", value)


def write(source: str, project: TinyProject) -> str:
    """Writes the numbers of 3.4.0 into files; what is given to `--from`."""
    if source == "text":
        project.write("arns.txt", "# 3.4.0\n\n" + "\n".join(BOTH) + "\n")
        return "arns.txt"
    if source == "outputs":
        stack = {f"Layer{i}Arn": value for i, value in enumerate(BOTH)} | {"Bucket": "assets"}
        project.write("outputs.json", json.dumps({"LayerStack": stack}))
        return "outputs.json"
    project.write("arns/eu-west-1.txt", "\n".join(BOTH[:2]))
    project.write("arns/us-east-1.json", json.dumps({"Stack": {"A": BOTH[2], "B": BOTH[3]}}))
    project.write("arns/notes.md", "not a source")
    return "arns"


def deploy(source: str, aws: AwsServer) -> str:
    """Has AWS tell the numbers of 3.4.0; what is given to `--from`."""
    if source == "aws":
        publish(aws)
        return "aws"
    for value in BOTH:
        put(aws, value)
    return "ssm:/tiny/{version}/" + ("" if source == "path" else "{architecture}")


@pytest.mark.parametrize("source", ["text", "folder", "outputs", "name", "path", "aws"])
def test_every_source_gives_the_same_data_file(
    project: TinyProject, aws: AwsServer, source: str
) -> None:
    asks = source in ("name", "path", "aws")
    given = deploy(source, aws) if asks else write(source, project)
    command = ("layers", "fetch", "--version", "3.4.0", "--from", given)

    dry = project.docs_tools(*command, "--dry-run")

    notes = [*([NOT_ASKED] if asks else []), NO_BARE.format(given), LAGS]
    told = ["tiny 3.4.0: number 4, with 1 exception", *(f"  note: {note}" for note in notes)]
    again = "next: the same command without --dry-run"
    assert dry.out.splitlines() == [*told, "would write layers.yml", again]
    assert dry.status == 0
    assert data(project) == LAYERS

    done = project.docs_tools(*command)

    assert done.out.splitlines() == [*told, "wrote layers.yml", "next: docs_tools layers insert"]
    assert data(project) == FETCHED
    assert asks == bool(aws.calls)
    assert asks == (PROGRESS in done.err)


def fetch(
    project: TinyProject, *options: str, source: str = "aws", version: str = "3.4.0"
) -> Result:
    return project.docs_tools("layers", "fetch", "--version", version, "--from", source, *options)


def errors(result: Result) -> list[str]:
    """The first line of each problem and the summary; how far it was is none of it."""
    lines = result.err.splitlines()
    return [line for line in lines if not line.startswith((" ", PROGRESS))]


def refuses(project: TinyProject, result: Result) -> list[str]:
    """What a refusal says; nothing is written."""
    assert (result.status, result.out) == (1, ""), result.err
    assert data(project) == LAYERS
    assert "Traceback" not in result.err
    return errors(result)


def test_lines_end_as_they_did_and_the_byte_order_mark_stays(project: TinyProject) -> None:
    project.write("arns.txt", "\r\n".join(BOTH))
    (project.folder / "layers.yml").write_bytes(f"\ufeff{LAYERS}".replace("\n", "\r\n").encode())

    assert fetch(project, source="arns.txt").status == 0
    assert data(project) == f"\ufeff{FETCHED}".replace("\n", "\r\n")
    again = fetch(project, source="arns.txt")
    assert again.out.splitlines()[-1] == "layers.yml says so already"
    assert data(project) == f"\ufeff{FETCHED}".replace("\n", "\r\n")


def test_the_source_is_found_from_where_the_command_runs(project: TinyProject) -> None:
    write("folder", project)
    inside = TinyProject(project.folder / "arns")

    result = fetch(inside, "-f", "../mkdocs.yml", source=".")

    assert result.status == 0, result.err
    assert data(project) == FETCHED


def test_json_tells_what_was_noted(project: TinyProject) -> None:
    given = write("text", project)

    result = fetch(project, "--json", "--dry-run", source=given)

    assert (result.status, result.err) == (0, "")
    assert result.json == {
        "version": "3.4.0",
        "file": "layers.yml",
        "changed": True,
        "releases": [
            {
                "version": "3.4.0",
                "layer": "tiny",
                "number": 4,
                "exceptions": [{"regions": ["us-gov-west-1"]}],
            }
        ],
        "notices": [NO_BARE.format(given), LAGS],
    }
    assert data(project) == LAYERS


def test_with_regions_only_these_are_asked_and_the_others_are_told(
    project: TinyProject, aws: AwsServer
) -> None:
    publish(aws)

    result = fetch(project, "--region", "us-east-1", "--layer", "tiny", "--json")

    assert result.status == 0, result.err
    assert [call.region for call in aws.calls] == ["us-east-1"] * 2
    assert result.json["releases"][0]["exceptions"] == [{"regions": ["us-gov-west-1", "eu-west-1"]}]
    assert result.json["notices"] == [
        LAGS,
        "tiny in eu-west-1 (aws) lags: it has 3.3.0 (number 2), not 3.4.0",
    ]


def test_a_layer_that_is_named_must_be_there_and_only_it_is_asked_for(
    project: TinyProject, aws: AwsServer
) -> None:
    publish(aws)

    told = refuses(project, fetch(project, "--layer", "bare"))

    assert [call.resource.split("/")[3] for call in aws.calls] == ["Bare"]
    assert told == ['aws: nothing of layer "bare"', "error: the numbers of 3.4.0 can't be used"]


@pytest.mark.parametrize("source", ["aws", "ssm:/tiny/{version}/", "ssm:/tiny/{version}"])
def test_a_release_that_aws_knows_nothing_of_is_told(
    project: TinyProject, aws: AwsServer, source: str
) -> None:
    publish(aws)

    result = fetch(project, source=source, version="9.0.0")

    assert refuses(project, result) == [f"error: {source} has no layer version of 9.0.0"]
    assert (
        "is it deployed, and does its description or its parameter tell the release?" in result.err
    )


@pytest.mark.parametrize(
    ("options", "told", "hint"),
    [
        ("--region eu-west1", 'no layer is in a region "eu-west1"', "did you mean eu-west-1?"),
        ("--excuse-region us-est-1", 'no layer is in a region "us-est-1"', "mean us-east-1?"),
        ("--layer tyny", 'no layer has the id "tyny"', "did you mean tiny?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("source", ["aws", "ssm:/tiny/"])
def test_names_that_are_misspelled_are_told_before_aws_is_asked(
    project: TinyProject, aws: AwsServer, source: str, options: str, told: str, hint: str
) -> None:
    result = fetch(project, *options.split(), source=source)

    assert refuses(project, result) == [f"layers.yml: {told}", "error: 3.4.0 can't be fetched"]
    assert f"{hint}\n" in result.err
    assert aws.calls == []


@pytest.mark.parametrize("version", ["../3.4.0", "3/4", ".", "", "-3.4.0"])
def test_a_version_that_can_be_none_is_wrong_usage(project: TinyProject, version: str) -> None:
    result = fetch(project, source="arns.txt", version=version)

    assert (result.status, result.out) == (2, "")
    assert data(project) == LAYERS


@pytest.mark.parametrize("options", ["--jobs 0", "--jobs 65", "--jobs many", "--no-such"])
def test_wrong_usage_is_told(project: TinyProject, options: str) -> None:
    result = fetch(project, *options.split(), source="arns.txt")

    assert (result.status, result.out) == (2, "")
    assert "Error: " in result.err


SPREAD = LAYERS.replace("[us-gov-west-1, us-east-1, eu-west-1]", f"[{', '.join(REGIONS)}]", 1)
SPREAD = SPREAD.replace(f'    accounts: {{aws-us-gov: "{GOVCLOUD}"}}\n', "")
SOURCES = {
    "28 of 29 regions": (
        [value for region in REGIONS[:-1] for value in arns(region)],
        ["arns.txt: layer tiny is incomplete, 2 of 58 layer versions are missing: in us-west-2"],
    ),
    "two numbers": (
        [*arns(*REGIONS), arn("eu-west-1", number=5)],
        [f"arns.txt:59:1: {arn('eu-west-1', number=5)} has number 4 at arns.txt:37"],
    ),
    "a short account": (
        [*arns(*REGIONS), "arn:aws:lambda:eu-west-1:1234:layer:Tiny:4"],
        ['arns.txt:59:1: not a 12-digit account: "1234" in'],
    ),
    "no number": (
        [*arns(*REGIONS[1:]), arn(REGIONS[0]).rpartition(":")[0]],
        ["arns.txt:57:1: not a layer version ARN (the version number is missing)"],
    ),
    "the partition of another region": (
        [*arns(*REGIONS), f"arn:aws:lambda:us-gov-west-1:{ACCOUNT}:layer:Tiny:4"],
        ['arns.txt:59:1: region us-gov-west-1 is in partition "aws-us-gov", not "aws"'],
    ),
    "a number that goes down": (
        arns(*REGIONS, number=1),
        ["arns.txt: tiny 3.4.0: 1 is lower than the 2 of the older 3.3.0"],
    ),
    "a region that the data lacks": (
        [*arns(*REGIONS), *arns("eu-west-9")],
        [f"arns.txt: {arn('eu-west-9', NAMES[1])} and 1 more: layer tiny isn't in eu-west-9"],
    ),
    "strangers only": (
        [arn("eu-west-1", "Other")],
        ["error: arns.txt has nothing of the layers in layers.yml"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", SOURCES)
def test_a_source_that_can_not_be_right_is_refused_and_nothing_written(
    project: TinyProject, fault: str
) -> None:
    given, told = SOURCES[fault]
    project.write("layers.yml", SPREAD)
    project.write("arns.txt", "\n".join(given))

    result = fetch(project, source="arns.txt")

    assert (result.status, result.out) == (1, "")
    assert [line[: len(say)] for line, say in zip(errors(result), told, strict=False)] == told
    assert data(project) == SPREAD


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe\x00", "arns.txt: not a text file in UTF-8"),
        (b"arn\0", "arns.txt: a binary file, not a text file"),
        (b"", "arns.txt: holds no layer version ARN"),
    ],
)
def test_a_source_that_is_no_text_is_refused(
    project: TinyProject, content: bytes, told: str
) -> None:
    (project.folder / "arns.txt").write_bytes(content)

    assert told in refuses(project, fetch(project, source="arns.txt"))


def test_layers_of_others_are_left_out_and_told(project: TinyProject) -> None:
    others = [f"arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python31{n}:78" for n in (2, 3)]
    project.write("arns.txt", "\n".join([*BOTH, *others]))

    result = fetch(project, source="arns.txt")

    assert (
        f"  note: {others[0]} and 1 more are of no layer in layers.yml" in result.out.splitlines()
    )
    assert data(project) == FETCHED


def test_govcloud_follows_with_credentials_of_its_own(
    project: TinyProject, aws: AwsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("layers.yml", FETCHED)
    for value in arns("us-gov-west-1", number=3):
        put(aws, value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-gov-west-1")

    result = fetch(project, "--layer", "tiny", source="ssm:/tiny/{version}/")

    assert result.status == 0, result.err
    assert {call.region for call in aws.calls} == {"us-gov-west-1"}
    assert (
        "  note: 4 layer versions in aws were not asked for: the credentials are of aws-us-gov"
        in (result.out.splitlines())
    )
    assert data(project) == FETCHED.replace(
        "{regions: [us-gov-west-1]}", "{regions: [us-gov-west-1], number: 3}"
    )


def test_a_number_of_the_same_release_goes_down_only_where_it_may(
    project: TinyProject, aws: AwsServer
) -> None:
    before = FETCHED.replace("number: 4", "number: 5")
    project.write("layers.yml", before)
    publish(aws)

    refused = fetch(project, "--region", "eu-west-1")
    assert refused.status == 1
    assert "layers.yml has a higher number for this release" in refused.err
    assert data(project) == before

    allowed = fetch(project, "--allow-lower")
    assert allowed.status == 0, allowed.err
    assert "  note: tiny 3.4.0: 5 -> 4 in us-east-1, eu-west-1" in allowed.out.splitlines()
    assert data(project) == FETCHED


def test_a_region_that_is_denied_is_an_error_unless_it_is_excused(
    project: TinyProject, aws: AwsServer
) -> None:
    publish(aws)
    aws.faults.deny = {"eu-west-1": "AccessDeniedException"}

    assert refuses(project, fetch(project)) == [
        "lambda:ListLayerVersions: denied (AccessDeniedException) in eu-west-1",
        "error: AWS doesn't tell all numbers of 3.4.0",
    ]

    excused = fetch(project, "--excuse-region", "eu-west-1", "--json")
    assert excused.status == 0, excused.err
    assert excused.json["releases"][0]["exceptions"] == [
        {"regions": ["us-gov-west-1", "eu-west-1"]}
    ]
    assert excused.json["notices"][1:3] == [
        "excused: lambda:ListLayerVersions: denied (AccessDeniedException) in eu-west-1",
        "tiny 3.4.0: excused in eu-west-1",
    ]


def test_what_is_throttled_is_asked_again_and_in_the_end_told(
    project: TinyProject, aws: AwsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(aws)
    aws.faults.throttle_first = 2
    assert fetch(project, "--jobs", "2").status == 0
    assert (aws.throttled, data(project)) == (2, FETCHED)
    assert aws.most_in_flight <= 2

    project.write("layers.yml", LAYERS)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    aws.faults.throttle_every = 1
    (told, _) = refuses(project, fetch(project))
    assert told == (
        "lambda:ListLayerVersions: still too many requests after all attempts"
        " (TooManyRequestsException) in eu-west-1, us-east-1"
    )


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        (dict.fromkeys(SECRETS, ""), "error: there are no AWS credentials"),
        ({"AWS_PROFILE": "layres"}, 'error: there is no AWS profile "layres"'),
        (
            {"AWS_ENDPOINT_URL": "http://me:hunter2@127.0.0.1:1", "AWS_MAX_ATTEMPTS": "1"},
            "lambda:ListLayerVersions: not reachable (nobody answers at the endpoint)"
            " in eu-west-1, us-east-1",
        ),
        ({"AWS_ENDPOINT_URL": "hunter2"}, "error: the AWS settings can't be used (ValueError)"),
        (
            {"AWS_DEFAULT_REGION": "cn-north-1"},
            "error: the session is of aws-cn, where no layer is",
        ),
    ],
)  # fmt: skip
def test_a_session_that_can_not_be_used_is_told_with_the_mend(
    project: TinyProject, aws: AwsServer, variables: dict[str, str], told: str
) -> None:
    project.env = variables

    result = fetch(project, "-v")

    assert refuses(project, result)[0] == told
    assert "\n    " in result.err
    assert [secret for secret in HIDDEN if secret in result.err] == []


@pytest.mark.parametrize("source", ["aws", "ssm:/tiny/{version}/{architecture}"])
def test_nothing_secret_is_said_with_v(project: TinyProject, aws: AwsServer, source: str) -> None:
    publish(aws)
    for value in BOTH:
        put(aws, value)
    aws.put_parameter("eu-west-1", "/tiny/3.4.0/arm64", "hunter2")
    aws.faults.deny = {"us-east-1": "AccessDeniedException"}
    aws.faults.throttle_first = 1

    said = [fetch(project, "-v", source=source)]
    said += [fetch(project, "-v", "--excuse-region", "us-east-1", source=source)]

    assert {result.status for result in said} == ({1, 0} if source == "aws" else {1})
    text = "".join(result.out + result.err for result in said)
    assert "us-east-1" in text
    assert [secret for secret in HIDDEN if secret in text] == []


def test_without_a_terminal_progress_is_a_few_lines_and_with_q_none(
    project: TinyProject, aws: AwsServer
) -> None:
    publish(aws)

    result = fetch(project, "--dry-run", "--layer", "tiny")
    assert result.err.splitlines() == [f"calls: {done} of 4" for done in range(5)]
    quiet = fetch(project, "-q", "--layer", "tiny")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    assert data(project) == FETCHED


def start(project: TinyProject, stderr: int, *options: str) -> subprocess.Popen[str]:
    """The installed command, as a shell starts it."""
    return subprocess.Popen(
        [BIN / "docs_tools", "layers", "fetch", "--version", "3.4.0", "--from", "aws", *options],
        cwd=project.folder,
        env=project.environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )


def read_terminal(terminal: int) -> str:
    """All that was written there until nobody has it open any more."""
    said = b""
    while True:
        try:
            more = os.read(terminal, 65536)
        except OSError:  # what Linux says at the end
            more = b""
        if not more:
            return said.decode()
        said += more


def test_on_a_terminal_progress_is_a_bar(project: TinyProject, aws: AwsServer) -> None:
    publish(aws)
    terminal, stderr = pty.openpty()

    process = start(project, stderr)
    os.close(stderr)
    bar = read_terminal(terminal)
    out, _ = process.communicate(timeout=60)
    os.close(terminal)

    assert process.returncode == 0, bar
    assert bar.count("\n") == 1
    assert bar.endswith("\n")
    assert "calls  [" in bar
    assert "100%" in bar.rpartition("\r")[0]
    assert "calls" not in out
    assert data(project) == FETCHED


def test_ctrl_c_ends_it_and_nothing_is_written(project: TinyProject, aws: AwsServer) -> None:
    publish(aws)
    aws.faults.delay = 3600
    process = start(project, subprocess.PIPE, "--jobs", "2")
    aws.wait_for_calls(2)

    process.send_signal(signal.SIGINT)

    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.split("\n") == ["calls: 0 of 5", "", "interrupted", ""]
    assert data(project) == LAYERS
    assert len(aws.calls) == 2


def test_killed_at_any_step_the_data_file_is_old_or_new(
    project: TinyProject, tmp_path: Path
) -> None:
    write("text", project)
    assert fetch(project, "--dry-run", source="arns.txt").status == 0  # modules are compiled once
    log = tmp_path / "changes"
    kept: list[str] = []
    steps: list[str] = []
    while True:
        here = TinyProject(tmp_path / "copy")
        shutil.copytree(project.folder, here.folder)
        here.env = {CHANGES: str(log), KILLED_BEFORE: str(len(kept) + 1)}
        result = fetch(here, source="arns.txt")
        if result.status == 0:
            break
        assert result.status == -signal.SIGKILL, result.err
        kept.append(data(here))
        here.env = {}
        assert fetch(here, source="arns.txt").status == 0
        assert data(here) == FETCHED
        shutil.rmtree(here.folder)
    steps = [line.split()[0] for line in log.read_text().splitlines()]
    assert steps[-1] == "os.rename"
    assert kept == [LAYERS] * len(steps)
    assert data(here) == FETCHED


BIG = f"""layers:
  - id: tiny
    name: Tiny-{{runtime}}-{{architecture}}
    account: "{ACCOUNT}"
    architectures: [x86_64, arm64]
    runtimes: {{{", ".join(f"python3.{n}: python3{n}" for n in range(9, 14))}}}
    regions: [{", ".join(REGIONS)}]
    exclude: [{{architectures: [arm64], regions: [ap-south-2]}}]

releases: []
"""


def test_every_number_of_a_large_project_is_found_in_bad_weather(
    project: TinyProject, aws: AwsServer
) -> None:
    project.write("layers.yml", BIG)
    odds = random.Random(5)
    expected: dict[tuple[str, str, str], str] = {}
    for region, minor, kind in product(REGIONS, range(9, 14), ("x86_64", "arm64")):
        older = ["0.1.0"] * odds.choice([0, 0, 0, 0, 1, 2]) + ["3.1.0"]
        published = aws.publish(region, f"Tiny-python3{minor}-{kind}", *older, "3.2.0", "3.3.0")
        if (region, kind) != ("ap-south-2", "arm64") and region != "ca-west-1":
            expected[region, f"python3.{minor}", kind] = published[-2]
    aws.faults.page = 2
    aws.faults.throttle_first = 5
    aws.faults.throttle_every = 97
    aws.faults.deny = {"ca-west-1": "AccessDeniedException"}

    result = fetch(project, "--excuse-region", "ca-west-1", "--jobs", "6", version="3.2.0")

    assert result.status == 0, result.err
    assert result.err.splitlines()[-1] == "calls: 285 of 285"
    assert "  note: tiny 3.2.0: excused in ca-west-1" in result.out.splitlines()
    assert aws.throttled > 5
    assert 1 < aws.most_in_flight <= 6
    listed = project.docs_tools("layers", "list", "--json").json
    found = {(v["region"], v["runtime"], v["architecture"]): v["arn"] for v in listed["layers"]}
    assert len(found) == 275
    assert found == expected
