"""Stacks that need no CDK, to see in a moment what becomes of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.e2e.utils.deployer import CloudFormationOnMoto
from tests.e2e.utils.infrastructure import BaseInfrastructure

BUCKET: Mapping[str, Any] = {
    "Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}},
    "Outputs": {"BucketName": {"Value": {"Ref": "Bucket"}}},
}
"""A template with a bucket."""


class Canned(CloudFormationOnMoto):
    """Takes a template as it is for what the app gives."""

    def __init__(self, name: str, template: Mapping[str, Any]) -> None:
        self.name = name
        self._template = template

    def synthesize(self, app: Path, output: Path) -> None:
        properties = {"templateFile": "template.json", "stackName": self.name}
        stack = {"type": "aws:cloudformation:stack", "properties": properties}
        (output / "template.json").write_text(json.dumps(self._template))
        (output / "manifest.json").write_text(json.dumps({"artifacts": {self.name: stack}}))


class _Feature(BaseInfrastructure):
    """A feature of any name."""

    def create_resources(self) -> None:
        """Its template is made already."""


def canned(cdk_out: Path, feature: str, template: Mapping[str, Any] = BUCKET) -> BaseInfrastructure:
    """A feature whose stack has its name."""
    return _Feature(feature, cdk_out=cdk_out, deployer=Canned(feature, template))
