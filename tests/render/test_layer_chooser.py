"""What a reader chooses from: small, whole, and safe to stand in a page."""

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings

from docs_tools.model.arn import LayerArn
from docs_tools.model.facts import load_facts
from docs_tools.model.layers import LayerSet, LayerVersion
from docs_tools.render.layer_chooser import describe_choices, render_chooser
from tests.demo import ROOT
from tests.render.choices import RELEASES, choices, expand, in_order
from tests.size import examples


def layer(region: str, number: int, name: str = "Tool", **kind: str) -> LayerVersion:
    return LayerVersion(LayerArn("aws", region, "111122223333", name, number), **kind)


def described(*sets: LayerSet, **first: str) -> Any:
    """The data of a chooser that shows the first of some releases."""
    return json.loads(json.dumps(describe_choices(sets[0], sets[1:], **first)))


@settings(max_examples=examples(200))
@given(RELEASES)
@example(
    [
        LayerSet("1.0.0", (layer("eu-west-1", 1), layer("eu-west-1", 2)), "one name, two numbers"),
        LayerSet("2.0.0", (layer("eu-west-1", 2), layer("us-east-1", 7)), "a region more"),
    ]
)
def test_written_out_again_it_is_every_arn_of_every_release(sets: list[LayerSet]) -> None:
    data = described(*sets)

    assert in_order(expand(data)) == choices(*sets)
    assert sorted(data["releases"]) == sorted(release.version for release in sets)
    assert data["selected"] == sets[0].version


def test_the_data_of_this_project_is_whole_too() -> None:
    layers = load_facts(ROOT / "docs/data", "docs/data").layers
    assert layers
    sets = [found for name in layers.versions if (found := layers.select(name, "layers.yml"))]
    assert len(choices(*sets)) > 100
    assert in_order(expand(described(*sets))) == choices(*sets)


def test_ten_layers_in_29_regions_with_50_releases_are_a_few_kilobytes() -> None:
    regions = [f"{area}-{side}-1" for area in ("eu", "us", "ap", "sa", "me", "af", "ca", "il")
               for side in ("north", "west", "south", "east")][:29]  # fmt: skip
    sets = [
        LayerSet(
            f"3.{minor}.0",
            tuple(
                layer(region, minor + (region == "ca-west-1") + 1, f"Toolbox-{runtime}-{cpu}",
                      runtime=f"python3.{runtime}", architecture=cpu)
                for runtime in range(8, 13)
                for cpu in ("x86_64", "arm64")
                for region in regions
            ),
            "here",
        )
        for minor in range(50)
    ]  # fmt: skip
    text = render_chooser(sets[-1], sets[:-1])
    assert len(text) < 4096
    assert len(choices(*sets)) == 10 * 29 * 50


def test_what_is_built_wins_over_what_the_data_says_of_the_same_release() -> None:
    built = LayerSet("2.0.0", (layer("eu-west-1", 9),), "arns.txt")
    known = LayerSet("2.0.0", (layer("eu-west-1", 8),), "layers.yml")
    older = LayerSet("1.0.0", (layer("eu-west-1", 7),), "layers.yml")

    assert in_order(expand(described(built, known, older))) == choices(built, older)


def test_releases_stand_from_new_to_old_and_a_name_above_all() -> None:
    names = ("1.9.0", "1.10.0", "dev", "2.0.0a1", "v1.2")
    data = described(*(LayerSet(name, (layer("eu-west-1", 1),), "here") for name in names))

    assert data["releases"] == ["dev", "2.0.0a1", "1.10.0", "1.9.0", "v1.2"]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ({}, {"region": "us-east-1", "runtime": "python3.12", "architecture": "arm64"}),
        (
            {"region": "eu-west-1", "runtime": "python3.11"},
            {"region": "eu-west-1", "runtime": "python3.11", "architecture": "arm64"},
        ),
    ],
)
def test_the_first_region_and_the_last_runtime_are_shown_first_unless_others_are_named(
    given: dict[str, str], first: dict[str, str]
) -> None:
    release = LayerSet(
        "1.0.0",
        tuple(
            layer(region, 1, runtime, runtime=runtime, architecture="arm64")
            for runtime in ("python3.11", "python3.12")
            for region in ("us-east-1", "eu-west-1")
        ),
        "here",
    )
    assert described(release, **given)["first"] == first


class Elements(HTMLParser):
    """The elements of a text with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_hostile_names_stay_text_in_the_attribute() -> None:
    nasty = "'\"></docs-layers><script>hit()</script>&amp;&#39;\n\n<!-- docs_tools/layers -->{{x}}"
    release = LayerSet(
        nasty, (layer("eu-west-1", 1, runtime=nasty, architecture=nasty + "\x02\u2028ü"),), "here"
    )

    text = render_chooser(release)

    (_, _), (name, attributes) = Elements(text).found
    assert (name, list(attributes)) == ("docs-layers", ["data-layers"])
    assert json.loads(attributes["data-layers"] or "") == described(release)
    assert text.isascii()
    assert text.isprintable()  # on one line, as raw HTML in Markdown must be
    assert text.count("<") == text.count(">") == 4
