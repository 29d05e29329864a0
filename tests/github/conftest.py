"""GitHub, for the tests beside this file."""

from tests.github.fixture import github

__all__ = ["github"]
