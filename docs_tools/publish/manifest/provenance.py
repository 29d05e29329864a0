"""What a site was made from and with, as its manifest tells it.

Nothing here depends on the machine: no path, no address of a remote, no clock.
"""

import hashlib
import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from docs_tools import __version__

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from packaging.requirements import Requirement

__all__ = ["commit_date", "locks", "tools"]

_LOCKS = (
    "requirements.lock",
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
    "pylock.toml",
    "requirements.txt",
    "docs/requirements.txt",
)
_NAME = "docs_tools"


def commit_date(epoch: str) -> str:
    """When a commit was made, in UTC: `2026-11-03T12:00:00Z`.

    Args:
        epoch: The same in seconds.
    """
    return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def locks(folder: Path) -> dict[str, str]:
    """The SHA-256 of each lock file that a project has.

    Args:
        folder: The project's folder as it was built: for a ref, that of its work tree.
    """
    return {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in _LOCKS
        if (folder / name).is_file()
    }


def tools(config: "MkDocsConfig") -> dict[str, str]:
    """The versions of what made a site, by the names of the distributions, and of Python.

    Those are docs_tools, what it depends on, and what brings the theme, the plugins and the
    Markdown extensions. Code of the project itself has no version: its commit tells it.

    Args:
        config: The configuration that the site was built with.
    """
    names = {*_dependencies(), *_in_use(config)} - {_NAME}
    versions = {name: found for name in names if (found := _version(name))}
    own = {"python": platform.python_version(), _NAME: __version__}
    return dict(sorted({**versions, **own}.items()))


def _dependencies() -> Iterator[str]:
    """The direct dependencies, with what the extras that they are asked for bring."""
    for dependency in _requirements(_NAME, frozenset()):
        yield _key(dependency.name)
        if dependency.extras:
            extras = frozenset(dependency.extras)
            yield from (_key(brought.name) for brought in _requirements(dependency.name, extras))


def _requirements(name: str, extras: frozenset[str]) -> Iterator["Requirement"]:
    """What a distribution needs here, or what only some of its extras need where they are given."""
    from packaging.requirements import Requirement

    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # run from its sources
        return
    for requirement in map(Requirement, lines):
        if not extras if _holds(requirement, "") else any(_holds(requirement, e) for e in extras):
            yield requirement


def _holds(requirement: "Requirement", extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _in_use(config: "MkDocsConfig") -> Iterator[str]:
    """The distributions that a configuration's theme, plugins and extensions come from."""
    named: list[tuple[str, str]] = [("mkdocs.themes", config.theme.name or "")]
    # one that is listed twice has a number behind its name
    named += [("mkdocs.plugins", name.partition(" #")[0]) for name in config.plugins]
    extensions = list(config.markdown_extensions)
    named += [("markdown.extensions", name) for name in extensions if isinstance(name, str)]
    installed = metadata.entry_points()  # all groups: it reads every distribution each time
    points = {(e.group, e.name): e for group in {g for g, _ in named}
              for e in installed.select(group=group)}  # fmt: skip
    modules: set[str] = set()
    for key in named:
        point = points.get(key)
        if point and point.dist:
            yield _key(point.dist.name)
        elif key[0] == "markdown.extensions":  # `package.module` or `package.module:Class`
            modules.add(key[1])
    # plugins add objects
    modules |= {type(found).__module__ for found in extensions if not isinstance(found, str)}
    yield from _owners({module.partition(":")[0].partition(".")[0] for module in modules})


def _owners(packages: Iterable[str]) -> Iterator[str]:
    """The distributions that installed these packages or modules.

    `importlib.metadata.packages_distributions` parses the list of every file that is installed,
    which takes longer than to publish; this only looks for a name in it.
    """
    starts = [f"\n{name}{end}" for name in packages for end in ("/", ".py,")]
    for distribution in metadata.distributions() if starts else ():
        record = "\n" + (distribution.read_text("RECORD") or "")
        if any(start in record for start in starts):
            yield _key(distribution.name)


def _key(name: str) -> str:
    from packaging.utils import canonicalize_name

    return _NAME if canonicalize_name(name) == canonicalize_name(_NAME) else canonicalize_name(name)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
