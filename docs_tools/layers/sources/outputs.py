"""JSON such as `cdk deploy --outputs-file` writes: layer version ARNs under any key."""

import json
import re
from collections.abc import Iterator

from docs_tools.layers.sources.places import Value

__all__ = ["read_outputs"]

# what means to be the ARN of a layer, right or wrong; other outputs don't count
_LAYER = re.compile(r"\s*arn:.*:lambda:.*:layer:", re.DOTALL)
# in JSON that parses these are all that there is to see; numbers and names stand between them
_SIGN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]')


def read_outputs(text: str, file: str) -> Iterator[Value]:
    """Every string value that is, or means to be, the ARN of a layer.

    Args:
        text: What the file holds.
        file: Its name for messages.

    Raises:
        json.JSONDecodeError: The text is no JSON.
        RecursionError: It nests too deep to read.
    """
    # a number may be as long as it likes: none is read
    json.loads(text, parse_int=str, parse_float=str)
    line, seen = 1, 0
    for path, match in _values(text):
        value = json.loads(match[0])
        if _LAYER.match(value):
            start = match.start()
            line += text.count("\n", seen, start)
            seen = start
            column = start - text.rfind("\n", 0, start)
            yield Value(value.strip(), file, line, column, ".".join(map(str, path)) or None)


def _values(text: str) -> Iterator[tuple[tuple[str | int, ...], re.Match[str]]]:
    """The string values of JSON that parses, each with the keys and indexes that lead to it."""
    path: list[str | int] = []
    is_key = False
    for match in _SIGN.finditer(text):
        sign = match[0]
        if sign == "{":
            path.append("")
            is_key = True
        elif sign == "[":
            path.append(0)
            is_key = False
        elif sign in ("}", "]"):
            path.pop()
        elif sign == ",":
            last = path[-1]
            is_key = isinstance(last, str)
            path[-1] = "" if isinstance(last, str) else last + 1
        elif sign == ":":
            is_key = False
        elif is_key:
            path[-1] = json.loads(sign)
        else:
            yield tuple(path), match
