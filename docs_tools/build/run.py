"""`docs_tools build`: a site in a folder, from this checkout or from a commit."""

import os
from pathlib import Path

from docs_tools.build.overlay import laid_over
from docs_tools.build.project import Project
from docs_tools.build.site import BuildOptions, BuiltSite, build_site
from docs_tools.build.source import epoch_of, project_at
from docs_tools.errors import DocsToolsError
from docs_tools.git import find_git

__all__ = ["build"]


def build(
    project: Project,
    *,
    ref: str | None = None,
    layers: Path | None = None,
    site_dir: Path | None = None,
    strict: bool = True,
) -> BuiltSite:
    """Builds a project's site.

    Args:
        project: The project.
        ref: The commit to build; the working tree if none is given.
        layers: A file or folder of layer ARNs.
        site_dir: Where the site goes; where the configuration says if none is given.
        strict: Whether a warning fails the build.

    Raises:
        DocsToolsError: The build failed.
    """
    target = (site_dir or project.site_dir).resolve()
    _check_target(target, project)
    epoch = _epoch(project, ref or "HEAD")
    if ref is None:
        options = BuildOptions(layers=layers, epoch=epoch, strict=strict)
        return build_site(project, project.plugins, target, options)
    git = find_git(project.folder)
    data = project.data_file("layers")
    options = BuildOptions(
        layers=layers,
        layers_data=data if data.is_file() else None,
        epoch=epoch,
        strict=strict,
        cache=project.cache,
    )
    with project_at(project, git, ref) as there:
        return build_site(there, laid_over(there, project), target, options)


def _epoch(project: Project, ref: str) -> str | None:
    """The commit's time, so that the day of the build doesn't count; `None` leaves it to MkDocs.

    That is where the caller has said another time, or the project is in no repository.
    """
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return None
    try:
        git = find_git(project.folder)
    except DocsToolsError:
        return None
    commit = git.commit(ref)
    return epoch_of(git, commit) if commit else None


def _check_target(target: Path, project: Project) -> None:
    """MkDocs empties the folder first, and with a ref it knows nothing of this checkout."""
    docs = project.docs_dir.resolve()
    if project.folder.is_relative_to(target) or docs.is_relative_to(target):
        raise DocsToolsError(
            f"{target} holds the project: a build would delete it", hint="name another --site-dir"
        )
    if target.is_relative_to(docs):
        raise DocsToolsError(
            f"{target} is in the docs: the site would become a part of itself",
            hint="name another --site-dir",
        )
