"""What a reader's browser chooses a layer ARN from: every release, written small.

A layer has the same number nearly everywhere, layers of a release share their numbers, and regions
share their account. So regions stand in places, and numbers in columns with their exceptions:

```json
{
  "selected": "2.20.0",
  "first": {"region": "eu-west-1", "runtime": "python3.12", "architecture": "x86_64"},
  "releases": ["2.20.0", "2.19.0"],
  "places": [
    {"partition": "aws", "account": "123456789012", "regions": ["eu-west-1", "sa-east-1"]}
  ],
  "numbers": [[[40, {"sa-east-1": 3}], null]],
  "layers": [
    {"name": "Toolbox", "runtime": null, "architecture": "x86_64", "places": [0], "numbers": 0}
  ]
}
```

A layer's numbers stand in the order of the releases, `null` where the release has none.
"""

import html
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from packaging.version import InvalidVersion, Version

from docs_tools.model.layers import LayerSet, LayerVersion

__all__ = ["describe_choices", "render_chooser"]

_Place = tuple[str, str, str]
"""Partition, account and region."""


@dataclass
class _Layer:
    """A layer with one account in each region, and its numbers."""

    name: str
    runtime: str | None
    architecture: str | None
    places: dict[str, _Place] = field(default_factory=dict)
    numbers: dict[str, dict[_Place, int]] = field(default_factory=dict)

    def take(self, release: str, layer: LayerVersion) -> bool:
        """Whether a layer version is one of this layer, which has one for a release and region."""
        arn = layer.arn
        place = arn.partition, arn.account, arn.region
        if self.places.get(arn.region, place) != place:
            return False
        if self.numbers.get(release, {}).get(place, arn.number) != arn.number:
            return False
        self.places[arn.region] = place
        self.numbers.setdefault(release, {})[place] = arn.number
        return True


def render_chooser(
    layers: LayerSet,
    others: Iterable[LayerSet] = (),
    *,
    region: str | None = None,
    runtime: str | None = None,
) -> str:
    """The element that a script makes a chooser of; without one it shows nothing.

    Args:
        layers: The release that is shown first.
        others: The other releases.
        region: The region that is shown first; that of the first layer by default.
        runtime: The runtime that is shown first; the last of the release by default.
    """
    data = describe_choices(layers, others, region=region, runtime=runtime)
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c").replace(">", "\\u003e")
    # JSON is full of double quotes, so that the attribute has single ones
    attribute = html.escape(text, quote=False).replace("'", "&#39;")
    return f"<div><docs-layers data-layers='{attribute}'></docs-layers></div>"


def describe_choices(
    layers: LayerSet,
    others: Iterable[LayerSet] = (),
    *,
    region: str | None = None,
    runtime: str | None = None,
) -> dict[str, object]:
    """What there is to choose from, fit for JSON.

    Args:
        layers: The release that is shown first.
        others: The other releases; where one has the same name, `layers` is taken.
        region: The region that is shown first; that of the first layer by default.
        runtime: The runtime that is shown first; the last of the release by default.
    """
    sets = {release.version: release.layers for release in others} | {layers.version: layers.layers}
    releases = sorted(sets, key=_age, reverse=True)
    found = _gather({layers.version: layers.layers} | sets)
    places = _place(found)
    numbers: dict[str, int] = {}
    listed = [
        {
            "name": layer.name,
            "runtime": layer.runtime,
            "architecture": layer.architecture,
            "places": [i for i, (_, members) in enumerate(places) if at in members],
            "numbers": numbers.setdefault(json.dumps(_column(layer, releases)), len(numbers)),
        }
        for at, layer in enumerate(found)
    ]
    every = [layer for release in [layers.version, *releases] for layer in sets[release]]
    return {
        "selected": layers.version,
        "first": {
            "region": region or next((layer.arn.region for layer in every), None),
            "runtime": runtime or _last_runtime(layers.layers) or _last_runtime(every),
            "architecture": next((v.architecture for v in every if v.architecture), None),
        },
        "releases": releases,
        "places": [place for place, _ in places],
        "numbers": [json.loads(column) for column in numbers],
        "layers": listed,
    }


def _gather(sets: Mapping[str, Iterable[LayerVersion]]) -> list[_Layer]:
    """The layers of all releases; a name with two accounts or numbers in a region is two."""
    found: dict[tuple[str, str | None, str | None], list[_Layer]] = {}
    for release, versions in sets.items():
        for version in versions:
            kind = version.arn.name, version.runtime, version.architecture
            known = found.setdefault(kind, [])
            if not any(layer.take(release, version) for layer in known):
                known.append(_Layer(*kind))
                known[-1].take(release, version)
    return [layer for layers in found.values() for layer in layers]


def _place(layers: Sequence[_Layer]) -> list[tuple[dict[str, object], frozenset[int]]]:
    """Regions with the same partition, account and layers, and which layers these are."""
    members: dict[_Place, list[int]] = {}
    for at, layer in enumerate(layers):
        for place in layer.places.values():
            members.setdefault(place, []).append(at)
    groups: dict[tuple[str, str, frozenset[int]], list[str]] = {}
    for (partition, account, region), within in members.items():
        groups.setdefault((partition, account, frozenset(within)), []).append(region)
    return [
        ({"partition": partition, "account": account, "regions": regions}, within)
        for (partition, account, within), regions in groups.items()
    ]


def _column(layer: _Layer, releases: Iterable[str]) -> list[object]:
    return [_numbers(layer, layer.numbers.get(release, {})) for release in releases]


def _numbers(layer: _Layer, numbers: Mapping[_Place, int]) -> object:
    """The number that most regions have, and where it is another or none."""
    if not numbers:
        return None
    common = Counter(numbers.values()).most_common(1)[0][0]
    others = {
        region: numbers.get(place)
        for region, place in layer.places.items()
        if numbers.get(place) != common
    }
    return [common, others] if others else common


def _last_runtime(layers: Sequence[LayerVersion]) -> str | None:
    return next((layer.runtime for layer in reversed(layers) if layer.runtime), None)


def _age(release: str) -> tuple[bool, Version]:
    """The place of a release from old to new; a name such as `dev` is newer than all."""
    try:
        return False, Version(release)
    except InvalidVersion:
        return True, Version("0")
