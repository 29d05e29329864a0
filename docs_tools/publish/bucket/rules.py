"""What an option of a bucket may be: each rule takes the value as YAML has it."""

import ipaddress
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pathspec import GitIgnoreSpec

from docs_tools.model.arn import ACCOUNT, REGION
from docs_tools.model.nearest import find_nearest, list_some

__all__ = ["ALIAS_TYPES", "RULES", "Unfit", "check_control", "check_glob", "check_keys"]

ALIAS_TYPES = ("copy", "redirect")
"""How an alias may stand in a bucket."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_TARGET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_DISTRIBUTION = re.compile(r"[A-Z][A-Z0-9]{2,31}")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_LONGEST_PREFIX = 512  # in bytes; a key has 1,024: the rest is for paths
_TEN_YEARS = 87_660  # in hours

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
_RESERVED_STARTS = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_ENDS = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")

# https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2, RFC 5861 and RFC 8246
_SECONDS = ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")
_WORDS = (
    *("public", "private", "immutable", "no-cache", "no-store", "no-transform"),
    *("must-revalidate", "proxy-revalidate", "must-understand"),
)


class Unfit(Exception):  # noqa: N818 - a finding that is collected, and reaches nobody as an error
    """A value that an option can't have.

    Args:
        message: What is wrong.
        hint: How to mend it.
        path: The way to what is wrong from the option.
    """

    def __init__(self, message: str, hint: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path


def check_keys(options: Mapping[Any, Any], known: Iterable[str]) -> Iterator[Unfit]:
    """The keys that mean nothing, each with the nearest that does."""
    known = list(known)
    for key in options:
        if key not in known:
            near = find_nearest(str(key), known)
            hint = f"did you mean {near}?" if near else f"there is: {list_some(known)}"
            yield Unfit("is no option", hint, (str(key),))


def check_glob(glob: Any, *, negated: bool = False) -> str:
    """A glob as in `.gitignore`.

    Args:
        glob: The value.
        negated: Whether it may begin with `!`, to take away what those before it stand for.

    Raises:
        Unfit: It isn't valid, or stands for nothing.
    """
    hint = 'write such as "*.html", or "guide/**" for a folder'
    if not isinstance(glob, str) or not glob.strip():
        raise Unfit("must be a glob", hint)
    # in .gitignore these are a comment and an exception
    if glob.startswith("#") or (glob.startswith("!") and not negated):
        raise Unfit(f'"{glob}" stands for nothing', f"write \\{glob} if a name begins so")
    try:
        GitIgnoreSpec.from_lines([glob])
    except (re.error, ValueError) as error:  # such as [z-a]
        raise Unfit(f'"{glob}" is no valid glob', hint) from error
    return glob


def check_control(control: Any) -> str:
    """A value of `Cache-Control`.

    Raises:
        Unfit: It can't be sent, or a word of it is misspelled. Words that nobody knows are left
            alone, as caches do.
    """
    hint = 'write such as "public, max-age=3600"'
    if not isinstance(control, str) or not control.strip():
        raise Unfit("must be a Cache-Control", hint)
    if _CONTROL.search(control) or not control.isascii():
        raise Unfit("holds characters that a header can't", hint)
    for directive in control.split(","):
        name, _, value = (part.strip() for part in directive.partition("="))
        word = name.lower()
        if word in _SECONDS:
            if not re.fullmatch("[0-9]+", value.strip('"')):
                raise Unfit(f"{name}: needs a number of seconds", f"write such as {word}=3600")
        elif word not in _WORDS and (near := find_nearest(word, (*_SECONDS, *_WORDS))):
            raise Unfit(f"{name or control}: is no word of Cache-Control", f"did you mean {near}?")
    return control.strip()


def _bucket(value: Any) -> str:
    name = _text(value, "the name of a bucket")
    hint = "a name has 3 to 63 small letters, digits, dots and hyphens"
    if name.startswith(("s3://", "arn:")) or "/" in name:
        hint = "write the bare name, and what is behind it as prefix"
    if not _BUCKET.fullmatch(name) or ".." in name or _is_address(name):
        raise Unfit(f'"{name}" is no name of a bucket', hint)
    if name.startswith(_RESERVED_STARTS) or name.endswith(_RESERVED_ENDS):
        raise Unfit(
            f'"{name}" is no general purpose bucket',
            "S3 has names that begin or end so for other things",
        )
    return name


def _is_address(name: str) -> bool:
    try:
        ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True


def _prefix(value: Any) -> str:
    prefix = _text(value, "a folder of the bucket") if value != "" else ""
    hint = "write folders with a slash between them, such as docs/toolbox"
    if any(part in (".", "..") for part in prefix.split("/")):
        raise Unfit(f'"{prefix}" leads elsewhere', hint)
    if prefix.startswith("/") or prefix.endswith("/"):
        bare = prefix.strip("/")
        mend = f"write {bare}" if bare else "leave it out"
        raise Unfit(f'"{prefix}" begins or ends with a slash', mend)
    if "//" in prefix:
        raise Unfit(f'"{prefix}" has an empty name in it', hint)
    if _CONTROL.search(prefix) or "\\" in prefix or not _encodes(prefix):
        raise Unfit(f"{prefix!r} holds characters that can't stand in an address", hint)
    if len(prefix.encode()) > _LONGEST_PREFIX:
        raise Unfit("is too long", f"a prefix has at most {_LONGEST_PREFIX} bytes")
    return prefix


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _owner(value: Any) -> str:
    # YAML drops leading zeros, and takes what follows one for octal
    hint = 'quote its 12 digits: "123456789012"'
    if not isinstance(value, str):
        raise Unfit("must be an account in quotes", hint)
    if not ACCOUNT.fullmatch(value):
        raise Unfit(f'"{value}" is no account', hint)
    return value


def _distribution(value: Any) -> str:
    name = _text(value, "the id of a distribution")
    if not _DISTRIBUTION.fullmatch(name):
        hint = "write its id, such as E2QWRUHAPOMQZL, and no address"
        raise Unfit(f'"{name}" is no id of a distribution', hint)
    return name


def _region(value: Any) -> str:
    region = _text(value, "a region")
    if not REGION.fullmatch(region):
        raise Unfit(f'"{region}" is no region', "write such as eu-west-1")
    return region


def _alias_type(value: Any) -> str:
    if value == "symlink":
        raise Unfit("S3 has no links", "write copy: S3 copies by itself, nothing is sent")
    if value not in ALIAS_TYPES:
        near = find_nearest(str(value), ALIAS_TYPES)
        raise Unfit(f'must be {" or ".join(ALIAS_TYPES)}', f"did you mean {near}?" if near
                    else "write copy, or redirect for pages that lead to the version")  # fmt: skip
    return str(value)


def _delete_after(value: Any) -> float:
    hint = "write such as 24, or 0 to delete at once"
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        raise Unfit("must be a number of hours", hint)
    if not 0 <= value <= _TEN_YEARS:
        raise Unfit(f"must be 0 to {_TEN_YEARS} hours", hint)
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Unfit("must be true or false", "write true or false without quotes")
    return value


def _name(value: Any) -> str:
    name = _text(value, "a name for --target")
    if not _TARGET.fullmatch(name):
        hint = "write letters, digits, dots, hyphens and underscores"
        raise Unfit(f'"{name}" is no name for --target', hint)
    if name == "git":
        raise Unfit('"git" is the branch', "write another name")
    return name


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value:
        raise Unfit(f"must be {what}", "write a text, in quotes if it is made of digits")
    return value


def _gzip(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unfit("must be a list of globs", 'write such as gzip: ["*.html", "*.js"]')
    for number, glob in enumerate(value):
        try:
            check_glob(glob, negated=number > 0)
        except Unfit as error:
            raise Unfit(error.message, error.hint, (number,)) from error
    return tuple(value)


RULES = {
    "name": _name,
    "bucket": _bucket,
    "prefix": _prefix,
    "region": _region,
    "owner": _owner,
    "distribution": _distribution,
    "origin_path": _flag,
    "alias_type": _alias_type,
    "gzip": _gzip,
    "delete_after": _delete_after,
    "public": _flag,
}
"""Each option but `cache`, and what takes its value; it raises `Unfit`."""
