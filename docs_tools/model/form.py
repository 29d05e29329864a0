"""The form of a value, stated once: the validator holds to it, and the JSON Schema says it.

pydantic is imported where a model is made, and not for who only asks whether a text has a form.
"""

import re
from collections.abc import Callable, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["BLANK", "Form", "NonEmpty"]

BLANK = r"\t\n \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What `str.strip` takes away, without control characters but tab and newline; for a class."""


@dataclass(frozen=True)
class Form:
    """What a whole text looks like; stands in an `Annotated[str, …]`.

    Attributes:
        pattern: What the whole text matches, without an alternative at its top level. It spells
            characters out: what a backslash and a letter stand for differs between Python's regular
            expressions and those of JSON Schema (ECMA-262).
        kind: What such a text is called, with its article.
        hint: How such a text is written.
        explain: Says of a text that doesn't match what is wrong with it; `not KIND` by default.
    """

    pattern: str
    kind: str
    hint: str = ""
    explain: Callable[[str], str | None] = lambda _: None

    def check(self, text: str) -> str:
        """The text as it is.

        Raises:
            ValueError: It has another form.
        """
        if not re.fullmatch(self.pattern, text):
            raise ValueError(self.explain(text) or self.fault(text))
        return text

    def fault(self, value: object) -> str:
        """The message for a value of another form, with the hint behind a semicolon."""
        return f'not {self.kind}: "{value}"' + (f"; {self.hint}" if self.hint else "")

    @property
    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema; editors show `errorMessage` in place of the pattern."""
        message = f"not {self.kind}: {self.hint}" if self.hint else f"not {self.kind}"
        return {"pattern": f"^{self.pattern}$", "errorMessage": message}

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> dict[str, Any]:
        return {**handler(schema), **self.json_schema}


@dataclass(frozen=True)
class NonEmpty:
    """A list or mapping with something in it; stands in an `Annotated[…, …]`.

    pydantic's own `min_length` counts what is valid, and so speaks up where an entry is wrong.

    Attributes:
        message: What is said of an empty one.
    """

    message: str = "is empty; list at least one"

    def check(self, value: Sized) -> Sized:
        """The list or mapping as it is.

        Raises:
            ValueError: It is empty.
        """
        if not value:
            raise ValueError(self.message)
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> dict[str, Any]:
        made = handler(schema)
        least = {"array": "minItems", "object": "minProperties"}
        kinds = made["type"] if isinstance(made["type"], list) else [made["type"]]
        return {**made, **{least[kind]: 1 for kind in kinds}}
