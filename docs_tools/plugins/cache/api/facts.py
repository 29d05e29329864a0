"""What a page can show of modules that it doesn't display: what names in its own modules mean.

A page displays objects of some modules, and depends on the whole source of these. From others it
gets little, as templates and docstring parsers ask no more of a name that is imported and not
displayed than what follows, so that this is compared instead of the others' sources:

- what the name means in the end, and by way of which other imports;
- of what kind that is, and whether it is documented (members without docstrings are left out);
- the names of a class' bases, which tell whether its attributes are an enumeration's values;
- what names mean that a module doesn't bind: griffe goes on looking in the packages around it;
- of the modules in a package, their docstrings, of which summaries show the first line.

Bases of displayed classes are displayed as well, with all that these inherit; so is what a summary
lists besides the modules of a package.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Protocol

from griffe import Alias, Class, Module, Object

from docs_tools.build.memory.digest import digest_text
from docs_tools.plugins.cache.api.tree import Tree, bases_of, modules_below, objects_in

__all__ = ["Facts", "aliases_in", "facts_of"]

_DEEPEST = 2  # modules without docstrings that hold each other
_WORD = re.compile(r"[^\W\d]\w*")


class Sight(Protocol):
    """What facts are made from."""

    tree: Tree
    everything: str  # the digest of all sources

    def name(self, module: Module) -> str:
        """What dependencies call the file of a module."""
        ...

    def lines(self, module: Module) -> Sequence[str]:
        """The source of a module."""
        ...

    def below(self, found: Object) -> str:
        """The digest of the source of an object's module; of a package, of all in it."""
        ...


@dataclass(frozen=True)
class Facts:
    """What is known of packages that were read.

    Attributes:
        names: For each module, the digest of what it has from others.
        aliases: Other paths of an object that are known from reading, by its own path.
        faults: For each package in which griffe found faults, the digest of what it said.
    """

    names: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def meta(self) -> dict[str, Any]:
        """For the store."""
        return asdict(self)

    @classmethod
    def from_meta(cls, meta: dict[str, Any]) -> "Facts | None":
        """As `meta` gave it; nothing where it is something else."""
        values: list[Any] = [meta.get(one.name) for one in fields(cls)]
        return cls(*values) if all(isinstance(value, dict) for value in values) else None


def facts_of(packages: Sequence[Module], sight: Sight) -> dict[str, str]:
    """For each module, the digest of what it has from others.

    Args:
        packages: The top-level modules to go through.
        sight: What is known of them.
    """
    about = _About(sight)
    found: dict[str, str] = {}
    for module in (one for package in packages for one in modules_below(package)):
        words = set(_WORD.findall("\n".join(sight.lines(module))))
        exports = None if module.exports is None else [str(name) for name in module.exports]
        around = sorted(about.around(module, words), key=str)
        value = [sight.name(module), exports, *about.members(module), around]
        found[module.path] = digest_text(json.dumps(value))
    return found


@dataclass(frozen=True)
class _About:
    sight: Sight

    def members(self, holder: Object) -> Iterator[list[Any]]:
        """What members have from elsewhere; the order of modules is that of a folder's listing."""
        for name in sorted(holder.members):
            member = holder.members[name]
            if isinstance(member, Alias):
                yield [name, member.target_path, *self.leads(member)]
            elif isinstance(member, Module):
                text = member.docstring.value if member.docstring else self.documented(member)
                yield [name, "module", text]
            else:
                bases = bases_of(member) if isinstance(member, Class) else []
                inherits = [[path, *self.leads(self.sight.tree.at(path))] for path in bases]
                yield [name, inherits, list(self.members(member))]

    def around(self, module: Module, words: set[str]) -> Iterator[list[Any]]:
        """What names that stand in a module's source mean in the packages around it."""
        parent = module.parent
        while isinstance(parent, Module):
            for name in words & parent.members.keys():
                member = parent.members[name]
                path = member.target_path if isinstance(member, Alias) else member.path
                final = self.sight.tree.meant(member)[1]
                yield [parent.path, name, path, bases_of(final) if isinstance(final, Class) else []]
            parent = parent.parent

    def leads(self, found: Object | Alias | None, depth: int = 0) -> list[Any]:
        """Where a name leads."""
        chain, final = self.sight.tree.meant(found)
        if final is None:
            return [*chain, "nowhere"]
        bases = bases_of(final) if isinstance(final, Class) else []
        return [*chain, final.path, final.kind.value, self.documented(final, depth), *bases]

    def documented(self, final: Object, depth: int = 0) -> Any:
        """Whether something is documented, itself or by what it holds."""
        if final.docstring:
            return "documented"
        if isinstance(final, Class):
            return self.sight.below(final)
        if not isinstance(final, Module):
            return ""
        if depth == _DEEPEST:
            return self.sight.everything
        imported = [
            self.leads(member, depth + 1)
            for module in modules_below(final)
            for _, member in sorted(module.members.items())
            if isinstance(member, Alias)
        ]
        return [self.sight.below(final), imported]


def aliases_in(packages: Sequence[Module]) -> dict[str, list[str]]:
    """The other paths of all objects, as far as they are known by now."""
    return {one.path: list(one.aliases) for one in objects_in(packages) if one.aliases}
