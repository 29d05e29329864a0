"""Layer ARNs from AWS, asked over HTTP."""

from docs_tools.model.layers import Layer, LayerVersion

ACCOUNT = "123456789012"
REGIONS = [
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
]


def layers(
    *regions: str,
    runtimes: tuple[str, ...] = ("python3.12",),
    architectures: tuple[str, ...] = ("x86_64",),
    number: int = 1,
    account: str = ACCOUNT,
) -> list[LayerVersion]:
    """The layer versions of one layer, as data has them."""
    layer = Layer.model_validate(
        {
            "id": "tiny",
            "name": "Tiny-{runtime}-{architecture}",
            "account": account,
            "architectures": list(architectures),
            "runtimes": {runtime: runtime.replace(".", "") for runtime in runtimes},
            "regions": list(regions),
        }
    )
    return list(layer.expand(number))
