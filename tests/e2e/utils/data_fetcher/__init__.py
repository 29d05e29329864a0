"""What AWS has, read back to compare it."""

from tests.e2e.utils.data_fetcher.distributions import get_invalidations
from tests.e2e.utils.data_fetcher.functions import get_lambda_code, get_lambda_response
from tests.e2e.utils.data_fetcher.objects import count_object_versions, get_object, get_objects

__all__ = [
    "count_object_versions",
    "get_invalidations",
    "get_lambda_code",
    "get_lambda_response",
    "get_object",
    "get_objects",
]
