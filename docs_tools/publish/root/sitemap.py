"""`sitemap.xml` at the root: an index of the versions' own.

https://www.sitemaps.org/protocol.html#index
"""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from docs_tools.publish.root.asset import MARKER, quote_name, quote_path
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import VersionEntry

__all__ = ["sitemap_index"]

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- {MARKER} from versions.json, and made again with each publish: do not edit it -->
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
"""


def sitemap_index(
    versions: Iterable[VersionEntry],
    settings: PublishSettings,
    has_sitemap: Callable[[str], bool],
) -> bytes | None:
    """The index; `None` where there is no address, or nothing to list: an index is never empty.

    Args:
        versions: The published versions.
        settings: Where they are published, and which one search engines shall show.
        has_sitemap: Whether the folder of a version or alias has a `sitemap.xml`.
    """
    if not settings.base_url:
        return None
    names = list(_listed(versions, settings.canonical_version, has_sitemap))
    if not names:
        return None
    base = urlsplit(settings.base_url)
    folder = base._replace(path=quote_path(base.path)).geturl()
    addresses = (f"{folder}{quote_name(name)}/sitemap.xml" for name in names)
    rows = (f"  <sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return f"{_HEAD}{''.join(rows)}</sitemapindex>\n".encode("ascii", "xmlcharrefreplace")


def _listed(
    versions: Iterable[VersionEntry], canonical: str | None, has_sitemap: Callable[[str], bool]
) -> Iterator[str]:
    """The canonical version alone, so that no page is found twice; else all that may be found."""
    if canonical and has_sitemap(canonical):
        yield canonical
        return
    for entry in versions:
        if not entry.hidden and has_sitemap(entry.version):
            yield entry.version
