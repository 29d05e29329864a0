"""The numbers of a file or folder, as those of one release that has no name."""

from collections.abc import Iterable
from pathlib import Path

from docs_tools.errors import DocsToolsError
from docs_tools.layers.fetch.coverage import cover_layer, sort_arns
from docs_tools.layers.fetch.problems import explain_nothing, find_problems
from docs_tools.layers.fetch.request import Request
from docs_tools.layers.sources import load_arns
from docs_tools.model.layers import Layers, LayerSet, LayerVersion

__all__ = ["layers_from"]


def layers_from(
    source: Path, data: Layers | None, file: str, excused: Iterable[str] = ()
) -> LayerSet:
    """Reads a source that stands for a release by itself.

    Args:
        source: A file or folder of layer ARNs.
        data: What the data file says: which layers there are, and where.
        file: The data file as the user would name it.
        excused: Regions that may be missing.

    Raises:
        DocsToolsError: The source can't be read, or lacks regions of a layer that it has.
    """
    arns = load_arns(source)
    name = source.resolve().name  # also of `.`
    if data is None:
        return LayerSet(name, tuple(map(LayerVersion, arns)), str(source))
    request = Request(
        data, file, name, str(source), frozenset(excused), frozenset(), frozenset(), False
    )
    request.check_names()
    found = sort_arns(data, arns)
    covered = [
        cover_layer(layer, numbers, (), request.excused)
        for layer in data.layers
        if (numbers := found.numbers[layer.id])
    ]
    if problems := [*find_problems(request, found, covered, data)]:
        message = f"the numbers of {source} can't be used"
        raise DocsToolsError(message, diagnostics=problems)
    if not covered:
        raise explain_nothing(request, arns)
    return LayerSet(name, tuple(data.describe(arn) for arn in arns), str(source))
