"""Clients that are made many times a second."""

from functools import cache

import botocore.session
import pytest
from botocore.loaders import create_loader


@pytest.fixture(autouse=True, scope="package")
def _one_loader() -> None:
    """botocore reads its descriptions of services once, and not again for each session."""
    botocore.session.create_loader = cache(create_loader)
