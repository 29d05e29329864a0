"""Everything that is wrong with a project, found in one run."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools.build.failure import find_problems
from docs_tools.build.log import capture_log
from docs_tools.build.plugin_settings import HANDBOOK, options_of
from docs_tools.build.project import Project
from docs_tools.build.site import run_build
from docs_tools.build.surroundings import working_in
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.model.facts import DATA_FILES, read_facts

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["Checked", "check_site"]


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Attributes:
        problems: What is wrong, by file and line; what has no file comes first.
        data_files: How many data files there are.
        pages: How many pages were read, those of the API reference included; `None` where
            something stopped the build before all were.
        complete: Whether the build went to its end. If not there may be more that is wrong.
    """

    problems: tuple[Diagnostic, ...]
    data_files: int
    pages: int | None
    complete: bool


def check_site(project: Project) -> Checked:
    """Builds a project's site in a temporary folder and keeps all that is wrong.

    Our plugins don't stop the build: they hand over what they find, so that the pages are seen
    beside wrong data, and anchors, which MkDocs looks at last, beside wrong directives.

    Args:
        project: The project. Nothing is written into its folder.
    """
    check = _Check(project)
    with tempfile.TemporaryDirectory(prefix="docs_tools-check-") as folder:
        check.run(Path(folder))
    return Checked(
        problems=tuple(sorted(dict.fromkeys(check.found), key=_place)),
        data_files=_count_data_files(project),
        pages=check.pages,
        complete=check.complete,
    )


class _Check:
    """One run."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.found: list[Diagnostic] = []
        self.pages: int | None = None
        self.complete = False

    def run(self, site_dir: Path) -> None:
        with working_in(self.project.folder), capture_log(self.project) as log:
            try:
                self._build(site_dir)
            except (Exception, SystemExit) as error:  # MkDocs' Abort is a SystemExit
                problems = find_problems(error, log)
                if problems is None:
                    raise
                self.found += problems
                if not self.complete:
                    self.found += _read_data(self.project)
            else:
                self.found += log.problems()

    def _build(self, site_dir: Path) -> None:
        # a setting that is unknown would end a strict load; as a warning it is kept in the log
        config = self.project.load(site_dir=str(site_dir), strict=False)
        for name, plugin in config.plugins.items():
            if name.startswith("docs_tools/"):
                plugin.findings = self.found
        config.plugins.events["env"].append(self._count_pages)
        config.plugins.events["post_build"].append(self._end)
        config.strict = True
        run_build(config)

    def _count_pages(self, env: Any, *, files: Any, **_: Any) -> None:
        self.pages = len(files.documentation_pages())

    def _end(self, *, config: "MkDocsConfig") -> None:
        self.complete = True


def _place(problem: Diagnostic) -> tuple[str, int, int]:
    return problem.file or "", problem.line or 0, problem.column or 0


def _read_data(project: Project) -> Iterable[Diagnostic]:
    """The problems of the data files, where the plugin may not have come to read them."""
    if not _has_handbook(project):
        return ()
    folder = project.data_folder()
    try:
        return read_facts(folder, project.name_of(folder))[1]
    except DocsToolsError as error:
        return [Diagnostic(error.message, hint=error.hint)]


def _count_data_files(project: Project) -> int:
    files = {project.data_folder() / f"{stem}.yml" for stem in DATA_FILES}
    own = {project.data_file("layers")} if project.settings("layers").get("data") else set()
    return sum(file.is_file() for file in (files if _has_handbook(project) else set()) | own)


def _has_handbook(project: Project) -> bool:
    return options_of(project.plugins, HANDBOOK) is not None
