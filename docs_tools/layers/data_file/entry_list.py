"""The list of releases in the text of `layers.yml`, and how its entries are written."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import yaml

from docs_tools.layers.data_file.entry_text import EntryStyle, read_style
from docs_tools.layers.data_file.yaml_text import UnsafeEditError, YamlText
from docs_tools.model.layers import LayerRelease

__all__ = ["EntryList"]


class EntryList:
    """The entries of a file.

    Args:
        source: The file's text.
        releases: What the entries say.

    Attributes:
        node: The list, or `None` where the file has none.
    """

    def __init__(self, source: YamlText, releases: Sequence[LayerRelease]) -> None:
        self.source = source
        self.releases = releases
        found = source.find_value(source.root, "releases")
        self.node = found[1] if found and isinstance(found[1], yaml.CollectionNode) else None

    @cached_property
    def items(self) -> list[yaml.CollectionNode | None]:
        """The entries; `None` for one that stands elsewhere, under an anchor."""
        return self.source.own_items(self.node) if self.node else []

    def own(self, index: int) -> yaml.CollectionNode:
        """An entry that stands in the list itself.

        Raises:
            UnsafeEditError: It stands elsewhere.
        """
        item = self.items[index]
        if item is None:
            raise UnsafeEditError
        return item

    @property
    def flow(self) -> bool:
        """Whether all entries stand within brackets."""
        return any(n.flow_style for n in (self.source.root, self.node) if n and n.value)

    @property
    def step(self) -> int:
        """How far a list is indented in this file: 2, or 0 where dashes stand below the key."""
        root = self.source.root
        for lines in (self.node, *(value for _, value in root.value)):
            if isinstance(lines, yaml.SequenceNode) and lines.value and not lines.flow_style:
                column = self.source.column(self.source.dash_of(lines.value[0]))
                return max(0, column - int(root.start_mark.column))
        return 2

    def style_for(self, release: LayerRelease, index: int) -> EntryStyle:
        """How to write an entry: as the nearest one of its kind, with or without exceptions.

        Args:
            release: What the entry says.
            index: Where it stands or will stand.
        """
        plain = not release.exceptions
        like = [(not known.exceptions) == plain for known in self.releases]
        near = [i for i, item in enumerate(self.items) if item is not None]
        near.sort(key=lambda i: (not like[i], abs(i - index)))
        if not near:
            return EntryStyle(flow=self.flow or plain, step=self.step)
        style = read_style(self.own(near[0]), self.source.text, self.step)
        return replace(style, flow=style.flow and (self.flow or plain or like[near[0]]))
