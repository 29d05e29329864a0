"""Layer ARNs from AWS itself: asked in every region at once, with the user's own session."""

from docs_tools.aws.session import Session, open_session, partition_of_session
from docs_tools.layers.aws.answers import Found, Progress, Verified
from docs_tools.layers.aws.listing import find_versions
from docs_tools.layers.aws.parameters import find_parameters
from docs_tools.layers.aws.verify import verify_versions

__all__ = [
    "Found",
    "Progress",
    "Session",
    "Verified",
    "find_parameters",
    "find_versions",
    "open_session",
    "partition_of_session",
    "verify_versions",
]
