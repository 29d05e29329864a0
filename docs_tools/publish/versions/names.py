"""Version and alias names from the command line, refused before anything else happens."""

from collections.abc import Iterable

from docs_tools.errors import MalformedNameError
from docs_tools.model.version import check_name

__all__ = ["check_aliases", "check_version"]


def check_version(name: str) -> str:
    """The name if it can be a version's.

    Raises:
        MalformedNameError: It can't; the message says why.
    """
    return _check(name, "version")


def check_aliases(names: Iterable[str], version: str) -> tuple[str, ...]:
    """The names without repetition if they can be the version's aliases.

    Raises:
        MalformedNameError: One can't be an alias, or is the version itself.
    """
    aliases = tuple(dict.fromkeys(_check(name, "alias") for name in names))
    if version in aliases:
        raise MalformedNameError(
            f'"{version}" can\'t be an alias of itself', hint="leave the alias out"
        )
    return aliases


def _check(name: str, kind: str) -> str:
    fault = check_name(name, kind)
    if fault:
        raise MalformedNameError(fault, hint="write such as 2.20.0, dev or latest")
    return name
