"""Which layer numbers a build gets."""

from dataclasses import replace
from pathlib import Path

from docs_tools.layers.sources import load_arns
from docs_tools.model.layers import Layers, LayerSet, LayerVersion
from docs_tools.model.version import release_key

__all__ = ["choose_layers"]


def choose_layers(
    data: Layers | None, name: str, version: str | None, source: Path | None
) -> LayerSet | None:
    """The numbers of a version: those of a source, and of the data file where that has none.

    A version that is no release (`dev`, `3.0.0a1`) and a build without a version show the newest
    release of the data. A release that the data doesn't know gets none: another release's numbers
    would be wrong.

    Args:
        data: The data file, if there is one.
        name: The data file's name for messages.
        version: The version that is built, if it is known.
        source: A file or folder of layer ARNs.

    Raises:
        DocsToolsError: The source can't be used.
    """
    known = _known(data, name, version)
    if source is None:
        return known
    numbers = {arn.layer: arn for arn in load_arns(source)}
    listed = known.layers if known else ()
    kept = tuple(layer for layer in listed if layer.arn.layer not in numbers)
    # what the data has keeps its order
    layers = [replace(v, arn=numbers.pop(v.arn.layer, v.arn)) for v in listed]
    more = [data.describe(arn) if data else LayerVersion(arn) for arn in numbers.values()]
    more.sort(key=lambda v: (v.architecture or "~", v.runtime or "", v.arn.region))
    chosen = version or (known.version if known else None) or "unreleased"
    return LayerSet(chosen, (*layers, *more), str(source), kept)


def _known(data: Layers | None, name: str, version: str | None) -> LayerSet | None:
    """The numbers that the data file has for a version."""
    if data is None:
        return None
    if version is not None and (known := data.select(version, name)):
        return known
    if version is not None and release_key(version):
        return None
    return data.select(data.newest, name) if data.newest else None
