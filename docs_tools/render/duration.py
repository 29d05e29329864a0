"""Lengths of time, as people say them."""

__all__ = ["render_duration"]


def render_duration(seconds: int) -> str:
    """Seconds in words: `8 s`, `2.2 min`, `26 min`, `1 h 5 min`.

    Minutes have a decimal below ten, and none from there on.
    """
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 597:  # from there on one decimal would say 10.0
        return f"{seconds / 60:.1f}".removesuffix(".0") + " min"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
