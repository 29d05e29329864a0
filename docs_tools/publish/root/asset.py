"""The fixed parts of the files, which lie beside this module, and how data is put into them."""

import json
from importlib.resources import files
from urllib.parse import quote

__all__ = ["MARKER", "dump_data", "quote_name", "quote_path", "read_asset"]

MARKER = "made by docs_tools"
"""What tells one of our files from one that somebody else put there."""


def read_asset(name: str) -> str:
    """The text of a fixed part."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def dump_data(data: object) -> str:
    """Data as JSON that may stand in a script, or in a page: titles may hold anything.

    All but ASCII is escaped, so that it also reads the same in whatever charset it is served.
    """
    return json.dumps(data, sort_keys=True, indent=2).replace("<", "\\u003c")


def quote_name(name: str) -> str:
    """A version or alias as a part of an address."""
    return quote(name, safe="", errors="replace")


def quote_path(path: str) -> str:
    """The path of an address, which may be quoted already, as a browser has it."""
    return quote(path, safe="/%!$&'()*+,;=:@", errors="replace")
