"""The ARNs of a release become numbers of the data file: whole, in order, or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError, MalformedNameError
from docs_tools.layers.fetch import Fetched, plan_fetch
from docs_tools.model.arn import LayerArn
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import LayerException, LayerRelease, Layers
from tests.size import examples

COMMERCIAL = ("eu-west-1", "eu-west-2", "us-east-1")
GOV = ("us-gov-east-1", "us-gov-west-1")
TEXT = """\
layers:
  # the one that spans partitions
  - id: v3
    name: PythonV3-{runtime}-{architecture}
    account: "017000801446"
    accounts: {aws-us-gov: "165087284144", us-gov-west-1: "165093116878"}
    architectures: [x86_64, arm64]
    runtimes: {python3.11: python311, python3.12: python312}
    regions: [eu-west-1, eu-west-2, us-east-1, us-gov-east-1, us-gov-west-1]
    exclude:
      - {architectures: [arm64], runtimes: [python3.11], regions: [eu-west-2]}
  - id: v2
    name: PythonV2
    account: "017000801446"
    architectures: [x86_64]
    regions: [eu-west-1, us-east-1]
  - id: v2-govcloud
    name: PythonV2
    account: "165087284144"
    architectures: [x86_64]
    regions: [us-gov-east-1]
releases:
"""
OLD = """\
  - {version: "3.1.0", layer: v3, number: 4}  # in all
  - {version: "3.0.0", layer: v3, number: 3}
  - {version: "2.20.0", layer: v2, number: 40}
  - {version: "2.19.0", layer: v2-govcloud, number: 12}
