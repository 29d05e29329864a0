"""The JSON Schemas accept what the model accepts, and refuse what they can express."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as SchemaError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from pydantic import BeforeValidator, ValidationError

from docs_tools.errors import DocsToolsError
from docs_tools.model.document import KeyPath, parse_document
from docs_tools.model.facts import DATA_FILES
from docs_tools.model.fields import Fact
from docs_tools.model.form import Form
from docs_tools.model.schema import dump_schema, make_schema
from tests.demo import ROOT
from tests.size import examples

CASES = sorted((ROOT / "tests/data/invalid").glob("*/*.yml"))
SCHEMAS = {name: make_schema(model, f"{name}.yml") for name, model in DATA_FILES.items()}


def match(validator: Validator, pattern: str, value: Any, schema: Any) -> Iterator[SchemaError]:
    """`$` is the end, as in ECMA-262: in Python a line end may follow it."""
    if isinstance(value, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), value):
        yield SchemaError(f"{value!r} does not match")


Ecma = extend(Draft202012Validator, {"pattern": match})  # type: ignore[no-untyped-call]
VALIDATORS = {name: Ecma(schema) for name, schema in SCHEMAS.items()}


def schema_accepts(name: str, data: Any) -> bool:
    return bool(VALIDATORS[name].is_valid(data))


def model_accepts(name: str, data: Any) -> bool:
    """Whether each value is right by itself: what `check` finds no schema can express."""
    try:
        DATA_FILES[name].model_validate(data)
    except ValidationError:
        return False
    return True


# ---- documents of every kind that the model knows, found by walking through it


def values(kind: Any) -> st.SearchStrategy[Any]:
    """What may be written for a type of the model."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return annotated(*inner)
    if origin in (Union, UnionType):
        return st.one_of(*map(values, inner))
    if origin in (tuple, list):
        return st.lists(values(inner[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(*map(values, inner), max_size=3)
    if isinstance(kind, type) and issubclass(kind, Fact):
        return st.deferred(lambda: records(kind))
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=8),
        int: st.integers(-1, 10**9),
        bool: st.booleans(),
        NoneType: st.none(),
    }
    return plain[kind]


def annotated(kind: Any, *marks: Any) -> st.SearchStrategy[Any]:
    forms = [mark for mark in marks if isinstance(mark, Form)]
    if forms:
        # without what looks ahead, which generation can't follow: then a few have another form
        pattern = re.sub(r"^\(\?[=!][^()]*\)", "", forms[0].pattern)
        return st.from_regex(pattern, fullmatch=True)
    for mark in marks:
        if isinstance(mark, BeforeValidator):
            return values(mark.json_schema_input_type)
    return values(kind)


def records(model: type[Fact]) -> st.SearchStrategy[dict[str, Any]]:
    kinds = {name: values(kind) for name, kind in get_type_hints(model, include_extras=True).items()
             if name in model.model_fields}  # fmt: skip
    needed = {name for name, field in model.model_fields.items() if field.is_required()}
    return st.fixed_dictionaries(
        {name: kinds[name] for name in kinds if name in needed},
        optional={name: kinds[name] for name in kinds if name not in needed},
    )


DOCUMENTS = {name: records(model) for name, model in DATA_FILES.items()}
named = st.sampled_from(sorted(DATA_FILES))
ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 2),
    st.just(1.5),
    st.text(max_size=3),
    st.sampled_from(["0s", "a/b", "{x}", "-", "..", "eu-west-1", "\x1c", "\ufeff", "x" * 51]),
    st.sampled_from([[], {}, [[]], [{}], [None], {"x": None}, {"x": "y"}, ["x", 1]]),
)


@st.composite
def written(draw: st.DrawFn, name: str) -> Any:
    """A document, nearly right, with a mistake or two."""
    data = draw(DOCUMENTS[name])
    for _ in range(draw(st.integers(0, 2))):
        data = spoil(draw, data)
    return data


def spoil(draw: st.DrawFn, data: Any) -> Any:
    """Puts something else at a place, leaves the place out, or adds a key to it."""
    path = draw(st.sampled_from(list(paths(data))))
    if not path:
        return draw(ODD)
    data = copy.deepcopy(data)
    around = data
    for part in path[:-1]:
        around = around[part]
    match draw(st.sampled_from(["other", "gone", "more"])):
        case "other":
            around[path[-1]] = draw(ODD)
        case "gone":
            del around[path[-1]]
        case "more" if isinstance(around, dict):
            around[draw(st.sampled_from(["name", "usages", "x", "Ireland", ""]))] = draw(ODD)
    return data


def paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from paths(value, (*path, key))


def scalars(data: Any) -> Iterator[str]:
    """All texts of a document, keys left out."""
    for value in data.values() if isinstance(data, dict) else data:
        if isinstance(value, dict | list):
            yield from scalars(value)
        elif isinstance(value, str):
            yield value


@settings(max_examples=examples(200))
@given(named.flatmap(lambda name: st.tuples(st.just(name), written(name))))
def test_a_schema_accepts_what_the_model_accepts(case: tuple[str, Any]) -> None:
    name, data = case

    assert schema_accepts(name, data) or not model_accepts(name, data)


