"""`404.html`: what is shown where an address leads nowhere.

Hosts show the one at the root for every such address, however deep, so all of its links are
absolute. It does not say which version is the newest: its script reads that from `docs-status.js`.
"""

from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from docs_tools.publish.root.asset import dump_data, quote_name, quote_path, read_asset
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import VersionEntry

__all__ = ["not_found_page"]


def not_found_page(versions: Iterable[VersionEntry], settings: PublishSettings) -> bytes:
    """The page: the versions that aren't hidden and, by script, the same page in the newest.

    Links keep to the host that shows the page, which may be a preview. Where the project has no
    `site_url` they assume that the versions stand at the top, and the script mends them.
    """
    entries = list(versions)
    path = urlsplit(settings.base_url).path if settings.base_url else "/" + settings.path("")
    base = quote_path(path)
    site = {
        "base": base,
        "known": settings.base_url is not None,
        "names": sorted({name for entry in entries for name in (entry.version, *entry.aliases)}),
    }
    text = (
        read_asset("not_found.html")
        .replace("<!-- versions -->", _list(entries, base))
        .replace("<!-- site -->", dump_data(site))
    )
    return text.encode("ascii", "xmlcharrefreplace")


def _list(entries: Iterable[VersionEntry], base: str) -> str:
    rows = [
        f'<li><a href="{escape(base)}{quote_name(entry.version)}/">{escape(entry.title)}</a></li>'
        for entry in entries
        if not entry.hidden
    ]
    return "\n".join(["<h2>Versions</h2>", "<ul>", *rows, "</ul>"]) if rows else ""
