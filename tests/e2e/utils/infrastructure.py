"""What a feature deploys: stacks are written with CDK, and deployed and deleted alike."""

import inspect
import json
import os
import re
import shutil
import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from tests.e2e.utils.deployer import OUTPUTS, Deployer, deployer_of_environment
from tests.e2e.utils.places import CDK_OUT, PYTHON, ROOT, lock_of

if TYPE_CHECKING:  # CDK starts a Node process when it is imported: only apps do that
    from aws_cdk import App, Stack
    from aws_cdk.aws_lambda import Function
    from constructs import Construct

_PASCAL_CASE = re.compile("([A-Z][a-z0-9]*)+")


class InfrastructureProvider(ABC):
    """What the fixture `infrastructure` of a feature needs."""

    @abstractmethod
    def deploy(self) -> dict[str, str]:
        """Deploys all; the stack's outputs."""

    @abstractmethod
    def delete(self) -> None:
        """Deletes all that was deployed, be it complete or not."""

    @abstractmethod
    def create_resources(self) -> None:
        """Defines what the feature needs; only the CDK app calls it."""

    @abstractmethod
    def create_lambda_functions(
        self, environment: Mapping[str, str] | None = None
    ) -> dict[str, "Function"]:
        """Defines a function for each module in `handlers/`; by name, such as BasicHandler."""


class BaseInfrastructure(InfrastructureProvider):
    """A feature's stack. A feature inherits from it and overrides `create_resources`.

    Attributes:
        feature: The name of the feature's folder.
        output: Where its app is synthesized to, and its outputs are.
    """

    def __init__(
        self, feature: str = "", *, cdk_out: Path = CDK_OUT, deployer: Deployer | None = None
    ) -> None:
        """Deploys nothing yet.

        Args:
            feature: A name other than that of the folder where the class stands.
            cdk_out: Where apps are synthesized to.
            deployer: What deploys it; by default AWS where that is asked for, else moto.
        """
        self._file = Path(inspect.getfile(type(self))).resolve()
        self.feature = feature or self._file.parent.name
        self.output = cdk_out / self.feature
        self._deployer = deployer
        self._lock = FileLock(lock_of(cdk_out, self.feature), thread_local=False)

    @property
    def deployer(self) -> Deployer:
        """What deploys it: AWS where that is asked for, else moto."""
        self._deployer = self._deployer or deployer_of_environment()
        return self._deployer

    @cached_property
    def app(self) -> "App":
        """The CDK app; it is synthesized to where CDK_OUTDIR says."""
        from aws_cdk import App

        return App(analytics_reporting=False, tree_metadata=False)

    @cached_property
    def stack(self) -> "Stack":
        """The only stack of the app. Its name is new each time, so that runs don't meet on AWS."""
        from aws_cdk import DefaultStackSynthesizer, Environment, Stack

        return Stack(
            self.app,
            f"docs-tools-{self.feature}-{PYTHON}-{uuid.uuid4().hex[:8]}",
            env=Environment(
                account=os.environ.get("CDK_DEFAULT_ACCOUNT"),
                region=os.environ.get("CDK_DEFAULT_REGION"),
            ),
            # the rule reads a parameter that only an account has that is bootstrapped
            synthesizer=DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
            tags={"docs-tools-e2e": self.feature},
        )

    @cached_property
    def _outputs(self) -> "Construct":
        """Their own place: an output may be called as a resource is."""
        from constructs import Construct

        return Construct(self.stack, "Outputs")

    def deploy(self) -> dict[str, str]:
        """Synthesizes the app in a process of its own, and deploys what came out.

        Another run of the same feature in this checkout waits until this one is deleted.
        """
        self._lock.acquire()
        shutil.rmtree(self.output, ignore_errors=True)
        self.output.mkdir(parents=True)
        self.deployer.synthesize(self._create_cdk_app(), self.output)
        self.deployer.deploy(self.output)
        document = json.loads((self.output / OUTPUTS).read_text("utf-8"))
        return {key: value for outputs in document.values() for key, value in outputs.items()}

    def delete(self) -> None:
        """Deletes the stack, and the objects that keep its buckets from being deleted."""
        try:
            if (self.output / "manifest.json").exists():
                self.deployer.destroy(self.output)
        finally:
            self._lock.release()

    def create_lambda_functions(
        self, environment: Mapping[str, str] | None = None
    ) -> dict[str, "Function"]:
        """Defines a function for each module in `handlers/`, with the layer of this build.

        Its name and ARN become outputs: `handlers/basic_handler.py` gives BasicHandler and
        BasicHandlerArn.

        Args:
            environment: Variables that the handlers find.
        """
        from tests.e2e.utils.constructs import define_functions

        folder = self._file.parent / "handlers"
        functions = define_functions(self.stack, folder, environment or {})
        for name in functions:
            self.add_cfn_output(name, functions[name].function_name, functions[name].function_arn)
        return functions

    def add_cfn_output(self, name: str, value: str, arn: str = "") -> None:
        """Makes a value an output of the stack.

        Args:
            name: In PascalCase.
            value: Often a name that is known once the resource is there.
            arn: If given, another output, whose name ends in Arn.
        """
        if not _PASCAL_CASE.fullmatch(name):
            raise ValueError(f'write the output "{name}" in PascalCase, such as BasicHandler')
        from aws_cdk import CfnOutput

        for id, output in ((name, value), (f"{name}Arn", arn)):
            if output:
                CfnOutput(self._outputs, id, value=output).override_logical_id(id)

    def _create_cdk_app(self) -> Path:
        """The app that CDK runs, made now that feature and Python are known."""
        module = ".".join(self._file.relative_to(ROOT).with_suffix("").parts)
        name = type(self).__name__
        path = self.output / f"cdk_app_{PYTHON}.py"
        path.write_text(
            f"from {module} import {name}\n\n"
            f"stack = {name}()\nstack.create_resources()\nstack.app.synth()\n",
            encoding="utf-8",
        )
        return path
