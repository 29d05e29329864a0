"""Why the numbers of a source can't be used."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.layers.fetch.changes import find_changes
from docs_tools.layers.fetch.coverage import Coverage, SortedArns
from docs_tools.layers.fetch.request import Request
from docs_tools.layers.where import tell_slots
from docs_tools.model.arn import LayerArn
from docs_tools.model.layer_laws import find_falls
from docs_tools.model.layers import Layers
from docs_tools.model.nearest import list_some

__all__ = ["explain_nothing", "find_problems"]


def find_problems(
    request: Request, found: SortedArns, covered: Sequence[Coverage], after: Layers
) -> Iterator[Diagnostic]:
    """Finds what can't be right.

    Args:
        request: What is fetched.
        found: The source's ARNs.
        covered: What the source has of each layer that it has something of.
        after: What the data file would say.
    """
    for first, second in found.doubles:
        message = f"{second} has number {first.number} too"
        yield Diagnostic(message, request.source, hint="keep the number that was deployed")
    yield from _find_misplaced(request, found)
    for coverage in covered:
        if coverage.missing:
            yield _explain_missing(request, coverage)
    names = [coverage.layer.id for coverage in covered]
    for name in sorted(request.layers.difference(names)):
        message = f'nothing of layer "{name}"'
        yield Diagnostic(message, request.source, hint=f"it has: {list_some(names)}")
    yield from _find_lower(request, covered)
    yield from _find_falls(request, covered, after)


def explain_nothing(request: Request, arns: Sequence[LayerArn]) -> DocsToolsError:
    """That a source has nothing of what the data describes, and what it has."""
    where = f" in {list_some(sorted(request.regions))}" if request.regions else ""
    if not arns:  # AWS or SSM was asked for this release only; a file without ARNs is refused
        message = f"{request.source} has no layer version of {request.version}{where}"
        hint = "is it deployed, and does its description or its parameter tell the release?"
        return DocsToolsError(message, hint=hint)
    counts = Counter(f"{arn.account}:layer:{arn.name}" for arn in arns)
    names = [f"{name} ({count})" for name, count in sorted(counts.items())]
    return DocsToolsError(
        f"{request.source} has nothing of the layers in {request.file}{where}",
        hint=f"it has: {list_some(names)}",
    )


def _find_misplaced(request: Request, found: SortedArns) -> Iterator[Diagnostic]:
    asked = [(layer, arn) for layer, arn in found.misplaced if layer in request.asked]
    asked.sort(key=lambda pair: (pair[0].id, pair[1].region))
    for (name, region), group in groupby(asked, key=lambda pair: (pair[0].id, pair[1].region)):
        arns = list(group)
        layer, arn = arns[0]
        if region not in layer.regions:
            message, hint = f"layer {name} isn't in {region}", f"add {region} to its `regions`"
        elif arn.account != layer.account_in(region):
            message = f"layer {name} has account {layer.account_in(region)} in {region}"
            hint = "correct its `account` or `accounts`"
        else:
            message = f"layer {name} has an `exclude` for this in {region}"
            hint = "correct its `exclude`"
        example = f"{arns[0][1]}" + (f" and {len(arns) - 1} more" if len(arns) > 1 else "")
        yield Diagnostic(f"{example}: {message}", request.source, hint=f"{hint} in {request.file}")


def _explain_missing(request: Request, coverage: Coverage) -> Diagnostic:
    layer, missing = coverage.layer, coverage.missing
    what = f"{len(missing)} of {coverage.expected} layer versions are missing"
    region = missing[0].region
    hint = f"find out why; --excuse-region {region} goes without {region}"
    message = f"layer {layer.id} is incomplete, {what}: {tell_slots(layer, missing)}"
    return Diagnostic(message, request.source, hint=hint)


def _find_lower(request: Request, covered: Iterable[Coverage]) -> Iterator[Diagnostic]:
    if request.allow_lower:
        return
    for change in find_changes(request, covered):
        if change.new < change.old:
            message = f"{change}: {request.file} has a higher number for this release"
            hint = "is the source of another release? else allow it: `layers fetch --allow-lower`"
            yield Diagnostic(message, request.source, hint=hint)


def _find_falls(
    request: Request, covered: Iterable[Coverage], after: Layers
) -> Iterator[Diagnostic]:
    """The order of releases holds in what the file would say."""
    for layer in (coverage.layer for coverage in covered):
        own = [(i, r) for i, r in enumerate(after.releases) if r.layer == layer.id]
        for fall in find_falls(layer, own):
            problem, version = fall.problem, after.releases[fall.release].version
            message = f"{layer.id} {version}: {problem.message}"
            yield Diagnostic(message, request.source, hint=problem.hint)
