"""The list of versions: mike's rules, and nothing lost that mike would lose."""

import copy
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mike.versions import Versions as MikesVersions

from docs_tools.errors import DocsToolsError, MalformedNameError
from docs_tools.publish.versions.list import Versions
from tests.publish.lists import NAMES, lists
from tests.size import examples

Change = tuple[str, list[str], Callable[[Versions], Versions]]

LIST = Versions(
    [
        {"version": "dev", "title": "dev", "aliases": []},
        {"version": "2.0.0", "title": "Two", "aliases": ["latest", "stable"]},
        {"version": "1.9.0", "title": "1.9.0", "aliases": []},
    ]
)


def names(versions: Versions) -> list[str]:
    return [entry.version for entry in versions]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """A change: the name that it is about, the aliases that it may move, and how to do it."""
    name = draw(st.sampled_from(NAMES))
    given = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    update = draw(st.booleans())
    title = draw(st.sampled_from([None, "", "Title"]))
    hidden = draw(st.booleans())
    mark = draw(st.sampled_from([None, "current", "prerelease", "eol"]))
    found: list[Change] = [
        (name, [name, *given], lambda v: v.deploy(name, title, given, update_aliases=update)),
        (name, given, lambda v: v.alias(name, given, update_aliases=update)),
        (name, [], lambda v: v.retitle(name, title or "")),
        (name, [], lambda v: v.hide(name, hidden)),
        (name, [], lambda v: v.mark(name, mark)),
        (name, [], lambda v: v.without_version(name)),
        (name, [name], lambda v: v.without_alias(name)),
    ]
    return draw(st.sampled_from(found))


def others(versions: Versions, version: str | None, moved: list[str]) -> list[str]:
    """The text of each entry but one's, without the aliases that may be moved."""
    found = []
    for raw in versions.to_json():
        if raw["version"] != version:
            aliases = [alias for alias in raw.get("aliases", []) if alias not in moved]
            found.append(json.dumps({**raw, **({"aliases": aliases} if "aliases" in raw else {})}))
    return found


@settings(deadline=None, max_examples=examples(100))
@given(lists(), st.lists(changes(), max_size=4))
def test_no_change_touches_what_it_is_not_about(versions: Versions, steps: list[Change]) -> None:
    for name, moved, change in steps:
        before = versions.dumps()
        try:
            after = change(versions)
        except DocsToolsError:
            after = versions
        alone = versions.get(name) or after.get(name)
        entry = alone or versions.by_alias(name)
        version = entry.version if entry else None
        assert others(after, version, moved) == others(versions, version, moved)
        assert versions.dumps() == before, "the list itself was changed"
        assert Versions.loads(after.dumps().encode(), "versions.json").dumps() == after.dumps()
        old, new = (
            next((raw for raw in side.to_json() if raw["version"] == version), None)
            for side in (versions, after)
        )
        if old and new:
            known = ("title", "aliases", "properties")
            assert [*unknown(old, known)] == [*unknown(new, known)]
            assert json.dumps(unknown(old, known)) == json.dumps(unknown(new, known))
        versions = after


def unknown(raw: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in known}


@settings(deadline=None, max_examples=examples(50))
@given(lists())
def test_a_change_that_changes_nothing_leaves_every_byte(versions: Versions) -> None:
    for entry in versions:
        name = entry.version
        assert versions.deploy(name, None, entry.aliases).dumps() == versions.dumps()
        assert versions.alias(name, entry.aliases).dumps() == versions.dumps()
        assert versions.hide(name, entry.hidden).dumps() == versions.dumps()
        if entry.mark:
            assert versions.mark(name, entry.mark).dumps() == versions.dumps()


@settings(deadline=None, max_examples=examples(100))
@given(lists(plain=True), st.sampled_from(NAMES), st.sampled_from(["current", "eol"]))
def test_what_is_hidden_and_marked_is_as_before_when_both_are_taken_back(
    versions: Versions, name: str, mark: str
) -> None:
    if versions.find(name):
        changed = versions.hide(name, True).mark(name, mark)
        entry = changed.require(name)
        assert (entry.hidden, entry.mark) == (True, mark)
        assert changed.mark(name, None).hide(name, False).dumps() == versions.dumps()
        assert changed.hide(name, False).mark(name, None).dumps() == versions.dumps()


