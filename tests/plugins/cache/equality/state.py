"""A project under edit: what its files hold, as values that edits turn into others."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

__all__ = ["PLUGIN", "Call", "Name", "Page", "State", "move_project", "write_project"]

PLUGIN = "docs_tools/cache"


class Name(str):
    """An object of Python, as `mkdocs.yml` names it: `!!python/name:material.extensions.emoji`."""

    __slots__ = ()


@dataclass(frozen=True)
class Call:
    """What a function of Python makes, as in `!!python/object/apply:pymdownx.slugs.slugify`."""

    name: str
    options: Mapping[str, Any]


class _Dumper(yaml.SafeDumper):
    """Knows names of objects, and repeats what is used twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(
    Name,
    lambda dumper, name: dumper.represent_scalar(f"tag:yaml.org,2002:python/name:{name}", ""),
)
_Dumper.add_representer(
    Call,
    lambda dumper, call: dumper.represent_mapping(
        f"tag:yaml.org,2002:python/object/apply:{call.name}", {"kwds": dict(call.options)}
    ),
)


@dataclass(frozen=True)
class Page:
    """A page of Markdown.

    Attributes:
        blocks: Its text.
        front: Its front matter.
    """

    blocks: tuple[str, ...]
    front: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The file."""
        front = f"---\n{_yaml(self.front)}---\n\n" if self.front else ""
        return front + "\n\n".join(self.blocks) + "\n"


@dataclass(frozen=True)
class State:
    """A project as it is at one time.

    Attributes:
        pages: Pages by their paths in the project.
        files: All other files but `mkdocs.yml`.
        settings: What stands in `mkdocs.yml`; lists of plugins and extensions as mappings.
        variables: Environment variables.
        folder: The name of the folder that it lies in.
    """

    pages: Mapping[str, Page]
    files: Mapping[str, str | bytes]
    settings: Mapping[str, Any]
    variables: Mapping[str, str] = field(default_factory=dict)
    folder: str = "project"

    def set(self, path: tuple[str, ...], value: Any) -> "State":
        """The same with another setting; `None` takes it away."""
        return replace(self, settings=_set(self.settings, path, value))

    def content(self, *, remembers: Mapping[str, Any] | None = None) -> dict[str, bytes]:
        """All files of the project.

        Args:
            remembers: The options of the plugin, where it is listed.
        """
        settings = dict(self.settings)
        plugins = settings.pop("plugins", {})
        if remembers is not None:
            plugins = {**plugins, PLUGIN: dict(remembers)}
        settings["plugins"] = plugins  # last: where else something stands is told in errors
        texts: dict[str, str | bytes] = {
            "mkdocs.yml": _yaml(settings),
            **self.files,
            **{path: page.text for path, page in self.pages.items()},
        }
        return {
            path: text if isinstance(text, bytes) else text.encode() for path, text in texts.items()
        }


def write_project(folder: Path, content: Mapping[str, bytes], *, quietly: bool = False) -> None:
    """Makes a folder hold these files and no others; those that are right aren't touched.

    Args:
        folder: The project's folder.
        content: Files by their paths.
        quietly: Whether what is changed keeps its time.
    """
    there = {
        Path(parent, name).relative_to(folder).as_posix()
        for parent, _, names in os.walk(folder)
        for name in names
    }
    for path in there - content.keys():
        (folder / path).unlink()
        _remove_empty(folder / path, folder)
    for path, text in content.items():
        file = folder / path
        if path in there and file.read_bytes() == text:
            continue
        before = file.stat() if path in there else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
        if quietly and before:
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def move_project(top: Path, before: str, now: str) -> None:
    """Has the project lie in another folder, as a second work tree does."""
    if before != now:
        shutil.move(top / before, top / now)


def _remove_empty(path: Path, folder: Path) -> None:
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()


def _set(settings: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    first, *rest = path
    changed = dict(settings)
    if rest:
        inner = settings.get(first)
        value = _set(inner if isinstance(inner, Mapping) else {}, tuple(rest), value)
    if value is None:
        changed.pop(first, None)
    else:
        changed[first] = value
    return changed


def _yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
