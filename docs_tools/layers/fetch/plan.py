"""The plan of a fetch: what a source covers, as releases in the text of the data file."""

from collections.abc import Iterable
from dataclasses import dataclass

from docs_tools.errors import DocsToolsError
from docs_tools.layers.data_file import set_releases
from docs_tools.layers.fetch.coverage import Coverage, cover_layer, sort_arns
from docs_tools.layers.fetch.notices import find_notices
from docs_tools.layers.fetch.problems import explain_nothing, find_problems
from docs_tools.layers.fetch.request import Request
from docs_tools.model.arn import LayerArn
from docs_tools.model.layer_numbers import change_numbers, describe_numbers
from docs_tools.model.layers import LayerRelease, Layers

__all__ = ["Fetched", "plan_fetch"]


@dataclass(frozen=True)
class Fetched:
    """What fetching a release's numbers does to the data file.

    Attributes:
        text: The file's new text.
        releases: The releases of the layers that the source has numbers for.
        notices: What is worth telling, a sentence each.
        changed: Whether the text is another one than before.
    """

    text: str
    releases: tuple[LayerRelease, ...]
    notices: tuple[str, ...]
    changed: bool


def plan_fetch(
    data: Layers,
    text: str,
    file: str,
    version: str,
    arns: Iterable[LayerArn],
    *,
    source: str,
    excused: Iterable[str] = (),
    regions: Iterable[str] = (),
    layers: Iterable[str] = (),
    allow_lower: bool = False,
) -> Fetched:
    """Puts the numbers of a release into the text of the data file.

    A source covers a layer in a partition whole or not at all, so that no region is forgotten.
    What it doesn't cover stays as the data has it: another partition, a region that isn't asked
    for or is excused. If the data has nothing, the release isn't there.

    Args:
        data: What the data file says.
        text: Its text.
        file: The data file as the user would name it.
        version: The release.
        arns: The ARNs that the source has for it.
        source: Where they come from, as the user would name it.
        excused: Regions that may be missing.
        regions: The regions to look at; all if none is given.
        layers: The ids of the layers that must be there; whichever are, if none is given.
        allow_lower: Whether the release's number may be lower than the data has it.

    Raises:
        DocsToolsError: The numbers are incomplete or can't be right; every problem is in it.
    """
    request = Request(
        data,
        file,
        version,
        source,
        frozenset(excused),
        frozenset(regions),
        frozenset(layers),
        allow_lower,
    )
    request.check_names()
    arns = tuple(arns)
    found = sort_arns(data, [a for a in arns if not request.regions or a.region in request.regions])
    covered = [
        cover_layer(layer, found.numbers[layer.id], request.regions, request.excused)
        for layer in request.asked
        if found.numbers[layer.id]
    ]
    releases = tuple(_make_release(request, coverage) for coverage in covered)
    after = _put(data, releases)
    if problems := [*find_problems(request, found, covered, after)]:
        raise DocsToolsError(f"the numbers of {version} can't be used", diagnostics=problems)
    if not covered:
        raise explain_nothing(request, arns)
    new = set_releases(text, releases, file)
    notices = tuple(find_notices(request, found, covered, after))
    return Fetched(new, releases, notices, new != text)


def _make_release(request: Request, coverage: Coverage) -> LayerRelease:
    """The release with what the source has, and otherwise with what the data has."""
    layer, old = coverage.layer, request.find_old(coverage.layer)
    if old is None:
        return describe_numbers(layer, request.version, coverage.numbers)
    kept = {slot: old.number_at(slot) for slot in layer.slots()}
    # what is noted stays where it can: the change is as small as may be
    return change_numbers(layer, old, {**kept, **coverage.numbers})


def _put(data: Layers, releases: Iterable[LayerRelease]) -> Layers:
    """The data with the releases in it, in whatever order."""
    known = {(r.version, r.layer): r for r in (*data.releases, *releases)}
    return data.model_copy(update={"releases": tuple(known.values())})
