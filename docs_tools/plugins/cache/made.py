"""What a page was converted to besides its HTML, as it is remembered."""

from collections.abc import Iterable
from typing import Any

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

__all__ = ["MADE", "made_of", "make_again"]

MADE = frozenset({"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"})
"""What `Page.render` sets."""


def made_of(page: Page) -> dict[str, Any]:
    """What a page was converted to.

    Args:
        page: The page, converted.
    """
    links = page.links_to_anchors
    return {
        "toc": [_row(anchor) for anchor in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": None
        if links is None
        else [[file.src_uri, list(anchors.items())] for file, anchors in links.items()],
    }


def make_again(page: Page, content: str, made: dict[str, Any], files: Files) -> bool:
    """Gives a page what it was converted to before, unless that makes no sense.

    Args:
        page: The page.
        content: Its HTML.
        made: What `made_of` told.
        files: The files of the site.

    Returns:
        Whether it made sense; if not, the page is as it was.
    """
    try:
        links = _links(made["links"], files)
        toc = TableOfContents([_anchor(row) for row in made["toc"]])
        title, anchors = made["title"], set(made["anchors"])
    except (KeyError, TypeError, ValueError):
        return False
    page.content, page.toc = content, toc
    if toc.items:
        toc.items[0].active = True  # type: ignore[attr-defined]  # as MkDocs' `get_toc`
    page._title_from_render = title
    page.present_anchor_ids = anchors
    if links is not None:
        page.links_to_anchors = links
    return True


def _row(anchor: AnchorLink) -> list[Any]:
    return [anchor.title, anchor.id, anchor.level, [_row(child) for child in anchor.children]]


def _anchor(row: Any) -> AnchorLink:
    title, id, level, children = row
    anchor = AnchorLink(title, id, level)
    anchor.children = [_anchor(child) for child in children]
    return anchor


def _links(rows: Iterable[Any] | None, files: Files) -> dict[File, dict[str, str]] | None:
    if rows is None:
        return None
    links: dict[File, dict[str, str]] = {}
    for uri, anchors in rows:
        file = files.get_file_from_path(uri)
        if file is None:
            raise ValueError(uri)
        links[file] = dict(anchors)
    return links
