"""CDK knows each property of each resource, and what AWS would refuse."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs_tools.publish.cloudfront.template import template_json

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")

APP = """
import aws_cdk
from aws_cdk.cloudformation_include import CfnInclude

app = aws_cdk.App(outdir="out")
CfnInclude(aws_cdk.Stack(app, "docs"), "all", template_file="template.json")
app.synth()
"""


def synthesize(folder: Path, template: str) -> subprocess.CompletedProcess[str]:
    (folder / "template.json").write_text(template)
    command = [sys.executable, "-c", APP]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_cdk_reads_it_whole_and_finds_nothing_wrong(tmp_path: Path) -> None:
    done = synthesize(tmp_path, template_json())
    assert done.returncode == 0, done.stderr
    own = json.loads(template_json())
    read = json.loads((tmp_path / "out" / "docs.template.json").read_text())
    for part in ("Resources", "Outputs", "Conditions"):
        assert read[part] == own[part]
    report = json.loads((tmp_path / "out" / "validation-report.json").read_text())
    assert report["pluginReports"] == []


def test_cdk_would_find_it(tmp_path: Path) -> None:
    template = json.loads(template_json())
    del template["Resources"]["CachePolicy"]["Properties"]["CachePolicyConfig"]["MinTTL"]
    done = synthesize(tmp_path, json.dumps(template))
    assert done.returncode != 0
    assert "minTtl: required but missing" in done.stderr
