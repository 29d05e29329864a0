"""Lambda layer ARNs as Markdown tables."""

from itertools import groupby

from docs_tools.model.layers import LayerSet, LayerVersion
from docs_tools.render.text import cell, table

__all__ = ["render_layers"]


def render_layers(layers: LayerSet) -> str:
    """A table for each runtime and architecture: the ARN in each region."""
    parts = []
    for (runtime, architecture), group in groupby(layers.layers, key=_kind):
        caption = ", ".join(part for part in (runtime, architecture) if part)
        rows = [[f"`{layer.arn.region}`", f"`{layer.arn}`"] for layer in group]
        title = f"**{cell(caption)}**, release {cell(layers.version)}" if caption else ""
        parts += [title or f"Release {cell(layers.version)}", table(["Region", "Layer ARN"], rows)]
    return "\n\n".join(parts)


def _kind(layer: LayerVersion) -> tuple[str | None, str | None]:
    return layer.runtime, layer.architecture
