"""Python classes and what inherits from them, as their sources say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from docs_tools.errors import DocsToolsError
from docs_tools.model.bases import find_bases, follow
from docs_tools.model.members import Member, read_member
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.model.packages import load_packages

if TYPE_CHECKING:
    from griffe import Class, Module, Object

__all__ = ["PythonClass", "load_classes"]

ClassKind = Literal["class", "abstract", "interface", "enumeration", "dataclass"]

_ENUMERATIONS = {f"enum.{name}" for name in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag")}
_PROTOCOLS = {"typing.Protocol", "typing_extensions.Protocol"}


@dataclass(frozen=True)
class PythonClass:
    """A class of a figure.

    Attributes:
        name: Its name, behind that of the class it stands in: `Outer.Inner`.
        module: The import name of its module.
        kind: What kind of class it is.
        bases: The paths of those of its bases that are in the figure too.
        members: The members to show, which it defines itself.
    """

    name: str
    module: str
    kind: ClassKind = "class"
    bases: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def path(self) -> str:
        """The dotted path that imports it."""
        return f"{self.module}.{self.name}"


def load_classes(
    path: str,
    root: Path,
    paths: Sequence[str] = (".", "src"),
    *,
    members: Sequence[str] | None = None,
    subclasses: bool = True,
    packages: Sequence[str] = (),
) -> tuple[PythonClass, ...]:
    """A class, and the public classes that inherit from it, directly or not.

    A private class is among them only where it stands between a public one and the base.

    Args:
        path: The class, as `package.module.Class`; where it is re-exported will do.
        root: The project's folder.
        paths: Folders below it that may hold the packages.
        members: The members to show where a class defines them; its public ones if not given.
        subclasses: Whether what inherits from it is wanted.
        packages: Where that is looked for; in the class's own top-level package if not given.

    Returns:
        The class first, and each other one behind a base of it.

    Raises:
        DocsToolsError: There is no such package, class or member, or a source isn't Python.
    """
    for name in (path, *packages):
        if not all(part.isidentifier() for part in name.split(".")):
            raise DocsToolsError(f'not a dotted path: "{name}"', hint="write package.module.Class")
    within = tuple(packages) or (path.split(".")[0],)
    modules = load_packages([name.split(".")[0] for name in (path, *within)], root, paths)
    _check_packages(packages, modules)
    base = _find_class(path, modules)
    found = [base]
    if subclasses:
        found = _choose(base, _descendants(base, modules), within)
    shown = {cls.path for cls in found}
    figure = tuple(_describe(cls, shown, members) for cls in found)
    _check_members(members or (), figure, found)
    return figure


def _check_packages(wanted: Sequence[str], modules: "list[Module]") -> None:
    known = [module.path for top in modules for module in _modules(top)]
    for name in wanted:
        if name not in known:
            raise DocsToolsError(f'there is no package "{name}"', hint=_mend(name, known))


def _modules(module: "Module") -> "Iterator[Module]":
    yield module
    for member in module.members.values():
        if not member.is_alias and member.is_module:
            yield from _modules(member)  # type: ignore[arg-type]  # as it says itself


def _classes(holder: "Object") -> "Iterator[Class]":
    for member in holder.members.values():
        if not member.is_alias and (member.is_class or member.is_module):
            if member.is_class:
                yield member  # type: ignore[misc]  # as it says itself
            yield from _classes(member)  # type: ignore[arg-type]


def _find_class(path: str, modules: "list[Module]") -> "Class":
    from griffe import AliasResolutionError, CyclicAliasError

    top = modules[0]
    try:
        found = follow(top.modules_collection.get_member(path))
    except (KeyError, AliasResolutionError, CyclicAliasError):
        raise _no_class(path, top) from None
    if isinstance(found, str):
        raise _no_class(path, top)
    if not found.is_class:
        kind = found.kind.value
        article = "an" if kind[0] in "aeiou" else "a"
        raise DocsToolsError(f'"{path}" is no class', hint=f"it is {article} {kind}")
    return found  # type: ignore[return-value]  # as it says itself


def _no_class(path: str, top: "Module") -> DocsToolsError:
    holder, _, name = path.rpartition(".")
    known = {cls.path: cls.name for cls in _classes(top)}
    inside = {at: short for at, short in known.items() if at.startswith(f"{holder}.")}
    message, hint = f'there is no class "{path}"', f"there is: {list_some(inside or known)}"
    for candidates in (inside, known):  # where it was looked for, then anywhere
        if near := find_nearest(name, candidates.values()):
            at = next(at for at, short in candidates.items() if short == near)
            return DocsToolsError(message, hint=f"did you mean {at}?")
    return DocsToolsError(message, hint=hint)


def _descendants(base: "Class", modules: "list[Module]") -> "list[Class]":
    """The base and all that inherits from it, each behind the first base that leads to it."""
    children: dict[str, list[Class]] = {}
    for top in modules:
        for cls in _classes(top):
            for parent in find_bases(cls).classes:
                children.setdefault(parent.path, []).append(cls)
    found: dict[str, Class] = {}
    waiting = [base]
    while waiting:
        cls = waiting.pop()
        if cls.path not in found:
            found[cls.path] = cls
            below = children.get(cls.path, [])
            waiting += sorted(below, key=_source_order, reverse=True)
    return list(found.values())


def _source_order(cls: "Class") -> tuple[str, int]:
    return cls.module.path, cls.lineno or 0


def _choose(base: "Class", descendants: "list[Class]", packages: tuple[str, ...]) -> "list[Class]":
    """The base, what is public and in the packages, and what stands between."""
    below = {cls.path: cls for cls in descendants}
    kept = {base.path}
    waiting = [cls for cls in descendants if _is_shown(cls, packages)]
    while waiting:
        cls = waiting.pop()
        if cls.path not in kept:
            kept.add(cls.path)
            waiting += [parent for parent in find_bases(cls).classes if parent.path in below]
    return [cls for cls in descendants if cls.path in kept]


def _is_shown(cls: "Class", packages: tuple[str, ...]) -> bool:
    inside = any(f"{cls.path}.".startswith(f"{package}.") for package in packages)
    return inside and not any(part.startswith("_") for part in _name(cls).split("."))


def _name(cls: "Class") -> str:
    return cls.path.removeprefix(f"{cls.module.path}.")


def _describe(cls: "Class", shown: set[str], members: Sequence[str] | None) -> PythonClass:
    own = dict.fromkeys([*cls.members, *(name for name, some in cls.overloads.items() if some)])
    names = [name for name in own if not name.startswith("_")] if members is None else members
    found = (read_member(cls, name) for name in names)
    return PythonClass(
        name=_name(cls),
        module=cls.module.path,
        kind=_kind(cls),
        bases=tuple(base.path for base in find_bases(cls).classes if base.path in shown),
        members=tuple(member for member in found if member),
    )


def _kind(cls: "Class") -> ClassKind:
    own = find_bases(cls).outside
    meta = str(cls.keywords.get("metaclass", ""))
    if own & _PROTOCOLS:
        return "interface"
    if _outside_bases(cls) & _ENUMERATIONS:
        return "enumeration"
    if (
        "abc.ABC" in own
        or meta.endswith("ABCMeta")
        or any("abstractmethod" in member.labels for member in cls.members.values())
    ):
        return "abstract"
    # griffe has a label for it, which subclasses have too
    decorators = {decorator.callable_path for decorator in cls.decorators}
    return "dataclass" if "dataclasses.dataclass" in decorators else "class"


def _outside_bases(cls: "Class") -> set[str]:
    """The paths of all bases outside, as far as the sources that were read tell."""
    paths: set[str] = set()
    seen = {cls.path}
    waiting = [cls]
    while waiting:
        bases = find_bases(waiting.pop())
        paths |= bases.outside
        waiting += [base for base in bases.classes if base.path not in seen]
        seen |= {base.path for base in bases.classes}
    return paths


def _check_members(
    wanted: Sequence[str], figure: tuple[PythonClass, ...], found: "list[Class]"
) -> None:
    shown = {member.name for cls in figure for member in cls.members}
    for name in wanted:
        if name not in shown:
            if any(name in cls.members and cls.members[name].is_class for cls in found):
                message = f'"{name}" is a nested class, which the figure of a class can\'t show'
                raise DocsToolsError(message, hint="take it out of `members`")
            there = dict.fromkeys(m for cls in found for m in cls.members if read_member(cls, m))
            hint = _mend(name, list(there))
            raise DocsToolsError(f'no class of the figure defines "{name}"', hint=hint)


def _mend(name: str, known: Sequence[str]) -> str:
    near = find_nearest(name, known)
    return f"did you mean {near}?" if near else f"there is: {list_some(known)}"
