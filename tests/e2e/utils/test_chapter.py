"""What the guide's chapter writes by hand is what the framework makes."""

import re
from pathlib import Path

from tests.demo import ROOT
from tests.e2e.publish.infrastructure import PublishStack
from tests.e2e.utils.canned import BUCKET, Canned
from tests.e2e.utils.lambda_layer import LAYER_BUILD
from tests.e2e.utils.places import CDK_OUT

CHAPTER = (ROOT / "docs/maintainers/e2e-internals.md").read_text("utf-8")
FEATURES = sorted(path.parent.name for path in (ROOT / "tests/e2e").glob("*/infrastructure.py")
                  if path.parent.name != "utils")  # fmt: skip


def test_the_app_is_the_one_of_the_chapter(tmp_path: Path) -> None:
    stack = PublishStack(cdk_out=tmp_path, deployer=Canned("one", BUCKET))
    stack.deploy()
    stack.delete()
    (app,) = stack.output.glob("cdk_app_V*.py")
    assert f'```python title="cdk.out/publish/cdk_app_V311.py"\n{app.read_text()}```' in CHAPTER


def test_cdk_out_holds_what_the_chapter_shows() -> None:
    (listing,) = re.findall(r"```text\ncdk\.out/\n(.*?)```", CHAPTER, re.DOTALL)
    names = re.findall(r"── (\S+)", listing)
    build = [f"{LAYER_BUILD.name}/", f"{LAYER_BUILD.name}.diff"]
    assert sorted(names) == sorted([f"{feature}/" for feature in FEATURES] + build)
    assert (CDK_OUT / f"{LAYER_BUILD.name}.diff").is_file()
