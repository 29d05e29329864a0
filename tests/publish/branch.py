"""The docs branch as git has it, beside what should be published by a model."""

import hashlib
import json
import posixpath
from dataclasses import dataclass
from typing import Any

from mike.commands import _redirect_template

from tests.project import TinyProject
from tests.publish.model import Model

MANIFEST = "docs-manifest.json"
_KNOWN = ("version", "title", "aliases", "properties")
_AT_ROOT = {"versions.json", "index.html", "docs-status.js", "404.html", "sitemap.xml"}


@dataclass(frozen=True)
class Variant:
    """How a project publishes."""

    alias_type: str = "copy"
    prefix: str = ""
    push: bool = False

    @property
    def config(self) -> str:
        mike = {"alias_type": self.alias_type, "deploy_prefix": self.prefix}
        own = {"targets": {"git": {"push": self.push}}}
        plugins = [{"mike": mike}, {"docs_tools/publish": own}]
        theme = {"name": None, "custom_dir": "theme"}
        site = {"site_name": "Tiny", "site_url": "https://example.com/", "theme": theme}
        return json.dumps({**site, "plugins": plugins})

    def path(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name


class Branch:
    """A commit of the docs branch."""

    def __init__(self, project: TinyProject, variant: Variant) -> None:
        self._project = project
        self._variant = variant
        listing = project.git("ls-tree", "-r", "-t", "-z", "--full-tree", "gh-pages")
        rows = [row.split("\t") for row in listing.split("\0") if row]
        self._entries = {path: tuple(meta.split(" ")) for meta, path in rows}
        path = variant.path("versions.json")
        self.list: list[dict[str, Any]] = json.loads(project.published(path))

    def has(self, name: str) -> bool:
        """Whether there is such a file or folder beside or in the versions."""
        return self._variant.path(name) in self._entries

    def hash(self, name: str) -> str:
        """git's hash of a file or a folder beside the versions."""
        return self._entries[self._variant.path(name)][2]

    def files(self, name: str) -> dict[str, str]:
        """The files of a version or an alias but the manifest: paths and hashes."""
        start = self._variant.path(name) + "/"
        return {
            path.removeprefix(start): hash_
            for path, (_, kind, hash_) in self._entries.items()
            if path.startswith(start) and kind == "blob" and path != f"{start}{MANIFEST}"
        }

    def check(self, model: Model) -> None:
        """Fails where it isn't as a model says."""
        assert {entry["version"]: listed(entry) for entry in self.list} == published(model)
        for entry in self.list:
            unknown = {key: entry[key] for key in entry if key not in _KNOWN}
            assert unknown == model[entry["version"]].unknown
        names = model.versions.keys() | model.aliases
        assert names <= self._names() <= names | _AT_ROOT | {".nojekyll"}
        assert ".nojekyll" in self._entries
        for name, version in model.versions.items():
            for alias in version.aliases:
                self._check_alias(alias, name)
        assert self.has("index.html") == (model.default is not None)
        if model.default is not None:
            assert self.hash("index.html") == blob(_redirect(f"{model.default}/"))

    def _names(self) -> set[str]:
        start = self._variant.path("")
        paths = (path.removeprefix(start) for path in self._entries if path.startswith(start))
        return {path for path in paths if "/" not in path}

    def _check_alias(self, alias: str, version: str) -> None:
        """What stands at an alias has the version's files, or leads there."""
        if self._variant.alias_type == "copy":
            assert self.hash(alias) == self.hash(version)
        elif self._variant.alias_type == "symlink":
            mode = self._entries[self._variant.path(alias)][0]
            assert (mode, self.hash(alias)) == ("120000", blob(version))
        else:
            files = self.files(version)
            pages = {path: blob(_page(alias, version, path)) for path in files if _is_page(path)}
            # mike leaves out what is no page
            assert pages.items() <= self.files(alias).items() <= {**files, **pages}.items()


def published(model: Model) -> dict[str, tuple[object, ...]]:
    """What a list of the versions has to say, whatever the order."""
    return {
        name: (version.title, version.aliases, version.properties)
        for name, version in model.versions.items()
    }


def listed(entry: dict[str, Any]) -> tuple[object, ...]:
    """The same of an entry."""
    return entry["title"], set(entry["aliases"]), entry.get("properties", {})


def blob(text: str) -> str:
    """git's hash of a file."""
    data = text.encode()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _page(alias: str, version: str, path: str) -> str:
    """The page of an alias that leads to the version's."""
    target = posixpath.relpath(f"{version}/{path}", posixpath.dirname(f"{alias}/{path}"))
    if posixpath.basename(target) == "index.html":
        target = f"{posixpath.dirname(target)}/"
    return _redirect(target)


def _redirect(target: str) -> str:
    page: str = _redirect_template().render(href=target)
    return page
