"""What the options of a directive say about how griffe reads a package.

A package is read once in a build, as the first page that names it says; pages after it show what
was read then, whatever their own options are.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from docs_tools.build.memory.digest import Uncertain

__all__ = ["ReadOptions"]

_NAMES = (
    "docstring_style",
    "extensions",
    "allow_inspection",
    "force_inspection",
    "find_stubs_package",
    "preload_modules",
)

_KNOWN_EXTENSIONS = frozenset(
    {
        "griffe_inherited_docstrings",
        "griffe_public_redundant_alias",
        "griffe_public_wildcard_imports",
        "griffe_pydantic",
        "griffe_typingdoc",
        "griffe_warnings_deprecated",
    }
)
"""Extensions that are known to go by the packages' sources and nothing else."""


@dataclass(frozen=True)
class ReadOptions:
    """How griffe reads a package.

    Attributes:
        text: All that it goes by, as JSON.
    """

    text: str

    @classmethod
    def of(cls, options: Any) -> "ReadOptions":
        """What a directive's options say of it.

        Raises:
            Uncertain: They hold something that can't be compared.
        """
        values = {name: getattr(options, name) for name in _NAMES}
        style = options.docstring_options
        values["docstring_options"] = None if style is None else asdict(style)
        try:
            return cls(json.dumps(values, sort_keys=True))
        except (TypeError, ValueError) as error:
            raise Uncertain("options of mkdocstrings that are no plain values") from error

    @property
    def values(self) -> dict[str, Any]:
        """As options that mkdocstrings takes."""
        values: dict[str, Any] = json.loads(self.text)
        return values

    @property
    def docstrings(self) -> list[Any]:
        """How docstrings are read."""
        return [self.values["docstring_style"], self.values["docstring_options"]]

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the package's own sources is read, and nobody changes the result."""
        values = self.values
        others = ("extensions", "force_inspection", "find_stubs_package", "preload_modules")
        return not any(values[name] for name in others)

    @property
    def doubt(self) -> str | None:
        """Why what it leads to can't be told from the sources, if so."""
        values = self.values
        if values["force_inspection"]:
            return "mkdocstrings imports the package that it shows"
        for extension in values["extensions"] or ():
            name = str(next(iter(extension)) if isinstance(extension, dict) else extension)
            if name.partition(".")[0] not in _KNOWN_EXTENSIONS:
                return f"the griffe extension {name}"
        return None

    def without_running(self) -> "ReadOptions":
        """The same, importing nothing."""
        return ReadOptions(json.dumps({**self.values, "allow_inspection": False}, sort_keys=True))
