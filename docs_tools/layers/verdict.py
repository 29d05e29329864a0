"""What is known of an ARN in a text: whose it is, its number, or what is wrong with it."""

from dataclasses import dataclass
from enum import Enum, auto

from docs_tools.layers.references import Reference, is_literal
from docs_tools.model.arn import ACCOUNT, PARTITION, REGION, LayerArn, partition_of

__all__ = ["Kind", "Verdict", "faulty", "malformed"]


class Kind(Enum):
    """What an ARN of a text is to us."""

    FOREIGN = auto()
    """Somebody else's layer, or one that the data doesn't describe."""

    OTHER = auto()
    """One of ours that the release doesn't have: an old major, or a partition that lags."""

    OURS = auto()
    """One of ours, and its number is known."""

    AMBIGUOUS = auto()
    """A placeholder of it stands for layers with different numbers."""

    FAULTY = auto()
    """It can't be right, whatever its number is."""


@dataclass(frozen=True)
class Verdict:
    """What is known of an ARN.

    Attributes:
        kind: What it is to us.
        number: The number that belongs there, of ours.
        arns: The release's ARNs that it stands for.
        release: The older release that the number is from, where the one asked for isn't there.
        fault: What is wrong with it, where something is.
        hint: The mend.
    """

    kind: Kind
    number: int | None = None
    arns: tuple[LayerArn, ...] = ()
    release: str | None = None
    fault: str = ""
    hint: str | None = None


def malformed(reference: Reference) -> Verdict | None:
    """What is wrong with the parts that stand there literally, whoever's layer it is."""
    partition, region, account = reference.partition, reference.region, reference.owner
    if account and not ACCOUNT.fullmatch(account):
        return faulty(f'"{account}" is not an account', "an account has 12 digits")
    if is_literal(partition) and not PARTITION.fullmatch(partition):
        return faulty(f'"{partition}" is not a partition', "write such as aws or aws-cn")
    if not is_literal(region):
        return None
    if not REGION.fullmatch(region):
        return faulty(f'"{region}" is not a region', "write such as eu-west-1")
    if is_literal(partition) and partition != partition_of(region):
        message = f'region {region} is in partition "{partition_of(region)}", not "{partition}"'
        return faulty(message, f"write arn:{partition_of(region)}:lambda:{region}:…")
    return None


def faulty(message: str, hint: str) -> Verdict:
    """An ARN that can't be right."""
    return Verdict(Kind.FAULTY, fault=message, hint=hint)
