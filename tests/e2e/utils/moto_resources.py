"""Kinds of resources that moto's CloudFormation lacks, or has in part, made by moto's own backends.

Whoever imports this adds them to moto in its process.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.cloudformation import parsing
from moto.cloudfront.models import CloudFrontBackend, cloudfront_backends
from moto.core.common_models import CloudFormationModel
from moto.s3.models import FakeBucket, S3Backend, s3_backends

PARTITION = "aws"


class Made:
    """What stands in a stack for a resource."""

    def __init__(self, id: str, attributes: Mapping[str, str] | None = None) -> None:
        self.physical_resource_id = id
        self._attributes = attributes or {}

    def get_cfn_attribute(self, name: str) -> str:
        """What `Fn::GetAtt` gives."""
        return self._attributes[name]

    def is_created(self) -> bool:
        """Nothing takes time here."""
        return True


class Bucket(CloudFormationModel):
    """`AWS::S3::Bucket`, which moto leaves without versions and open to policies."""

    @staticmethod
    def cloudformation_name_type() -> str:
        return FakeBucket.cloudformation_name_type()

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::S3::Bucket"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return FakeBucket.has_cfn_attr(attr)

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **_: Any,
    ) -> FakeBucket:
        bucket = FakeBucket.create_from_cloudformation_json(
            resource_name, cloudformation_json, account_id, region_name
        )
        properties = cloudformation_json.get("Properties", {})
        if versioning := properties.get("VersioningConfiguration"):
            bucket.versioning_status = versioning["Status"]
        if block := properties.get("PublicAccessBlockConfiguration"):
            _s3(account_id).put_public_access_block(resource_name, block)
        return bucket

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str
    ) -> None:
        _s3(account_id).delete_bucket(resource_name)


class BucketPolicy(CloudFormationModel):
    """`AWS::S3::BucketPolicy`, put on the bucket as it is."""

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::S3::BucketPolicy"

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **_: Any,
    ) -> Made:
        properties = cloudformation_json["Properties"]
        policy = json.dumps(properties["PolicyDocument"]).encode()
        _s3(account_id).put_bucket_policy(properties["Bucket"], policy)
        return Made(properties["Bucket"])

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str
    ) -> None:
        if resource_name in _s3(account_id).buckets:
            _s3(account_id).delete_bucket_policy(resource_name)


class OriginAccessControl(CloudFormationModel):
    """`AWS::CloudFront::OriginAccessControl`."""

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::CloudFront::OriginAccessControl"

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **_: Any,
    ) -> Made:
        config = cloudformation_json["Properties"]["OriginAccessControlConfig"]
        control = _cloudfront(account_id).create_origin_access_control(config)
        return Made(control.id, {"Id": control.id})

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str
    ) -> None:
        _cloudfront(account_id).delete_origin_access_control(resource_name)


class Distribution(CloudFormationModel):
    """`AWS::CloudFront::Distribution`; CloudFormation writes plain lists where the API counts."""

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::CloudFront::Distribution"

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **_: Any,
    ) -> Made:
        config = cloudformation_json["Properties"]["DistributionConfig"]
        behavior = {**config["DefaultCacheBehavior"]}
        made, _location, _etag = _cloudfront(account_id).create_distribution(
            {
                "CallerReference": uuid.uuid4().hex,
                "Comment": config.get("Comment", ""),
                "Enabled": config["Enabled"],
                "DefaultRootObject": config.get("DefaultRootObject", ""),
                "DefaultCacheBehavior": behavior,
                "Origins": {"Items": [{**origin} for origin in config["Origins"]]},
            },
            [],
        )
        return Made(made.id, {"Id": made.id, "DomainName": made.domain_name})

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str
    ) -> None:
        _cloudfront(account_id).delete_distribution(resource_name, if_match=True)


class LayerVersion(CloudFormationModel):
    """`AWS::Lambda::LayerVersion`, which in moto has neither its name nor its ARN, nor ends."""

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::Lambda::LayerVersion"

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: Any,
        account_id: str,
        region_name: str,
        **_: Any,
    ) -> Made:
        properties = {"LayerName": resource_name, **cloudformation_json["Properties"]}
        layer = lambda_backends[account_id][region_name].publish_layer_version(properties)
        return Made(layer.arn)

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str
    ) -> None:
        name, number = resource_name.split(":")[-2:]
        lambda_backends[account_id][region_name].delete_layer_version(name, number)


def _s3(account: str) -> S3Backend:
    return s3_backends[account][PARTITION]


def _cloudfront(account: str) -> CloudFrontBackend:
    return cloudfront_backends[account][PARTITION]


# whichever was asked for before, the last of a type counts from now on
for _remembered in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
    _remembered.cache_clear()
