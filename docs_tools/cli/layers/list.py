"""`docs_tools layers list`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from docs_tools.cli.options import global_options, json_option
from docs_tools.errors import DocsToolsError

if TYPE_CHECKING:
    from docs_tools.model.layers import Lag, LayerVersion

__all__ = ["command"]

_HEAD = ("RUNTIME", "ARCHITECTURE", "REGION", "ARN")


@click.command("list")
@click.option("--architecture", "architectures", multiple=True, metavar="A",
              help="Only this architecture; may be given again.")  # fmt: skip
@click.option("--runtime", "runtimes", multiple=True, metavar="T",
              help="Only this runtime; may be given again.")  # fmt: skip
@click.option("--region", "regions", multiple=True, metavar="R",
              help="Only this region; may be given again.")  # fmt: skip
@click.option("--version", metavar="V", help="The release; the newest by default.")
@json_option
@global_options
def command(
    version: str | None,
    regions: tuple[str, ...],
    runtimes: tuple[str, ...],
    architectures: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the layer ARNs of a release, as the data file says."""
    from docs_tools.cli.layers.data import LayerData
    from docs_tools.cli.table import print_table
    from docs_tools.render.layers_json import render_layers_json

    data = LayerData.here()
    release = data.release(version)
    lags = data.layers.lags(release.version) if data.layers else ()
    chosen = _filter(release.layers, lags, regions, runtimes, architectures)
    if as_json:
        click.echo(render_layers_json(replace(release, layers=chosen)), nl=False)
        return
    print_table(
        _HEAD,
        [(v.runtime or "any", v.architecture or "any", v.arn.region, str(v.arn)) for v in chosen],
    )


def _filter(
    layers: "tuple[LayerVersion, ...]",
    lags: "tuple[Lag, ...]",
    regions: tuple[str, ...],
    runtimes: tuple[str, ...],
    architectures: tuple[str, ...],
) -> "tuple[LayerVersion, ...]":
    """Those that match; a layer for every runtime, or architecture, matches each.

    Raises:
        DocsToolsError: The release has nothing of the kind.
    """
    from docs_tools.model.nearest import find_nearest, list_some

    older = {region: lag.instead for lag in lags for region in lag.regions}
    asked: dict[str, tuple[tuple[str, ...], set[str | None]]] = {
        "region": (regions, {v.arn.region for v in layers}),
        "runtime": (runtimes, {v.runtime for v in layers}),
        "architecture": (architectures, {v.architecture for v in layers}),
    }
    for what, (values, known) in asked.items():
        for value in values:
            if value not in known and None not in known:
                names = sorted(name for name in known if name)
                near = find_nearest(value, names)
                hint = f'did you mean "{near}"?' if near else f"there is: {list_some(names)}"
                if value in older:  # it is right, and GovCloud lags
                    instead = older[value]
                    hint = (
                        f"it has {instead}: --version {instead}"
                        if instead
                        else "it isn't there yet"
                    )
                raise DocsToolsError(f'the release has no {what} "{value}"', hint=hint)
    chosen = tuple(
        v
        for v in layers
        if (not regions or v.arn.region in regions)
        and (not runtimes or v.runtime in (*runtimes, None))
        and (not architectures or v.architecture in (*architectures, None))
    )
    if not chosen:
        raise DocsToolsError("the release has no layer of all that together")
    return chosen
