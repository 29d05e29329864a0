"""Versions: what is published, on a branch or in a bucket; publishing and hotfixing one."""

from docs_tools.publish.everywhere import Everywhere
from docs_tools.publish.listing import Listing, list_versions
from docs_tools.publish.outcome import Outcome
from docs_tools.publish.request import HotfixRequest, PublishRequest
from docs_tools.publish.run import hotfix, publish

__all__ = [
    "Everywhere",
    "HotfixRequest",
    "Listing",
    "Outcome",
    "PublishRequest",
    "hotfix",
    "list_versions",
    "publish",
]
