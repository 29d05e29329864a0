"""The handler's templates, compiled once in a process: a server would compile them at each build.

Compiling them takes as long as converting some ten pages. From one process to the next they are not
kept: what is remembered is never run.
"""

from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

__all__ = ["compile_once"]


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives a template what was compiled from the same source of the same file."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED: dict[str, _Compiled] = {}


def compile_once(environment: Environment) -> None:
    """Has an environment take templates that another one of its kind has compiled.

    Args:
        environment: The environment, with all settings that templates are compiled by.
    """
    names = ("autoescape", "trim_blocks", "lstrip_blocks", "keep_trailing_newline", "optimized")
    kind = str([type(environment), *(getattr(environment, name) for name in names)])
    if environment.bytecode_cache is None:
        environment.bytecode_cache = _COMPILED.setdefault(kind, _Compiled())
