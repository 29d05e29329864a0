"""Canonical links: the one address of a page that is published in many versions.

mike lets every page point to `site_url` and its `canonical_version`: it forgets `deploy_prefix`,
and points to pages that the canonical version does not have (mike#159, #177).
"""

from dataclasses import dataclass, field
from urllib.parse import quote, urljoin

from docs_tools.build.canonical import CanonicalPages

__all__ = ["CanonicalLinks"]


@dataclass
class CanonicalLinks:
    """The canonical addresses of a version's pages.

    Attributes:
        base_url: The address of the folder that holds the versions, with a slash at its end.
        version: The version that is built.
        configured: mike's `canonical_version`.
        pages: What is known of the canonical version; nothing where mike builds.
    """

    base_url: str
    version: str
    configured: str | None
    pages: CanonicalPages | None
    _missing: set[str] = field(default_factory=set)

    @property
    def site_url(self) -> str:
        """The address that the build takes for its own.

        The version's sitemap is made with it. Material's version selector maps one version's
        sitemap to another's, so that one never mixes the addresses of two versions.
        """
        if self.pages:
            return self._address(self.pages.name if self.pages.paths is None else self.version)
        return self._address(self.version if self.configured is None else self.configured)

    @property
    def missing(self) -> list[str]:
        """The pages asked for that the canonical version does not have."""
        return sorted(self._missing)

    def own(self, url: str) -> str:
        """The address that the build gives to a page by itself."""
        return urljoin(self.site_url, url)

    def link(self, url: str, path: str) -> str:
        """Where the canonical link of a page points.

        Args:
            url: Its address in the site.
            path: Its file in the site.
        """
        if self.pages is None or self.pages.paths is None:
            return self.own(url)
        if path not in self.pages.paths:
            self._missing.add(path)
            return self.own(url)
        return urljoin(self._address(self.pages.name), url)

    def _address(self, name: str) -> str:
        return f"{self.base_url}{quote(name)}/" if name else self.base_url
