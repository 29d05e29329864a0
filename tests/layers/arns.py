"""Layer ARNs for tests, and releases of them."""

from docs_tools.layers.insert import Inserted, insert_numbers
from docs_tools.layers.numbers import Numbers
from docs_tools.model.arn import LayerArn, partition_of
from docs_tools.model.layers import Layers, LayerSet, LayerVersion

ACCOUNT = "017000801446"
GOVCLOUD = {"us-gov-east-1": "165087284144", "us-gov-west-1": "165093116878"}
REGIONS = ("eu-west-1", "us-east-1", "ca-west-1")


def arn(region: str, name: str, number: int | str, account: str | None = None) -> str:
    owner = account or GOVCLOUD.get(region, ACCOUNT)
    return f"arn:{partition_of(region)}:lambda:{region}:{owner}:layer:{name}:{number}"


def layer_set(*arns: str, version: str = "2.20.0") -> LayerSet:
    return LayerSet(version, tuple(LayerVersion(LayerArn.parse(arn)) for arn in arns), "arns.txt")


def release(*arns: str, data: Layers | None = None, region: str | None = None) -> Numbers:
    """The numbers of a release with these ARNs."""
    return Numbers.of(layer_set(*arns), data, region)


def inserted(text: str, *arns: str) -> Inserted:
    """A text with the numbers of these ARNs."""
    return insert_numbers(text, release(*arns))
