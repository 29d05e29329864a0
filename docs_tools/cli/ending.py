"""How a run that is told to end (SIGTERM) ends: as with Ctrl-C, so that nothing is left behind."""

import signal
import sys
from types import FrameType
from typing import NoReturn

_AGAIN = 0.02  # seconds until a request that Python dropped is repeated


class Ended(KeyboardInterrupt):
    """The process was told to end: an interruption, so that nobody takes it for a plugin's exit."""


def end_when_told() -> None:
    """Makes SIGTERM raise `Ended`, and makes sure that it is not lost.

    A handler runs between any two instructions, thus inside a `__del__` or a weak reference's
    callback too (every import has one), from which Python lets no exception out: it is shown and
    dropped, and the run would go on. So what is dropped there is asked for again, a moment later.

    Source of the fact: `sys.unraisablehook` in Python's library reference.
    """
    signal.signal(signal.SIGTERM, _end)
    shown = sys.unraisablehook

    def hook(unraisable: "sys.UnraisableHookArgs") -> None:
        if not isinstance(unraisable.exc_value, Ended):
            shown(unraisable)
        elif hasattr(signal, "setitimer"):  # Windows has none, nor has it SIGTERM from others
            signal.signal(signal.SIGALRM, _end)
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)

    sys.unraisablehook = hook


def exit_status(interruption: BaseException) -> int:
    """128 and the signal's number, as shells tell it."""
    # Click raises its Abort from what interrupted it
    told = isinstance(interruption, Ended) or isinstance(interruption.__cause__, Ended)
    return 128 + (signal.SIGTERM if told else signal.SIGINT)


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise Ended