"""


def read(text: str) -> Layers:
    return validate(Layers, parse_document(text, "layers.yml"))


def arns(
    layer: str = "v3", number: int = 5, regions: Iterable[str] = (), text: str = TEXT + OLD
) -> Iterator[LayerArn]:
    """All ARNs of a layer in regions, or in all."""
    found = {layer.id: layer for layer in read(text).layers}[layer]
    for version in found.expand(number):
        if not regions or version.arn.region in regions:
            yield version.arn


def plan(
    given: Iterable[LayerArn], version: str = "3.2.0", text: str = TEXT + OLD, **options: Any
) -> Fetched:
    fetched = plan_fetch(
        read(text), text, "docs/data/layers.yml", version, given, source="arns.txt", **options
    )
    chosen = [r for r in read(fetched.text).releases if r.version == version]
    assert set(fetched.releases) <= set(chosen)
    assert fetched.changed == (fetched.text != text)
    return fetched


def refused(
    given: Iterable[LayerArn], version: str = "3.2.0", text: str = TEXT + OLD, **options: Any
) -> list[str]:
    """The lines of the error."""
    with pytest.raises(DocsToolsError) as caught:
        plan(given, version, text, **options)
    return str(caught.value).splitlines()


def test_a_source_that_covers_a_layer_adds_its_release_and_changes_nothing_else() -> None:
    fetched = plan(arns())

    assert fetched.text == TEXT + '  - {version: "3.2.0", layer: v3, number: 5}\n' + OLD
    assert fetched.releases == (LayerRelease(version="3.2.0", layer="v3", number=5),)
    assert fetched.changed
    assert fetched.notices == (
        "v2 isn't part of 3.2.0: arns.txt has nothing of it",
        "v2-govcloud isn't part of 3.2.0: arns.txt has nothing of it",
    )


def test_fetching_again_changes_nothing() -> None:
    once = plan(arns()).text

    again = plan(arns(), text=once)

    assert (again.text, again.changed) == (once, False)
    assert again.releases == (LayerRelease(version="3.2.0", layer="v3", number=5),)


def test_what_is_said_in_other_words_is_left_as_it_is() -> None:
    exceptions = "exceptions: [{regions: [us-east-1]}, {regions: [eu-west-1], number: 4}]"
    words = f'  - {{version: "3.2.0", layer: v2, number: 41, {exceptions}}}\n'
    given = arns("v2", 4, ["eu-west-1"])

    same = plan(given, text=TEXT + words, excused=["us-east-1"])

    assert not same.changed


def test_numbers_that_differ_become_exceptions() -> None:
    given = [*arns(number=5, regions=(*COMMERCIAL, "us-gov-east-1"))]
    given += [*arns(number=4, regions=["us-gov-west-1"])]

    [release] = plan(given).releases

    assert release.number == 5
    assert release.exceptions == (LayerException(regions=("us-gov-west-1",), number=4),)


def test_the_number_that_is_noted_stays_where_another_becomes_as_frequent() -> None:
    wide = TEXT.replace("[eu-west-1, us-east-1]", "[eu-west-1, us-gov-west-1]") + OLD
    commercial = plan(arns("v2", 41, ["eu-west-1"], wide), "2.21.0", wide).text

    [release] = plan(arns("v2", 42, ["us-gov-west-1"], wide), "2.21.0", commercial).releases

    assert release.number == 41
    assert release.exceptions == (LayerException(regions=("us-gov-west-1",), number=42),)


def test_several_layers_of_a_source_are_set_together() -> None:
    fetched = plan([*arns("v2", 41), *arns("v2-govcloud", 13)], "2.21.0")

    assert fetched.text == TEXT + OLD.replace(
        '  - {version: "2.20.0"',
        '  - {version: "2.21.0", layer: v2, number: 41}\n'
        '  - {version: "2.21.0", layer: v2-govcloud, number: 13}\n'
        '  - {version: "2.20.0"',
    )


# ---- a source covers a layer in a partition whole or not at all


def test_a_partition_that_the_source_has_nothing_of_is_where_the_release_is_not_yet() -> None:
    fetched = plan(arns(regions=COMMERCIAL))

    assert fetched.releases[0].exceptions == (LayerException(regions=GOV),)
    assert fetched.notices[-1] == (
        "v3 in us-gov-east-1, us-gov-west-1 (aws-us-gov) lags: it has 3.1.0 (number 4), not 3.2.0"
    )


def test_the_other_partition_comes_later_and_both_are_one_release() -> None:
    commercial = plan(arns(regions=COMMERCIAL)).text

    both = plan(arns(regions=GOV), text=commercial)

    assert both.releases == (LayerRelease(version="3.2.0", layer="v3", number=5),)
    assert not [notice for notice in both.notices if "lags" in notice]


def test_an_update_of_one_partition_leaves_the_numbers_of_another() -> None:
    fetched = plan(arns(number=6, regions=COMMERCIAL), "3.1.0")

    [release] = fetched.releases
    assert {
        v.arn.number for v in release.expand(read(TEXT + OLD).layers[0]) if v.arn.region in GOV
    } == {4}
    assert fetched.notices[0] == "v3 3.1.0: 4 -> 6 in eu-west-1, eu-west-2, us-east-1"


def test_a_layer_of_the_same_name_that_lags_is_told() -> None:
    fetched = plan(arns("v2", 41), "2.21.0")

    assert fetched.notices == (
        "v3 isn't part of 2.21.0: arns.txt has nothing of it",
        "v2-govcloud in us-gov-east-1 (aws-us-gov) lags: it has 2.19.0 (number 12), not 2.21.0",
    )


def test_a_source_that_lacks_a_region_is_refused_and_what_is_missing_told_in_one_line() -> None:
    given = [arn for arn in arns() if arn.region != "us-east-1"]

    assert refused(given) == [
        "arns.txt: layer v3 is incomplete, 4 of 19 layer versions are missing: in us-east-1",
        "    find out why; --excuse-region us-east-1 goes without us-east-1",
        "the numbers of 3.2.0 can't be used",
    ]


def test_what_is_missing_is_grouped() -> None:
    missing = {
        ("PythonV3-python311-arm64", "eu-west-1"),
        ("PythonV3-python312-x86_64", "us-gov-east-1"),
        ("PythonV3-python312-x86_64", "us-gov-west-1"),
    }
    given = [arn for arn in arns() if (arn.name, arn.region) not in missing]

    assert refused(given)[0] == (
        "arns.txt: layer v3 is incomplete, 3 of 19 layer versions are missing: "
        "x86_64 for python3.12 in us-gov-east-1, us-gov-west-1; arm64 for python3.11 in eu-west-1"
    )


@pytest.mark.parametrize("part", ["PythonV3-python312-", "-arm64"])
def test_a_runtime_or_an_architecture_that_is_missing_is_named(part: str) -> None:
    given = [arn for arn in arns() if part not in arn.name]

    words = {"PythonV3-python312-": "python3.12", "-arm64": "arm64"}
    assert refused(given)[0].endswith(f"are missing: {words[part]} in all regions")


def test_an_excused_region_may_be_missing_and_the_release_is_not_there() -> None:
    given = [arn for arn in arns() if arn.region != "us-east-1"]

    fetched = plan(given, excused=["us-east-1"])

    assert fetched.releases[0].exceptions == (LayerException(regions=("us-east-1",)),)
    assert fetched.notices[0] == "v3 3.2.0: excused in us-east-1"


def test_an_excused_region_keeps_what_the_data_has_and_takes_what_the_source_has() -> None:
    given = [arn for arn in arns(number=6) if arn.region != "us-east-1"]
    given += [next(arns(number=7, regions=["us-east-1"]))]

    [release] = plan(given, "3.1.0", excused=["us-east-1"]).releases

    numbers = {v.slot: v.arn.number for v in release.expand(read(TEXT + OLD).layers[0])}
    assert sorted(n for slot, n in numbers.items() if slot.region == "us-east-1") == [4, 4, 4, 7]
    assert {n for slot, n in numbers.items() if slot.region != "us-east-1"} == {6}


def test_with_regions_only_these_are_expected_and_looked_at() -> None:
    given = [*arns(regions=["eu-west-1"]), *arns(number=9, regions=["us-east-1"])]

    fetched = plan(given, regions=["eu-west-1"])

    others = ("eu-west-2", "us-east-1", *GOV)
    assert fetched.releases[0].exceptions == (LayerException(regions=others),)


def test_with_regions_what_the_data_has_elsewhere_stays() -> None:
    given = arns(number=5, regions=["eu-west-1"])

    [release] = plan(given, "3.1.0", regions=["eu-west-1"]).releases

    assert release.number == 4
    assert release.exceptions == (LayerException(regions=("eu-west-1",), number=5),)


def test_of_these_regions_none_may_be_missing() -> None:
    assert (
        "in eu-west-2"
        in refused(arns(regions=["eu-west-1"]), regions=["eu-west-1", "eu-west-2"])[0]
    )


# ---- what is asked for


def test_a_layer_that_is_named_must_be_there() -> None:
    assert refused(arns(), layers=["v3", "v2"]) == [
        'arns.txt: nothing of layer "v2"',
        "    it has: v3",
        "the numbers of 3.2.0 can't be used",
    ]


def test_a_layer_that_is_not_named_is_not_looked_at() -> None:
    fetched = plan([*arns(), next(arns("v2", 99))], layers=["v3"])

    assert [release.layer for release in fetched.releases] == ["v3"]
    assert fetched.notices == ()


def test_a_source_of_nothing_that_is_ours_is_refused_with_what_it_has() -> None:
    given = [
        LayerArn.parse("arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78"),
        LayerArn.parse("arn:aws:lambda:us-east-1:464622532012:layer:Datadog-Python312:78"),
        LayerArn.parse("arn:aws:lambda:us-east-1:017000801446:layer:PythonV1:3"),
    ]

    assert refused(given) == [
        "arns.txt has nothing of the layers in docs/data/layers.yml",
        "    it has: 017000801446:layer:PythonV1 (1), 464622532012:layer:Datadog-Python312 (2)",
    ]
    assert refused(arns(), regions=["us-gov-east-1"], layers=["v2-govcloud"])[0] == (
        'arns.txt: nothing of layer "v2-govcloud"'
    )
    assert refused([], regions=["eu-west-1"]) == [
        "arns.txt has no layer version of 3.2.0 in eu-west-1",
        "    is it deployed, and does its description or its parameter tell the release?",
    ]


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        ({"layers": ["V3"]}, 'no layer has the id "V3"', "did you mean v3?"),
        ({"layers": ["other"]}, 'no layer has the id "other"', "there is: v3, v2, v2-govcloud"),
        (
            {"regions": ["eu-wst-1"]},
            'no layer is in a region "eu-wst-1"',
            "did you mean eu-west-1?",
        ),
        (
            {"excused": ["us-east-9"]},
            'no layer is in a region "us-east-9"',
            "did you mean us-east-1?",
        ),
        (
            {"excused": ["x"]},
            'no layer is in a region "x"',
            "there is: eu-west-1, eu-west-2, us-east-1, us-gov-east-1, us-gov-west-1",
        ),
    ],
)
def test_a_name_that_is_not_in_the_data_is_refused(
    options: dict[str, Any], message: str, hint: str
) -> None:
    assert refused(arns(), **options) == [
        f"docs/data/layers.yml: {message}",
        f"    {hint}",
        "3.2.0 can't be fetched",
    ]


@pytest.mark.parametrize("version", ["", "..", "-x", "a/b", "versions.json"])
def test_a_version_that_can_be_none_is_wrong_usage(version: str) -> None:
    with pytest.raises(MalformedNameError):
        plan(arns(), version)


# ---- ARNs that the data doesn't describe


def test_layers_of_others_are_left_out_and_told_once() -> None:
    stranger = "arn:aws:lambda:{}:464622532012:layer:Datadog-Python312:78"
    given = [LayerArn.parse(stranger.format(region)) for region in COMMERCIAL]

    assert plan([*arns(), *given]).notices[-1] == (
        "arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78 and 2 more"
        " are of no layer in docs/data/layers.yml"
    )
    assert plan([*arns(), given[0]]).notices[-1] == (
        "arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Python312:78"
        " is of no layer in docs/data/layers.yml"
    )


@pytest.mark.parametrize(
    ("arn", "message", "hint"),
    [
        (
            "arn:aws:lambda:mx-central-1:017000801446:layer:PythonV3-python312-arm64:1",
            "layer v3 isn't in mx-central-1",
            "add mx-central-1 to its `regions` in docs/data/layers.yml",
        ),
        (
            "arn:aws-us-gov:lambda:us-gov-west-1:165087284144:layer:PythonV3-python312-arm64:1",
            "layer v3 has account 165093116878 in us-gov-west-1",
            "correct its `account` or `accounts` in docs/data/layers.yml",
        ),
        (
            "arn:aws:lambda:eu-west-2:017000801446:layer:PythonV3-python311-arm64:1",
            "layer v3 has an `exclude` for this in eu-west-2",
            "correct its `exclude` in docs/data/layers.yml",
        ),
    ],
)
def test_a_layer_of_ours_where_the_data_says_it_is_not_is_refused(
    arn: str, message: str, hint: str
) -> None:
    assert refused([*arns(), LayerArn.parse(arn)]) == [
        f"arns.txt: {arn}: {message}",
        f"    {hint}",
        "the numbers of 3.2.0 can't be used",
    ]


def test_a_new_region_is_one_problem_not_one_for_each_layer_version() -> None:
    wider = (TEXT + OLD).replace("us-east-1, us-gov", "us-east-1, mx-central-1, us-gov")

    assert refused(arns(text=wider))[:2] == [
        "arns.txt: arn:aws:lambda:mx-central-1:017000801446:layer:PythonV3-python311-x86_64:5"
        " and 3 more: layer v3 isn't in mx-central-1",
        "    add mx-central-1 to its `regions` in docs/data/layers.yml",
    ]
    assert plan(arns(text=wider), regions=["eu-west-1"]).changed
    assert plan([*arns("v2", 41), *arns(text=wider)], "2.21.0", layers=["v2"]).changed


def test_a_layer_with_two_numbers_is_refused() -> None:
    first, second = next(arns(number=5)), next(arns(number=6))

    assert refused([*arns(), second, first])[0] == f"arns.txt: {second} has number 5 too"


# ---- numbers only go up


def test_a_number_below_that_of_an_older_release_is_refused() -> None:
    assert refused(arns(number=3)) == [
        "arns.txt: v3 3.2.0: 3 is lower than the 4 of the older 3.1.0",
        "    a layer's number never goes down: correct one of the two",
        "the numbers of 3.2.0 can't be used",
    ]
    assert refused(arns(number=3), allow_lower=True) == refused(arns(number=3))


def test_a_number_above_that_of_a_newer_release_is_refused() -> None:
    assert refused(arns(number=9), "3.0.0")[0] == (
        "arns.txt: v3 3.1.0: 4 is lower than the 9 of the older 3.0.0"
    )


def test_a_new_region_of_a_layer_begins_at_one_and_older_releases_are_not_there() -> None:
    text = (TEXT + OLD).replace("us-east-1, us-gov", "us-east-1, mx-central-1, us-gov")
    given = [arn for arn in arns(text=text) if arn.region != "mx-central-1"]
    given += [*arns(number=1, regions=["mx-central-1"], text=text)]

    assert refused(given, text=text)[:2] == [
        "arns.txt: v3 3.2.0: 1 is lower than the 4 of the older 3.1.0 in mx-central-1",
        "    a layer's number never goes down: correct one of the two, or say where 3.1.0 isn't",
    ]
    for number in (3, 4):
        text = text.replace(
            f"number: {number}}}", f"number: {number}, exceptions: [{{regions: [mx-central-1]}}]}}"
        )
    [release] = plan(given, text=text).releases
    assert release.exceptions == (LayerException(regions=("mx-central-1",), number=1),)


def test_a_release_that_is_deployed_again_gets_its_new_number_and_that_is_told() -> None:
    fetched = plan(arns(number=6), "3.1.0")

    assert fetched.text == TEXT + OLD.replace("number: 4}  #", "number: 6}  #")
    assert fetched.notices[0] == "v3 3.1.0: 4 -> 6 in all regions"


def test_a_lower_number_for_the_same_release_is_refused_unless_it_is_allowed() -> None:
    text = (TEXT + OLD).replace("number: 4}", "number: 7}")

    assert refused(arns(number=6), "3.1.0", text) == [
        "arns.txt: v3 3.1.0: 7 -> 6 in all regions:"
        " docs/data/layers.yml has a higher number for this release",
        "    is the source of another release? else allow it: `layers fetch --allow-lower`",
        "the numbers of 3.1.0 can't be used",
    ]
    assert plan(arns(number=6), "3.1.0", text, allow_lower=True).releases[0].number == 6


def test_all_problems_of_a_source_are_told_together() -> None:
    given = [arn for arn in arns(number=3) if arn.region != "us-east-1"]
    given.append(LayerArn.parse("arn:aws:lambda:mx-central-1:017000801446:layer:PythonV2:1"))

    problems = [line for line in refused(given, layers=["v3", "v2-govcloud"]) if line[0] != " "]

    assert [line.split(": ", 1)[1][:30] for line in problems[:-1]] == [
        "layer v3 is incomplete, 4 of 1",
        'nothing of layer "v2-govcloud"',
        "v3 3.2.0: 3 is lower than the ",
    ]


# ---- any source


@settings(max_examples=examples(60), deadline=None)
@given(
    st.sets(st.sampled_from([*COMMERCIAL, *GOV])),
    st.sets(st.sampled_from([*COMMERCIAL, *GOV])),
    st.sampled_from(["3.2.0", "3.1.0"]),
    st.lists(st.integers(4, 9), min_size=19, max_size=19),
)
def test_what_is_written_is_what_the_source_has_and_otherwise_what_the_data_has(
    there: set[str], excused: set[str], version: str, numbers: list[int]
) -> None:
    text = TEXT + OLD
    layer = read(text).layers[0]
    given = {
        slot: number
        for slot, number in zip(layer.slots(), numbers, strict=True)
        if slot.region in there
    }
    source = [replace(v.arn, number=given[v.slot]) for v in layer.expand(1) if v.slot in given]
    covered = {group for group in (COMMERCIAL, GOV) if there.intersection(group)}
    missing = {region for group in covered for region in group} - there - excused
    if missing or not there:
        assert refused(source, version, text, excused=excused)
        return

    new = read(plan(source, version, text, excused=excused).text)

    before = read(text).select(version, "")
    expected = {v.slot: v.arn.number for v in before.layers} if before else {}
    expected |= given
    after = new.select(version, "")
    assert after is not None
    assert {v.slot: v.arn.number for v in after.layers} == expected
    assert [r for r in new.releases if r.version != version] == [
        r for r in read(text).releases if r.version != version
    ]
