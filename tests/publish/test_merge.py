"""Two docs branches that each went their own way, put together again."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.publish.versions.list import Versions
from docs_tools.publish.versions.merge import Conflict, Merged, merge_entries, merge_versions
from tests.publish.lists import NAMES, VALUES, lists
from tests.size import examples

BASE = Versions(
    [
        {"version": "dev", "title": "dev", "aliases": []},
        {"version": "2.0", "title": "2.0", "aliases": ["latest", "stable"], "date": 1},
        {"version": "1.0", "title": "1.0", "aliases": ["old"]},
    ]
)
SIDES = ("here", "on origin")

Change = Callable[[Versions], Versions]


def merged(here: Change, there: Change, base: Versions = BASE) -> Merged:
    return merge_versions(base, here(base), there(base), sides=SIDES)


def summary(versions: Versions) -> list[str]:
    return [" ".join([entry.version, *entry.aliases]) for entry in versions]


def test_two_publishes_both_land_where_mike_sorts_them() -> None:
    result = merged(lambda v: v.deploy("2.1"), lambda v: v.deploy("2.0.1").deploy("3.0"))
    assert (result.notices, result.conflicts) == ((), ())
    assert summary(result.versions) == [
        *("dev", "3.0", "2.1", "2.0.1", "2.0 latest stable", "1.0 old")
    ]


def test_one_sides_title_and_the_others_mark_go_into_one_entry() -> None:
    result = merged(
        lambda v: v.retitle("2.0", "Two").mark("2.0", "eol"),
        lambda v: v.hide("2.0", True).alias("2.0", ["x"]),
    )
    assert (result.notices, result.conflicts) == ((), ())
    assert result.versions.to_json()[1] == {
        "version": "2.0",
        "title": "Two",
        "aliases": ["latest", "stable", "x"],
        "date": 1,
        "properties": {"hidden": True, "docs_tools": {"status": "eol"}},
    }


@pytest.mark.parametrize(
    ("here", "there", "notice", "expected"),
    [
        (
            lambda v: v.deploy("2.1", None, ["latest"], update_aliases=True),
            lambda v: v,
            None,
            ["dev", "2.1 latest", "2.0 stable", "1.0 old"],
        ),
        (
            lambda v: v.deploy("2.1", None, ["latest"], update_aliases=True),
            lambda v: v.deploy("3.0", None, ["latest"], update_aliases=True),
            'the alias "latest" names 2.1 here and 3.0 on origin: it stays with 3.0',
            ["dev", "3.0 latest", "2.1", "2.0 stable", "1.0 old"],
        ),
        (
            lambda v: v.without_alias("latest"),
            lambda v: v.deploy("3.0", None, ["latest"], update_aliases=True),
            'the alias "latest" names nothing here and 3.0 on origin: it stays with 3.0',
            ["dev", "3.0 latest", "2.0 stable", "1.0 old"],
        ),
        (
            lambda v: v.alias("1.0", ["latest"], update_aliases=True),
            lambda v: v.without_alias("latest"),
            'the alias "latest" names 1.0 here and nothing on origin: it goes away',
            ["dev", "2.0 stable", "1.0 old"],
        ),
        (
            lambda v: v.alias("dev", ["new"]),
            lambda v: v.alias("2.0", ["new"]),
            'the alias "new" names dev here and 2.0 on origin: it stays with 2.0',
            ["dev", "2.0 latest stable new", "1.0 old"],
        ),
        (
            lambda v: v.alias("2.0", ["a", "c"]),
            lambda v: v.alias("2.0", ["b", "c"]),
            None,
            ["dev", "2.0 latest stable b c a", "1.0 old"],
        ),
        (
            lambda v: v.alias("dev", ["latest"], update_aliases=True),
            lambda v: v.alias("dev", ["latest"], update_aliases=True),
            None,
            ["dev latest", "2.0 stable", "1.0 old"],
        ),
    ],
)
def test_an_alias_that_both_moved_is_where_readers_see_it(
    here: Change, there: Change, notice: str | None, expected: list[str]
) -> None:
    result = merged(here, there)
    assert result.notices == ((notice,) if notice else ())
    assert result.conflicts == ()
    assert summary(result.versions) == expected


@pytest.mark.parametrize(
    ("here", "there", "name", "message", "expected"),
    [
        (
            lambda v: v.without_version("1.0"),
            lambda v: v.retitle("1.0", "One"),
            "1.0",
            "1.0: deleted here, changed on origin",
            ["dev", "2.0 latest stable", "1.0 old"],
        ),
        (
            lambda v: v.mark("1.0", "eol"),
            lambda v: v.without_version("1.0"),
            "1.0",
            "1.0: changed here, deleted on origin",
            ["dev", "2.0 latest stable", "1.0 old"],
        ),
        (
            lambda v: v.without_version("1.0"),
            lambda v: v.alias("1.0", ["lts"]),
            "1.0",
            "1.0: deleted here, changed on origin",
            ["dev", "2.0 latest stable", "1.0 old lts"],
        ),
        (
            lambda v: v.retitle("1.0", "One").hide("1.0", True),
            lambda v: v.retitle("1.0", "First"),
            "1.0",
            "1.0: title: changed here and on origin, in different ways",
            ["dev", "2.0 latest stable", "1.0 old"],
        ),
        (
            lambda v: v.mark("1.0", "eol"),
            lambda v: v.mark("1.0", "current"),
            "1.0",
            "1.0: properties.docs_tools.status: changed here and on origin, in different ways",
            ["dev", "2.0 latest stable", "1.0 old"],
        ),
        (
            lambda v: v.deploy("3.0", "Three"),
            lambda v: v.deploy("3.0"),
            "3.0",
            "3.0: title: changed here and on origin, in different ways",
            ["dev", "3.0", "2.0 latest stable", "1.0 old"],
        ),
        (
            lambda v: v.deploy("next"),
            lambda v: v.alias("dev", ["next"]),
            "next",
            "next: a version on one side, an alias of dev on the other",
            ["next", "dev", "2.0 latest stable", "1.0 old"],
        ),
    ],
)
def test_what_both_changed_in_different_ways_is_for_people_to_decide(
    here: Change, there: Change, name: str, message: str, expected: list[str]
) -> None:
    result = merged(here, there)
    assert result.conflicts == (Conflict(name, message),)
    assert summary(result.versions) == expected


def test_of_a_conflict_the_list_has_what_is_there() -> None:
    result = merged(lambda v: v.retitle("1.0", "Here"), lambda v: v.retitle("1.0", "There"))
    assert result.versions.require("1.0").title == "There"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (lambda v: v.without_version("1.0"), lambda v: v),
        (lambda v: v, lambda v: v.without_version("1.0")),
        (lambda v: v.without_version("1.0"), lambda v: v.without_version("1.0")),
        (
            lambda v: v.without_version("1.0"),
            lambda v: v.alias("2.0", ["old"], update_aliases=True).without_version("1.0"),
        ),
    ],
)
def test_a_version_that_was_deleted_and_not_touched_elsewhere_goes(
    here: Change, there: Change
) -> None:
    result = merged(here, there)
    assert result.versions.get("1.0") is None
    assert result.conflicts == ()


def test_true_and_one_are_not_the_same_change() -> None:
    base = Versions([{"version": "1.0", "x": 0}])
    one, true = Versions([{"version": "1.0", "x": 1}]), Versions([{"version": "1.0", "x": True}])
    assert merge_versions(base, one, true).conflicts
    assert merge_versions(one, true, one).versions.dumps() == true.dumps()


def test_what_one_side_removed_and_the_other_changed_is_there_for_people_to_decide() -> None:
    for here, there in [("current", None), (None, "current")]:
        result = merged(
            lambda v, mark=here: v.mark("1.0", mark),  # type: ignore[misc]
            lambda v, mark=there: v.mark("1.0", mark),  # type: ignore[misc]
            BASE.mark("1.0", "eol"),
        )
        assert [conflict.name for conflict in result.conflicts] == ["1.0"]
        assert result.versions.require("1.0").mark == "current"


def turned(versions: Versions) -> Versions:
    return Versions(reversed(versions.to_json()))


def test_a_custom_order_survives_on_whichever_side_it_was_made() -> None:
    for here, there in [
        (turned, lambda v: v.deploy("0.9")),
        (lambda v: v.deploy("0.9"), turned),
    ]:
        result = merged(here, there)
        assert summary(result.versions) == ["1.0 old", "2.0 latest stable", "dev", "0.9"]


def test_a_new_version_stays_where_a_hand_put_it_if_the_other_side_stood_still() -> None:
    for here, there in [
        (lambda v: put_last(v, "3.0"), lambda v: v.retitle("1.0", "One")),
        (lambda v: v.retitle("1.0", "One"), lambda v: put_last(v, "3.0")),
    ]:
        result = merged(here, there)
        assert summary(result.versions) == ["dev", "2.0 latest stable", "1.0 old", "3.0"]


def aliases_turned(versions: Versions) -> Versions:
    return Versions(
        {**raw, "aliases": raw["aliases"][::-1]} if "aliases" in raw else raw
        for raw in versions.to_json()
    )


def put_last(versions: Versions, name: str) -> Versions:
    """A new version at the end, where a hand puts it."""
    raws = versions.deploy(name).to_json() if versions.get(name) is None else []
    return Versions(sorted(raws, key=lambda raw: raw["version"] == name)) if raws else versions


@st.composite
def changed(draw: st.DrawFn, versions: Versions) -> Versions:
    """What a few commands and hands make of a list."""
    for _ in range(draw(st.integers(0, 4))):
        name = draw(st.sampled_from(NAMES))
        alias = draw(st.sampled_from(NAMES))
        try:
            versions = draw(
                st.sampled_from(
                    [
                        lambda v: v.deploy(name, None, [alias], update_aliases=True),  # noqa: B023
                        lambda v: v.alias(name, [alias], update_aliases=True),  # noqa: B023
                        lambda v: v.retitle(name, alias),  # noqa: B023
                        lambda v: v.hide(name, True),  # noqa: B023
                        lambda v: v.mark(name, "eol"),  # noqa: B023
                        lambda v: v.without_version(name),  # noqa: B023
                        lambda v: v.without_alias(name),  # noqa: B023
                        lambda v: put_last(v, name),  # noqa: B023
                        aliases_turned,
                        turned,
                    ]
                )
            )(versions)
        except DocsToolsError:
            continue
    raws = versions.to_json()
    for raw in raws[: draw(st.integers(0, 1))]:
        raw["by hand"] = draw(VALUES)
    return Versions(raws)


THREE = lists().flatmap(lambda base: st.tuples(st.just(base), changed(base), changed(base)))


def by_name(versions: Versions) -> dict[str, Any]:
    """What a list says, whatever the order of versions and aliases."""
    return {
        raw["version"]: {**raw, "aliases": set(raw.get("aliases", ()))}
        for raw in versions.to_json()
    }


@settings(deadline=None, max_examples=examples(60))
@given(THREE)
def test_merging_with_a_side_that_stood_still_gives_the_other(
    three: tuple[Versions, Versions, Versions],
) -> None:
    base, here, there = three
    for result, expected in [
        (merge_versions(base, here, base), here),
        (merge_versions(base, base, there), there),
        (merge_versions(base, here, here), here),
    ]:
        assert result == Merged(expected, (), ())


@settings(deadline=None, max_examples=examples(100))
@given(THREE)
def test_a_merge_is_a_whole_list_that_lost_nothing(
    three: tuple[Versions, Versions, Versions],
) -> None:
    base, here, there = three
    result = merge_versions(base, here, there)
    versions = result.versions
    assert Versions.loads(versions.dumps(), "versions.json") == versions
    troubled = {conflict.name for conflict in result.conflicts}
    for one, other in [(here, there), (there, here)]:
        for entry in one:
            found = versions.get(entry.version)
            if base.get(entry.version) is None:
                assert found, "a version that one side added is lost"
            for alias in entry.aliases:
                moved = base.by_alias(alias), other.find(alias)
                if moved == (None, None):
                    assert alias in versions.require(entry.version).aliases
            if other.get(entry.version) is None and found and base.get(entry.version):
                assert entry.version in troubled, "a deleted version is there again"


@settings(deadline=None, max_examples=examples(100))
@given(THREE)
def test_the_sides_are_equal_but_for_what_both_changed(
    three: tuple[Versions, Versions, Versions],
) -> None:
    base, here, there = three
    one, other = merge_versions(base, here, there), merge_versions(base, there, here)
    assert len(one.notices) == len(other.notices)
    if not one.notices:
        assert [c.name for c in one.conflicts] == [c.name for c in other.conflicts]
    if not one.notices and not one.conflicts:
        assert by_name(one.versions) == by_name(other.versions)


@settings(deadline=None, max_examples=examples(60))
@given(THREE)
def test_merging_what_is_merged_already_changes_nothing(
    three: tuple[Versions, Versions, Versions],
) -> None:
    base, here, there = three
    result = merge_versions(base, here, there)
    assume(not result.conflicts)
    again = merge_versions(there, result.versions, there)
    assert again == Merged(result.versions, (), ())


@pytest.mark.parametrize(
    ("here", "there", "entries", "messages"),
    [
        ({"a": 1, "b": 3}, {"a": 1, "b": 2}, {"a": 1, "b": 3}, []),
        ({"a": 1}, {"a": 1, "b": 2, "c": 4}, {"a": 1, "c": 4}, []),
        ({"b": 2}, {"b": 2}, {"b": 2}, []),
        ({"a": 5, "b": 2}, {"a": 5, "b": 2}, {"a": 5, "b": 2}, []),
        ({"a": 5, "b": 2}, {"a": 6, "b": 2}, {"a": 6, "b": 2},
         ["a: changed here and on origin, in different ways"]),
        ({"b": 2}, {"a": 6, "b": 2}, {"a": 6, "b": 2}, ["a: deleted here, changed on origin"]),
        ({"a": 6, "b": 2}, {"b": 2}, {"a": 6, "b": 2}, ["a: changed here, deleted on origin"]),
        ({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2, "c": 4}, {"a": 1, "b": 2, "c": 4},
         ["c: added here and on origin, in different ways"]),
    ],
)  # fmt: skip
def test_entries_are_as_the_side_has_them_that_changed_them(
    here: Mapping[str, int],
    there: Mapping[str, int],
    entries: Mapping[str, int],
    messages: list[str],
) -> None:
    result = merge_entries({"a": 1, "b": 2}, here, there, sides=SIDES)
    assert result.entries == entries
    assert [conflict.message for conflict in result.conflicts] == messages


FOLDERS = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3))


@settings(deadline=None, max_examples=examples(200))
@given(FOLDERS, FOLDERS, FOLDERS)
def test_the_laws_of_merging_entries(
    base: Mapping[str, int], here: Mapping[str, int], there: Mapping[str, int]
) -> None:
    assert merge_entries(base, here, base).entries == here
    assert merge_entries(base, base, there).entries == there
    one, other = merge_entries(base, here, there), merge_entries(base, there, here)
    names = {conflict.name for conflict in one.conflicts}
    assert names == {conflict.name for conflict in other.conflicts}
    for name in {*base, *here, *there} - names:
        assert one.entries.get(name) == other.entries.get(name)
    for name in names:
        assert name in one.entries, "of a conflict nothing is deleted"
        assert one.entries[name] == there.get(name, here.get(name))
    assert {*here, *there} - {*base} <= {*one.entries}