Step = tuple[str, str, str | None, list[str], bool]


def step_of_mike(versions: Any, step: Step) -> None:
    verb, name, title, aliases, update = step
    if verb == "deploy":
        versions.add(name, title, aliases, update)
    elif verb == "alias":
        versions.update(name, aliases=aliases, update_aliases=update)
    elif verb == "retitle":
        versions.update(name, title or "")
    elif verb == "delete":
        versions.difference_update([name])
    else:
        info = versions[versions.find(name, strict=True)[0]]
        info.set_property("hidden", True)


def step_of_ours(versions: Versions, step: Step) -> Versions:
    verb, name, title, aliases, update = step
    if verb == "deploy":
        return versions.deploy(name, title, aliases, update_aliases=update)
    if verb == "alias":
        return versions.alias(name, aliases, update_aliases=update)
    if verb == "retitle":
        return versions.retitle(name, title or "")
    if verb == "delete":
        known = versions.get(name)
        return versions.without_version(name) if known else versions.without_alias(name)
    return versions.hide(name, True)


steps = st.tuples(
    st.sampled_from(["deploy", "deploy", "deploy", "alias", "retitle", "delete", "hide"]),
    st.sampled_from(NAMES),
    st.sampled_from([None, "", "Title"]),
    st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
    st.booleans(),
)


@settings(deadline=None, max_examples=examples(200))
@given(st.lists(steps, max_size=12))
def test_mike_itself_comes_to_the_same_list(plan: list[Step]) -> None:
    ours, mikes = Versions(), MikesVersions()
    for step in plan:
        after = copy.deepcopy(mikes)
        try:
            step_of_mike(after, step)
        except (ValueError, KeyError):
            with pytest.raises(DocsToolsError):
                step_of_ours(ours, step)
            continue
        ours = step_of_ours(ours, step)
        mikes = MikesVersions.loads(after.dumps())
        expected = [(str(i.version), i.title, i.aliases, i.properties) for i in mikes]
        assert [(e.version, e.title, set(e.aliases), e.properties) for e in ours] == expected
        assert [str(i.version) for i in MikesVersions.loads(ours.dumps())] == names(ours)


def test_a_new_version_goes_where_mike_would_sort_it_in_a_custom_order() -> None:
    custom = Versions({"version": name} for name in ["1.0", "3.0", "2.0", "dev"])
    assert names(custom.deploy("2.5")) == ["2.5", "1.0", "3.0", "2.0", "dev"]
    assert names(custom.deploy("0.9")) == ["1.0", "3.0", "2.0", "dev", "0.9"]
    assert names(custom.deploy("zzz")) == ["zzz", "1.0", "3.0", "2.0", "dev"]


def test_a_version_equal_to_another_comes_behind_it_as_with_mike() -> None:
    assert names(Versions().deploy("1.0").deploy("1.0.0").deploy("0.9")) == ["1.0", "1.0.0", "0.9"]


def test_aliases_keep_their_order_and_new_ones_come_behind() -> None:
    after = LIST.alias("latest", ["next", "stable", "edge"])
    assert after.require("2.0.0").aliases == ("latest", "stable", "next", "edge")
    moved = after.deploy("2.1.0", None, ["stable"], update_aliases=True)
    assert moved.require("2.0.0").aliases == ("latest", "next", "edge")
    assert moved.require("stable").version == "2.1.0"


