"""The data of a chooser, written out again, and releases to write."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from docs_tools.model.arn import LayerArn, partition_of
from docs_tools.model.layers import LayerSet, LayerVersion

REGIONS = ("eu-west-1", "ca-west-1", "us-east-1", "us-gov-west-1", "cn-north-1")

Choice = tuple[str, str | None, str | None, str]
"""Release, runtime, architecture and ARN."""


def expand(data: Any) -> Iterator[Choice]:
    """What there is to choose from, as `expand` of the script has it."""
    for layer in data["layers"]:
        column = data["numbers"][layer["numbers"]]
        for release, entry in zip(data["releases"], column, strict=True):
            common, others = entry if isinstance(entry, list) else (entry, {})
            for place in (data["places"][at] for at in layer["places"]):
                for region in place["regions"]:
                    if number := others.get(region, common):
                        arn = f"arn:{place['partition']}:lambda:{region}:{place['account']}"
                        arn += f":layer:{layer['name']}:{number}"
                        yield release, layer["runtime"], layer["architecture"], arn


def choices(*sets: LayerSet) -> list[Choice]:
    """The same of releases themselves, sorted."""
    found = {
        (release.version, layer.runtime, layer.architecture, str(layer.arn))
        for release in sets
        for layer in release.layers
    }
    return in_order(found)


def in_order(found: Any) -> list[Choice]:
    """Choices sorted; what is for all runtimes comes first."""
    return sorted(map(tuple, found), key=lambda choice: [part or "" for part in choice])


Kind = tuple[str, str | None, str | None]
"""Name, runtime and architecture."""


def _version(region: str, account: str, kind: Kind, number: int) -> LayerVersion:
    name, runtime, architecture = kind
    arn = LayerArn(partition_of(region), region, account, name, number)
    return LayerVersion(arn, architecture, runtime)


KINDS: tuple[Kind, ...] = (
    ("Tool-py311", "python3.11", "x86_64"),
    ("Tool-py312", "python3.12", "x86_64"),
    ("Tool-py312-arm", "python3.12", "arm64"),
    ("Tool", None, "x86_64"),
    ("Tool", None, None),
)
# few of each, so that layers share regions, accounts and numbers, and now and then don't
VERSIONS = st.builds(
    _version,
    st.sampled_from(REGIONS),
    st.sampled_from(("111122223333", "444455556666")),
    st.sampled_from(KINDS),
    st.integers(1, 3),
)
RELEASES = st.lists(
    st.builds(
        LayerSet,
        st.sampled_from(("1.0.0", "1.2.0", "1.10.0", "2.0.0a1", "dev", "__proto__")),
        st.lists(VERSIONS, min_size=1, max_size=30).map(tuple),
        st.just("here"),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda release: release.version,
)
