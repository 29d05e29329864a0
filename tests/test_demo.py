"""`make demo`, on a machine where git knows nobody and calls its first branch master."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.demo import ROOT


def test_the_demo_publishes_two_versions_and_hotfixes_the_newest(tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[init]\n\tdefaultBranch = master\n[user]\n\tuseConfigOnly = true\n")
    env = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1"}
    code = (
        "import sys; from pathlib import Path; from tests.demo import main; main(Path(sys.argv[1]))"
    )
    refs = branches()
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "demo")],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "hotfixed 2.20.0" in done.stdout
    home = (ROOT / "docs" / "index.md").read_text("utf-8")
    example = re.search(r"```console\n(\$ docs_tools hotfix.*?)```", home, re.DOTALL)
    assert example
    assert without_hashes(example[1]) in without_hashes(done.stdout)
    assert "REGION:017000801446:layer:AWSLambdaPowertoolsPythonV2:41" in example[1]
    assert "make serve-demo" in done.stdout
    site = tmp_path / "demo" / "site"
    assert "Corrected by a hotfix." in (site / "2.20.0" / "index.html").read_text()
    assert "Corrected by a hotfix." in (site / "latest" / "index.html").read_text()
    assert "Corrected by a hotfix." not in (site / "2.19.0" / "index.html").read_text()
    assert "latest/" in (site / "index.html").read_text()
    assert branches() == refs


def without_hashes(text: str) -> str:
    return re.sub(r"\b(?:[0-9a-f]{40}|[0-9a-f]{9})\b", "HASH", text)


def branches() -> str:
    command = ["git", "for-each-ref"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
