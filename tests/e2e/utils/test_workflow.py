"""How the tests are started: on GitHub with a role, and with `make`."""

import re

import yaml

from tests.demo import ROOT

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/run-e2e-tests.yml").read_text("utf-8"))


def test_they_run_on_pushes_to_the_main_branch_and_by_hand() -> None:
    # YAML 1.1 reads the key `on` as true; what is started by hand takes no input
    assert WORKFLOW[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert WORKFLOW["name"] == "run-e2e-tests"


def test_a_role_is_assumed_and_no_key_is_stored() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read", "id-token": "write"}
    steps = WORKFLOW["jobs"]["e2e"]["steps"]
    (role,) = [step for step in steps if "configure-aws-credentials" in step.get("uses", "")]
    assert role["with"]["role-to-assume"] == "${{ vars.E2E_ROLE_ARN }}"
    assert "secrets." not in str(WORKFLOW)
    assert steps[-1] == {"env": {"DOCS_TOOLS_E2E": "aws"}, "run": "make e2e"}
    assert [step["run"] for step in steps if "run" in step] == ["make e2e"]


def test_make_keeps_the_tests_of_a_feature_together() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (recipe,) = re.findall(r"^e2e: .*\n\t(.*)$", makefile, re.MULTILINE)
    assert "pytest tests/e2e -n auto --dist loadfile" in recipe
