"""Files at the root of the branch that know all versions, made from `versions.json`.

Pages of a version are frozen. What changes with time stands here: what they say of themselves, the
page for addresses that lead nowhere, and the index of sitemaps.
"""

from collections.abc import Callable

from docs_tools.publish.root.asset import MARKER
from docs_tools.publish.root.not_found import not_found_page
from docs_tools.publish.root.sitemap import sitemap_index
from docs_tools.publish.root.status import status_script
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import Versions

__all__ = ["MARKER", "NAMES", "root_files"]

NAMES = ("404.html", "docs-status.js", "sitemap.xml")
"""The names of all files that there may be."""


def root_files(
    versions: Versions, settings: PublishSettings, has_sitemap: Callable[[str], bool]
) -> dict[str, bytes]:
    """The files beside the versions; each holds `MARKER`, and the same list makes the same bytes.

    Args:
        versions: The published versions.
        settings: Where they are published.
        has_sitemap: Whether the folder of a version or alias has a `sitemap.xml`.

    Returns:
        Names and contents. There is no `sitemap.xml` where the project has no `site_url`, or no
        version has one.
    """
    files = {
        "docs-status.js": status_script(versions, settings.canonical_version),
        "404.html": not_found_page(versions, settings),
    }
    if index := sitemap_index(versions, settings, has_sitemap):
        files["sitemap.xml"] = index
    return files
