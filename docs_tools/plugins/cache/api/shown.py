"""Which objects a page displays, seen by the handler's templates, and in which files they are."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from griffe import Alias, AliasResolutionError, Class, CyclicAliasError, Module, Object
from griffe import DocstringSectionKind as Kind
from mkdocstrings_handlers.python import PythonHandler

from docs_tools.build.memory.system import unwatched
from docs_tools.plugins.cache.api.compiled import compile_once
from docs_tools.plugins.cache.api.tree import Tree

__all__ = ["Shown"]

_SECTIONS = ("attributes", "classes", "functions", "modules", "type_aliases")
_FORMATS = ("attribute", "code", "signature", "type_alias")


class Shown:
    """Notes which objects templates ask a template or a summary for.

    Args:
        handler: The handler.
    """

    def __init__(self, handler: PythonHandler) -> None:
        self._handler = handler
        self._update = handler.update_env
        handler.update_env = self._updated  # type: ignore[method-assign]
        self.displayed: list[Object | Alias] = []
        self.listed: list[Object | Alias] = []

    def clear(self) -> None:
        """A page is converted now."""
        self.displayed, self.listed = [], []

    def modules(self, tree: Tree) -> dict[str, Module]:
        """The modules that the page displays objects of, by their paths.

        Args:
            tree: What griffe has read.
        """
        found: dict[str, Module] = {}
        for one in self.displayed:
            for module in _modules_of(one, tree):
                found[module.path] = module
        for one in self.listed:
            final = tree.meant(one)[1]
            # of a package's modules, nothing but docstrings is listed, which are compared
            if final is not None and not isinstance(one, Module):
                found[final.module.path] = final.module
        return found

    def docstrings(self, tree: Tree) -> list[str]:
        """The paths of the objects whose docstrings are shown."""
        found: dict[str, None] = {}
        for one in self.displayed:
            final = tree.meant(one)[1]
            if isinstance(final, Class) and isinstance(final.members.get("__init__"), Object):
                found[f"{final.path}.__init__"] = None
            if final is not None and final.docstring:
                found[final.path] = None
        return list(found)

    def _updated(self, config: Any) -> None:
        """As the handler's own; its filters tell what they are given."""
        self._update(config)
        compile_once(self._handler.env)
        filters = self._handler.env.filters
        filters["get_template"] = self._displaying(filters["get_template"])
        for name in _SECTIONS:
            filters[f"as_{name}_section"] = self._listing(filters[f"as_{name}_section"])
        for name in _FORMATS:
            filters[f"format_{name}"] = _unwatched(filters[f"format_{name}"])
        # which asks for the working folder
        filters["source_location"] = _unwatched(filters["source_location"])
        tests: dict[str, Any] = self._handler.env.tests
        tests["existing_template"] = _unwatched(tests["existing_template"])

    def _displaying(self, original: Callable[..., str]) -> Callable[..., str]:
        @wraps(original)
        def get_template(found: Any) -> str:
            self.displayed.append(found)
            return original(found)

        return get_template

    def _listing(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def as_section(context: Any, found: Iterable[Any], **options: Any) -> Any:
            found = list(found)
            self.listed += found
            return original(context, found, **options)

        return as_section


def _unwatched(original: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that runs a formatter or lists folders: by the settings, which are compared."""

    @wraps(original)
    def formatted(*arguments: Any, **options: Any) -> Any:
        with unwatched():
            return original(*arguments, **options)

    return formatted


def _modules_of(one: Object | Alias, tree: Tree) -> Iterator[Module]:
    """The modules of an object that is displayed, and of what it inherits."""
    final = tree.meant(one)[1]
    if isinstance(one, Alias) and one.parent is not None:
        yield one.parent.module
    if final is None:
        return
    yield final.module
    if isinstance(final, Class):
        try:
            bases = final.mro()
        except ValueError:  # bases in a circle: griffe shows nothing of them
            bases = []
        for base in bases:
            yield base.module
    for name in _attributes(final):
        attribute = tree.meant(final.members.get(name))[1]
        if attribute is not None:
            yield attribute.module


def _attributes(found: Object) -> Iterator[str]:
    """The attributes that a docstring describes, whose annotations come from where they are."""
    docstring = found.docstring
    if docstring is None or "parsed" not in vars(docstring):
        return
    try:
        sections = docstring.parsed
    except (AliasResolutionError, CyclicAliasError):
        return
    for section in sections:
        if section.kind is Kind.attributes:
            yield from (item.name for item in section.value)
