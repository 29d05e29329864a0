"""What is published, as a model by mike's rules: it knows names and files, and nothing of git."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class RefusedError(Exception):
    """By the model, a command has to fail."""


@dataclass(frozen=True)
class Publish:
    """What a publish brought.

    Attributes:
        tree: git's hash of the version's folder.
        files: The files in it, without what is noted about their making.
        title_before: The title that the version had until then.
    """

    tree: str
    files: Mapping[str, str]
    title_before: str


@dataclass
class Version:
    """A version: its entry in the list, and its publishes, the newest last."""

    title: str
    aliases: set[str] = field(default_factory=set)
    properties: dict[str, Any] = field(default_factory=dict)
    unknown: dict[str, Any] = field(default_factory=dict)
    publishes: list[Publish] = field(default_factory=list)

    def put(self, key: str, value: object) -> None:
        """Sets a property such as `docs_tools.status`, or removes it and what that empties."""
        *outer, last = key.split(".")
        inner = self.properties
        for name in outer:
            inner = inner.setdefault(name, {})
        inner[last] = value
        if value is None:
            del inner[last]
        for name in outer:
            if not self.properties[name]:
                del self.properties[name]


@dataclass
class Model:
    """What is published, and where the root leads."""

    versions: dict[str, Version] = field(default_factory=dict)
    default: str | None = None

    def __getitem__(self, name: str) -> Version:
        return self.versions[self.version(name)]

    def version(self, name: str) -> str:
        """The version that a name stands for, its own or an alias."""
        owner = name if name in self.versions else self.owner(name)
        if owner is None:
            raise RefusedError
        return owner

    @property
    def aliases(self) -> set[str]:
        """All aliases of all versions."""
        return {alias for version in self.versions.values() for alias in version.aliases}

    def has(self, name: str) -> bool:
        """Whether a name stands for a version."""
        return name in self.versions or self.owner(name) is not None

    def owner(self, alias: str) -> str | None:
        """The version that has an alias."""
        owners = (name for name, version in self.versions.items() if alias in version.aliases)
        return next(owners, None)

    def deploy(self, name: str, title: str | None, aliases: list[str], update: bool) -> None:
        """Adds a version, or gives one further aliases and another title."""
        self._take(name, aliases, update)
        version = self.versions.setdefault(name, Version(name))
        version.aliases |= set(aliases)
        version.title = version.title if title is None else title

    def alias(self, name: str, aliases: list[str], update: bool) -> None:
        """Gives a version further aliases."""
        name = self.version(name)
        self._take(name, aliases, update)
        self.versions[name].aliases |= set(aliases)

    def _take(self, version: str, aliases: list[str], update: bool) -> None:
        """Takes a version's names from the other versions."""
        if version in aliases or any(alias in self.versions for alias in aliases):
            raise RefusedError
        names = {version, *aliases}
        others = [entry for other, entry in self.versions.items() if other != version]
        if not update and any(names & other.aliases for other in others):
            raise RefusedError
        for other in others:
            other.aliases -= names

    def rollback(self, name: str) -> None:
        """Forgets a version's last publish, and those before it that brought what is there."""
        version = self[name]
        before = version.title, version.publishes[-1].tree
        while before == (version.title, version.publishes[-1].tree):
            if len(version.publishes) < 2:
                raise RefusedError
            version.title = version.publishes.pop().title_before

    def lead_to(self, name: str | None) -> None:
        """Has the root lead to a version or an alias, or nowhere."""
        if name is not None:
            self.version(name)
        elif not self.versions and self.default is None:
            raise RefusedError  # nothing is published
        self.default = name

    def delete(self, names: list[str]) -> None:
        """Deletes versions with all their aliases, and aliases; nothing may lead nowhere then."""
        for name in names:
            left = self[name].aliases - set(names) if name in self.versions else set()
            if left or self.version(name) is None or name == self.default:
                raise RefusedError
        for name in names:
            if self.versions.pop(name, None) is None and (owner := self.owner(name)):
                self.versions[owner].aliases.remove(name)

    def delete_as_mike(self, name: str) -> None:
        """Deletes a version and its aliases, or an alias, whatever led there."""
        owner = self.version(name)
        if owner == name:
            del self.versions[name]
        else:
            self.versions[owner].aliases.remove(name)

    def forget_unknown(self) -> None:
        """What mike does with the keys that it doesn't know when it writes the list."""
        for version in self.versions.values():
            version.unknown = {}
