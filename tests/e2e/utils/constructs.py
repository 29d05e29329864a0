"""What several stacks define in the same way, with CDK. Only apps import this."""

import sys
from collections.abc import Mapping
from pathlib import Path

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk.aws_logs import LogGroup, RetentionDays

from tests.e2e.utils.data_builder.releases import OLDER, RELEASE
from tests.e2e.utils.lambda_layer import LAYER_BUILD

RUNTIME = lambda_.Runtime("python{}.{}".format(*sys.version_info), lambda_.RuntimeFamily.PYTHON)


def define_functions(
    stack: Stack, folder: Path, environment: Mapping[str, str]
) -> dict[str, lambda_.Function]:
    """A function for each module of a folder, all with the layer; by their names in PascalCase."""
    code = lambda_.Code.from_asset(str(folder), exclude=["__pycache__"])
    layer = define_layer(stack, "Layer")
    return {
        name: lambda_.Function(
            stack,
            name,
            code=code,
            handler=f"{path.stem}.lambda_handler",
            runtime=RUNTIME,
            layers=[layer],
            environment=dict(environment),
            # one that Lambda makes by itself would outlive the stack
            log_group=LogGroup(
                stack,
                f"{name}Logs",
                retention=RetentionDays.ONE_DAY,
                removal_policy=RemovalPolicy.DESTROY,
            ),
        )
        for path in sorted(folder.glob("[!_]*.py"))
        for name in ["".join(word.capitalize() for word in path.stem.split("_"))]
    }


def define_layer(
    stack: Stack, id: str, name: str | None = None, description: str | None = None
) -> lambda_.LayerVersion:
    """A version of a layer with this build of `docs_tools`.

    Args:
        id: What the template calls it.
        name: The layer's name; that of the stack and the id by default.
        description: What AWS lists it with.
    """
    return lambda_.LayerVersion(
        stack,
        id,
        code=lambda_.Code.from_asset(str(LAYER_BUILD)),
        compatible_runtimes=[RUNTIME],
        layer_version_name=name or f"{stack.stack_name}-{id}",
        description=description,
    )


def define_releases(stack: Stack, id: str, name: str) -> lambda_.LayerVersion:
    """A layer that was deployed for two releases, the older one first; the newer version of it.

    Args:
        id: What the template calls the newer one.
        name: The layer's name.
    """
    older = define_layer(stack, f"{id}Older", name, f"docs_tools {OLDER}")
    newer = define_layer(stack, id, name, f"docs_tools {RELEASE}")
    newer.node.add_dependency(older)
    return newer


def define_bucket(stack: Stack) -> s3.Bucket:
    """A bucket as the user guide wants it: private, versioned, without lists of access."""
    return s3.Bucket(
        stack,
        "Bucket",
        versioned=True,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        removal_policy=RemovalPolicy.DESTROY,
    )
