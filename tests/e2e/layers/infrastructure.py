"""What finding layer numbers needs: a layer for each of two architectures."""

from tests.e2e.utils.infrastructure import BaseInfrastructure


class LayersStack(BaseInfrastructure):
    """Layers of two releases, and a function that uses this build."""

    def create_resources(self) -> None:
        """Defines the layers and the function."""
        from tests.e2e.utils.constructs import define_releases

        name = self.stack.stack_name
        for id, architecture in (("LayerX86", "x86_64"), ("LayerArm", "arm64")):
            layer = define_releases(self.stack, id, f"{name}-{architecture}")
            self.add_cfn_output(f"{id}Arn", layer.layer_version_arn)
        self.add_cfn_output("LayerName", name)
        self.create_lambda_functions()
