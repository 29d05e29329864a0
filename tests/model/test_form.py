"""A form says of every text whether it has it, and what is wrong where it hasn't."""

import re
from typing import Annotated

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from docs_tools.model.fields import Text, text_form
from docs_tools.model.form import BLANK, Form, NonEmpty
from docs_tools.model.version import NAME, check_name
from tests.size import examples

CHARACTERS = [chr(code) for code in range(0x10000)]
CONTROL = {chr(code) for code in (*range(32), *range(127, 160))} - {"\t", "\n", "\x85"}
blanks = st.text(st.sampled_from("\t\n \x85\xa0\u2028\u3000"), max_size=3)


def test_a_blank_is_what_python_strips_and_no_control_character() -> None:
    blank = [char for char in CHARACTERS if re.fullmatch(f"[{BLANK}]", char)]

    assert blank == [char for char in CHARACTERS if char.isspace() and char not in CONTROL]


def test_text_is_anything_but_blanks_and_control_characters() -> None:
    pattern = re.compile(text_form().pattern)
    kept = [char for char in CHARACTERS if pattern.fullmatch(char)]

    assert kept == [char for char in CHARACTERS if char.strip() and char not in CONTROL]


def test_a_version_has_no_blank_at_its_ends_whichever_it_is() -> None:
    for char in CHARACTERS:
        for name in (f"{char}1", f"1{char}"):
            fits = re.fullmatch(NAME, name) is not None
            assert fits == (check_name(name, "version") is None)
            assert fits <= (name == name.strip())


@settings(max_examples=examples(200))
@given(blanks, st.text(st.sampled_from("a \t🐍"), max_size=8), blanks)
def test_the_longest_text_is_counted_without_the_blanks_round_it(
    before: str, text: str, after: str
) -> None:
    whole = before + text + after
    fits = re.fullmatch(text_form(5, "that is a lot").pattern, whole) is not None

    assert fits == (1 <= len(whole.strip()) <= 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "is empty"),
        ("\x1c", "is empty"),
        ("a\x07b", "holds a control character"),
        (" abcdef ", "6 characters; the limit of the shelf"),
    ],
)
def test_a_text_is_told_what_is_wrong_with_it(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        text_form(5, "the limit of the shelf").check(text)


def test_text_of_many_blanks_and_a_control_character_is_refused_at_once() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Text).validate_python(" " * 100_000 + "\x07")


class Shelf(BaseModel):
    size: Annotated[str, Form("[0-9]+ cm", "a size", "write such as 20 cm")]
    books: Annotated[tuple[int, ...], NonEmpty()]


def test_the_validator_and_the_schema_say_the_same_of_a_form() -> None:
    with pytest.raises(ValidationError, match='not a size: "20"; write such as 20 cm'):
        Shelf(size="20", books=(1,))

    schema = Shelf.model_json_schema()["properties"]["size"]
    assert schema["pattern"] == "^[0-9]+ cm$"
    assert schema["errorMessage"] == "not a size: write such as 20 cm"


def test_a_list_that_may_not_be_empty_is_not_called_so_where_an_entry_is_wrong() -> None:
    with pytest.raises(ValidationError, match="is empty; list at least one"):
        Shelf(size="20 cm", books=())
    with pytest.raises(ValidationError) as caught:
        Shelf.model_validate({"size": "20 cm", "books": ["x"]})

    assert [error["loc"] for error in caught.value.errors()] == [("books", 0)]
    assert Shelf.model_json_schema()["properties"]["books"]["minItems"] == 1
