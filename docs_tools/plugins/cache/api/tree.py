"""Looking at what griffe has read without changing it.

griffe's own look-ups find out what names mean, and remember it; these don't.
"""

from collections.abc import Iterable, Iterator, Mapping

from griffe import Alias, Class, Module, Object

__all__ = ["Tree", "bases_of", "modules_below", "objects_in"]

_LONGEST = 50  # a chain of imports that goes on has no end


class Tree:
    """What griffe has read.

    Args:
        modules: The top-level modules by their names.
    """

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self._modules = modules

    def at(self, path: str, depth: int = 0) -> Object | Alias | None:
        """What stands at a path, an import as such; inherited members don't count."""
        first, *others = path.split(".")
        found: Object | Alias | None = self._modules.get(first)
        for part in others:
            inside = self.meant(found, depth)[1] if found is not None else None
            found = inside.members.get(part) if inside is not None else None
        return found

    def meant(
        self, found: Object | Alias | None, depth: int = 0
    ) -> tuple[list[str], Object | None]:
        """What an import means in the end, and the paths of the imports that lead there."""
        chain: list[str] = []
        while isinstance(found, Alias):
            if len(chain) + depth > _LONGEST:
                return chain, None
            chain.append(found.path)
            known = found._target  # `target` would look it up, and keep it
            found = known if known is not None else self.at(found.target_path, depth + 1)
        return chain, found

    def steps(self, path: str) -> Iterator[Object | Alias]:
        """What is passed on the way to a path, the last included, as far as it leads."""
        parts = path.split(".")
        for count in range(1, len(parts) + 1):
            if (found := self.at(".".join(parts[:count]))) is None:
                return
            yield found


def modules_below(module: Module) -> Iterator[Module]:
    """A module and all that it holds."""
    yield module
    for member in module.members.values():
        if isinstance(member, Module):
            yield from modules_below(member)


def objects_in(packages: Iterable[Module]) -> Iterator[Object]:
    """All objects of packages."""
    stack: list[Object] = list(packages)
    while stack:
        one = stack.pop()
        yield one
        stack += [member for member in one.members.values() if isinstance(member, Object)]


def bases_of(found: Class) -> list[str]:
    """The paths of a class' bases, as they are written."""
    return [base if isinstance(base, str) else base.canonical_path for base in found.bases]
