"""Search indexes without reading each page's HTML again.

`RememberedSearch` stands in for what Material's and MkDocs' own search plugins do with a page's
HTML; the entries of the index remain theirs. New HTML is split into tags and texts (`markup`), from
which `sections` and `outline` find what the plugins' parsers would. What those can't tell for
certain is read by the plugin's own parser, and a plugin that isn't `upstream`'s does it all.
"""

from docs_tools.plugins.cache.search.remembered import RememberedSearch

__all__ = ["RememberedSearch"]
