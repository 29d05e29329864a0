"""What code made a page: the versions of what is installed, and local code as it was loaded."""

import os
import platform
import sys
import sysconfig
from functools import cache
from pathlib import Path
from types import ModuleType

from docs_tools.build.memory.contents import Contents
from docs_tools.build.memory.digest import digest_text
from docs_tools.build.memory.watch import installed_folders, is_below, kept_files

__all__ = ["installed_packages", "local_code"]


@cache
def installed_packages() -> tuple[str, ...]:
    """The packages that Python finds, with their versions, and Python's own.

    All count: which of them an extension uses is nobody's to know. A package that comes from no
    index, but from a folder or an address, says nothing by its version: its list of files does,
    and what it is linked to is local code.
    """
    found = {f"Python {platform.python_version()}"}
    for folder in (path for path in sys.path if path.endswith("-packages")):
        names = os.listdir(folder) if os.path.isdir(folder) else ()  # noqa: PTH112, PTH208
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                place = Path(folder, name)
                package = name.rpartition(".")[0].replace("-", " ", 1)
                if (place / "direct_url.json").exists():
                    package += f" {digest_text(_text(place / 'RECORD'))}"
                found.add(package)
    return tuple(sorted(found))


def local_code(root: Path, also: tuple[ModuleType, ...] = ()) -> dict[str, str]:
    """The digests of modules that are loaded and not installed, by their names.

    What was loaded counts, and not what the file holds by now: a server goes on with the code that
    it began with. What was loaded while a page was made is left out: watching has seen it.

    Args:
        root: The project's folder.
        also: Modules that are loaded and can't be found by name, such as hooks.
    """
    seen = kept_files(root)
    found = {"docs_tools": _ourselves()}
    for name, module in (*list(sys.modules.items()), *((one.__name__, one) for one in also)):
        file = getattr(module, "__file__", None)
        if not isinstance(file, str) or name.partition(".")[0] in _LEFT_OUT:
            continue
        if file not in seen and not is_below(file, (*installed_folders(), *_commands())):
            found[name] = found.get(name, "") + _loaded(module, file)
    return dict(sorted(found.items()))


@cache
def _commands() -> tuple[str, ...]:
    """The folder of installed commands: which of them builds doesn't matter."""
    folder = sysconfig.get_path("scripts")
    return (os.path.abspath(folder), os.path.realpath(folder))  # noqa: PTH100


@cache
def _ourselves() -> str:
    """The digest of this package where it isn't installed: which modules are loaded varies."""
    import docs_tools

    folder = Path(docs_tools.__file__).parent
    if is_below(str(folder), installed_folders()):
        return docs_tools.__version__
    return Contents(folder).of_tree(".") or ""


# compared as a whole; the second name that `multiprocessing` gives the program's own module
_LEFT_OUT = frozenset({"docs_tools", "__mp_main__"})
_LOADED: dict[tuple[str, str], tuple[ModuleType, str]] = {}


def _loaded(module: ModuleType, file: str) -> str:
    """The digest that a module's file had when the module was first seen."""
    known = _LOADED.get((module.__name__, file))
    if known is None or known[0] is not module:
        digest = Contents(Path()).of_file(file) or ""
        _LOADED[module.__name__, file] = known = (module, digest)
    return known[1]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
