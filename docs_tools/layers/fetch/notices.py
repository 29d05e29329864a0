"""What is worth telling of a fetch that succeeds."""

from collections.abc import Iterator, Sequence

from docs_tools.layers.fetch.changes import find_changes
from docs_tools.layers.fetch.coverage import Coverage, SortedArns
from docs_tools.layers.fetch.request import Request
from docs_tools.layers.notices import tell_lags
from docs_tools.layers.where import tell_slots
from docs_tools.model.layers import Layers

__all__ = ["find_notices"]


def find_notices(
    request: Request, found: SortedArns, covered: Sequence[Coverage], after: Layers
) -> Iterator[str]:
    """Finds what changes, what is left out, and where the release isn't.

    Args:
        request: What is fetched.
        found: The source's ARNs.
        covered: What the source has of each layer that it has something of.
        after: What the data file says now.
    """
    yield from (str(change) for change in find_changes(request, covered))
    for coverage in covered:
        if coverage.excused:
            where = tell_slots(coverage.layer, coverage.excused)
            yield f"{coverage.layer.id} {request.version}: excused {where}"
    lagging = {lag.layer for lag in after.lags(request.version)}
    there = {release.layer for release in after.releases if release.version == request.version}
    for layer in request.asked:
        if layer.id not in there | lagging:
            yield f"{layer.id} isn't part of {request.version}: {request.source} has nothing of it"
    if found.strangers:
        first, more = found.strangers[0], len(found.strangers) - 1
        others = f" and {more} more are" if more else " is"
        yield f"{first}{others} of no layer in {request.file}"
    yield from tell_lags(after, request.version)
