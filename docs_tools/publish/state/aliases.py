"""What an alias is on the branch: mike's three ways, made from its version's tree."""

import os
import posixpath
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from docs_tools.errors import DocsToolsError
from docs_tools.publish.manifest.manifest import MANIFEST
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.objects import Objects
from docs_tools.publish.state.tree import Entry

__all__ = ["alias_entry", "redirect_page", "redirect_pages", "redirect_template"]


def alias_entry(
    objects: Objects,
    settings: PublishSettings,
    alias: str,
    version: str,
    folder: Entry,
    there: Entry | None = None,
) -> Entry:
    """What stands at an alias.

    Args:
        objects: Where to write.
        settings: Which way the project chose.
        alias: The alias.
        version: Its version.
        folder: The version's folder.
        there: What stands there now: of that, only what changes is written.

    Raises:
        DocsToolsError: The project's own template for redirects can't be used.
    """
    if settings.alias_type == "copy":
        return folder  # the same tree under a second name: nothing is written at all
    if settings.alias_type == "symlink":
        (hash_,) = objects.write_many([os.fsencode(version)], known={there.hash} if there else ())
        return Entry.link(hash_)
    # what is no page is there too: images, search index and inventory have their addresses as well
    found = objects.files(folder.hash)
    found.pop(MANIFEST, None)
    pages = redirect_pages(settings, alias, version, found)
    ours = objects.kept(there.hash) if there and there.is_folder else ()
    hashes = objects.write_many(list(pages.values()), known=ours)
    redirects = dict(zip(pages, map(Entry.file, hashes), strict=True))
    return Entry.folder(objects.tree_of({**found, **redirects}))


def redirect_pages(
    settings: PublishSettings, alias: str, version: str, paths: Iterable[str]
) -> dict[str, bytes]:
    """The pages of an alias that redirects, by path: one for each page of its version.

    Args:
        settings: Whether pages are folders, and the project's own template.
        alias: The alias.
        version: Its version.
        paths: The version's files.

    Raises:
        DocsToolsError: The project's own template for redirects can't be used.
    """
    template = redirect_template(settings)
    pages = (path for path in paths if path.endswith(".html"))
    return {
        path: template.render(
            href=_href(alias, version, path, settings.use_directory_urls)
        ).encode()
        for path in pages
    }


def redirect_page(settings: PublishSettings, name: str) -> bytes:
    """The page at the root that leads to the default version, as mike writes it."""
    text: str = redirect_template(settings).render(href=f"{name}/")
    return text.encode("utf-8")


def redirect_template(settings: PublishSettings) -> Any:
    """mike's page for redirects, or the project's own, as a Jinja template.

    Raises:
        DocsToolsError: The project's own can't be read.
    """
    from jinja2 import Template, TemplateError

    own = settings.redirect_template
    try:
        source = own or files("mike") / "templates" / "redirect.html"
        text = source.read_text(encoding="utf-8")
        return Template(text, autoescape=True, keep_trailing_newline=True)
    except (OSError, UnicodeDecodeError) as error:
        raise DocsToolsError(f"mike: redirect_template: can't read {own}") from error
    except TemplateError as error:
        raise DocsToolsError(f"mike: redirect_template: {own}: {error}") from error


def _href(alias: str, version: str, path: str, use_directory_urls: bool) -> str:
    """From a page of the alias to the same page of the version."""
    source, target = posixpath.join(alias, path), posixpath.join(version, path)
    href = posixpath.relpath(target, posixpath.dirname(source))
    if use_directory_urls and posixpath.basename(href) == "index.html":
        href = posixpath.dirname(href) + "/"
    return href
