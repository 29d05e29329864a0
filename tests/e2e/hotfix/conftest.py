"""Deploys the stack of this feature for its tests, and always deletes it."""

from collections.abc import Iterator

import pytest

from tests.e2e.hotfix.infrastructure import HotfixStack


@pytest.fixture(autouse=True, scope="module")
def infrastructure() -> Iterator[dict[str, str]]:
    """The outputs of the deployed stack."""
    stack = HotfixStack()
    try:
        yield stack.deploy()
    finally:
        stack.delete()
