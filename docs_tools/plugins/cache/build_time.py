"""The time of the build as templates get it: it notices when it is shown.

A template looks up all names that stand in it before it knows which of them it shows, so that one
that shows the time on the home page seems to show it everywhere.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

__all__ = ["BuildTime", "noticed_time"]


class BuildTime(datetime):
    """A time that tells when somebody looks at it.

    Attributes:
        shown: Is called then.
    """

    # another time that is made from this one: what it was made from has told
    shown: Callable[[], None] = staticmethod(lambda: None)

    def __repr__(self) -> str:
        self.shown()
        return repr(datetime.combine(self.date(), self.timetz()))


def _telling(name: str) -> Callable[..., Any]:
    original = getattr(datetime, name)

    def told(time: BuildTime, *arguments: Any) -> Any:
        time.shown()
        return original(time, *arguments)

    return told


for _name in ("__str__", "__format__", "__hash__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__",
              "__ge__", "__add__", "__radd__", "__sub__", "__rsub__"):  # fmt: skip
    setattr(BuildTime, _name, _telling(_name))


def noticed_time(time: datetime, shown: Callable[[], None]) -> BuildTime:
    """A time as one that tells when somebody looks at it.

    Args:
        time: The time.
        shown: Is called then.
    """
    noticed = BuildTime.combine(time.date(), time.timetz())
    noticed.shown = shown
    return noticed
