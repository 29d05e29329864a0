"""A Lambda layer in all its regions, and its ARNs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field

from docs_tools.model.arn import (
    ACCOUNT,
    NAME_CHARACTER,
    PARTITION,
    REGION,
    LayerArn,
    partition_of,
)
from docs_tools.model.fields import Fact, Identifier, Problem
from docs_tools.model.form import Form, NonEmpty
from docs_tools.model.nearest import find_nearest, list_some

__all__ = ["Exclusion", "Layer", "LayerVersion", "Slot"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("runtime", "architecture")
_PARTITIONS = ("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc")


def _unknown_placeholder(name: str) -> str | None:
    for placeholder in _PLACEHOLDER.findall(name):
        if placeholder not in _PLACEHOLDERS:
            known = " and ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
            return f"unknown placeholder {{{placeholder}}}; {known} are known"
    return None


def _near_owner(text: str) -> str | None:
    """What a text must mean that is nearly a partition or a region, such as `us_gov_west1`."""
    region = re.sub("(?<=[a-z])(?=[0-9]+$)", "-", re.sub("[_ ]", "-", text.strip().lower()))
    near = region if REGION.fullmatch(region) else find_nearest(text, _PARTITIONS)
    return f'not a partition or region: "{text}"; did you mean {near}?' if near else None


def _spellings(value: object) -> object:
    """A list of names stands for names that are spelled as they are."""
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return {name: name for name in value}
    return value


Account = Annotated[str, Form(ACCOUNT.pattern, "an account", "12 digits, quoted")]
Region = Annotated[str, Form(REGION.pattern, "a region")]
Owner = Annotated[
    str,
    Form(
        f"(?:{REGION.pattern}|{PARTITION.pattern})",
        "a partition or region",
        "such as aws-us-gov or us-gov-west-1",
        _near_owner,
    ),
]
LayerName = Annotated[
    str,
    Form(
        rf"(?:{NAME_CHARACTER.pattern}|\{{(?:{'|'.join(_PLACEHOLDERS)})\}})+",
        "a layer name",
        "letters, digits, - and _; {runtime} and {architecture} stand for their spelling",
        _unknown_placeholder,
    ),
]
Spellings = Annotated[
    dict[str, str],
    BeforeValidator(_spellings, json_schema_input_type=dict[str, str] | list[str]),
]


class Slot(NamedTuple):
    """What a layer version is for.

    Attributes:
        architecture: Such as `arm64`, or `None` where the name doesn't tell.
        runtime: Such as `python3.12`, or `None` where the layer is for all.
        region: Such as `eu-west-1`.
    """

    architecture: str | None
    runtime: str | None
    region: str


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

    @property
    def slot(self) -> Slot:
        """What it is for."""
        return Slot(self.architecture, self.runtime, self.arn.region)


class Exclusion(Fact):
    """Where a layer isn't to be had: what matches all that is given here."""

    architectures: tuple[str, ...] = ()
    """Architectures that this is about; all if none is given."""

    runtimes: tuple[str, ...] = ()
    """Runtimes that this is about; all if none is given."""

    regions: tuple[Region, ...] = ()
    """Regions that this is about; all if none is given."""

    def matches(self, region: str, architecture: str | None, runtime: str | None) -> bool:
        """Whether this is about a layer version."""
        return (
            (not self.regions or region in self.regions)
            and (not self.architectures or architecture in self.architectures)
            and (not self.runtimes or runtime in self.runtimes)
        )

    def check_names(self, layer: "Layer") -> Iterator[Problem]:
        """What is named here is what the layer has."""
        for kind, names, known in (
            ("architecture", self.architectures, layer.architectures),
            ("runtime", self.runtimes, layer.runtimes),
            ("region", self.regions, layer.regions),
        ):
            for i, name in enumerate(names):
                if name not in known:
                    near = find_nearest(name, known)
                    has = f"it has: {list_some(known)}" if known else "it is one for all"
                    hint = f"did you mean {near}?" if near else has
                    message = f'layer "{layer.id}" has no {kind} "{name}"'
                    yield Problem((f"{kind}s", i), message, hint)


