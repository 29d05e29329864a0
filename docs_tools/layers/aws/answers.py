"""What AWS's answers come to."""

from dataclasses import dataclass
from typing import Protocol

from docs_tools.errors import Diagnostic
from docs_tools.model.arn import LayerArn

__all__ = ["Found", "Progress", "Verified"]


class Progress(Protocol):
    """Is told how many calls are done, and of how many."""

    def __call__(self, done: int, total: int, /) -> None:
        """So many of so many are done."""


@dataclass(frozen=True)
class Found:
    """The layer versions that AWS has for a release.

    Attributes:
        arns: Their ARNs, in the order of the layers asked for; what AWS doesn't have is left out.
        notices: What else there is to know.
    """

    arns: tuple[LayerArn, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verified:
    """What AWS says of layer versions that the data has.

    Attributes:
        findings: What is wrong, or couldn't be asked.
        notices: What else there is to know.
        right: How many layer versions are there as the data has them.
    """

    findings: tuple[Diagnostic, ...]
    notices: tuple[str, ...] = ()
    right: int = 0
