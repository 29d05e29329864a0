"""The site to publish: built from the checkout or a ref, or built elsewhere already."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs_tools import __version__
from docs_tools.build import BuildOptions, Project, build_site, check_clean, project_at
from docs_tools.build.canonical import CanonicalPages, canonical_pages
from docs_tools.build.inputs import build_inputs
from docs_tools.build.overlay import laid_over
from docs_tools.build.plugin_settings import PluginSettings, options_of
from docs_tools.build.source import epoch_of, ignored, uncommitted
from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
from docs_tools.publish.manifest.manifest import BuiltFrom, Manifest
from docs_tools.publish.manifest.provenance import commit_date, locks, tools
from docs_tools.publish.request import HotfixRequest
from docs_tools.publish.site_files import SiteFiles, check_site_dir, read_site
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.versions.list import Versions

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["Site", "built_elsewhere", "built_here", "canonical_of"]


@dataclass(frozen=True)
class Site:
    """A site that was built.

    Attributes:
        files: Its files.
        manifest: What is known of it.
        built_from: The commit that was built, with `+` where uncommitted changes were in it;
            `None` where nobody said for a site that was built elsewhere.
        arns: The layer ARNs inserted, by page.
        notices: What there is to know of it.
    """

    files: SiteFiles
    manifest: Manifest
    built_from: str | None
    arns: Mapping[str, tuple[Any, ...]]
    notices: tuple[str, ...]


def built_elsewhere(
    request: HotfixRequest, site_dir: Path, git: Git, algorithm: str, known: frozenset[str]
) -> Site:
    """A site that was built elsewhere; what is known of it is what the command says.

    Args:
        request: What was asked for; its ref is what the site is said to be built from.
        site_dir: The site.
        git: Git in the project's repository.
        algorithm: That of the repository's hashes.
        known: The hashes of files that are there already.

    Raises:
        DocsToolsError: That is no site, or there is no such ref.
    """
    folder = check_site_dir(site_dir)
    commit = git.commit(request.ref) if request.ref else None
    if request.ref and not commit:
        hint = "fetch it first: git fetch --tags"
        raise DocsToolsError(f'there is no tag, branch or commit "{request.ref}"', hint=hint)
    files = read_site(folder, algorithm, known)
    manifest = Manifest(
        version=request.version,
        built_from=_built_from(commit, request.ref, epoch_of(git, commit), dirty=False)
        if commit
        else None,
        tools={"docs_tools": __version__},
        locks={},
        layers=(),
        canonical=None,
        files=files.sums,
    )
    return Site(files, manifest, commit, {}, _notices(files.left_out))


def canonical_of(planned: Snapshot, versions: Versions, version: str) -> CanonicalPages | None:
    """The pages that the canonical links of a version may point to.

    Args:
        planned: What is published.
        versions: The list of versions as it shall be.
        version: The version to build.
    """
    name = planned.settings.canonical_version
    if name is None or planned.settings.site_url is None:
        return None  # no page has such a link
    entry = versions.find(name)
    if entry and entry.version == version:
        return CanonicalPages(name, None)
    folder = planned.folder(entry.version) if entry else None
    found = planned.objects.files(folder.hash) if folder else {}
    return CanonicalPages(name, frozenset(path for path in found if path.endswith(".html")))


def built_here(
    request: HotfixRequest,
    config: "MkDocsConfig",
    canonical: CanonicalPages | None,
    git: Git,
    algorithm: str,
    known: frozenset[str],
    folder: Path,
) -> Site:
    """Builds a site, strict, from the checkout or from a ref.

    Args:
        request: What was asked for.
        config: The configuration of this checkout.
        canonical: The pages that canonical links may point to.
        git: Git in the project's repository.
        algorithm: That of the repository's hashes.
        known: The hashes of files that are there already.
        folder: Where the build may put things.

    Raises:
        DocsToolsError: Something is not committed, or the site can't be built.
    """
    _check_layers(request)
    commit = git.commit(request.ref or "HEAD")
    if commit is None and request.ref is None:
        raise DocsToolsError("there is no commit to build", hint="commit the docs first")
    commit = commit or str(request.ref)  # an unknown ref is reported where it is checked out
    dirty, left_out = _state_of_checkout(request, config, git)
    with _project(request, git, folder) as project, canonical_pages(canonical):
        data = request.project.data_file("layers") if request.ref else None
        epoch = epoch_of(git, commit)
        options = BuildOptions(
            version=request.version,
            layers=request.layers,
            layers_data=data if data and data.is_file() else None,
            epoch=epoch,
            cache=request.project.cache,
        )
        site = build_site(project, _plugins(project, request.project), folder / "site", options)
        known_locks = locks(project.folder)
    files = read_site(site.folder, algorithm, known)
    manifest = Manifest(
        version=request.version,
        built_from=_built_from(commit, request.ref, epoch, dirty=dirty),
        tools=tools(site.config),
        locks=known_locks,
        layers=tuple((page, i.arn) for page, found in site.arns.items() for i in found),
        canonical=(canonical.name, site.lacking) if canonical else None,
        files=files.sums,
    )
    notices = [site.layers_notice] if site.layers_notice else []
    if left_out:
        names = ", ".join(left_out[:5]) + (", …" if len(left_out) > 5 else "")
        notices.append(f"git ignores what was built, so {commit[:9]} lacks it: {names}")
    return Site(
        files,
        manifest,
        commit + "+" * dirty,
        site.arns,
        (*notices, *_notices(files.left_out)),
    )


def _check_layers(request: HotfixRequest) -> None:
    """Reads the layer numbers that were given, if any: a mistake shows before a long build."""
    if request.layers:
        from docs_tools.layers import load_arns  # its models take longer than a small publish

        load_arns(request.layers)


def _state_of_checkout(
    request: HotfixRequest, config: "MkDocsConfig", git: Git
) -> tuple[bool, list[str]]:
    """Whether uncommitted changes are built, and what is built although git ignores it."""
    if request.ref is not None:
        return False, []
    inputs = build_inputs(request.project, config)
    if not request.allow_dirty:
        check_clean(git, inputs)
    dirty = request.allow_dirty and bool(uncommitted(git, inputs))
    return dirty, ignored(git, request.project.docs_dir)


@contextmanager
def _project(request: HotfixRequest, git: Git, folder: Path) -> Iterator[Project]:
    """The project to build: this checkout, or the ref's in a temporary work tree."""
    if request.ref is None:
        yield request.project
        return
    with project_at(request.project, git, request.ref, folder) as project:
        yield project


def _plugins(project: Project, here: Project) -> PluginSettings:
    """The plugins to build with, and mike's, which its command adds too where it isn't listed."""
    plugins = project.plugins if project is here else laid_over(project, here)
    return plugins if options_of(plugins, "mike") is not None else [("mike", {}), *plugins]


def _built_from(commit: str, ref: str | None, epoch: str, *, dirty: bool) -> BuiltFrom:
    return BuiltFrom(commit, ref, commit_date(epoch), dirty)


def _notices(left_out: tuple[str, ...]) -> tuple[str, ...]:
    names = ", ".join(left_out[:5]) + (", …" if len(left_out) > 5 else "")
    return (f"left out, as only files are published and no links: {names}",) if left_out else ()
