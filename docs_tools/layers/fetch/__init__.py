"""The ARNs of a release -> the data file with its numbers, or why they can't be right."""

from docs_tools.layers.fetch.plan import Fetched, plan_fetch

__all__ = ["Fetched", "plan_fetch"]
