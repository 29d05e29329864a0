"""What there is to know of ARNs that are left alone."""

from docs_tools.model.layers import Lag, Layers

__all__ = ["tell_faulty", "tell_lags", "tell_left"]

_SHOWN = 3


def tell_left(count: int, version: str) -> str:
    """That ARNs of ours keep their number, as the release has none for them."""
    kept = "1 ARN keeps its number" if count == 1 else f"{count} ARNs keep their number"
    return f"{kept}: {version} has none for the layer"


def tell_faulty(count: int) -> str:
    """That ARNs are left as they are because they can't be right."""
    left = (
        "1 ARN is left as it is: it" if count == 1 else f"{count} ARNs are left as they are: they"
    )
    return f"{left} can't be right; `docs_tools layers check` says why"


def tell_lags(data: Layers, version: str) -> tuple[str, ...]:
    """Where a release isn't yet, and what is there instead."""
    return tuple(_tell(lag) for lag in data.lags(version))


def _tell(lag: Lag) -> str:
    regions = list(lag.regions)
    more = f" and {len(regions) - _SHOWN} more" if len(regions) > _SHOWN else ""
    where = f"{lag.layer} in {', '.join(regions[:_SHOWN])}{more} ({lag.partition})"
    if lag.instead is None:
        return f"{where} has no {lag.version}, nor an older release"
    numbers = ", ".join(map(str, lag.numbers))
    return f"{where} lags: it has {lag.instead} (number {numbers}), not {lag.version}"
