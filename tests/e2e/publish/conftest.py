"""Deploys the stack of this feature for its tests, and always deletes it."""

from collections.abc import Iterator

import pytest

from tests.e2e.publish.infrastructure import PublishStack


@pytest.fixture(autouse=True, scope="module")
def infrastructure() -> Iterator[dict[str, str]]:
    """The outputs of the deployed stack."""
    stack = PublishStack()
    try:
        yield stack.deploy()
    finally:
        stack.delete()
