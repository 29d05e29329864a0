"""Digests of pages' texts, handed on from the step that has them to the one that needs them again.

A page's HTML is a hundred kilobytes; that it is the one whose digest is remembered shows at once.
"""

from collections import defaultdict

from docs_tools.build.memory.digest import digest_text

__all__ = ["PageTexts"]


class PageTexts:
    """The texts of pages whose digests are known."""

    def __init__(self) -> None:
        self._known: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)

    def tell(self, page: str, text: str, digest: str) -> None:
        """Keeps a text's digest.

        Args:
            page: The source of the page.
            text: What it has: this very object.
            digest: What `digest_text` gives for it.
        """
        self._known[page].append((text, digest))

    def digest(self, page: str, text: str) -> str:
        """The digest of a text, worked out where it is another one than was told of."""
        for known, digest in self._known[page]:
            if known is text:
                return digest
        return digest_text(text)

    def forget(self, page: str) -> None:
        """Lets go of a page's texts."""
        self._known.pop(page, None)