def test_a_hand_that_left_out_title_and_aliases_gets_neither_where_nothing_needs_them() -> None:
    versions = Versions([{"version": "1.0"}])
    assert [(e.title, e.aliases) for e in versions] == [("1.0", ())]
    assert versions.deploy("1.0") == versions
    assert versions.deploy("1.0", None, ["latest"]).to_json() == [
        {"version": "1.0", "aliases": ["latest"]}
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda v: v.without_version("1.9"),
            'there is no version or alias "1.9"\n    did you mean "1.9.0"?\n'
            "    published: dev, 2.0.0, 1.9.0",
        ),
        (lambda v: v.without_version("latest"), '"latest" is an alias, not a version\n'
                                                "    it names 2.0.0"),
        (lambda v: v.without_alias("2.0.0"), '"2.0.0" is a version, not an alias\n'
                                             "    its aliases: latest, stable"),
        (lambda v: v.alias("dev", ["latest"]), '"latest" is an alias of 2.0.0 already\n'
                                               "    move it with --update-aliases"),
        (lambda v: v.alias("dev", ["1.9.0"], update_aliases=True),
         '"1.9.0" is a version already\n    choose another name for the alias'),
        (lambda v: v.deploy("latest"),
         '"latest" is an alias of 2.0.0 already\n    choose another name, or take the alias away '
         "from it: --update-aliases"),
        (lambda v: v.mark("dev", "old"),
         'there is no mark "old"\n    there is: current, prerelease, eol'),
        (lambda v: v.retitle("nothing like it", "x"),
         'there is no version or alias "nothing like it"\n    published: dev, 2.0.0, 1.9.0'),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_told_with_its_mend(
    change: Callable[[Versions], Versions], message: str
) -> None:
    with pytest.raises(DocsToolsError) as failure:
        change(LIST)
    assert str(failure.value) == message


@pytest.mark.parametrize("name", ["", "..", "a/b", "-x", "versions.json", "Sitemap.xml"])
def test_a_malformed_name_never_gets_into_the_list(name: str) -> None:
    with pytest.raises(MalformedNameError):
        LIST.deploy(name)
    with pytest.raises(MalformedNameError):
        LIST.deploy("3.0", None, [name])
    with pytest.raises(MalformedNameError):
        LIST.alias("dev", [name])


def test_no_version_is_an_alias_of_itself() -> None:
    with pytest.raises(MalformedNameError, match=r'"3\.0" can\'t be an alias of itself'):
        LIST.deploy("3.0", None, ["3.0"])
    with pytest.raises(MalformedNameError, match=r'"2\.0\.0" can\'t be an alias of itself'):
        LIST.alias("latest", ["2.0.0"])


@pytest.mark.parametrize("properties", ["text", [1], 5, True, {"docs_tools": "x"}])
def test_properties_of_a_foreign_shape_are_read_as_none_and_never_replaced(
    properties: Any,
) -> None:
    versions = Versions([{"version": "1.0", "properties": properties}])
    entry = versions.require("1.0")
    assert (entry.hidden, entry.mark) == (False, None)
    assert versions.mark("1.0", None) == versions
    assert versions.hide("1.0", False) == versions
    with pytest.raises(DocsToolsError, match=r"^1\.0: properties.* is no object in versions\.json"):
        versions.mark("1.0", "eol")


@pytest.mark.parametrize(
    ("value", "hidden"),
    [
        *[(True, True), (1, True), ("false", True), ({}, True), ([], True)],
        *[(False, False), (0, False), (0.0, False), ("", False), (None, False)],
    ],
)
def test_hidden_is_what_the_version_selector_takes_for_true(value: Any, hidden: bool) -> None:
    versions = Versions([{"version": "1.0", "properties": {"hidden": value}}])
    assert versions.require("1.0").hidden == hidden


def test_a_mark_goes_with_the_mappings_that_it_leaves_empty_and_no_others() -> None:
    alone = Versions([{"version": "1.0", "properties": {"docs_tools": {"status": "eol"}}}])
    assert alone.mark("1.0", None).to_json() == [{"version": "1.0"}]
    empty = Versions([{"version": "1.0", "properties": {"docs_tools": {}}}])
    assert empty.mark("1.0", None).dumps() == empty.dumps()
    more = Versions(
        [{"version": "1.0", "properties": {"x": None, "docs_tools": {"status": "old", "y": 1}}}]
    )
    assert more.mark("1.0", None).to_json() == [
        {"version": "1.0", "properties": {"x": None, "docs_tools": {"y": 1}}}
    ]
