"""The user's own AWS session: profiles, SSO, roles and endpoints are as AWS's tools know them."""

import atexit
import gc
import os
from functools import cache
from typing import Any

from docs_tools.aws.faults import explaining
from docs_tools.model.arn import partition_of

__all__ = ["Session", "open_session", "partition_of_session"]

# Lambda takes 15 requests a second for all that manages it, and answers 429 to the rest:
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
_ATTEMPTS = 8

_CONNECT_SECONDS = 5
_READ_SECONDS = 30


class Session:
    """A session with credentials. It makes clients; they may be used by many threads.

    Args:
        session: A `boto3.Session`.
        retries: What the user's settings leave to us, as botocore's `retries`.
    """

    def __init__(self, session: Any, retries: dict[str, Any]) -> None:
        self._session = session
        self._retries = retries

    @property
    def region(self) -> str | None:
        """The region that the user's settings name, if any."""
        # botocore doesn't read AWS_REGION, other SDKs and the CLI do
        return self._session.region_name or os.environ.get("AWS_REGION") or None

    def client(self, service: str, region: str | None, jobs: int) -> Any:
        """One client, which many threads may use.

        Args:
            service: Such as `s3`.
            region: The region; that of the user's settings if none is given.
            jobs: How many calls may run at a time.

        Raises:
            DocsToolsError: The user's settings can't be used.
        """
        with explaining():
            return self._session.client(
                service, region_name=region or self.region, config=self._config(jobs)
            )

    def clients(self, service: str, regions: set[str], jobs: int) -> dict[str, Any]:
        """One client for each region, all made here: a session isn't for many threads.

        Args:
            service: Such as `lambda`.
            regions: The regions.
            jobs: How many calls may run at a time.

        Raises:
            DocsToolsError: The user's settings can't be used.
        """
        with explaining():
            config = self._config(jobs)
            return {
                region: self._session.client(service, region_name=region, config=config)
                for region in sorted(regions)
            }

    def _config(self, jobs: int) -> Any:
        from botocore.config import Config  # only who asks AWS pays for the import

        return Config(
            retries=self._retries,
            max_pool_connections=jobs,
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
        )


def open_session() -> Session:
    """The session that the user's environment and configuration files describe.

    Raises:
        DocsToolsError: There are no credentials, they have expired, or the settings can't be used.
    """
    _end_fast()
    with explaining():
        import boto3
        import botocore.session
        from botocore.exceptions import NoCredentialsError

        core = botocore.session.Session()
        session = boto3.Session(botocore_session=core)
        credentials = session.get_credentials()
        if credentials is None:
            raise NoCredentialsError
        credentials.get_frozen_credentials()  # asks for new ones here, not in each thread
        retries: dict[str, Any] = {}
        if "AWS_RETRY_MODE" not in os.environ and "retry_mode" not in core.get_scoped_config():
            retries["mode"] = "standard"
        if core.get_config_variable("max_attempts") is None:
            retries["total_max_attempts"] = _ATTEMPTS
    return Session(session, retries)


@cache  # once in a process
def _end_fast() -> None:
    """Spares Python looking for garbage in all of boto3 before it ends.

    That takes a sixth of the time of a publish that changes nothing.
    """
    atexit.register(gc.freeze)


def partition_of_session(session: Session) -> str:
    """The partition that the session's credentials are for, told from its region.

    Credentials of one partition can't ask another's regions: GovCloud's and China's are their own.
    """
    return partition_of(session.region) if session.region else "aws"