class Layer(Fact):
    """A layer in all regions: one name for each runtime and architecture."""

    id: Identifier
    """What releases call it."""

    name: LayerName
    """The layer's name; `{runtime}` and `{architecture}` stand for their spelling in it."""

    account: Account
    """The account that owns it, 12 digits, quoted."""

    accounts: dict[Owner, Account] = Field(default_factory=dict)
    """Other accounts, by partition such as `aws-us-gov` or by region; a region's own goes first."""

    architectures: Annotated[Spellings, NonEmpty()]
    """Architectures; as a mapping, how each is spelled in the name."""

    runtimes: Spellings = Field(default_factory=dict)
    """Runtimes; as a mapping, how each is spelled in the name. None: the layer is for all."""

    regions: Annotated[tuple[Region, ...], NonEmpty()]
    """Regions where it is deployed."""

    exclude: tuple[Exclusion, ...] = ()
    """Where it isn't to be had after all."""

    def check(self) -> Iterator[Problem]:
        """Accounts and exclusions are of what the layer has, and each layer version has a name."""
        yield from self._check_accounts()
        for i, exclusion in enumerate(self.exclude):
            yield from (problem.below("exclude", i) for problem in exclusion.check_names(self))
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

    def _check_accounts(self) -> Iterator[Problem]:
        known = (*dict.fromkeys(map(partition_of, self.regions)), *self.regions)
        for owner in self.accounts:
            if owner not in known:
                near = find_nearest(owner, known) if owner not in _PARTITIONS else None
                mend = "take the account out, or list the regions that it is for"
                hint = f"did you mean {near}?" if near else mend
                yield Problem(("accounts", owner), f"the layer isn't in {owner}", hint)

    def account_in(self, region: str) -> str:
        """The account that owns the layer in a region."""
        partition = self.accounts.get(partition_of(region), self.account)
        return self.accounts.get(region, partition)

    def expand(self, number: int) -> Iterator[LayerVersion]:
        """Every layer version with this number, by architecture, runtime and region."""
        owners = [
            (partition_of(region), region, self.account_in(region)) for region in self.regions
        ]
        for architecture, runtime, name in self._kinds():
            for owner in owners:
                slot = Slot(architecture, runtime, owner[1])
                if not self.excludes(slot):
                    yield LayerVersion(LayerArn(*owner, name, number), architecture, runtime)

    def slots(self) -> Iterator[Slot]:
        """What there is a layer version for, by architecture, runtime and region."""
        return (version.slot for version in self.expand(1))

    def excludes(self, slot: Slot) -> bool:
        """Whether the layer isn't to be had there after all."""
        return any(e.matches(slot.region, slot.architecture, slot.runtime) for e in self.exclude)

    def find(self, arn: LayerArn) -> Slot | None:
        """What an ARN is for, or `None` where it is none of this layer's."""
        slot = self.find_name(arn.name, arn.region)
        owner = (partition_of(arn.region), self.account_in(arn.region))
        if slot is None or arn.region not in self.regions or (arn.partition, arn.account) != owner:
            return None
        return None if self.excludes(slot) else slot

    def find_name(self, name: str, region: str) -> Slot | None:
        """What a name is for in a region, whether the layer is there or not."""
        for architecture, runtime, own in self._kinds():
            if own == name:
                return Slot(architecture, runtime, region)
        return None

    def _kinds(self) -> Iterator[tuple[str, str | None, str]]:
        """Each architecture and runtime with their layer's name."""
        runtimes: dict[str, str] | dict[None, str] = self.runtimes or {None: ""}
        for architecture, spelled in self.architectures.items():
            for runtime, runtime_spelled in runtimes.items():
                name = self.name.replace("{architecture}", spelled)
                yield architecture, runtime, name.replace("{runtime}", runtime_spelled)
