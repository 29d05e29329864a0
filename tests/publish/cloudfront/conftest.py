"""What the tests of CloudFront share."""

import pytest

from tests.aws.server import AwsServer
from tests.publish.cloudfront.distributions import make_distribution


@pytest.fixture
def distribution(aws: AwsServer) -> str:
    """The id of a distribution."""
    return make_distribution(aws, "1")
