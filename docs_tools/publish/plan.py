"""A built site -> what changes on the docs branch."""

import os
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from docs_tools.build import BuiltSite
from docs_tools.errors import DocsToolsError
from docs_tools.publish.branch import Blob, DocsBranch
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions import VersionEntry, Versions

__all__ = ["Plan", "make_plan"]


@dataclass(frozen=True)
class Plan:
    """What a publish changes.

    Attributes:
        changes: The new file at each path of the branch that changes; `None` where it goes away.
        before: The files there now, at all paths that the version has a say in.
        folder: The version's folder on the branch.
    """

    changes: Mapping[str, Blob | None]
    before: Mapping[str, Blob]
    folder: str

    @cached_property
    def added(self) -> list[str]:
        """Paths that are new."""
        return sorted(p for p, blob in self.changes.items() if blob and p not in self.before)

    @cached_property
    def changed(self) -> list[str]:
        """Paths whose file changes."""
        return sorted(p for p, blob in self.changes.items() if blob and p in self.before)

    @cached_property
    def removed(self) -> list[str]:
        """Paths that go away."""
        return sorted(p for p, blob in self.changes.items() if blob is None)

    def pages(self, paths: list[str]) -> list[str]:
        """The version's own pages among paths, as they are called inside the version."""
        start = self.folder + "/"
        return [p.removeprefix(start) for p in paths if p.startswith(start) and p.endswith(".html")]


def make_plan(
    branch: DocsBranch, versions: Versions, entry: VersionEntry, site: BuiltSite, *, write: bool
) -> Plan:
    """Compares a site with what the branch has of its version.

    Args:
        branch: The docs branch.
        versions: The list of versions as it shall be.
        entry: The version's own entry in it.
        site: The site.
        write: Whether contents go into the object database, as before a commit.
    """
    settings = branch.settings
    folder = settings.path(entry.version)
    sources = {path: Blob(mode, hash_) for path, mode, hash_ in _site_files(branch, site, write)}
    after = {f"{folder}/{path}": blob for path, blob in sources.items()}
    for alias in entry.aliases:
        after |= _alias(branch, entry.version, alias, sources, site, write)
    root = {
        settings.path("versions.json"): versions.dumps().encode("utf-8"),
        ".nojekyll": b"",
    }
    aliases = [settings.path(alias) for alias in entry.aliases]
    before = branch.files([folder, *aliases, *root])
    for path, content in root.items():
        if path != ".nojekyll" or path not in before:
            after[path] = Blob("100644", branch.hash_bytes(content, write=write))
        else:
            after[path] = before[path]  # whatever it holds: that it is there is what counts
    changes: dict[str, Blob | None] = {p: None for p in before if p not in after}
    changes |= {p: blob for p, blob in after.items() if before.get(p) != blob}
    return Plan(changes, before, folder)


def _site_files(branch: DocsBranch, site: BuiltSite, write: bool) -> list[tuple[str, str, str]]:
    """Path, mode and hash of each file; links are never followed out of the site."""
    paths = [
        Path(parent) / name
        for parent, _, names in os.walk(site.folder)
        for name in names
        if not (Path(parent) / name).is_symlink() and not _is_gits_own(Path(parent) / name)
    ]
    paths.sort()
    hashes = branch.hash_files(paths, write=write)
    return [
        (
            path.relative_to(site.folder).as_posix(),
            "100755" if os.access(path, os.X_OK) else "100644",
            hash_,
        )
        for path, hash_ in zip(paths, hashes, strict=True)
    ]


def _is_gits_own(path: Path) -> bool:
    """Whether git refuses the path: it would drop it without a word."""
    return any(part.lower() == ".git" for part in path.parts)


def _alias(
    branch: DocsBranch,
    version: str,
    alias: str,
    sources: Mapping[str, Blob],
    site: BuiltSite,
    write: bool,
) -> dict[str, Blob]:
    """The files of an alias, as mike's `alias_type` has them."""
    settings = branch.settings
    place = settings.path(alias)
    if settings.alias_type == "symlink":
        return {place: Blob("120000", branch.hash_bytes(os.fsencode(version), write=write))}
    if settings.alias_type == "copy":
        return {f"{place}/{path}": blob for path, blob in sources.items()}
    template = _redirect_template(settings)
    pages: dict[str, Blob] = {}
    for path in sources:
        if path.endswith(".html"):
            href = _href(alias, version, path, site.use_directory_urls)
            text = template.render(href=href).encode("utf-8")
            pages[f"{place}/{path}"] = Blob("100644", branch.hash_bytes(text, write=write))
    return pages


def _href(alias: str, version: str, path: str, use_directory_urls: bool) -> str:
    """From a page of the alias to the same page of the version."""
    source, target = posixpath.join(alias, path), posixpath.join(version, path)
    href = posixpath.relpath(target, posixpath.dirname(source))
    if use_directory_urls and posixpath.basename(href) == "index.html":
        href = posixpath.dirname(href) + "/"
    return href


def _redirect_template(settings: PublishSettings) -> Any:
    """mike's page for redirects, or the project's own."""
    from jinja2 import Template

    own = settings.redirect_template
    try:
        source = own or files("mike") / "templates" / "redirect.html"
        text = source.read_text(encoding="utf-8")
    except OSError as error:
        raise DocsToolsError(f"mike: redirect_template: can't read {own}") from error
    return Template(text, autoescape=True, keep_trailing_newline=True)
