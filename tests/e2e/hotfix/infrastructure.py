"""What a hotfix needs: a bucket with the docs, and a layer that was deployed for its release."""

from tests.e2e.utils.infrastructure import BaseInfrastructure


class HotfixStack(BaseInfrastructure):
    """A bucket, a layer, and a function that looks for the layer's ARN on a page."""

    def create_resources(self) -> None:
        """Defines the bucket, the layer and the function."""
        from tests.e2e.utils.constructs import define_bucket, define_releases

        bucket = define_bucket(self.stack)
        functions = self.create_lambda_functions({"BUCKET": bucket.bucket_name})
        bucket.grant_read(functions["ArnHandler"])
        layer = define_releases(self.stack, "Released", self.stack.stack_name)

        self.add_cfn_output("BucketName", bucket.bucket_name)
        self.add_cfn_output("LayerName", self.stack.stack_name)
        self.add_cfn_output("LayerVersionArn", layer.layer_version_arn)
