"""Layer numbers into text that was written by hand: the number changes and nothing else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from docs_tools.model.arn import LayerArn
from docs_tools.model.layers import LayerSet

__all__ = ["Insertion", "Numbers", "insert_numbers"]

# Partition and region are literal or a placeholder: {region}, ${AWS::Region}, ${AWS::Partition}
_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]*|\$?\{[^{}\s]+\}):lambda:(?P<region>[a-z0-9-]+|\$?\{[^{}\s]+\})"
    r":(?P<account>[0-9]{12}):layer:(?P<name>[A-Za-z0-9_-]+):(?P<number>[0-9]+)(?![\w-])(?!\.[0-9])"
)


@dataclass(frozen=True)
class Insertion:
    """An ARN in a page that carries the number of the version built.

    Attributes:
        arn: The ARN as it is now; its region may be a placeholder.
        before: The number that stood there, or `None` where a directive wrote the ARN.
    """

    arn: str
    before: int | None = None


class Numbers:
    """The number of each layer, looked up by what stands in an ARN.

    Args:
        arns: The ARNs of a release.
    """

    def __init__(self, arns: Iterable[LayerArn] = ()) -> None:
        self._layers: dict[tuple[str, str], list[LayerArn]] = {}
        for arn in arns:
            self._layers.setdefault((arn.account, arn.name), []).append(arn)

    @classmethod
    def of(cls, layers: LayerSet | None) -> "Numbers":
        """The numbers of a release; none where there is no release."""
        return cls(layer.arn for layer in layers.layers) if layers else cls()

    def find(self, partition: str, region: str, account: str, name: str) -> set[int]:
        """The numbers that may stand there: none for a layer that isn't ours."""
        return {
            arn.number
            for arn in self._layers.get((account, name), ())
            if (_is_placeholder(partition) or arn.partition == partition)
            and (_is_placeholder(region) or arn.region == region)
        }


def _is_placeholder(part: str) -> bool:
    return part.startswith(("{", "$"))


def insert_numbers(text: str, numbers: Numbers) -> tuple[str, list[Insertion], list[str]]:
    """Gives every ARN of a known layer the number of the release.

    Args:
        text: Text with ARNs anywhere in it.
        numbers: The release's numbers. ARNs of other layers keep theirs.

    Returns:
        The text, what was inserted, and the ARNs whose placeholder stands for regions with
        different numbers: those are left as they were.
    """
    insertions: list[Insertion] = []
    ambiguous: list[str] = []

    def insert(match: re.Match[str]) -> str:
        found = numbers.find(match["partition"], match["region"], match["account"], match["name"])
        if not found:
            return match[0]
        if len(found) > 1:
            ambiguous.append(match[0])
            return match[0]
        arn = match[0][: match.start("number") - match.start()] + str(min(found))
        insertions.append(Insertion(arn, int(match["number"])))
        return arn

    return _ARN.sub(insert, text), insertions, ambiguous
