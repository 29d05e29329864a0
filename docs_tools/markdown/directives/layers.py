"""`<!-- docs_tools/layers -->`: the layer ARNs of a release."""

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, MissingFactsError, require
from docs_tools.model.fields import Fact, Text
from docs_tools.model.layers import LayerSet
from docs_tools.render.layers import render_layers

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `layers`."""

    version: Text | None = None
    """The release; the one that is built if none is given, else the newest of the data."""


def _render(context: Context, options: Options) -> str:
    layers = _select(context, options.version)
    context.shown += [layer.arn for layer in layers.layers]
    return render_layers(layers)


def _select(context: Context, version: str | None) -> LayerSet:
    if context.layers and version in (None, context.layers.version):
        return context.layers
    if version is None and context.layers_missing:
        hint = f"add the release to {context.facts.folder}/layers.yml"
        raise MissingFactsError(context.layers_missing, hint=hint)
    data = require(context.facts.layers, context, "layers")
    if version is None:
        raise MissingFactsError(f"{context.facts.folder}/layers.yml has no release to show")
    layers = data.select(version, f"{context.facts.folder}/layers.yml")
    if layers is None:
        raise MissingFactsError(
            f'{context.facts.folder}/layers.yml has no numbers for "{version}"',
            hint=f"it has: {', '.join(data.versions) or 'none'}",
        )
    return layers


DIRECTIVE = Directive("layers", Options, _render)
