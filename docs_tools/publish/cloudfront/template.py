"""The CloudFormation template of a bucket with CloudFront in front of it."""

import json
from functools import cache
from importlib.resources import files
from textwrap import indent
from typing import Any

import yaml

__all__ = ["function_code", "template_json", "template_yaml"]

_FUNCTION = "        @index.js@\n"


def function_code() -> str:
    """The JavaScript that CloudFront runs on each request."""
    return _read("index.js")


def template_yaml() -> str:
    """The template, with comments."""
    code = indent(function_code(), " " * (len(_FUNCTION) - len(_FUNCTION.lstrip())))
    return _read("template.yml").replace(_FUNCTION, code)


def template_json() -> str:
    """The same as JSON, with the functions of CloudFormation by their long names."""
    return json.dumps(yaml.load(template_yaml(), _Loader), indent=2) + "\n"  # noqa: S506 (it is ours)


@cache
def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


class _Loader(yaml.SafeLoader):
    """Reads the short forms that CloudFormation has in YAML.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
    """


def _construct(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    """`!Name value` is `{"Fn::Name": value}`."""
    value: Any
    if isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = str(node.value)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


_Loader.add_multi_constructor("!", _construct)
