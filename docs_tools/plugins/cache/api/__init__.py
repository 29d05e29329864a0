"""Pages of an API reference, remembered per module."""

from docs_tools.plugins.cache.api.companion import ApiCompanion

__all__ = ["ApiCompanion"]
