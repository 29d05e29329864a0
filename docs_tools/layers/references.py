"""Layer ARNs in text that was written by hand: literal, or with placeholders."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Reference", "find_references", "fits", "is_literal"]

# As templates and programs write them: {region}, {}, {{ region }}, ${AWS::Region}, #{region},
# ${opt:region, ${self:region}}, $(region), $REGION, <region>, <%= region %>, &lt;region&gt;,
# %REGION%, %s, %(region)s, [region], and a string that is put together:
# "arn:aws:lambda:" + region + ":…". An attribute list such as {: .copyMe} is none.
_IN_NAME = "|".join(
    (
        r"[$#@%]?\{(?!\s*[:.#])(?:[^{}\r\n]|\$\{[^{}\r\n]{1,100}\}){0,100}\}",
        r"[$#@%]?\{\{[^{}\r\n]{1,100}\}\}",
        r"\$\([^()\r\n]{1,100}\)",
        r"\$[A-Za-z_][A-Za-z0-9_]{0,100}",
        r"%[A-Za-z_][A-Za-z0-9_]{0,100}%",
        r"%\([A-Za-z_][A-Za-z0-9_]{0,100}\)s",
        r"%[sdv]",
        r"<%[^<>\r\n]{1,100}%>",
        r"<[A-Za-z][^<>\r\n]{0,100}>",
        r"&lt;[A-Za-z][^<>&;\r\n]{0,100}&gt;",
        r"\[[A-Za-z][^\[\]\r\n]{0,100}\]",
        r"""["'`]\s{0,8}\+[^\r\n+]{1,100}\+\s{0,8}["'`]""",
    )
)
_WORD = r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}"
_OTHER = rf"{_WORD}|\*|{_IN_NAME}"
# what goes on like a word is no number; `_1:40_` in Markdown is one that is emphasised
_NUMBER = r"(?P<colon>:(?P<number>[0-9]{1,100})?(?![A-Za-z0-9]|[_-][A-Za-z0-9]|\.[0-9]))?"
# where a line gets too long: f"arn:…:layer:" f"Name-" f"python312:7", on lines of their own
_BREAK = r"""["'`]\s{0,80}(?:[+&.\\]\s{0,80})?[fFrRbBuU]{0,2}["'`]"""
_LAYER = (
    rf"(?:{_BREAK})?:layer:(?:{_BREAK})?"
    rf"(?P<name>(?:[A-Za-z0-9_-]|{_IN_NAME}|(?<=[_-]){_BREAK}(?=[A-Za-z0-9{{]))+){_NUMBER}"
)

# begins with a literal, which is what makes the search fast
_ARN = re.compile(
    rf"arn:(?P<partition>{_OTHER}):lambda:(?P<region>{_OTHER}):(?P<account>{_OTHER})?{_LAYER}"
)
_BREAKS = re.compile(rf"(?P<other>{_IN_NAME})|{_BREAK}")
_NAME = re.compile(rf"(?P<literal>[A-Za-z0-9_-]+)|(?:{_IN_NAME})")

# what ends like a layer ARN, behind something that nobody thought of
_END = re.compile(rf"(?<![0-9])(?P<account>[0-9]{{12}}){_LAYER}")
_START = re.compile(r"arn:(?P<partition>[A-Za-z0-9_-]+):lambda:(?:(?P<region>[A-Za-z0-9_. -]*):$)?")
_REACH = 300

_LITERAL = re.compile(r"[A-Za-z0-9_. -]*")
# REGION, your-region, account_id
_STANDS_FOR = re.compile(r"[A-Z][A-Z0-9_]{2,}|(?i:[a-z_-]*(?:region|partition|account)[a-z_-]*)")
# a word or a placeholder, or a string that more is put to
_BEGUN = re.compile(
    r""":(?:[A-Za-z_{<$%*\[(&#@?]|\.\.|["'`]\s{0,8}(?:[+&~%]|\.\s?\$)|["'],\s{0,8}[^\s"'`])"""
)


