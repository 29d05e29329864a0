"""How far long work is, where nobody looks at a terminal; `layers fetch` has the test of a bar."""

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.cli.options import global_options
from docs_tools.cli.progress import show_progress
from tests.size import examples


def run(total: int, *options: str, fails_at: int | None = None) -> Result:
    """A command that does so much, a step at a time."""

    @click.command()
    @global_options
    def work() -> None:
        with show_progress("steps") as progress:
            for done in range(total + 1):
                if done == fails_at:
                    raise click.ClickException("broken")
                if progress:
                    progress(done, total)

    return CliRunner().invoke(work, options)


@pytest.mark.parametrize(
    ("total", "shown"), [(0, [0]), (1, [0, 1]), (4, [0, 1, 2, 3, 4]), (290, [0, 73, 145, 218, 290])]
)
def test_a_line_is_shown_at_the_start_and_at_each_quarter(total: int, shown: list[int]) -> None:
    result = run(total)

    assert result.stderr.splitlines() == [f"steps: {done} of {total}" for done in shown]
    assert result.stdout == ""


@settings(max_examples=examples(20))
@given(st.integers(0, 2000))
def test_there_are_at_most_five_lines_and_the_last_is_the_end(total: int) -> None:
    lines = run(total).stderr.splitlines()

    assert 1 <= len(lines) <= 5
    assert lines[-1] == f"steps: {total} of {total}"


def test_with_q_nothing_is_shown() -> None:
    assert run(8, "-q").output == ""


def test_an_error_stands_on_a_line_of_its_own() -> None:
    result = run(8, fails_at=3)

    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["steps: 0 of 8", "steps: 2 of 8", "Error: broken"]
