"""Versions: what is published, on a branch or in a bucket; publishing and hotfixing one."""

from docs_tools.publish.listing import Listing, list_versions
from docs_tools.publish.outcome import Outcome, Outcomes
from docs_tools.publish.request import HotfixRequest, PublishRequest
from docs_tools.publish.run import hotfix, publish

__all__ = [
    "HotfixRequest",
    "Listing",
    "Outcome",
    "Outcomes",
    "PublishRequest",
    "hotfix",
    "list_versions",
    "publish",
]
