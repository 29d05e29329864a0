"""Versions: what is published on the docs branch, and publishing and hotfixing one."""

from docs_tools.publish.listing import Listing, list_versions
from docs_tools.publish.outcome import Outcome
from docs_tools.publish.request import HotfixRequest, PublishRequest
from docs_tools.publish.run import hotfix, publish

__all__ = [
    "HotfixRequest",
    "Listing",
    "Outcome",
    "PublishRequest",
    "hotfix",
    "list_versions",
    "publish",
]
