"""GitHub's published description of its API, and whether a request and its answer are as it says.

It is OpenAPI 3.0: https://spec.openapis.org/oas/v3.0.3.html#schema-object
"""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

FILE = Path(__file__).parent / "node_modules/@octokit/openapi/generated/api.github.com.json"

API_VERSION = "2022-11-28"
# what any call may be answered with, which is told in the guide beside the description:
# https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
ANY_CALL = (301, 307, 401, 403, 404, 429, 500, 502, 503)
ERROR = {"$ref": "#/components/schemas/basic-error"}

# what stands in a schema and holds schemas itself
_ONE = {"items", "not", "additionalProperties"}
_MANY = {"allOf", "anyOf", "oneOf"}


class Description:
    """Calls as they are described."""

    def __init__(self, file: Path = FILE) -> None:
        self.document: dict[str, Any] = json.loads(file.read_bytes())
        self._registry: Registry[Any] = Registry()
        self._known: set[str] = set()

    @cached_property
    def _paths(self) -> list[tuple[re.Pattern[str], str]]:
        """Each path as a pattern, the one that says more first."""
        templates = sorted(self.document["paths"], key=lambda path: (path.count("{"), -len(path)))
        return [(self._pattern(template), template) for template in templates]

    def _pattern(self, template: str) -> re.Pattern[str]:
        wide = self._over_segments(template)
        parts = re.split(r"\{(\w+)\}", template)
        return re.compile(
            "".join(
                (f"(?P<{part}>.+)" if part in wide else f"(?P<{part}>[^/]+)")
                if number % 2
                else re.escape(part)
                for number, part in enumerate(parts)
            )
        )

    def _over_segments(self, template: str) -> set[str]:
        """The parameters that may have slashes in them, such as a branch's name."""
        calls = self.document["paths"][template].values()
        known = (self._follow(p) for call in calls for p in call.get("parameters", ()))
        return {p["name"] for p in known if p.get("x-multi-segment")}

    def call(self, method: str, url: str) -> tuple[str, dict[str, Any], dict[str, str]]:
        """The path's template, the call, and the values in the path."""
        path = urlsplit(url).path
        for pattern, template in self._paths:
            found = pattern.fullmatch(path)
            if found and method.lower() in self.document["paths"][template]:
                values = {name: unquote(value) for name, value in found.groupdict().items()}
                return template, self.document["paths"][template][method.lower()], values
        raise LookupError(f"{method} {path} is not described")

    def wrong_request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> list[str]:
        """What is wrong with a request; header names in small letters."""
        try:
            _, call, values = self.call(method, url)
        except LookupError as error:
            return [str(error)]
        query = parse_qsl(urlsplit(url).query, keep_blank_values=True, strict_parsing=bool(
            urlsplit(url).query
        ))  # fmt: skip
        return [
            *self._wrong_headers(headers),
            *self._wrong_parameters(call, values, query),
            *self._wrong_body(call, headers, body),
        ]

    def wrong_response(
        self, method: str, url: str, status: int, headers: Mapping[str, str], body: bytes
    ) -> list[str]:
        """What is wrong with an answer."""
        _, call, _ = self.call(method, url)
        described = call["responses"].get(str(status))
        if described is None and status not in ANY_CALL:
            return [f"{method} {url} is not answered with {status}"]
        described = self._follow(described) if described else {}
        known = described.get("headers", {}).items()
        wanted = [name for name, header in known if self._follow(header).get("required")]
        lacking = [name for name in wanted if name.lower() not in headers]
        content = described.get("content", {"application/json": {"schema": ERROR}})
        kind = headers.get("content-type", "").partition(";")[0]
        if kind not in content:
            return [f"{status}: not the media type {kind!r}"]
        value = json.loads(body)
        wrong = list(self.wrong_value(content[kind]["schema"], value))
        return [*(f"{status}: no header {name}" for name in lacking), *wrong]

    def wrong_value(self, schema: Any, value: Any, *, sent: bool = False) -> Iterator[str]:
        """What is wrong with a JSON value.

        Args:
            schema: As the description has it.
            value: The value.
            sent: Whether we send it: then a property that is not described is wrong too.
        """
        plain = converted(schema, closed=sent)
        self._learn(schema)
        validator = Draft202012Validator(
            {"$id": "urn:call", **_absolute(plain)},
            registry=self._registry,
            format_checker=FormatChecker(),
        )
        for error in validator.iter_errors(value):
            yield f"{'.'.join(map(str, error.absolute_path))}: {error.message[:300]}"

    def example(self, name: str) -> Any:
        """One of the published examples."""
        return deepcopy(self.document["components"]["examples"][name]["value"])

    def _wrong_headers(self, headers: Mapping[str, str]) -> Iterator[str]:
        wanted = {"accept": "application/vnd.github+json", "x-github-api-version": API_VERSION}
        for name, value in wanted.items():
            if headers.get(name) != value:
                yield f"the header {name} is {headers.get(name)!r}, and not {value!r}"
        if not headers.get("user-agent"):
            yield "no header user-agent"
        if not headers.get("authorization", "").startswith("Bearer "):
            yield "no token in the header authorization"

    def _wrong_parameters(
        self, call: dict[str, Any], values: dict[str, str], query: list[tuple[str, str]]
    ) -> Iterator[str]:
        known = [self._follow(parameter) for parameter in call.get("parameters", ())]
        for place, given in (("path", list(values.items())), ("query", query)):
            schemas = {p["name"]: p for p in known if p["in"] == place}
            for name, text in given:
                if name not in schemas or [n for n, _ in given].count(name) > 1:
                    yield f"{place}: not the parameter {name}, or not twice"
                    continue
                schema = schemas[name]["schema"]
                number = schema.get("type") == "integer" and text.isdecimal()
                yield from self.wrong_value(schema, int(text) if number else text)
            missing = {n for n, p in schemas.items() if p.get("required")} - {n for n, _ in given}
            yield from (f"{place}: no {name}" for name in sorted(missing))

    def _wrong_body(
        self, call: dict[str, Any], headers: Mapping[str, str], body: bytes
    ) -> Iterator[str]:
        described = call.get("requestBody")
        if not body or described is None:
            if body or (described or {}).get("required"):
                yield "a body that isn't described, or none where one must be"
            return
        kind = headers.get("content-type", "").partition(";")[0]
        if kind not in described["content"]:
            yield f"not the media type {kind!r}"
            return
        try:
            value = json.loads(body)
        except ValueError as error:
            yield f"no JSON: {error}"
            return
        yield from self.wrong_value(described["content"][kind]["schema"], value, sent=True)

    def _follow(self, value: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in value:
            found: Any = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            value = found
        return value

    def _learn(self, schema: Any) -> None:
        """Converts the schemas that one refers to, each once."""
        for name in _references(schema):
            if name not in self._known:
                self._known.add(name)
                there = self._follow({"$ref": name})
                contents = _absolute(converted(there))
                resource = DRAFT202012.create_resource(contents)
                self._registry = self._registry.with_resource(_address(name), resource)
                self._learn(there)


def converted(schema: Any, *, closed: bool = False) -> Any:
    """A schema of OpenAPI 3.0 as JSON Schema.

    Args:
        schema: The schema.
        closed: Whether an object may hold nothing but what is described.
    """
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}  # what stands beside it doesn't count
    result = dict(schema)
    for key in _ONE & schema.keys():
        result[key] = converted(schema[key], closed=closed)
    for key in _MANY & schema.keys():
        result[key] = [converted(part) for part in schema[key]]
    if "properties" in schema:
        parts = schema["properties"].items()
        result["properties"] = {name: converted(part, closed=closed) for name, part in parts}
        if closed and not schema.keys() & {"additionalProperties", *_MANY}:
            result["additionalProperties"] = False
    for key in ("nullable", "discriminator", "example", "xml", "externalDocs"):
        result.pop(key, None)
    if schema.get("nullable") and "type" in schema:
        result = {"anyOf": [{"type": "null"}, result]}
    return result


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)
    elif isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for key, part in schema.items():
            if key not in ("example", "examples", "enum", "default"):
                yield from _references(part)


def _absolute(schema: Any) -> Any:
    """A schema whose references say where they lead from anywhere."""
    if isinstance(schema, list):
        return [_absolute(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _address(part) if key == "$ref" and isinstance(part, str) else _absolute(part)
        for key, part in schema.items()
    }


def _address(reference: str) -> str:
    return f"urn:github:{reference.removeprefix('#/').replace('/', ':')}"
