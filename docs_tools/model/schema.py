"""What a data file may hold, as a JSON Schema for editors.

Descriptions are the model's docstrings and forms its validators'. What a schema can't express,
such as ids that are unique, only `Fact.check` finds. See https://json-schema.org/draft/2020-12.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from docs_tools.model.fields import Fact

__all__ = ["dump_schema", "make_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FIRST = ("$schema", "title", "description", "markdownDescription", "$ref", "anyOf", "type")
_LAST = ("required", "additionalProperties", "$defs")


def make_schema(model: type[Fact], title: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a data file.

    Args:
        model: What the file holds.
        title: What editors call the file.
    """
    schema = model.model_json_schema(schema_generator=_Generator, mode="validation")
    return _neat({**schema, "$schema": _DIALECT, "title": title})


def dump_schema(schema: Mapping[str, Any]) -> str:
    """The text of a schema, or of several by name, as it stands in a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class _Generator(GenerateJsonSchema):
    """pydantic's schema without what says nothing: titles like keys, and defaults of nothing."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No key has a title: it would repeat the key."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A value or nothing, in one schema where that can be."""
        return _join([self.generate_inner(schema["schema"]), {"type": "null"}])

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        """A value of one kind or another, in one schema where that can be."""
        kinds = (kind[0] if isinstance(kind, tuple) else kind for kind in schema["choices"])
        return _join([self.generate_inner(kind) for kind in kinds])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default is said where it is something."""
        made = super().default_schema(schema)
        if made.get("default") in (None, [], {}):
            made.pop("default", None)
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping whose keys have a form has no other keys: pydantic's allows them."""
        keys = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        form = {"propertyNames": keys} if keys != {"type": "string"} else {}
        return {"type": "object", **form, "additionalProperties": values}


def _join(kinds: list[JsonSchemaValue]) -> JsonSchemaValue:
    """One schema for several kinds of value: each keyword speaks of values of its own kind only.

    With `anyOf` an editor shows what is wrong by the kind that it takes to be meant.
    """
    keywords = [key for kind in kinds for key in kind if key != "type"]
    types = [kind.get("type") for kind in kinds]
    if all(isinstance(name, str) for name in types) and len(keywords) == len(set(keywords)):
        return {key: value for kind in kinds for key, value in kind.items()} | {"type": types}
    return {"anyOf": kinds}


def _neat(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema in the order to read it, with its descriptions as Markdown too, which they are."""
    if description := schema.get("description"):
        description = re.sub(r"(?<!\n)\n(?!\n)", " ", description)  # a line end of the source
        schema = {**schema, "description": description}
        if "`" in description:  # editors show it as it stands otherwise
            schema["markdownDescription"] = description
    middle = [key for key in schema if key not in _FIRST + _LAST]
    order = [key for key in (*_FIRST, *middle, *_LAST) if key in schema]
    return {key: _neat_value(key, schema[key]) for key in order}


def _neat_value(key: str, value: Any) -> Any:
    if key in ("properties", "$defs"):
        return {name: _neat(inner) for name, inner in value.items()}
    if key in ("additionalProperties", "items", "propertyNames") and isinstance(value, dict):
        return _neat(value)
    return [_neat(inner) for inner in value] if key == "anyOf" else value
