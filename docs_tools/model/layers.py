"""Which Lambda layers there are, and their number for each release (`layers.yml`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from docs_tools.model.arn import ACCOUNT, NAME_CHARACTER, REGION, LayerArn, partition_of
from docs_tools.model.fields import Fact, Identifier, Problem
from docs_tools.model.form import Form, NonEmpty
from docs_tools.model.version import NAME, check_name, newest_release

__all__ = ["Exclusion", "Layer", "LayerRelease", "LayerSet", "LayerVersion", "Layers"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("runtime", "architecture")


def _unknown_placeholder(name: str) -> str | None:
    for placeholder in _PLACEHOLDER.findall(name):
        if placeholder not in _PLACEHOLDERS:
            known = " and ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
            return f"unknown placeholder {{{placeholder}}}; {known} are known"
    return None


def _spellings(value: object) -> object:
    """A list of names stands for names that are spelled as they are."""
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return {name: name for name in value}
    return value


def _check_version(name: str) -> str:
    if fault := check_name(name, "version"):  # such as a name with a meaning of its own
        raise ValueError(fault)
    return name


Account = Annotated[str, Form(ACCOUNT.pattern, "an account", "12 digits, quoted")]
Region = Annotated[str, Form(REGION.pattern, "a region")]
LayerName = Annotated[
    str,
    Form(
        rf"(?:{NAME_CHARACTER.pattern}|\{{(?:{'|'.join(_PLACEHOLDERS)})\}})+",
        "a layer name",
        "letters, digits, - and _; {runtime} and {architecture} stand for their spelling",
        _unknown_placeholder,
    ),
]
Version = Annotated[
    str,
    Form(NAME, "a version", "a release, in quotes", lambda name: check_name(name, "version")),
    AfterValidator(_check_version),
]
Spellings = Annotated[
    dict[str, str],
    BeforeValidator(_spellings, json_schema_input_type=dict[str, str] | list[str]),
]


@dataclass(frozen=True)
class LayerVersion:
    """One layer version: its ARN and what it is for.

    Attributes:
        arn: The exact ARN.
        architecture: Such as `arm64`, or `None` where the name doesn't tell.
        runtime: Such as `python3.12`, or `None` where the layer is for all.
    """

    arn: LayerArn
    architecture: str | None = None
    runtime: str | None = None


@dataclass(frozen=True)
class LayerSet:
    """The layer versions of one release.

    Attributes:
        version: The release.
        layers: Its layer versions, in the order to show them.
        source: Where the numbers come from, as the user would name it.
        kept: Those that the source doesn't name: their numbers are the data file's.
    """

    version: str
    layers: tuple[LayerVersion, ...]
    source: str
    kept: tuple[LayerVersion, ...] = ()


class Exclusion(Fact):
    """Where a layer isn't to be had: what matches all that is given here."""

    architectures: tuple[str, ...] = ()
    """Architectures left out; all if none is given."""

    runtimes: tuple[str, ...] = ()
    """Runtimes left out; all if none is given."""

    regions: tuple[Region, ...] = ()
    """Regions left out; all if none is given."""

    def matches(self, region: str, architecture: str | None, runtime: str | None) -> bool:
        """Whether a layer version is left out."""
        return (
            (not self.regions or region in self.regions)
            and (not self.architectures or architecture in self.architectures)
            and (not self.runtimes or runtime in self.runtimes)
        )


