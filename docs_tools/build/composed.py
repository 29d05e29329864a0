"""A configuration's YAML, parsed once for all that read it in one run.

A command reads `mkdocs.yml` before MkDocs does, and a hotfix reads it four times, as values differ
by environment. PyYAML takes a tenth of a second for a navigation of a thousand pages, nearly all of
it for finding out what stands where, which depends on the text alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import yaml
from mkdocs.config import defaults
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import get_yaml_loader

__all__ = ["composing_once", "loader_of"]

_KEPT = 8  # texts: a configuration and what it inherits from
_composed: dict[bytes, yaml.Node | None] = {}


def loader_of(config: MkDocsConfig) -> Any:
    """MkDocs' loader for a configuration, that takes apart a text it has seen no more.

    The values are made each time: they depend on the environment and on where the file is.
    """

    class Loader(get_yaml_loader(config=config)):  # type: ignore[misc]
        def __init__(self, stream: IO[bytes]) -> None:
            self._text = stream.read()
            stream.seek(0)
            super().__init__(stream)

        def get_single_node(self) -> yaml.Node | None:
            if self._text not in _composed:
                node = super().get_single_node()
                while len(_composed) >= _KEPT:
                    del _composed[next(iter(_composed))]
                _composed[self._text] = node
            return _composed[self._text]

    return Loader


@contextmanager
def composing_once() -> Iterator[None]:
    """Has MkDocs load its configuration in this way too."""
    place: Any = defaults  # it says of nothing that others may replace it
    original = place.get_yaml_loader
    place.get_yaml_loader = loader_of
    try:
        yield
    finally:
        place.get_yaml_loader = original
