"""What shall be published: what a change writes, and what follows from it."""

from collections.abc import Callable, Iterator

from docs_tools.errors import DocsToolsError
from docs_tools.publish.root import MARKER, NAMES, root_files
from docs_tools.publish.state.aliases import alias_entry
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry

__all__ = ["Draft"]

_NOT_FOUND, _NO_JEKYLL = "404.html", ".nojekyll"


class Draft:
    """A snapshot that can be changed.

    Args:
        before: What is published.

    Attributes:
        versions: The list of versions; a change replaces it.
        notices: What the change had to decide.
    """

    def __init__(self, before: Snapshot) -> None:
        self.before = before
        self.versions = before.versions
        self.notices: list[str] = []
        self._entries = dict(before.entries)
        self._known = {entry.hash for level in before.levels for entry in level.values()}
        self._stale: set[str] = set()
        self._objects = before.objects
        self._settings = before.settings

    def folder(self, version: str) -> Entry | None:
        """A version's folder as it shall be."""
        entry = self._entries.get(version)
        return entry if entry and entry.is_folder else None

    def put(self, name: str, entry: Entry | None) -> None:
        """Puts something beside the versions or in the place of one, or takes it away."""
        if entry is None:
            self._entries.pop(name, None)
        else:
            self._entries[name] = entry

    def put_file(self, name: str, content: bytes) -> None:
        """Puts a file beside the versions."""
        (hash_,) = self._objects.write_many([content], known=self._known)
        self.put(name, Entry.file(hash_))

    def refresh(self, version: str) -> None:
        """Has all aliases of a version made anew, also where its folder stays as it is."""
        self._stale.add(version)

    def check_free(self, name: str) -> None:
        """Fails where a name stands for something that is no version or alias.

        Raises:
            DocsToolsError: Such as for a folder that was put on the branch by hand.
        """
        if name in self._entries and self.before.versions.find(name) is None:
            raise self.taken(name)

    def taken(self, name: str) -> DocsToolsError:
        """The fault where a name stands for something that is no version or alias."""
        return DocsToolsError(
            f'"{name}" is on {self._settings.place} already, and is no version of the list',
            hint="choose another name, or remove it there first",
        )

    @property
    def refreshed(self) -> frozenset[str]:
        """The versions that were published, whether anything of them is new or not."""
        return frozenset(self._stale)

    def tree(self) -> str:
        """Writes the tree of the whole branch; its hash."""
        self._write_aliases()
        top = dict(self.before.levels[0]) if self._settings.prefix else self._entries
        texts = [(self._entries, "versions.json", self.versions.dumps().encode("utf-8"))]
        if self._settings.listed:
            texts += self._root_files(top)
        if _NO_JEKYLL not in top:  # whatever it holds: that it is there is what counts
            texts.append((top, _NO_JEKYLL, b""))
        contents = [text for _, _, text in texts]
        hashes = self._objects.write_many(contents, known=self._known)
        for (level, name, _), hash_ in zip(texts, hashes, strict=True):
            level[name] = Entry.file(hash_)
        return self._write_levels(top)

    def _write_aliases(self) -> None:
        """Brings the aliases of what changed up to date; the others stay as they are."""
        before, after = ({alias: entry.version for entry in versions for alias in entry.aliases}
                         for versions in (self.before.versions, self.versions))  # fmt: skip
        for alias in before.keys() - after.keys():
            if self.versions.get(alias) is None:
                self.put(alias, None)
        for alias, version in after.items():
            folder = self.folder(version)
            unchanged = (
                before.get(alias) == version
                and alias in self._entries
                and folder == self.before.folder(version)
            )
            if folder and (version in self._stale or not unchanged):
                self.check_free(alias)
                there = self.before.entries.get(alias)
                new = alias_entry(self._objects, self._settings, alias, version, folder, there)
                self.put(alias, new)

    def _root_files(self, top: dict[str, Entry]) -> Iterator[tuple[dict[str, Entry], str, bytes]]:
        """The files made from the list of versions: where, name and content.

        One that somebody wrote by hand stays.
        """
        made = root_files(self.versions, self._settings, self._having_sitemap())
        levels: list[tuple[dict[str, Entry], tuple[str, ...]]] = [(self._entries, NAMES)]
        if top is not self._entries:  # web servers look for this page at the top
            levels.append((top, (_NOT_FOUND,)))
        for level, names in levels:
            # what is as it would be made needn't be read
            present = [
                name
                for name in names
                if name in level and not self._is(level[name], made.get(name))
            ]
            contents = self._objects.read_many([level[name].hash for name in present])
            for name, content in zip(present, contents, strict=True):
                if content and MARKER.encode() in content:
                    del level[name]
            for name in names:
                if name not in level and name in made:
                    yield level, name, made[name]

    def _is(self, entry: Entry, content: bytes | None) -> bool:
        return content is not None and entry.hash == self._objects.hash_of(content)

    def _having_sitemap(self) -> Callable[[str], bool]:
        """Whether the folder of a version or alias has a `sitemap.xml`, found for all at once."""
        folders = {
            entry.version: folder.hash
            for entry in (self.versions if self._settings.base_url else ())
            if (folder := self.folder(entry.version))
        }
        having = self._objects.having("sitemap.xml", list(folders.values()))

        def has_sitemap(name: str) -> bool:
            entry = self.versions.find(name)
            return entry is not None and folders.get(entry.version) in having

        return has_sitemap

    def _write_levels(self, top: dict[str, Entry]) -> str:
        """The trees from the versions' level up to the top."""
        if not self._settings.prefix:
            return self._objects.tree(top)
        parts = self._settings.prefix.split("/")
        levels = [top, *map(dict, self.before.levels[1:-1]), self._entries]
        for part, outer, inner in reversed(list(zip(parts, levels, levels[1:], strict=False))):
            outer[part] = Entry.folder(self._objects.tree(inner))
        return self._objects.tree(top)
