"""Releases set in the text of `layers.yml`, its comments and order kept.

The text is changed at the places of its YAML nodes, and then read again: what it says must be
what was meant, and nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from packaging.version import Version
from pydantic import ValidationError

from docs_tools.errors import DocsToolsError
from docs_tools.layers.data_file.add import add_entry
from docs_tools.layers.data_file.change import change_entry
from docs_tools.layers.data_file.entry_list import EntryList
from docs_tools.layers.data_file.entry_text import EntryStyle, write_entry
from docs_tools.layers.data_file.yaml_text import UnsafeEditError, YamlText
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layer_release import parse_version
from docs_tools.model.layers import LayerRelease, Layers
from docs_tools.model.nearest import list_some

__all__ = ["set_releases"]

_MARK = "\ufeff"  # a byte order mark


def set_releases(text: str, releases: Sequence[LayerRelease], file: str) -> str:
    """Sets releases in the text of a data file; all else stays as it is, byte for byte.

    Args:
        text: The file's text, with its own line ends, and with its byte order mark if it has one.
        releases: What to set. An entry that the file has for the same version and layer is changed
            where it stands; a new one is put where the file's order wants it.
        file: The file as the user would name it.

    Returns:
        The new text.

    Raises:
        DocsToolsError: The text is no valid data file, or it is written in a way that can't be
            changed safely: then the hint has the lines to add by hand.
    """
    body = text.removeprefix(_MARK)
    data = validate(Layers, parse_document(body, file))
    _check_layers(data, releases, file)
    try:
        for release in releases:
            body, data = _set_release(body, data, release, file)
    except UnsafeEditError as error:
        lines = "\n".join(f"  - {write_entry(r, EntryStyle(), 4, chr(10))}" for r in releases)
        raise DocsToolsError(
            f"{file} is written in a way that can't be changed safely",
            hint=f"set this by hand below `releases:`\n{lines}",
        ) from error
    return (_MARK if text.startswith(_MARK) else "") + body


def _check_layers(data: Layers, releases: Sequence[LayerRelease], file: str) -> None:
    known = [layer.id for layer in data.layers]
    for release in releases:
        if release.layer not in known:
            hint = f"there is: {list_some(known)}"
            raise DocsToolsError(f'{file} describes no layer "{release.layer}"', hint=hint)


def _set_release(text: str, data: Layers, new: LayerRelease, file: str) -> tuple[str, Layers]:
    releases = list(data.releases)
    entries = EntryList(YamlText(text), data.releases)
    named = [(release.version, release.layer) for release in releases]
    if (new.version, new.layer) in named:
        index = named.index((new.version, new.layer))
        edits = change_entry(entries, index, new)
        releases[index] = new
    else:
        index = _find_place(releases, new)
        edits = add_entry(entries, index, new)
        releases.insert(index, new)
    changed = entries.source.apply(list(edits))
    meant = data.model_copy(update={"releases": tuple(releases)})
    _check(changed, meant, file)
    return changed, meant


def _check(text: str, meant: Layers, file: str) -> None:
    """Reads what was written.

    Raises:
        UnsafeEditError: It says something else.
    """
    try:
        document = parse_document(text, file)
        said = Layers.model_validate(document.data)
    except (DocsToolsError, ValidationError) as error:
        raise UnsafeEditError from error
    if said != meant or document.problems:
        raise UnsafeEditError


def _find_place(releases: Sequence[LayerRelease], new: LayerRelease) -> int:
    """How many entries stand before a new one: by the file's order, the newest first or last.

    Where a file has no order, its entries may be grouped by layers.
    """
    same = [i for i, release in enumerate(releases) if release.version == new.version]
    if same:
        return same[-1] + 1
    keys = {i: key for i, r in enumerate(releases) if (key := parse_version(r.version))}
    if len(set(_directions(keys.values()))) > 1:
        own = {i: key for i, key in keys.items() if releases[i].layer == new.layer}
        keys = own or keys
    directions = list(_directions(keys.values()))
    newest_last = directions.count(1) > directions.count(-1)
    limit = parse_version(new.version)
    older = [i for i, key in keys.items() if limit is None or key < limit]
    if newest_last:
        return older[-1] + 1 if older else min(keys)
    if older:
        return older[0]
    return max(keys) + 1 if keys else 0


def _directions(keys: Iterable[Version]) -> Iterator[int]:
    """For each version and the next: 1 where it is a newer one, -1 where it is an older one."""
    for first, second in pairwise(keys):
        if first != second:
            yield 1 if first < second else -1
