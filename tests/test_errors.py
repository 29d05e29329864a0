"""What a diagnostic looks like: a line that says it, and the mend below."""

import pytest

from docs_tools.errors import Diagnostic, printable


def test_the_place_the_message_and_each_line_of_the_mend() -> None:
    told = Diagnostic("is wrong", "a.md", 3, 5, "this is read:\n  x --")
    assert str(told) == "a.md:3:5: is wrong\n    this is read:\n      x --"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bäcker → 🚀", "Bäcker → 🚀"),
        ("\x1b[2J\x9b31m\x7f", r"\x1b[2J\x9b31m\x7f"),
        ("a\n::error::b", r"a\n::error::b"),
        ("a\u202eb", r"a\u202eb"),
        ("::stop-commands::x", r"\x3a:stop-commands::x"),
        ("  ::error::x", r"  \x3a:error::x"),
        ("a::b", "a::b"),
    ],
)
def test_nothing_in_a_text_reaches_the_terminal_or_the_ci_as_a_command(
    text: str, shown: str
) -> None:
    assert printable(text) == shown
    assert str(Diagnostic(text)) == shown
    assert str(Diagnostic("m", hint=text.replace("\n", " "))).startswith("m\n    ")


def test_a_name_of_a_file_is_shown_without_what_a_terminal_obeys() -> None:
    assert str(Diagnostic("m", "a\nb\x1b.md", 1)) == r"a\nb\x1b.md:1: m"
