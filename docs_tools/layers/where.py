"""Layer versions in words: `arm64 for python3.8 in ca-west-1`, not a line for each."""

from collections.abc import Collection

from docs_tools.model.layer_numbers import group_slots
from docs_tools.model.layers import Exclusion, Layer, Slot
from docs_tools.model.nearest import list_some

__all__ = ["tell_slots"]

_SHOWN = 5


def tell_slots(layer: Layer, slots: Collection[Slot]) -> str:
    """Says which layer versions of a layer these are."""
    groups = [_tell(group) for group in group_slots(layer, slots)]
    more = f"; and {len(groups) - _SHOWN} more such groups" if len(groups) > _SHOWN else ""
    return "; ".join(groups[:_SHOWN]) + more


def _tell(group: Exclusion) -> str:
    kinds = list_some(group.architectures, "")
    if group.runtimes:
        kinds = f"{kinds} for {list_some(group.runtimes)}" if kinds else list_some(group.runtimes)
    regions = f"in {list_some(group.regions)}" if group.regions else "in all regions"
    return f"{kinds} {regions}".strip()
