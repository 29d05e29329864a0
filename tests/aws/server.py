"""moto's server, started and stopped, and what is published on it."""

import base64
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any

from moto.awslambda.models import lambda_backends
from moto.cloudformation.models import cloudformation_backends
from moto.cloudfront.models import cloudfront_backends
from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from moto.s3.models import s3_backends
from moto.ssm.models import ssm_backends
from werkzeug.serving import make_server

from tests.aws.buckets import Bucket
from tests.aws.cloudfront import CloudFront
from tests.aws.operations import Call
from tests.aws.s3 import S3
from tests.aws.weather import Faults, Weather

SECRETS = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AWS_SESSION_TOKEN": "IQoJb3JpZ2luSESSIONTOKEN",
}

_BACKENDS = (
    cloudformation_backends,
    cloudfront_backends,
    lambda_backends,
    s3_backends,
    ssm_backends,
)
_ZIP = base64.b64encode(b"PK\x05\x06" + bytes(18)).decode()


class _Quiet(MotoRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Says nothing: a test's output is the product's."""


class AwsServer:
    """AWS on a port of this machine. It runs in a thread; clients reach it over HTTP only.

    Attributes:
        account: The account that all credentials are of.
        environment: Variables that lead the user's tools to it, and away from the user's own files.
    """

    account = ACCOUNT

    def __init__(self) -> None:
        self._weather = Weather(DomainDispatcherApplication(create_backend_app))
        self._server = make_server(
            "127.0.0.1", 0, self._weather, threaded=True, request_handler=_Quiet
        )
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.environment: Mapping[str, str] = {
            **SECRETS,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._server.port}",
            "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
        }

    def __enter__(self) -> "AwsServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reset(self) -> None:
        """Nothing published, nothing seen, and fair weather."""
        for backends in _BACKENDS:
            backends.reset()
        self._weather.reset()

    def reset_calls(self) -> None:
        """Nothing seen, and fair weather; what is published stays."""
        self._weather.reset()

    @property
    def faults(self) -> Faults:
        """What goes wrong from now on; may be changed."""
        return self._weather.faults

    @property
    def calls(self) -> list[Call]:
        """Every call so far."""
        return self._weather.seen.calls

    def wait_for_calls(self, count: int) -> None:
        """Comes back when so many calls have come in."""
        self._weather.wait_for_calls(count)

    @property
    def actions(self) -> set[str]:
        """What IAM has to allow for the calls so far."""
        return {call.action for call in self.calls}

    @property
    def throttled(self) -> int:
        """How many calls were told to come again."""
        return self._weather.seen.throttled

    @property
    def most_in_flight(self) -> int:
        """The most calls that were under way at a time."""
        return self._weather.seen.most_in_flight

    @property
    def s3(self) -> S3:
        """What S3 was asked for, and what goes wrong there."""
        return self._weather.s3

    @property
    def cloudfront(self) -> CloudFront:
        """What CloudFront was asked for, and what goes wrong there."""
        return self._weather.cloudfront

    def bucket(self, name: str, versioned: bool = False) -> Bucket:
        """Makes a bucket as AWS makes it: nobody but its owner gets in."""
        return Bucket.create(name, versioned)

    def publish(self, region: str, name: str, *descriptions: str | None) -> list[str]:
        """Publishes layer versions, one for each description; their ARNs."""
        backend = lambda_backends[ACCOUNT][region]
        arns = []
        for description in descriptions:
            spec = {"LayerName": name, "Content": {"ZipFile": _ZIP}}
            if description is not None:
                spec["Description"] = description
            arns.append(str(backend.publish_layer_version(spec).arn))
        return arns

    def put_parameter(self, region: str, name: str, value: str) -> None:
        """Puts an SSM parameter there."""
        ssm_backends[ACCOUNT][region].put_parameter(
            name=name,
            description="",
            value=value,
            parameter_type="String",
            allowed_pattern="",
            keyid="",
            overwrite=True,
            tags=[],
            data_type="text",
            tier="Standard",
            policies="",
        )
