"""What is built: this project's own site, or a generated one; each contestant has its own copy."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bench.sites import generate, make_repository
from bench.sites.repository import commit, git
from docs_tools.plugins.modules import find_modules, nav_of

__all__ = ["Copies", "Subject", "generated", "own"]

ROOT = Path(__file__).resolve().parents[2]
_API_PAGE = "# `{module}`\n\n::: {module}\n    options:\n      allow_inspection: false\n"
_CACHE_LINE = "  - docs_tools/cache\n"
_API_LINE = re.compile(r"^  - docs_tools/api.*\n(?:      .*\n)*", re.MULTILINE)


@dataclass(frozen=True)
class Subject:
    """A project to build.

    Attributes:
        name: What it is called.
        told: What it is, for a table.
        write: Writes it into a folder that isn't there.
        page: The page that is edited, below the docs folder.
        module: The module that is edited, a path in the project.
        package: The package whose API is documented.
        sources: The folder that holds the package.
        version: The version that is published.
    """

    name: str
    told: str
    write: Callable[[Path], object]
    page: str
    module: str
    package: str
    sources: str
    version: str = "1.0"


def generated(pages: int, modules: int) -> Subject:
    """A realistic site, see `bench.sites`."""
    from bench.sites import Shape

    shape = Shape(pages, modules)
    return Subject(
        name=f"{pages}+{modules}",
        told=f"{pages} pages, {modules} modules",
        write=lambda folder: generate(folder, pages, modules),
        page=shape.guide[len(shape.guide) // 2].path,
        module=f"src/{shape.package[-1].path}",
        package="toolkit",
        sources="src",
    )


def own() -> Subject:
    """The site of this repository, as it is in the working tree."""
    return Subject(
        name="own",
        told="this site",
        write=_write_own,
        page="user-guide/hotfix.md",
        module="docs_tools/errors.py",
        package="docs_tools",
        sources=".",
        version=_newest_release(),
    )


def _newest_release() -> str:
    """A version that the data has layer numbers of; another one couldn't be built."""
    data = yaml.safe_load((ROOT / "docs/data/layers.yml").read_text("utf-8"))
    version: str = data["releases"][0]["version"]
    return version


def _write_own(folder: Path) -> None:
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split(
        "\0"
    ):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    text = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "plain.yml").write_text(text.replace(_CACHE_LINE, ""), "utf-8")
    if _CACHE_LINE not in text:
        listed = text.replace("\nplugins:\n", f"\nplugins:\n{_CACHE_LINE}", 1)
        (folder / "mkdocs.yml").write_text(listed, "utf-8")
    drawn = ROOT / ".cache/docs_tools/diagrams"
    if drawn.is_dir():  # each copy would have to draw them once
        shutil.copytree(drawn, folder / ".cache/docs_tools/diagrams")


@dataclass
class Copies:
    """The project once for each contestant, all in the same state.

    Attributes:
        subject: The project.
        folder: Where the copies are.
        environment: Variables of all commands.
    """

    subject: Subject
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    _edits: dict[str, int] = field(default_factory=dict)

    def of(self, name: str) -> Path:
        """A contestant's copy, made when it is first asked for: a repository with a remote."""
        copy = self.folder / name / "project"
        if not copy.exists():
            source = self.folder / "source"
            if not source.exists():  # once: the working tree may change while things are measured
                self.subject.write(source)
            shutil.copytree(source, copy)
            if name == "zensical":
                _for_zensical(copy, self.subject)
            make_repository(copy)
            for what in self._edits:  # it joins the others
                self._change(copy, what)
        return copy

    def edit(self, what: str, *, committed: bool = False) -> None:
        """Changes one sentence in every copy: a page's, or a module's docstring.

        Args:
            what: `page` or `module`.
            committed: Whether to commit it, too.
        """
        self._edits[what] = max(self._edits.values(), default=0) + 1
        for copy in sorted(self.folder.glob("*/project")):
            self._change(copy, what)
            if committed:
                commit(copy, f"docs: mended {self._edits[what]}")

    def _change(self, copy: Path, what: str) -> None:
        if what == "page":
            edit_page(copy / "docs" / self.subject.page, self._edits[what])
        else:
            edit_module(copy / self.subject.module, self._edits[what])


def edit_page(path: Path, number: int) -> None:
    """Changes the last sentence of a page, or adds one."""
    text = re.sub(r"\nThis was mended in edit \d+\.\n\Z", "", path.read_text("utf-8"))
    path.write_text(f"{text}\nThis was mended in edit {number}.\n", "utf-8")


def edit_module(path: Path, number: int) -> None:
    """Changes the first sentence of a module's docstring."""
    text = re.sub(r'\A"""(Mended in edit \d+\. )?', "", path.read_text("utf-8"))
    path.write_text(f'"""Mended in edit {number}. {text}', "utf-8")


def _for_zensical(folder: Path, subject: Subject) -> None:
    """Gives Zensical, which runs no plugins of others, the pages of the API as files."""
    modules = find_modules([subject.package], [folder / subject.sources])
    for module in modules:
        page = folder / "docs" / module.page("api")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_API_PAGE.format(module=module.name), "utf-8")
    text = (folder / "plain.yml").read_text("utf-8")
    entry = json.dumps({"API reference": nav_of(modules, "api")})
    placed = re.sub(r'^  - (\{"API reference": "api/"\}|API reference: api/)$',
                    lambda _: f"  - {entry}", text, flags=re.MULTILINE)  # fmt: skip
    (folder / "mkdocs.yml").write_text(_API_LINE.sub("", placed), "utf-8")
    (folder / "plain.yml").unlink()
