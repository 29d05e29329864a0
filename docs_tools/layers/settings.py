"""Where a project's ARNs stand, as its configuration says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.model.arn import REGION
from docs_tools.model.nearest import find_nearest, list_some

__all__ = ["OPTIONS", "LayerSettings"]

OPTIONS = ("data", "source", "insert", "keep", "complete", "placeholder_region", "version")
"""The options of the layers plugin."""

_OF_EVERY_PLUGIN = ("enabled",)  # MkDocs' own


@dataclass(frozen=True)
class LayerSettings:
    """Globs of the layers plugin, from the folder of the configuration.

    Attributes:
        insert: Files whose ARNs are kept current: pages, snippets, examples.
        keep: Those of them that keep their numbers, such as a changelog.
        complete: Those that show every ARN of a release.
        placeholder_region: The region whose numbers placeholders get; without it they stand for
            each region.
    """

    insert: tuple[str, ...]
    keep: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    placeholder_region: str | None = None

    @classmethod
    def of(cls, options: Mapping[str, Any], docs_dir: str) -> "LayerSettings":
        """Reads the plugin's options.

        Args:
            options: As they stand in the configuration.
            docs_dir: The folder of the pages: its files are meant where `insert` isn't given.

        Raises:
            DocsToolsError: There is no such option, or its value is no list of globs or no region.
        """
        found: dict[str, tuple[str, ...]] = {}
        problems = [*_unknown(options)]
        for name in ("insert", "keep", "complete"):
            value = options.get(name)
            if value is None:
                continue
            if isinstance(value, list) and all(isinstance(glob, str) for glob in value):
                found[name] = tuple(value)
            else:
                message = f"plugins: docs_tools/layers: {name}: must be a list of globs"
                problems.append(Diagnostic(message, hint=f"write such as {name}: [docs/**/*.md]"))
        region = options.get("placeholder_region")
        if region is not None and not (isinstance(region, str) and REGION.fullmatch(region)):
            message = "plugins: docs_tools/layers: placeholder_region: must be a region"
            problems.append(Diagnostic(message, hint="write such as eu-west-1"))
        if problems:
            raise DocsToolsError("the configuration isn't valid", diagnostics=problems)
        return cls(**{"insert": (f"{docs_dir}/**",), **found}, placeholder_region=region)


def _unknown(names: Iterable[object]) -> Iterator[Diagnostic]:
    """What is no option: a misspelled `insert` or `keep` would leave files to be rewritten."""
    for name in names:
        if name not in (*OPTIONS, *_OF_EVERY_PLUGIN):
            near = find_nearest(str(name), OPTIONS)
            hint = f"did you mean {near}?" if near else f"there is: {list_some(OPTIONS)}"
            yield Diagnostic(f"plugins: docs_tools/layers: {name}: is no option", hint=hint)
