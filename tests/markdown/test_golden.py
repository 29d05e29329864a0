"""What each directive makes of a page, byte for byte; `--update-golden` writes it anew.

A case is a folder `tests/golden/directives/<directive>/<case>/` with data files, what else the
directive shows, `page.md`, and `expected.md`: what must come out.
"""

from pathlib import Path

import pytest

from docs_tools.markdown import Context
from docs_tools.markdown.directives import DIRECTIVES
from docs_tools.markdown.expand import expand
from docs_tools.markdown.syntax import DIRECTIVE
from docs_tools.model.facts import load_facts

GOLDEN = Path(__file__).parent.parent / "golden" / "directives"
CASES = sorted(page.parent for page in GOLDEN.glob("*/*/page.md"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_directive_writes_what_it_wrote_before(case: Path, update_golden: bool) -> None:
    context = Context.of_newest(load_facts(case, case.name), root=case)
    page = (case / "page.md").read_text(encoding="utf-8")
    assert case.parent.name in {match["name"] for match in DIRECTIVE.finditer(page)}

    made = DIRECTIVE.sub(lambda match: expand(match, context), page)

    expected = case / "expected.md"
    if update_golden:
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", DIRECTIVES)
def test_a_directive_has_a_case(name: str) -> None:
    assert name in {case.parent.name for case in CASES}
