"""The source of the package: classes, functions and docstrings that refer to each other."""

from random import Random

from bench.sites.outline import Module, Shape
from bench.sites.words import sentence

__all__ = ["package_files"]

_VERBS = ("get", "put", "check", "list", "close", "open", "merge", "reset", "describe", "resolve")


def package_files(shape: Shape) -> dict[str, str]:
    """The modules by their paths."""
    return {f"src/{module.path}": _source(shape, module) for module in shape.package}


def _source(shape: Shape, module: Module) -> str:
    random = shape.random(module.name)
    others = [other for other in shape.package if other.role and other.name < module.name]
    base = random.choice(others) if others and module.role else None
    imports = f"from {base.name} import {base.main}\n" if base else ""
    size = random.choice((0, 0, 0, 1, 1, 2))  # in a package most modules are small
    verbs = random.sample(_VERBS, size + 1)
    parts = [
        f'"""{sentence(random)}\n\n{sentence(random)} See {_refer(shape, random)}.\n"""\n\n'
        f"from datetime import timedelta\nfrom typing import Any\n\n{imports}".rstrip()
        + "\n",
        f'LIMIT_{module.thing.upper()} = {random.randint(10, 500)}\n"""{sentence(random)}"""\n',
        _class(shape, module.main, base.main if base else None, verbs[:size], random),
    ]
    if module.role and size == 2:
        parts += [_class(shape, f"{module.main}Options", module.main, verbs[:1], random)]
    parts += [_function(shape, module, verb, random) for verb in verbs[size:]]
    return "\n\n".join(parts)


def _class(shape: Shape, name: str, base: str | None, verbs: list[str], random: Random) -> str:
    methods = "".join(_method(shape, name, verb, random) for verb in verbs)
    return f'''class {name}{f"({base})" if base else ""}:
    """{sentence(random)}

    {sentence(random)} Works with {_refer(shape, random)}.

    Attributes:
        limit: {sentence(random)}

    Examples:
        ```python
        found = {name}(name="a", limit={random.randint(1, 50)})
        assert found.check(1) is not None
        ```
    """

    def __init__(self, name: str, limit: int = {random.randint(1, 90)}) -> None:
        """Keeps what it is given.

        Args:
            name: {sentence(random)}
            limit: {sentence(random)}
        """
        self.name, self.limit = name, limit

    def check(self, attempt: int) -> bool:
        """{sentence(random)}

        Args:
            attempt: How often it was tried.
        """
        return attempt < self.limit
{methods}'''


def _method(shape: Shape, name: str, verb: str, random: Random) -> str:
    verb = f"{verb}_{random.choice(('all', 'one', 'many', 'item'))}"
    return f'''
    def {verb}(self, key: str, *, expires: timedelta | None = None) -> "{name}":
        """{sentence(random)}

        {sentence(random)} Compare {_refer(shape, random)}.

        Args:
            key: {sentence(random)}
            expires: {sentence(random)}

        Returns:
            {sentence(random)}

        Raises:
            KeyError: {sentence(random)}
        """
        if not key or expires is None:
            raise KeyError(key)
        return self
'''


def _function(shape: Shape, module: Module, verb: str, random: Random) -> str:
    return f'''def {verb}_{module.thing.lower()}(
    source: {module.main}, payload: dict[str, Any], *, strict: bool = True
) -> list[{module.main}]:
    """{sentence(random)}

    Args:
        source: {sentence(random)}
        payload: {sentence(random)}
        strict: Whether {_refer(shape, random)} has to agree.

    Returns:
        {sentence(random)}
    """
    return [source for _ in payload if strict]
'''


def _refer(shape: Shape, random: Random) -> str:
    other = random.choice(shape.package)
    return f"[`{other.main}`][{other.name}.{other.main}]"
