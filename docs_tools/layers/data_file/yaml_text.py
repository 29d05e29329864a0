"""YAML text and the places of its nodes in it, for changes that leave the rest as it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import yaml

__all__ = ["Edit", "UnsafeEditError", "YamlText"]

_ALIAS = re.compile(r"\s*:\s*\*[^\s,\[\]{}]+")


class UnsafeEditError(Exception):
    """The text is written in a way that can't be changed by the places of its nodes."""


@dataclass(frozen=True)
class Edit:
    """A part of the text that gets another text."""

    start: int
    end: int
    text: str


class YamlText:
    """A YAML document as text.

    Args:
        text: A document without a byte order mark.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:  # libyaml, which has read it before, takes more, such as a tab before a comment
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            raise UnsafeEditError from error
        if not isinstance(root, yaml.CollectionNode):
            raise UnsafeEditError
        self.root = root

    @cached_property
    def eol(self) -> str:
        """The end of its lines."""
        first = self.text.find("\n")
        return "\r\n" if self.text[max(first - 1, 0) : first + 1] == "\r\n" else "\n"

    def apply(self, edits: Iterable[Edit]) -> str:
        """The text with edits, which don't overlap."""
        text = self.text
        for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def line_start(self, at: int) -> int:
        """Where the line of a place begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where the line of a place ends, before what ends it."""
        end = self.text.find("\n", at)
        if end < 0:
            return len(self.text)
        return end - 1 if end > at and self.text[end - 1] == "\r" else end

    def previous_line_end(self, at: int) -> int:
        """Where the line before that of a place ends."""
        return self.line_end(self.line_start(self.line_start(at) - 1))

    def indentation(self, at: int) -> str | None:
        """What stands before a place in its line, if that is only blanks."""
        before = self.text[self.line_start(at) : at]
        return None if before.strip() else before

    def column(self, at: int) -> int:
        """How many characters stand before a place in its line."""
        return at - self.line_start(at)

    def find_value(
        self, mapping: yaml.CollectionNode, key: str
    ) -> tuple[yaml.Node, yaml.Node] | None:
        """A key of a mapping and its value."""
        for key_node, value in mapping.value:
            if key_node.value == key:
                if is_alias(key_node, value):
                    raise UnsafeEditError
                return key_node, value
        return None

    def own_items(self, sequence: yaml.CollectionNode) -> list[yaml.CollectionNode | None]:
        """The items of a list; `None` for one that stands elsewhere, under an anchor."""
        items: list[yaml.CollectionNode | None] = []
        last = sequence.start_mark.index - 1
        for item in sequence.value:
            items.append(item if item.start_mark.index > last else None)
            last = max(last, item.start_mark.index)
        return items

    def end_of(self, node: yaml.Node) -> int:
        """Where a node ends: PyYAML's mark of a block stands behind the comments below it."""
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return int(node.end_mark.index)
        if isinstance(node, yaml.SequenceNode):
            last = node.value[-1]
            if last.start_mark.index < node.start_mark.index:
                raise UnsafeEditError  # an alias, whose own place isn't known
            return self.end_of(last)
        key, value = node.value[-1]
        if not is_alias(key, value):
            return self.end_of(value)
        alias = _ALIAS.match(self.text, key.end_mark.index)
        if alias is None:
            raise UnsafeEditError
        return alias.end()

    def dash_of(self, item: yaml.Node) -> int:
        """The place of the dash before an item of a list of lines."""
        at = int(item.start_mark.index)
        while (start := self.line_start(at)) >= 0:
            before = re.match(r" *(-)(?=\s)", self.text[start : self.line_end(at)] + "\n")
            if before and start + before.start(1) < item.start_mark.index:
                return start + before.start(1)
            if start == 0:
                break
            at = start - 1
        raise UnsafeEditError


def is_alias(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether a key's value stands elsewhere, under an anchor."""
    return bool(value.start_mark.index < key.end_mark.index)
