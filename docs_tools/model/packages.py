"""Python packages as their source files say, read by griffe: none of their code is run."""

import ast
import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from docs_tools.errors import DocsToolsError
from docs_tools.model.bases import make_recorder
from docs_tools.model.folder import find_inside
from docs_tools.model.nearest import find_nearest

if TYPE_CHECKING:  # it costs as much as the rest of a build's start
    from griffe import GriffeLoader, Module

__all__ = ["find_package", "load_packages"]

_SUFFIXES = (".py", ".pyi")
_Stamp = tuple[tuple[str, int, int], ...]


def load_packages(names: Iterable[str], root: Path, paths: Sequence[str]) -> "list[Module]":
    """Reads top-level packages, or modules, with all that they hold.

    What was read last is kept until one of its files changes.

    Args:
        names: Import names without a dot.
        root: The project's folder.
        paths: Folders in it that may hold the packages.

    Returns:
        The packages in the order of their names; they know each other's classes.

    Raises:
        DocsToolsError: A package is in none of the folders, one lies outside the project, or a
            file isn't Python.
    """
    names = tuple(dict.fromkeys(names))
    folders = tuple(find_inside(root, path) for path in paths)
    sources: list[Path] = []
    for name in names:
        found = find_package(name, root, paths)
        if not found:
            raise _no_package(name, folders, paths)
        sources += found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Python thinks of the style of that code
        return _load(names, folders, root.resolve(), _stamp(sources))


def find_package(name: str, root: Path, paths: Sequence[str]) -> list[Path]:
    """The folders and files that hold a top-level package or module; none if it isn't there.

    Raises:
        DocsToolsError: One of them lies outside the project.
    """
    found = [place for path in paths for place in _places(find_inside(root, path), name)]
    for place in found:
        find_inside(root, place.relative_to(root.resolve()).as_posix())
    return found


def _places(folder: Path, name: str) -> Iterator[Path]:
    if (folder / name).is_dir():
        yield folder / name
    yield from (path for suffix in _SUFFIXES if (path := folder / f"{name}{suffix}").is_file())


def _no_package(name: str, folders: Sequence[Path], paths: Sequence[str]) -> DocsToolsError:
    there = {
        path.stem
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix in _SUFFIXES or (path / "__init__.py").is_file()
    }
    near = find_nearest(name, sorted(there))
    return DocsToolsError(
        f'there is no package "{name}" in {", ".join(paths) or "no folder"}',
        hint=f"did you mean {near}?" if near else "name its folder: `paths: [FOLDER]`",
    )


def _stamp(sources: Iterable[Path]) -> _Stamp:
    """What differs as soon as a file of the sources does."""
    found: list[tuple[str, int, int]] = []
    for source in sources:
        files = [source] if source.is_file() else _files(source)
        for path in files:
            with suppress(OSError):  # a link to nowhere, such as the lock of an editor
                stat = path.stat()
                found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(sorted(found))


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder):
        yield from (Path(parent, name) for name in names if name.endswith(_SUFFIXES))


@lru_cache(maxsize=2)
def _load(
    names: tuple[str, ...], folders: tuple[Path, ...], root: Path, _stamp: _Stamp
) -> "list[Module]":
    from griffe import Extensions, GriffeLoader, LoadingError

    loader = GriffeLoader(
        search_paths=folders,
        # without griffe's own: they work out what each class inherits, at great length
        extensions=Extensions(make_recorder()),
        allow_inspection=False,
        store_source=False,
    )
    packages = []
    for name in names:
        try:
            # griffe tells of a fault in the first file with a traceback in the log
            _check_first(loader, name, root)
            package = loader.load(name, try_relative_path=False)
        except (LoadingError, ModuleNotFoundError, RecursionError) as error:
            reason = str(error) or type(error).__name__
            raise DocsToolsError(f'the package "{name}" can\'t be read: {reason}') from error
        if not package.is_module:
            raise DocsToolsError(f'"{name}" is no package')
        module: Module = package  # type: ignore[assignment]  # as it says itself
        _check_rest(loader, module, root)
        packages.append(module)
    return packages


def _check_first(loader: "GriffeLoader", name: str, root: Path) -> None:
    path = loader.finder.find_package(name).path
    if isinstance(path, Path):
        _check(path, root)


def _check_rest(loader: "GriffeLoader", package: "Module", root: Path) -> None:
    """Finds the files that griffe passed over without a word, as they are no Python."""
    for parts, path in loader.finder.submodules(package):
        importable = all(part.isidentifier() for part in parts)
        if importable and _is_module(package, parts[:-1]) and not _is_module(package, parts):
            _check(path, root)


def _is_module(package: "Module", parts: tuple[str, ...]) -> bool:
    found = package
    for part in parts:
        member = found.members.get(part)
        if member is None or member.is_alias or not member.is_module:
            return False
        found = member  # type: ignore[assignment]  # as it says itself
    return True


def _check(path: Path, root: Path) -> None:
    if path.suffix not in _SUFFIXES:
        return
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    try:
        ast.parse(path.read_text("utf-8-sig"), str(path))
    except SyntaxError as error:
        message = f"{shown.as_posix()}:{error.lineno or 1}: not Python: {error.msg}"
        raise DocsToolsError(message) from error
    except UnicodeDecodeError as error:
        raise DocsToolsError(f"{shown.as_posix()} can't be read: not UTF-8") from error
    except OSError as error:
        raise DocsToolsError(f"{shown.as_posix()} can't be read: {error.strerror}") from error
