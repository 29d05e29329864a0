"""`<!-- docs_tools/layers -->`: the layer ARNs of a release, to choose from and as tables."""

from collections.abc import Iterable, Iterator

from docs_tools.markdown.context import Context
from docs_tools.markdown.directives.directive import Directive, MissingFactsError, require
from docs_tools.model.fields import Fact, Text
from docs_tools.model.layers import LayerSet
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.render.layer_chooser import render_chooser
from docs_tools.render.layers import render_layers

__all__ = ["DIRECTIVE", "Options"]


class Options(Fact):
    """Options of `layers`."""

    version: Text | None = None
    """The release; the one that is built if none is given, else the newest of the data."""

    region: Text | None = None
    """The region that readers see first who have chosen none; the data's first if none is given."""

    runtime: Text | None = None
    """The runtime that they see first; the last of the release if none is given."""


def _render(context: Context, options: Options) -> str:
    layers = _select(context, options.version)
    context.shown += [layer.arn for layer in layers.layers]
    tables = render_layers(layers)
    regions = (layer.arn.region for layer in layers.layers)
    _check_first("region", options.region, regions, layers.version)
    runtimes = (layer.runtime for layer in layers.layers if layer.runtime)
    _check_first("runtime", options.runtime, runtimes, layers.version)
    if context.plain or not layers.layers:
        return tables
    others = _others(context, layers)
    chooser = render_chooser(layers, others, region=options.region, runtime=options.runtime)
    # open, for those who have no script
    details = f"<details open>\n<summary>All layer ARNs</summary>\n\n{tables}\n\n</details>"
    return f"{chooser}\n\n{details}"


def _check_first(what: str, name: str | None, known: Iterable[str], version: str) -> None:
    """A name must be one of those that the release has, if it has any."""
    names = list(dict.fromkeys(known))
    if name and names and name not in names:
        near = find_nearest(name, names)
        hint = f"did you mean {near}?" if near else f"it has: {list_some(names)}"
        raise MissingFactsError(f'{version} has no layer for the {what} "{name}"', hint=hint)


def _others(context: Context, layers: LayerSet) -> Iterator[LayerSet]:
    """The other releases; what is built knows its numbers better than the data."""
    built = context.layers
    if data := context.facts.layers:
        for version in data.versions:
            if version != layers.version and not (built and version == built.version):
                yield from filter(None, [data.select(version, layers.source)])
    if built and built.version != layers.version:
        yield built


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
