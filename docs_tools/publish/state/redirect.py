"""Where the page at the root leads: the default version, as mike's `set-default` writes it."""

from collections.abc import Collection
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

from docs_tools.errors import DocsToolsError
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.state.aliases import redirect_template
from docs_tools.publish.state.snapshot import Snapshot

__all__ = ["default_of"]

_HERE = "https://here/"  # where a page stands of which nobody said


def default_of(snapshot: Snapshot) -> str | None:
    """The version or alias that the root leads to, as the page there says.

    `None` where there is no page, or one that leads to none. The version may be gone by now.
    """
    entry = snapshot.entries.get("index.html")
    if entry is None or entry.is_folder:
        return None
    page = snapshot.objects.read(entry.hash)
    names = [name for one in snapshot.versions for name in (one.version, *one.aliases)]
    return _made_for(names, page, snapshot.settings) or _leads_to(names, page, snapshot.settings)


def _made_for(names: Collection[str], page: bytes, settings: PublishSettings) -> str | None:
    """The name that a page was made for with today's template, which may be the project's own."""
    try:
        template = redirect_template(settings)
    except DocsToolsError:
        return None  # what can't be read must not keep others from being read
    pages = ((name, template.render(href=f"{name}/").encode("utf-8")) for name in names)
    return next((name for name, made in pages if made == page), None)


def _leads_to(names: Collection[str], page: bytes, settings: PublishSettings) -> str | None:
    """The name below the root that a page's `meta` refresh leads to, or into."""
    reader = _Refresh()
    reader.feed(page.decode("utf-8", "replace"))
    if reader.target is None:
        return None
    root = settings.base_url or _HERE
    try:
        target = urlsplit(urljoin(root, reader.target))
        is_relative = not urlsplit(reader.target).netloc and not reader.target.startswith("/")
    except ValueError:  # no address
        return None
    if settings.base_url is None and not is_relative:
        parts = map(unquote, target.path.split("/"))
        return next((part for part in parts if part in names), None)
    base = urlsplit(root)
    if target.netloc != base.netloc or not target.path.startswith(base.path):
        return None
    name = unquote(target.path.removeprefix(base.path)).partition("/")[0]
    return name if name not in ("", "index.html") else None


class _Refresh(HTMLParser):
    """Reads `<meta http-equiv="refresh" content="1; url=latest/">`."""

    target: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and (found.get("http-equiv") or "").lower() == "refresh":
            _, _, address = (found.get("content") or "").partition("=")
            self.target = self.target or address.strip(" \t\"'") or None
