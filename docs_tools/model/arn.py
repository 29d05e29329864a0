"""Layer version ARNs, parsed and written.

The form is `arn:<partition>:lambda:<region>:<account>:layer:<name>:<version>`, as in
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
"""

import re
from dataclasses import dataclass

__all__ = ["ACCOUNT", "NAME_CHARACTER", "PARTITION", "REGION", "LayerArn", "partition_of"]

PARTITION = re.compile(r"aws(?:-[a-z]+)*")
"""What a partition looks like."""

REGION = re.compile(r"[a-z]{2,}(?:-[a-z]+)+-[0-9]+")
"""What a region looks like."""

ACCOUNT = re.compile(r"[0-9]{12}")
"""What an account looks like."""

NAME_CHARACTER = re.compile(r"[A-Za-z0-9_-]")
"""What a layer's name is made of."""

_NAME = re.compile(rf"{NAME_CHARACTER.pattern}{{1,140}}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, order=True)
class LayerArn:
    """A layer version ARN.

    Attributes:
        partition: `aws`, `aws-cn`, `aws-us-gov`, …
        region: Such as `eu-west-1`.
        account: The owner's account, 12 digits.
        name: The layer's name.
        number: The layer's version number, from 1.
    """

    partition: str
    region: str
    account: str
    name: str
    number: int

    def __str__(self) -> str:
        return (
            f"arn:{self.partition}:lambda:{self.region}:{self.account}"
            f":layer:{self.name}:{self.number}"
        )

    @property
    def layer(self) -> tuple[str, str, str, str]:
        """The layer without its number: partition, region, account and name."""
        return self.partition, self.region, self.account, self.name

    @classmethod
    def parse(cls, text: str) -> "LayerArn":
        """Reads an ARN.

        Raises:
            ValueError: The text is no layer version ARN; the message says which part is wrong.
        """
        parts = text.split(":")
        if len(parts) != 8 or (parts[0], parts[2], parts[5]) != ("arn", "lambda", "layer"):
            missing = " (the version number is missing)" if len(parts) == 7 else ""
            raise ValueError(f'not a layer version ARN{missing}: "{text}"')
        _, partition, _, region, account, _, name, number = parts
        for what, pattern, part in (
            ("partition", PARTITION, partition),
            ("region", REGION, region),
            ("12-digit account", ACCOUNT, account),
            ("layer name", _NAME, name),
            ("version number", _NUMBER, number),
        ):
            if not pattern.fullmatch(part):
                raise ValueError(f'not a {what}: "{part}" in "{text}"')
        if partition != partition_of(region):
            raise ValueError(
                f'region {region} is in partition "{partition_of(region)}", not "{partition}"'
            )
        return cls(partition, region, account, name, int(number))


def partition_of(region: str) -> str:
    """The partition of a region.

    By the prefixes of https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
    """
    if region.startswith("cn-"):
        return "aws-cn"
    if region.startswith("us-gov-"):
        return "aws-us-gov"
    if region.startswith(("us-iso-", "us-isob-", "us-isof-", "eu-isoe-")):
        return "aws-" + region.split("-")[1].replace("iso", "iso-").rstrip("-")
    return "aws-eusc" if region.startswith("eusc-") else "aws"
