"""The layer versions of a release for machines: `layers.json`."""

import json

from docs_tools.model.layers import LayerSet, LayerVersion

__all__ = ["render_layers_json"]


def render_layers_json(layers: LayerSet) -> str:
    """The release and its layer versions as a JSON document, in the order of their ARNs."""
    versions = {layer.arn: layer for layer in layers.layers}
    data = {
        "version": layers.version,
        "layers": [_describe(versions[arn]) for arn in sorted(versions)],
    }
    return json.dumps(data, indent=2) + "\n"


def _describe(layer: LayerVersion) -> dict[str, str | int | None]:
    arn = layer.arn
    return {
        "arn": str(arn),
        "partition": arn.partition,
        "region": arn.region,
        "account": arn.account,
        "name": arn.name,
        "number": arn.number,
        "runtime": layer.runtime,
        "architecture": layer.architecture,
    }
