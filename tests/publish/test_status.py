"""What readers are told of a version, and which release is the newest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.model.version import newest_release
from docs_tools.publish.versions.list import VersionEntry, Versions
from docs_tools.publish.versions.status import State, newest, state_of
from tests.publish.lists import NAMES, lists
from tests.size import examples


def published(*names: str, hidden: str = "", **marks: str) -> Versions:
    """Versions by name; those marked are named with `_` for the dot."""
    versions = Versions({"version": name} for name in names)
    for name, mark in marks.items():
        versions = versions.mark(name.removeprefix("v").replace("_", "."), mark)
    return versions.hide(hidden, True) if hidden else versions


def name_of_newest(versions: Versions) -> str | None:
    found = newest(versions)
    return found.version if found else None


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        (published(), None),
        (published("dev", "3.0rc1"), None),
        (published("1.9", "1.10", "dev", "2.0a1"), "1.10"),
        (published("1.0", "v3", "2.0"), "v3"),
        (published("2.0", "2.0.post1"), "2.0.post1"),
        (published("9.0", "1!1.0"), "1!1.0"),
        (published("1.0", "2.0", hidden="2.0"), "1.0"),
        (published("1.0", hidden="1.0"), None),
        (published("1.0", "2.0", v2_0="prerelease"), "1.0"),
        (published("1.0", v1_0="prerelease"), None),
        (published("1.0", "2.0", v2_0="eol"), "1.0"),
        (published("1.0", "2.0", v1_0="eol", v2_0="eol"), "2.0"),
        (published("1.0", "2.0", v1_0="eol", v2_0="eol", hidden="2.0"), "1.0"),
        (published("1.0", "2.0rc1", v2_0rc1="current"), "1.0"),
        (published("1.0", "2.0", v1_0="current"), "2.0"),
    ],
)
def test_the_newest_is_the_highest_release_that_is_shown_and_alive(
    versions: Versions, expected: str | None
) -> None:
    assert name_of_newest(versions) == expected
    assert name_of_newest(Versions(reversed(versions.to_json()))) == expected


@pytest.mark.parametrize(
    ("versions", "states"),
    [
        (
            published("dev", "3.0rc1", "2.1", "2.0", "1.0", v1_0="eol"),
            ["current", "prerelease", "current", "outdated", "eol"],
        ),
        (published("2.0", "1.0", v1_0="current"), ["current", "current"]),
        (published("2.0", "1.0", v2_0="prerelease"), ["prerelease", "current"]),
        (published("2.0rc1", v2_0rc1="current"), ["current"]),
        (published("2.0rc1"), ["prerelease"]),
        (published("dev", vdev="eol"), ["eol"]),
        # as new as the newest, or newer and not shown: nobody is to be sent back
        (published("1.0", "v1.0.0"), ["current", "current"]),
        (published("2.0", "1.0", hidden="2.0"), ["current", "current"]),
        (published("2.0", "1.0", v1_0="eol", v2_0="eol"), ["eol", "eol"]),
    ],
)
def test_a_version_is_told_as_what_it_is(versions: Versions, states: list[str]) -> None:
    found = newest(versions)
    assert [str(state_of(entry, found)) for entry in versions] == states


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.sampled_from(NAMES), unique=True))
def test_without_marks_the_newest_is_the_models_newest_release(names: list[str]) -> None:
    entries = [VersionEntry(name, name) for name in names]
    found = newest(entries)
    assert (found.version if found else None) == newest_release(names)


@settings(deadline=None, max_examples=examples(50))
@given(lists())
def test_the_newest_is_never_outdated_and_a_mark_always_counts(versions: Versions) -> None:
    found = newest(versions)
    for entry in versions:
        state = state_of(entry, found)
        if entry == found:
            assert state in (State.CURRENT, State.EOL)
        if entry.mark:
            assert state == entry.mark
