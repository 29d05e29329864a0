"""The number that belongs into an ARN of a text."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from docs_tools.errors import DocsToolsError
from docs_tools.layers.references import Reference, fits, is_literal
from docs_tools.layers.verdict import Kind, Verdict, faulty, malformed
from docs_tools.model.arn import LayerArn
from docs_tools.model.layers import Layers, LayerSet
from docs_tools.model.nearest import find_nearest, list_some

__all__ = ["Numbers"]

_SHOWN = 3


_Index = dict[str, dict[str, list[LayerArn]]]
"""ARNs by account and name."""


_FOREIGN = Verdict(Kind.FOREIGN)


class Numbers:
    """The number of each layer of a release, looked up by what stands in an ARN.

    Args:
        arns: The ARNs of the release.
        data: All that the data file says. An ARN that is written out where the release isn't yet,
            as in a GovCloud that lags, gets the number of the newest older release there.
        version: The release.
        placeholder_region: The region whose numbers placeholders for regions get where those of
            all that they stand for differ. Where the release isn't there it decides nothing.

    Raises:
        DocsToolsError: No layer is in that region.
    """

    def __init__(
        self,
        arns: Iterable[LayerArn] = (),
        data: Layers | None = None,
        version: str | None = None,
        placeholder_region: str | None = None,
    ) -> None:
        arns = tuple(arns)
        self.made_from = (arns, data, version, placeholder_region)
        """What the numbers follow from: equal ones give equal numbers."""
        if placeholder_region and arns:
            described = data.layers if data else ()
            known = {region for layer in described for region in layer.regions}
            _check_region(placeholder_region, known.union(arn.region for arn in arns))
        self._release = _index(arns)
        self._data = data
        self._version = version
        self._lagging: _Index | None = None
        self._instead: dict[LayerArn, str] = {}
        self._known: _Index | None = None
        self._placeholder_region = placeholder_region
        self._verdicts: dict[tuple[str, str, str, str], Verdict] = {}

    @classmethod
    def of(
        cls,
        layers: LayerSet | None,
        data: Layers | None = None,
        placeholder_region: str | None = None,
    ) -> "Numbers":
        """The numbers of a release; none where there is no release."""
        arns = (layer.arn for layer in layers.layers) if layers else ()
        return cls(arns, data, layers.version if layers else None, placeholder_region)

    def judge(self, reference: Reference) -> Verdict:
        """What belongs into an ARN; worked out once for each layer that texts name."""
        key = (reference.partition, reference.region, reference.account, reference.name)
        verdict = self._verdicts.get(key)
        if verdict is None:
            verdict = self._verdicts[key] = self._judge(reference)
        return verdict

    def _judge(self, reference: Reference) -> Verdict:
        if not reference.account:
            return faulty(f"the account of {reference.name} is missing", "write its 12 digits")
        named = self._named(self._release, reference)
        found = [arn for arn in named if self._stands_for(reference, arn)]
        numbers = {arn.number for arn in found}
        if len(numbers) == 1:
            return Verdict(Kind.OURS, found[0].number, tuple(found))
        if numbers:
            return self._decided(reference, found) or self._ambiguous(reference, found)
        if fault := malformed(reference):
            return fault
        known = named or self._named(self._all(), reference)
        if not known:
            return self._stranger(reference)
        if not self._is_known(reference):
            return self._unknown_place(reference)
        return self._older(reference)

    def _older(self, reference: Reference) -> Verdict:
        """What there is instead of the release, where it isn't yet."""
        if self._lagging is None:
            lagging = list(self._find_lagging())
            self._lagging, self._instead = _index(arn for arn, _ in lagging), dict(lagging)
        named = self._named(self._lagging, reference)
        found = [arn for arn in named if self._stands_for(reference, arn)]
        if len({arn.number for arn in found}) > 1:
            return self._decided(reference, found) or self._ambiguous(reference, found)
        if found:
            return Verdict(Kind.OURS, found[0].number, release=self._instead[found[0]])
        return Verdict(Kind.OTHER)

    def _find_lagging(self) -> Iterator[tuple[LayerArn, str]]:
        data = self._data
        if data is None or self._version is None:
            return
        for lag in data.lags(self._version):
            older = [r for r in data.releases if (r.layer, r.version) == (lag.layer, lag.instead)]
            for arn in (layer.arn for release in older for layer in data.expand(release)):
                if arn.region in lag.regions:
                    yield arn, lag.instead or ""

    def _is_known(self, reference: Reference) -> bool:
        every = (*self._named(self._release, reference), *self._named(self._all(), reference))
        return any(self._stands_for(reference, arn) for arn in every)

    def _all(self) -> "_Index":
        """Every layer of the data, each with some number."""
        if self._known is None:
            layers = self._data.layers if self._data else ()
            self._known = _index(version.arn for layer in layers for version in layer.expand(1))
        return self._known

    def _named(self, index: "_Index", reference: Reference) -> list[LayerArn]:
        """The ARNs with the account and name of a reference, in every region."""
        if reference.owner:
            accounts = [index[reference.owner]] if reference.owner in index else []
        else:
            accounts = list(index.values())
        parts = reference.name_parts
        return [
            arn
            for names in accounts
            for name in (_matching(names, parts) if parts else (reference.name,))
            for arn in names.get(name, ())
        ]

    def _stands_for(self, reference: Reference, arn: LayerArn) -> bool:
        if is_literal(reference.region) and arn.region != reference.region:
            return False
        return not is_literal(reference.partition) or reference.partition == arn.partition

    def _decided(self, reference: Reference, found: list[LayerArn]) -> Verdict | None:
        """What the region decides that placeholders stand for, where numbers differ."""
        if is_literal(reference.region):
            return None
        there = [arn for arn in found if arn.region == self._placeholder_region]
        if len({arn.number for arn in there}) != 1:
            return None
        return Verdict(Kind.OURS, there[0].number, tuple(there))

    def _stranger(self, reference: Reference) -> Verdict:
        """Somebody else's layer; one of our account may be a name that is misspelled."""
        names = self._all().get(reference.owner or "")
        if not names or reference.name_parts or not reference.name:
            return _FOREIGN
        near = find_nearest(reference.name, names)
        hint = f"did you mean {near}?" if near else None
        fault = f"the data has no layer {reference.name} of account {reference.account}"
        return Verdict(Kind.FOREIGN, fault=fault, hint=hint)

    def _unknown_place(self, reference: Reference) -> Verdict:
        if not is_literal(reference.region):
            return faulty(
                f"account {reference.account} has no layer {reference.name} in partition"
                f' "{reference.partition}"',
                "write the account that it has there",
            )
        accounts = {
            arn.account
            for index in (self._release, self._all())
            for names in index.values()
            for arn in names.get(reference.name, ())
            if arn.region == reference.region
        }
        if accounts:
            message = f"{reference.name} has another account in {reference.region}"
            return faulty(message, f"there it is {', '.join(sorted(accounts))}")
        return faulty(
            f"there is no layer {reference.name} in {reference.region}",
            "write a region that has it, or add the region to the layer in the data file",
        )

    def _ambiguous(self, reference: Reference, found: list[LayerArn]) -> Verdict:
        """Names the numbers, and what tells them apart: the regions, or else the names."""
        regions: dict[str, set[int]] = defaultdict(set)
        for arn in found:
            regions[arn.region].add(arn.number)
        by_region = all(len(numbers) == 1 for numbers in regions.values())
        groups: dict[int, list[str]] = defaultdict(list)
        for arn in found:
            what = arn.region if by_region else arn.name
            if what not in groups[arn.number]:
                groups[arn.number].append(what)
        what = "regions" if by_region else "layers"
        told = "; ".join(
            f"{number} in {_some(groups[number])}" if by_region else
            f"{number} of {_some(groups[number])}"
            for number in sorted(groups, key=lambda number: (-len(groups[number]), number))
        )  # fmt: skip
        hint = "write one of them out, or show them with the layers directive"
        if by_region:
            hint += "; --placeholder-region REGION of `layers insert` decides as well"
        message = f"{reference.layer} stands for {what} with different numbers: {told}"
        return Verdict(Kind.AMBIGUOUS, arns=tuple(found), fault=message, hint=hint)


def _check_region(region: str, known: Collection[str]) -> None:
    if region not in known:
        near = find_nearest(region, known)
        hint = f"did you mean {near}?" if near else f"it has: {list_some(sorted(known))}"
        raise DocsToolsError(f'the release has no layer in "{region}"', hint=hint)


def _index(arns: Iterable[LayerArn]) -> _Index:
    index: _Index = {}
    for arn in arns:
        index.setdefault(arn.account, {}).setdefault(arn.name, []).append(arn)
    return index


def _matching(names: Iterable[str], parts: tuple[str, ...]) -> Iterator[str]:
    return (name for name in names if fits(parts, name))


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown
