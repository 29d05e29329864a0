"""The public modules of packages, found in their folders without importing anything."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docs_tools.errors import DocsToolsError

__all__ = ["Module", "find_modules", "find_syntax_error", "nav_of"]


@dataclass(frozen=True)
class Module:
    """A public module.

    Attributes:
        name: Its import name.
        folder: The folder that holds its top-level package.
        is_package: Whether it holds modules itself.
    """

    name: str
    folder: Path
    is_package: bool

    @property
    def root(self) -> Path:
        """The top-level package, or the module's file."""
        root = self.folder / self.name.split(".")[0]
        return root if root.is_dir() else root.with_suffix(".py")

    @property
    def file(self) -> Path:
        """The source file."""
        path = self.folder.joinpath(*self.name.split("."))
        return path / "__init__.py" if self.is_package else path.with_name(f"{path.name}.py")

    def page(self, path: str) -> str:
        """The page of this module below a folder of the site."""
        inside = "/".join(self.name.split("."))
        if self.is_package:
            inside += "/index"
        elif inside.endswith("/index"):
            inside += "_"  # the package's own page has that name
        return f"{path.strip('/')}/{inside}.md"


def find_modules(packages: Iterable[str], folders: list[Path]) -> list[Module]:
    """The public modules of packages, each package before what it holds.

    A name that begins with an underscore is private, with all below it; so is `__main__`.

    Args:
        packages: Import names.
        folders: Where they may be; the first that has one counts.

    Raises:
        DocsToolsError: A package is in none of the folders.
    """
    modules: list[Module] = []
    for package in packages:
        inside = Path(*package.split("."))
        for folder in folders:
            if (folder / inside / "__init__.py").is_file():
                modules += _walk(folder / inside, package, folder.resolve())
                break
            if any((folder / inside).glob("*.py")):  # a namespace package
                modules += list(_walk(folder / inside, package, folder.resolve()))[1:]
                break
            if (folder / inside).with_suffix(".py").is_file():
                modules.append(Module(package, folder.resolve(), is_package=False))
                break
        else:
            looked = ", ".join(str(folder) for folder in folders)
            raise DocsToolsError(
                f'docs_tools/api: there is no package "{package}" in {looked}',
                hint="name its folder: `docs_tools/api: {paths: [FOLDER]}`",
            )
    return modules


def _walk(package: Path, name: str, folder: Path) -> Iterator[Module]:
    yield Module(name, folder, is_package=True)
    for path in sorted(package.iterdir()):
        if path.name.startswith("_") or not path.stem.isidentifier():
            continue
        if (path / "__init__.py").is_file():
            yield from _walk(path, f"{name}.{path.name}", folder)
        elif path.suffix == ".py":
            yield Module(f"{name}.{path.stem}", folder, is_package=False)


def nav_of(modules: list[Module], path: str) -> list[Any]:
    """The modules' pages as a part of MkDocs' `nav`, a section for each package."""
    nav: list[Any] = []
    sections: dict[str, list[Any]] = {}
    for module in modules:
        parent, _, short = module.name.rpartition(".")
        inside = parent in sections
        title = short if inside else module.name
        page = module.page(path)
        entry: dict[str, Any] = {title: [page] if module.is_package else page}
        if module.is_package:
            sections[module.name] = entry[title]
        (sections[parent] if inside else nav).append(entry)
    return nav


def find_syntax_error(module: Module) -> SyntaxError | None:
    """Why a module can't be read as Python; nothing where it can, or isn't there."""
    try:
        ast.parse(module.file.read_bytes())
    except SyntaxError as error:
        return error
    except (OSError, ValueError):
        return None
    return None
