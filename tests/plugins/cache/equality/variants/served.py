"""One process that makes all builds, as `mkdocs serve` does.

What Material reads once for a process, such as its icons, isn't edited here: MkDocs itself would go
on showing what it was.
"""

from dataclasses import replace

from tests.plugins.cache.equality.variants import common
from tests.plugins.cache.equality.variants.guide import GUIDE

__all__ = ["SERVED"]

_EMOJI = "pymdownx.emoji"

SERVED = replace(
    GUIDE,
    start=replace(
        GUIDE.start.set(("markdown_extensions", _EMOJI), None),
        files={path: text for path, text in GUIDE.start.files.items() if ".icons" not in path},
    ),
    blocks=[*common.BLOCKS, *(block for block in GUIDE.blocks if "--8<--" in block)],
    files={path: texts for path, texts in GUIDE.files.items() if ".icons" not in path},
    stays=True,
)
