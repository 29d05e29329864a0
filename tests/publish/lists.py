"""Lists of versions as commands and hands leave them: any order, any further keys."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from docs_tools.publish.versions.list import Versions

NAMES = (
    *(
        "1.0.0",
        "1.0",
        "1.1.0",
        "v1.2",
        "2.0.0",
        "2.0.0rc1",
        "3.0",
        "1!0.1",
        "dev",
        "next",
        "Zürich",
    ),
    *("latest", "stable", "beta", "a b"),
)

VALUES = st.sampled_from(
    [None, True, False, 0, 1, 1.5, 10**20, "", "é", "eol", [], {}, [1, [{}]], {"a": None, "é": [2]}]
)
"""A few of each kind: any JSON at all is for the tests of the file."""

PROPERTIES = VALUES | st.fixed_dictionaries(
    {},
    optional={
        "hidden": VALUES,
        "docs_tools": VALUES | st.fixed_dictionaries({"status": st.sampled_from(["eol", "x", 1])}),
        "else": VALUES,
    },
)


@st.composite
def entries(
    draw: st.DrawFn, names: Sequence[str] = NAMES, *, plain: bool = False
) -> list[dict[str, Any]]:
    """The entries of a list; plain ones have what mike writes, and no more."""
    drawn = draw(st.permutations(names))
    count = draw(st.integers(0, len(drawn)))
    owners = draw(st.lists(st.integers(-2, count - 1), min_size=len(drawn), max_size=len(drawn)))
    found = []
    for i, version in enumerate(drawn[:count]):
        aliases = [name for name, owner in zip(drawn, owners, strict=True) if owner == i]
        aliases = [name for name in aliases if name not in drawn[:count]]
        entry: dict[str, Any] = {"version": version, "title": version, "aliases": aliases}
        if not plain:
            entry["title"] = draw(st.sampled_from(["", "Title", "é"]))
            entry |= draw(st.dictionaries(st.sampled_from(["date", "é", ""]), VALUES, max_size=2))
            entry |= draw(st.fixed_dictionaries({}, optional={"properties": PROPERTIES}))
            without = {"title"} if draw(st.booleans()) else {"aliases"} if not aliases else set()
            keys = draw(st.permutations([key for key in entry if key not in without]))
            entry = {key: entry[key] for key in keys}
        found.append(entry)
    return found


@st.composite
def lists(draw: st.DrawFn, names: Sequence[str] = NAMES, *, plain: bool = False) -> Versions:
    """A list of versions."""
    return Versions(draw(entries(names, plain=plain)))
