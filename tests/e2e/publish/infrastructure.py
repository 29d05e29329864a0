"""What publishing to a bucket needs: the bucket, private and versioned, and a distribution."""

from tests.e2e.utils.infrastructure import BaseInfrastructure


class PublishStack(BaseInfrastructure):
    """A bucket behind CloudFront, and a function that reads a page from it."""

    def create_resources(self) -> None:
        """Defines the bucket, the distribution and the function."""
        from aws_cdk import aws_cloudfront as cloudfront
        from aws_cdk.aws_cloudfront_origins import S3BucketOrigin

        from tests.e2e.utils.constructs import define_bucket

        bucket = define_bucket(self.stack)
        functions = self.create_lambda_functions({"BUCKET": bucket.bucket_name})
        bucket.grant_read(functions["PageHandler"])

        origin = S3BucketOrigin.with_origin_access_control(bucket)
        distribution = cloudfront.Distribution(
            self.stack,
            "Distribution",
            default_behavior=cloudfront.BehaviorOptions(origin=origin),
        )
        self.add_cfn_output("BucketName", bucket.bucket_name)
        self.add_cfn_output("DistributionId", distribution.distribution_id)
        self.add_cfn_output("DistributionDomainName", distribution.distribution_domain_name)
