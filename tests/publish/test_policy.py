"""What a clean-up keeps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.publish.versions.list import Versions
from docs_tools.publish.versions.policy import Keep, Rule, decide, parse_rules
from docs_tools.publish.versions.status import newest
from tests.size import examples


def published(*names: str) -> Versions:
    """Versions by name, where mike sorts them; behind a `=` stands an alias."""
    versions = Versions()
    for text in names:
        name, _, alias = text.partition("=")
        versions = versions.deploy(name, None, [alias] if alias else [])
    return versions


def kept(versions: Versions, *rules: str, default: str | None = None) -> list[str]:
    decisions = decide(versions, parse_rules(rules), default=default)
    assert [decision.version for decision in decisions] == [entry.version for entry in versions]
    return [decision.version for decision in decisions if decision.kept]


MANY = published(
    *("dev", "4.0a1", "4.0a2", "3.1.1", "3.1.0", "3.0.2", "3.0.0rc1", "2.5.0", "2.4.1", "2.4.0"),
    *("1.0.0", "1.0.0b2", "1.0.0b1", "0.9"),
)
ALWAYS = ["dev", "4.0a2", "4.0a1", "3.1.1"]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (["majors"], ["2.5.0", "1.0.0", "0.9"]),
        (["majors:2"], ["2.5.0"]),
        (["majors:1"], []),
        (["majors:99"], ["2.5.0", "1.0.0", "0.9"]),
        (["minors"], ["3.0.2", "2.5.0", "2.4.1", "1.0.0", "0.9"]),
        (["minors:3"], ["3.0.2", "2.5.0"]),
        (["releases:3"], ["3.1.0", "3.0.2"]),
        (["releases"], ["3.1.0", "3.0.2", "2.5.0", "2.4.1", "2.4.0", "1.0.0", "0.9"]),
        (["prereleases"], ["3.0.0rc1", "1.0.0b2", "1.0.0b1"]),
        (["prereleases:3"], ["3.0.0rc1"]),
        (["2.4.*"], ["2.4.1", "2.4.0"]),
        (["1.0.0"], ["1.0.0"]),
        (["majors:2", "1.0.0b[12]"], ["2.5.0", "1.0.0b2", "1.0.0b1"]),
        (["majors", "minors:3"], ["3.0.2", "2.5.0", "1.0.0", "0.9"]),
        (["dev"], []),
    ],
)
def test_a_rule_keeps_what_it_names_and_nothing_but_what_always_stays(
    rules: list[str], expected: list[str]
) -> None:
    assert kept(MANY, *rules) == ALWAYS + expected


def test_a_prefix_an_epoch_and_a_post_release_count_as_numbers() -> None:
    versions = published(
        "1!1.0", "1!0.5", "1.0", "v3.1", "3.0.1", "v3.0.0", "3.0.1.post1", "2", "2.0+x"
    )
    assert set(kept(versions, "majors")) == {"1!1.0", "1!0.5", "v3.1", "2.0+x", "1.0"}
    assert set(kept(versions, "majors:3")) == {"1!1.0", "1!0.5", "v3.1"}
    assert set(kept(versions, "minors:4")) == {"1!1.0", "1!0.5", "v3.1", "3.0.1.post1"}


def test_what_always_stays_is_told_why() -> None:
    versions = published("dev", "3.0rc1", "2.0", "1.2=old", "1.1", "1.0", "0.9rc1").alias(
        "old", ["older"]
    )
    decisions = decide(versions, parse_rules(["1.0", "1.0*", "1.0"]), default="1.1")
    assert [(d.version, d.kept, d.reason) for d in decisions] == [
        ("dev", True, "its name is no number"),
        ("3.0rc1", True, "a pre-release of what is not released yet"),
        ("2.0", True, "the newest release"),
        ("1.2", True, "has the aliases old, older"),
        ("1.1", True, "what the root leads to"),
        ("1.0", True, "kept by 1.0, 1.0*"),
        ("0.9rc1", False, "no rule keeps it"),
    ]


def test_a_hidden_release_stands_for_its_major_only_where_all_are_hidden() -> None:
    versions = published("3.0", "2.2", "2.1", "1.1", "1.0")
    for name in ("2.2", "1.1", "1.0"):
        versions = versions.hide(name, True)
    assert kept(versions, "majors") == ["3.0", "2.1", "1.1"]


def test_a_version_marked_as_pre_release_is_none_of_the_releases() -> None:
    versions = published("3.0", "2.1", "2.0", "1.0").mark("3.0", "prerelease")
    versions = versions.mark("2.0", "prerelease")
    assert kept(versions, "releases") == ["3.0", "2.1", "1.0"]
    assert kept(versions, "prereleases:1") == ["3.0", "2.1"]
    assert kept(versions, "prereleases:2") == ["3.0", "2.1", "2.0"]


def test_without_any_release_every_pre_release_is_of_what_is_to_come() -> None:
    assert kept(published("1.0rc1", "1.0a1", "0.1dev1"), "majors") == ["1.0rc1", "1.0a1", "0.1dev1"]


def test_a_name_with_brackets_is_first_of_all_a_name() -> None:
    versions = published("3.0", "2.0", "x[1]").alias("3.0", ["a[b]"])
    assert kept(versions, "x[1]") == ["x[1]", "3.0"]
    assert kept(versions, "a[b]", "[2]*") == ["x[1]", "3.0", "2.0"]


def test_rules_are_read() -> None:
    assert parse_rules(["majors", "minors:03", "1.2.*", "latest"]) == (
        Rule("majors", Keep.MAJORS),
        Rule("minors:03", Keep.MINORS, 3),
        Rule("1.2.*", Keep.NAMES),
        Rule("latest", Keep.NAMES),
    )


def test_every_rule_that_can_not_be_read_is_told_with_what_was_meant() -> None:
    rules = ["majors", "minor:3", "majors:0", "releases:", "minors:x", "releases:-1", "x:1", "a/b"]
    rules += ["", "minors:٣"]
    with pytest.raises(DocsToolsError) as failure:
        parse_rules(rules)
    forms = "write majors[:N], minors[:N], releases[:N], prereleases[:N]"
    forms += ", or a name such as 1.2.* or dev"
    assert failure.value.exit_code == 2
    assert [(d.message, d.hint) for d in failure.value.diagnostics] == [
        ('"minor:3": there is no rule "minor"', 'did you mean "minors:3"?'),
        ('"majors:0": "0" is no number from 1 up', "write such as majors:3, or majors for all"),
        ('"releases:": "" is no number from 1 up', "write such as releases:3, or releases for all"),
        ('"minors:x": "x" is no number from 1 up', "write such as minors:3, or minors for all"),
        (
            '"releases:-1": "-1" is no number from 1 up',
            "write such as releases:3, or releases for all",
        ),
        ('"x:1": there is no rule "x"', forms),
        ('not a name: "a/b"; a name may not be ".", ".." or hold a slash', forms),
        ("the name is empty", forms),
        ('"minors:٣": "٣" is no number from 1 up', "write such as minors:3, or minors for all"),
    ]


def test_no_rule_at_all_is_refused() -> None:
    with pytest.raises(DocsToolsError, match="no rule says what to keep"):
        parse_rules([])


def test_a_name_that_matches_nothing_is_refused_since_a_typo_would_delete() -> None:
    with pytest.raises(DocsToolsError) as failure:
        kept(MANY, "2.4.7", "minor", "zzzzz*", "1.0.0")
    assert failure.value.exit_code == 1
    assert [(d.message, d.hint) for d in failure.value.diagnostics] == [
        ('"2.4.7" matches no version', 'did you mean "2.4.1"?'),
        ('"minor" matches no version', 'did you mean "minors"?'),
        (
            '"zzzzz*" matches no version',
            "published: dev, 4.0a2, 4.0a1, 3.1.1, 3.1.0, 3.0.2, 3.0.0rc1, 2.5.0, 2.4.1, 2.4.0, "
            "1.0.0, 1.0.0b2 and 2 more",
        ),
    ]


NUMBERS = st.builds(
    "{}{}.{}{}".format,
    st.sampled_from(["", "", "v", "1!"]),
    st.integers(0, 3),
    st.integers(0, 2),
    st.sampled_from(["", ".0", ".1", "rc1", ".post1", ".dev3", "+local"]),
)
RULES = st.lists(
    st.sampled_from(["majors", "majors:2", "minors:1", "minors:3", "minors", "releases:2"])
    | st.sampled_from(["prereleases:1", "prereleases", "*.0", "1.*", "v*", "?.1"]),
    min_size=1,
    max_size=4,
)


@st.composite
def histories(draw: st.DrawFn) -> Versions:
    """A list of many numbers, some hidden, marked or with an alias."""
    names = draw(st.lists(NUMBERS | st.sampled_from(["dev", "1.x"]), unique=True, max_size=12))
    versions = published(*names)
    for name in names:
        what = draw(st.sampled_from(["", "", "", "hide", "mark", "alias"]))
        if what == "hide":
            versions = versions.hide(name, True)
        elif what == "mark":
            mark = draw(st.sampled_from(["eol", "prerelease", "current"]))
            versions = versions.mark(name, mark)
        elif what == "alias":
            versions = versions.alias(name, ["latest"], update_aliases=True)
    return versions


def matching(versions: Versions, rules: list[str]) -> list[str]:
    """The rules without the patterns that match nothing, and one at least."""
    found = []
    for rule in rules:
        try:
            kept(versions, rule)
        except DocsToolsError:
            continue
        found.append(rule)
    return found or ["majors:1"]


@settings(deadline=None, max_examples=examples(100))
@given(histories(), RULES, RULES)
def test_the_laws_of_a_clean_up(versions: Versions, rules: list[str], more: list[str]) -> None:
    names = [entry.version for entry in versions]
    default = names[len(names) // 2] if names else None
    rules, more = matching(versions, rules), matching(versions, more)
    decisions = decide(versions, parse_rules(rules), default=default)
    assert all(decision.reason for decision in decisions)
    stays = {decision.version for decision in decisions if decision.kept}

    gone = [entry for entry in versions if entry.version not in stays]
    assert not any(entry.aliases for entry in gone), "an alias would lead nowhere"
    assert default is None or default in stays
    before = newest(versions)
    assert before is None or before.version in stays
    assert stays <= set(kept(versions, *rules, *more, default=default)), "more rules kept less"

    left = versions
    for entry in gone:
        left = left.without_version(entry.version)
    assert newest(left) == before
    assert set(kept(left, *rules, default=default)) == stays, "deciding again deleted more"

    turned = Versions(reversed(versions.to_json()))
    assert set(kept(turned, *rules, default=default)) == stays, "the order of the list counted"