# what one pattern can't say: a name that means something else, a time that rounds to nothing
BEYOND = re.compile(
    r"versions\.json|\.nojekyll|(?:index|404)\.html|cname|\.git|(?:0+h)?0+\.0[0-9]*m(?:0+s)?",
    re.IGNORECASE,
)


@settings(max_examples=examples(200))
@given(named.flatmap(lambda name: st.tuples(st.just(name), written(name))))
def test_a_schema_refuses_what_the_model_refuses_of_single_values(case: tuple[str, Any]) -> None:
    name, data = case

    if model_accepts(name, data) == schema_accepts(name, data):
        return
    assert any(BEYOND.fullmatch(text) for text in scalars(data)), data


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_invalid_file_breaks_no_schema_and_is_refused_for_what_is_wrong_with_single_values(
    path: Path,
) -> None:
    try:
        document = parse_document(path.read_text("utf-8", "replace"), path.name)
    except DocsToolsError:
        return  # no YAML: an editor says so without a schema
    for name in [path.stem] if path.stem in DATA_FILES else DATA_FILES:
        assert schema_accepts(name, document.data) == model_accepts(name, document.data)


def test_most_invalid_files_are_refused_in_an_editor() -> None:
    refused = []
    for path in CASES:
        try:
            data = parse_document(path.read_text("utf-8", "replace"), path.name).data
        except DocsToolsError:
            continue
        if path.stem in SCHEMAS and not schema_accepts(path.stem, data):
            refused.append(path.parent.name)
    assert {"misspelt_key", "not_a_colour", "bad_durations", "nobody_active"} <= set(refused)
    assert len(refused) >= 20


LAYER = {
    "id": "a",
    "name": "A",
    "account": "1" * 12,
    "architectures": ["x"],
    "regions": ["us-east-1"],
}


@pytest.mark.parametrize(
    ("more", "right"),
    [
        ({"accounts": {"eu-west-1": "2" * 12}}, True),
        ({"accounts": {"Ireland": "2" * 12}}, False),
        ({"accounts": {"eu-west-1": "2"}}, False),
        ({"architectures": {"x": ""}, "runtimes": {}}, True),
        ({"architectures": {}}, False),
        ({"architectures": []}, False),
        ({"architectures": {"x": 1}}, False),
        ({"runtimes": ["x", 1]}, False),
        ({"name": "A-{runtime}-{architecture}"}, True),
        ({"name": "A-{region}"}, False),
        ({"exclude": [{"regions": []}, {}]}, True),
        ({"exclude": [{"region": []}]}, False),
    ],
)
def test_a_layer_is_right_or_wrong_for_both(more: dict[str, Any], right: bool) -> None:
    data = {"layers": [{**LAYER, **more}]}

    assert schema_accepts("layers", data) is right
    assert model_accepts("layers", data) is right


@pytest.mark.parametrize("name", DATA_FILES)
def test_a_schema_is_itself_valid_and_titled_and_names_no_place(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)

    assert schema["title"] == f"{name}.yml"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in schema
    assert json.loads(dump_schema(schema)) == schema


@pytest.mark.parametrize("name", DATA_FILES)
def test_each_record_and_each_key_is_described_by_its_docstring(name: str) -> None:
    schema = SCHEMAS[name]
    seen = 0
    for record in (schema, *schema["$defs"].values()):
        assert record["additionalProperties"] is False
        assert record["description"]
        for key in record["properties"].values():
            assert key["description"].endswith((".", ")"))
            assert key.get("markdownDescription", key["description"]) == key["description"]
            assert ("markdownDescription" in key) == ("`" in key["description"])
            assert "title" not in key
            seen += 1
    assert seen == len(set(fields(DATA_FILES[name])))


def fields(model: type[Fact]) -> Iterator[tuple[str, str]]:
    for name, kind in get_type_hints(model, include_extras=True).items():
        if name in model.model_fields:
            yield model.__name__, name
            yield from (found for inner in models(kind) for found in fields(inner))


def models(kind: Any) -> Iterator[type[Fact]]:
    if isinstance(kind, type) and issubclass(kind, Fact):
        yield kind
    for inner in get_args(kind):
        yield from models(inner)


def test_the_data_of_this_repository_is_right_by_its_schemas() -> None:
    for name in DATA_FILES:
        path = ROOT / "docs/data" / f"{name}.yml"
        assert list(VALIDATORS[name].iter_errors(parse_document(path.read_text(), name).data)) == []


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        for value in schema.values():
            yield from patterns(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from patterns(value)


def test_a_pattern_means_the_same_in_python_and_in_an_editor() -> None:
    found = set(patterns(list(SCHEMAS.values())))

    assert len(found) >= 9
    for pattern in found:
        # classes such as \w, anchors such as \b, and Python's own groups and flags
        assert not re.search(r"\\[wWsSdDbBAZ]|\(\?(?![:=!])|\[\^?\]|\\\\$", pattern), pattern
