"""The page about diagrams: what it says is what one gets."""

import re
from pathlib import Path

from tests.demo import ROOT
from tests.project import TinyProject

PAGE = (ROOT / "docs/user-guide/diagrams.md").read_text("utf-8")


def test_the_mistakes_of_the_page_are_reported_as_it_says(tmp_path: Path) -> None:
    project = TinyProject(tmp_path / "tiny").create()
    example = re.search(r'^````markdown title="docs/index.md"\n(.*?)^````$', PAGE, re.M | re.S)
    wanted = re.search(r"^```text\n(.*?)^```$", PAGE, re.M | re.S)
    assert example
    assert wanted
    project.write("docs/index.md", example[1])

    result = project.docs_tools("build")

    assert result.status == 1
    assert result.err.startswith(wanted[1])
    assert len(re.findall(r"^docs/index.md", result.err, re.M)) == 3
