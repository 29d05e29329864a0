"""Where in `mkdocs.yml` an option of a plugin stands."""

import os
from pathlib import Path

import yaml

from docs_tools.errors import Diagnostic

__all__ = ["diagnose_option"]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def diagnose_option(
    config_file: Path | None, plugin: str, path: tuple[str | int, ...], message: str, hint: str
) -> Diagnostic:
    """A problem of an option, at its line or at that of the nearest thing round it.

    Args:
        config_file: The configuration; it may inherit from another.
        plugin: The plugin.
        path: The way to the option from the plugin.
        message: What is wrong.
        hint: How to mend it.
    """
    keys = [str(part) for part in path if isinstance(part, str)]
    message = ": ".join(["plugins", plugin, *keys, message])
    for file in _files(config_file) if config_file else []:
        if mark := _find(file, plugin, path):
            name = os.path.relpath(file, config_file.parent) if config_file else file.name
            return Diagnostic(message, Path(name).as_posix(), mark.line + 1, mark.column + 1, hint)
    return Diagnostic(message, config_file.name if config_file else None, hint=hint)


def _files(config_file: Path) -> list[Path]:
    """The configuration and what it inherits from, in the order in which they win."""
    files: list[Path] = []
    while config_file.is_file() and config_file not in files:
        files.append(config_file)
        parent = _child(_compose(config_file), "INHERIT")
        if not (parent and isinstance(parent[1], yaml.ScalarNode)):
            break
        config_file = Path(os.path.normpath(config_file.parent / parent[1].value))
    return files


def _compose(file: Path) -> yaml.Node | None:
    """The nodes of a file. Nothing is constructed: tags such as `!ENV` may stand in it."""
    try:
        node: yaml.Node | None = yaml.compose(file.read_bytes(), Loader=_Loader)
    except (OSError, yaml.YAMLError, RecursionError):
        return None  # MkDocs tells of that
    return node


def _find(file: Path, plugin: str, path: tuple[str | int, ...]) -> yaml.Mark | None:
    plugins = _child(_compose(file), "plugins")
    listed = plugins[1] if plugins else None
    entries = listed.value if isinstance(listed, yaml.SequenceNode) else [listed]
    found = next((child for entry in entries if (child := _child(entry, plugin))), None)
    if found is None:
        return None
    mark, node = found
    for part in path:
        child = _child(node, part)
        if child is None:
            break
        mark, node = child
    return mark


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Mark, yaml.Node] | None:
    """What is below a node, and where it begins: a mapping's value does where its key stands."""
    if isinstance(node, yaml.MappingNode):
        return next((
            (key.start_mark, value)
            for key, value in reversed(node.value)  # the last of two equal keys counts
            if isinstance(key, yaml.ScalarNode) and key.value == part
        ), None)  # fmt: skip
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item: yaml.Node = node.value[part]
        return item.start_mark, item
    return None
