"""Publishing a version, and hotfixing one: check, build, compare, commit, push."""

import shlex
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

from docs_tools import __version__
from docs_tools.build import (
    BuildOptions,
    BuiltSite,
    Project,
    build_site,
    check_clean,
    find_project,
    project_at,
)
from docs_tools.build.inputs import build_inputs
from docs_tools.build.overlay import laid_over
from docs_tools.build.plugin_settings import PluginSettings, options_of
from docs_tools.build.source import ignored, uncommitted
from docs_tools.build.surroundings import environment
from docs_tools.errors import DocsToolsError
from docs_tools.git import find_git
from docs_tools.layers import load_arns
from docs_tools.publish.branch import DocsBranch
from docs_tools.publish.guard import check_published, check_ref_of_old_version
from docs_tools.publish.names import check_aliases, check_version
from docs_tools.publish.outcome import Outcome
from docs_tools.publish.plan import Plan, make_plan
from docs_tools.publish.request import HotfixRequest, PublishRequest
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions import Versions

__all__ = ["hotfix", "publish"]


def publish(request: PublishRequest) -> Outcome:
    """Builds a site and publishes it as a version.

    Raises:
        DocsToolsError: Something is wrong with the request, the site or the branch; then nothing
            was written, but where only the push failed.
    """
    check_version(request.version)
    aliases = check_aliases(request.aliases, request.version)
    with _building(request.version):
        publication = _Publication("publish", request)
        versions = publication.branch.versions().deploy(
            request.version, request.title, aliases, update_aliases=request.update_aliases
        )
        return publication.run(versions)


def hotfix(request: HotfixRequest) -> Outcome:
    """Rebuilds a version that is published: user guide, API reference and layer ARNs.

    Raises:
        DocsToolsError: The version isn't published, is old and no ref was given, or as `publish`.
    """
    check_version(request.version)
    with _building(request.version):
        publication = _Publication("hotfix", request)
        versions = publication.branch.versions()
        check_published(versions, request.version, publication.branch.settings)
        if request.ref is None:
            check_ref_of_old_version(versions, request.version, publication.git)
        return publication.run(versions.deploy(request.version))


def _building(version: str) -> AbstractContextManager[None]:
    """mike names the version in the environment, where `!ENV` of a configuration finds it."""
    return environment({"MIKE_DOCS_VERSION": version})


class _Publication:
    """One run of `publish` or `hotfix`: what both have in common."""

    def __init__(self, verb: str, request: HotfixRequest) -> None:
        self.verb = verb
        # read again: what `!ENV` stands for depends on the version
        project = find_project(request.project.config_file, request.project.folder)
        self.request = replace(request, project=project)
        self.git = find_git(project.folder)
        if request.layers:
            load_arns(request.layers)  # a mistake in it shows before a long build
        self.config = project.load()
        settings = PublishSettings.of(self.config)
        self._dirty = False
        self._ignored: list[str] = []
        self.push = settings.push if request.push is None else request.push
        self.branch = DocsBranch(self.git, settings)
        self.branch.update(needs_remote=self.push and not request.dry_run)

    def run(self, versions: Versions) -> Outcome:
        """Builds and publishes the version with the list of versions as it shall be."""
        request = self.request
        entry = versions.get(request.version)
        assert entry is not None  # noqa: S101 - the caller put it there
        if not request.dry_run:
            self.branch.check_writable()
        built_from = self._built_from()
        with tempfile.TemporaryDirectory(prefix="docs_tools-site-") as folder:
            site = self._build(Path(folder), built_from)
            write = not request.dry_run
            plan = make_plan(self.branch, versions, entry, site, write=write)
        if plan.changes and not request.dry_run:
            self.branch.commit(plan.changes, self._message(built_from))
        pushed = self.push and not request.dry_run and self.branch.unpushed
        if pushed:
            self.branch.push()
        return self._outcome(entry.aliases, built_from, plan, site, pushed)

    def _built_from(self) -> str:
        ref = self.request.ref or "HEAD"
        commit = self.git.commit(ref)
        if commit is None and self.request.ref is None:
            raise DocsToolsError("there is no commit to build", hint="commit the docs first")
        return commit or ref  # an unknown ref is reported where it is checked out

    def _build(self, site_dir: Path, commit: str) -> BuiltSite:
        request = self.request
        with self._source() as project:
            plugins = _with_mike(self._plugins(project))
            data = request.project.data_file("layers") if request.ref else None
            options = BuildOptions(
                version=request.version,
                layers=request.layers,
                layers_data=data if data and data.is_file() else None,
                epoch=self.git.text("show", "-s", "--format=%ct", commit),
                cache=request.project.cache,
            )
            return build_site(project, plugins, site_dir, options)

    def _plugins(self, project: Project) -> PluginSettings:
        here = self.request.project
        return project.plugins if project is here else laid_over(project, here)

    @contextmanager
    def _source(self) -> Iterator[Project]:
        """The project to build: this checkout, or the ref's in a temporary work tree."""
        request = self.request
        if request.ref is None:
            inputs = build_inputs(request.project, self.config)
            if not request.allow_dirty:
                check_clean(self.git, inputs)
            self._dirty = request.allow_dirty and bool(uncommitted(self.git, inputs))
            self._ignored = ignored(self.git, request.project.docs_dir)
            yield request.project
            return
        with project_at(request.project, self.git, request.ref) as project:
            yield project

    def _message(self, commit: str) -> str:
        from importlib.metadata import version

        done = "Deployed" if self.verb == "publish" else "Hotfixed"
        where = f" in {self.branch.settings.prefix}" if self.branch.settings.prefix else ""
        return (
            f"{done} {commit[:9]} to {self.request.version}{where} with MkDocs "
            f"{version('mkdocs')} and docs_tools {__version__}\n"
        )

    def _outcome(
        self, aliases: tuple[str, ...], commit: str, plan: Plan, site: BuiltSite, pushed: bool
    ) -> Outcome:
        paths = {"added": plan.added, "changed": plan.changed, "removed": plan.removed}
        notices = [self.branch.notice, site.layers_notice]
        if self._ignored:
            names = ", ".join(self._ignored[:5]) + (", …" if len(self._ignored) > 5 else "")
            notices.append(f"git ignores what was built, so {commit[:9]} lacks it: {names}")
        return Outcome(
            verb=self.verb,
            version=self.request.version,
            aliases=aliases,
            built_from=commit + ("+" if self._dirty else ""),
            branch=self.branch.settings.branch,
            commit=self.branch.head,
            changed=bool(plan.changes),
            pushed=pushed,
            dry_run=self.request.dry_run,
            pages={what: plan.pages(found) for what, found in paths.items()},
            paths=paths,
            arns=site.arns,
            notices=tuple(notice for notice in notices if notice),
            next=tuple(self._next(plan)),
        )

    def _next(self, plan: Plan) -> Iterator[str]:
        settings = self.branch.settings
        if self.request.dry_run:
            if plan.changes:
                yield "the same command without --dry-run"
        elif self.branch.unpushed and self.branch.has_remote:
            yield shlex.join(["git", "push", settings.remote, settings.branch])


def _with_mike(plugins: PluginSettings) -> PluginSettings:
    """The plugins with mike's, which the `mike` command adds too where it isn't listed."""
    return plugins if options_of(plugins, "mike") is not None else [("mike", {}), *plugins]