class Reference(NamedTuple):
    """A layer ARN as it stands in a text; each part may be, or hold, a placeholder.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        partition: Such as `aws`, or `${AWS::Partition}`.
        region: Such as `eu-west-1`, or `{region}`.
        account: Digits, or a placeholder.
        name: Such as `Name`, or `Name-{runtime}`.
        number: The digits at its end, or `None` where there are none.
        begun: Whether something else stands where the number would, such as a placeholder.
    """

    start: int
    end: int
    partition: str
    region: str
    account: str
    name: str
    number: str | None
    begun: bool

    @property
    def layer(self) -> str:
        """The ARN without its number."""
        return f"arn:{self.partition}:lambda:{self.region}:{self.account}:layer:{self.name}"

    def __str__(self) -> str:
        return f"{self.layer}:{self.number}" if self.number else self.layer

    @property
    def owner(self) -> str | None:
        """The account, unless a placeholder stands there."""
        return self.account if self.account[:1].isdigit() else None

    @property
    def name_parts(self) -> tuple[str, ...] | None:
        """What stands around the placeholders of its name; `None` for a name that is itself.

        A name that is one placeholder tells nothing, and is itself too: no layer has it.
        """
        parts = [""]
        for match in _NAME.finditer(self.name):
            if match["literal"]:
                parts[-1] += match["literal"]
            elif parts[-1] or len(parts) == 1:  # two placeholders on end are as one
                parts.append("")
        return tuple(parts) if len(parts) > 1 and any(parts) else None


def fits(parts: tuple[str, ...], name: str) -> bool:
    """Whether a name has these parts in this order, from its beginning to its end."""
    first, *between, last = parts
    place, end = len(first), len(name) - len(last)
    if place > end or not (name.startswith(first) and name.endswith(last)):
        return False
    for part in between:
        place = name.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return True


def is_literal(part: str) -> bool:
    """Whether a partition or region is itself, and no placeholder."""
    return _LITERAL.fullmatch(part) is not None and _STANDS_FOR.fullmatch(part) is None


def find_references(text: str) -> Iterator[Reference]:
    """Every layer ARN in a text, in order.

    Args:
        text: Any text. For a file of whatever encoding that holds ASCII as it is, its bytes decoded
            as Latin-1: the places are then those of the bytes.
    """
    found = [
        _read(match, match.start(), match["partition"], match["region"])
        for match in _ARN.finditer(text)
    ]
    if text.count(":layer:") > len(found):
        found = sorted([*found, *_find_rest(text, found)], key=lambda reference: reference.start)
    yield from found


def _find_rest(text: str, found: list[Reference]) -> Iterator[Reference]:
    """Those whose partition and region are spelled as nothing that is known.

    What stands there is a placeholder, unless it is a word that no region can be.
    """
    starts = [reference.start for reference in found]
    for match in _END.finditer(text):
        before = bisect_right(starts, match.start())
        done = found[before - 1].end if before else 0
        if done > match.start():
            continue
        begin = text.rfind("arn:", max(done, match.start() - _REACH), match.start())
        if begin >= 0 and "lambda" in (head := text[begin : match.start()]):
            known = _START.match(head)
            partition, region = known.group("partition", "region") if known else ("*", None)
            if ":layer:" not in head:
                yield _read(match, begin, partition, "*" if region is None else region)


def _read(match: re.Match[str], start: int, partition: str, region: str) -> Reference:
    name, number = match.group("name", "number")
    if '"' in name or "'" in name or "`" in name:
        name = _BREAKS.sub(lambda part: part["other"] or "", name)
    account = match["account"] or ""
    colon = match.end() - 1 if match["colon"] == ":" else match.end()
    begun = number is None and _BEGUN.match(match.string, colon) is not None
    return Reference(start, match.end(), partition, region, account, name, number, begun)