class Layer(Fact):
    """A layer in all regions: one name for each runtime and architecture."""

    id: Identifier
    """What releases call it."""

    name: LayerName
    """The layer's name; `{runtime}` and `{architecture}` stand for their spelling in it."""

    account: Account
    """The account that owns it, 12 digits, quoted."""

    accounts: dict[Region, Account] = Field(default_factory=dict)
    """Accounts of single regions, such as those of GovCloud."""

    architectures: Annotated[Spellings, NonEmpty()]
    """Architectures; as a mapping, how each is spelled in the name."""

    runtimes: Spellings = Field(default_factory=dict)
    """Runtimes; as a mapping, how each is spelled in the name. None: the layer is for all."""

    regions: Annotated[tuple[Region, ...], NonEmpty()]
    """Regions where it is deployed."""

    exclude: tuple[Exclusion, ...] = ()
    """Where it isn't to be had after all."""

    def check(self) -> Iterator[Problem]:
        """Each layer version gets a name, and one of its own."""
        seen: set[tuple[str, str, str, str]] = set()
        for version in self.expand(1):
            try:
                LayerArn.parse(str(version.arn))
            except ValueError as error:
                yield Problem(("name",), str(error))
                return
            if version.arn.layer in seen:
                message = f'two layer versions would be called "{version.arn.name}"'
                hint = "put {runtime} or {architecture} into the name, or list a region once"
                yield Problem(("name",), message, hint)
                return
            seen.add(version.arn.layer)

    def expand(self, number: int) -> Iterator[LayerVersion]:
        """Every layer version with this number, by architecture, runtime and region."""
        runtimes: dict[str, str] | dict[None, str] = self.runtimes or {None: ""}
        for architecture, spelled in self.architectures.items():
            for runtime, runtime_spelled in runtimes.items():
                name = self.name.replace("{architecture}", spelled)
                name = name.replace("{runtime}", runtime_spelled)
                for region in self.regions:
                    if any(e.matches(region, architecture, runtime) for e in self.exclude):
                        continue
                    account = self.accounts.get(region, self.account)
                    arn = LayerArn(partition_of(region), region, account, name, number)
                    yield LayerVersion(arn, architecture, runtime)


class LayerRelease(Fact):
    """The number that a release's layer got."""

    version: Version
    """The release, quoted."""

    layer: str
    """The id of the layer."""

    number: Annotated[int, Field(strict=True, ge=1, le=999_999_999)]
    """The layer's version number."""


class Layers(Fact):
    """`layers.yml`: layers, and their number for each release."""

    layers: tuple[Layer, ...]
    """The layers."""

    releases: tuple[LayerRelease, ...] = ()
    """The releases; one line for each layer of a release."""

    def check(self) -> Iterator[Problem]:
        """Layers are whole, ids unique, and each release names a layer once."""
        ids: set[str] = set()
        for i, layer in enumerate(self.layers):
            if layer.id in ids:
                yield Problem(("layers", i, "id"), f'the id "{layer.id}" is taken')
            ids.add(layer.id)
            yield from (problem.below("layers", i) for problem in layer.check())
        seen: set[tuple[str, str]] = set()
        for i, release in enumerate(self.releases):
            if release.layer not in ids:
                hint = f"there is: {', '.join(sorted(ids))}"
                message = f'no layer has the id "{release.layer}"'
                yield Problem(("releases", i, "layer"), message, hint)
            if (release.version, release.layer) in seen:
                message = f'"{release.version}" has a number for this layer already'
                yield Problem(("releases", i, "version"), message)
            seen.add((release.version, release.layer))

    @property
    def versions(self) -> tuple[str, ...]:
        """The releases that have numbers, in the file's order."""
        return tuple(dict.fromkeys(release.version for release in self.releases))

    @property
    def newest(self) -> str | None:
        """The newest release that has numbers."""
        return newest_release(self.versions) or next(iter(self.versions), None)

    def select(self, version: str, source: str) -> LayerSet | None:
        """The layer versions of a release, or `None` where the file has none for it."""
        layers = {layer.id: layer for layer in self.layers}
        chosen = [release for release in self.releases if release.version == version]
        if not chosen:
            return None
        versions = (v for r in chosen for v in layers[r.layer].expand(r.number))
        return LayerSet(version, tuple(versions), source)

    def describe(self, arn: LayerArn) -> LayerVersion:
        """What a layer version is for, told from its name."""
        for layer in self.layers:
            for version in layer.expand(arn.number):
                if version.arn == arn:
                    return version
        return LayerVersion(arn)
