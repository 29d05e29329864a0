"""Builds the layer once for all workers, and leads each module to AWS, or to moto."""

import os
from collections.abc import Iterator

import boto3
import pytest

from tests.e2e.utils.deployer import ON_AWS
from tests.e2e.utils.lambda_layer import build_layer


@pytest.fixture(scope="session", autouse=True)
def lambda_layer() -> None:
    """Builds the layer, or waits until another worker has."""
    build_layer()


@pytest.fixture(scope="module", autouse=True)
def aws_environment(request: pytest.FixtureRequest) -> Iterator[None]:
    """An environment that leads to the AWS account, or to moto's server where nothing is yet."""
    if ON_AWS:
        if boto3.Session().get_credentials() is None:
            pytest.fail("DOCS_TOOLS_E2E=aws needs credentials: set AWS_PROFILE, or sign in")
        yield
        return
    from tests.e2e.utils import moto_resources  # noqa: F401  # only who has no AWS loads moto

    server = request.getfixturevalue("aws_server")
    server.reset()
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("AWS_") or name.lower().endswith("_proxy"):
                patch.delenv(name)
        for name, value in server.environment.items():
            patch.setenv(name, value)
        yield
