"""What the tests of commands share."""

from tests.github.fixture import github

__all__ = ["github"]
