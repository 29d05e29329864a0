"""Where a project's ARNs stand, as its configuration says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docs_tools.errors import Diagnostic, DocsToolsError

__all__ = ["LayerSettings"]


@dataclass(frozen=True)
class LayerSettings:
    """Globs of the layers plugin, from the folder of the configuration.

    Attributes:
        insert: Files whose ARNs are kept current: pages, snippets, examples.
        keep: Those of them that keep their numbers, such as a changelog.
        complete: Those that show every ARN of a release.
    """

    insert: tuple[str, ...]
    keep: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: Mapping[str, Any], docs_dir: str) -> "LayerSettings":
        """Reads the plugin's options.

        Args:
            options: As they stand in the configuration.
            docs_dir: The folder of the pages: its files are meant where `insert` isn't given.

        Raises:
            DocsToolsError: One is no list of globs.
        """
        found: dict[str, tuple[str, ...]] = {}
        problems: list[Diagnostic] = []
        for name in ("insert", "keep", "complete"):
            value = options.get(name)
            if value is None:
                continue
            if isinstance(value, list) and all(isinstance(glob, str) for glob in value):
                found[name] = tuple(value)
            else:
                message = f"plugins: docs_tools/layers: {name}: must be a list of globs"
                problems.append(Diagnostic(message, hint=f"write such as {name}: [docs/**/*.md]"))
        if problems:
            raise DocsToolsError("the configuration isn't valid", diagnostics=problems)
        return cls(**{"insert": (f"{docs_dir}/**",), **found})
