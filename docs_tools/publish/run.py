"""Publishing a version, and hotfixing one: check, build, compare, then land it in each place."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version as metadata_version
from pathlib import Path

from docs_tools import __version__
from docs_tools.build import find_project
from docs_tools.build.surroundings import environment
from docs_tools.build.workspace import workspace
from docs_tools.git import Git, find_git
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.everywhere import Everywhere
from docs_tools.publish.guard import check_published, check_ref_of_old_version
from docs_tools.publish.outcome import Outcome
from docs_tools.publish.put_version import PutVersion, deployed
from docs_tools.publish.request import HotfixRequest, PublishRequest
from docs_tools.publish.source import Site, built_elsewhere, built_here, canonical_of
from docs_tools.publish.state.change import Landed
from docs_tools.publish.state.objects import Objects
from docs_tools.publish.state.snapshot import Snapshot
from docs_tools.publish.state.tree import Entry
from docs_tools.publish.target import Manner, Target
from docs_tools.publish.targets import Attempts, left_out, open_targets
from docs_tools.publish.versions.names import check_aliases, check_version

__all__ = ["Preview", "hotfix", "previewed", "publish"]


def publish(request: PublishRequest) -> Everywhere[Outcome]:
    """Builds a site and publishes it as a version.

    Raises:
        DocsToolsError: Something is wrong with the request, the site or every place to publish in;
            then nothing was written.
    """
    check_version(request.version)
    request = replace(request, aliases=check_aliases(request.aliases, request.version))
    with _building(request.version), _publication("publish", request) as publication:
        return publication.run()


def hotfix(request: HotfixRequest) -> Everywhere[Outcome]:
    """Rebuilds a version that is published: user guide, API reference and layer ARNs.

    Raises:
        DocsToolsError: The version isn't published, is old and no ref was given, or as `publish`.
    """
    check_version(request.version)
    with _building(request.version), _publication("hotfix", request) as publication:
        return publication.run()


@dataclass(frozen=True)
class Preview:
    """A dry run, with what it built at hand.

    Attributes:
        outcome: What it says.
        before: The version's folder as it is published, or `None`.
        after: The version's folder as it was built.
        objects: Where both are.
    """

    outcome: Outcome
    before: Entry | None
    after: Entry
    objects: Objects

    def read(self, path: str) -> tuple[bytes | None, bytes | None]:
        """A file of the version, as it is published and as it was built; `None` where it isn't."""
        before, after = (
            self.objects.read_paths(entry.hash, [path])[0] if entry else None
            for entry in (self.before, self.after)
        )
        return before, after


@contextmanager
def previewed(request: PublishRequest) -> Iterator[Preview]:
    """A dry run of `publish`, in the first of its places.

    Raises:
        DocsToolsError: As `publish`.
    """
    check_version(request.version)
    with _building(request.version), _publication("publish", request) as publication:
        outcome = publication.run().first
        target, planned, after = publication.landed_first
        yield Preview(outcome, planned.folder(request.version), after, target.objects)


def _building(version: str) -> AbstractContextManager[None]:
    """mike names the version in the environment, where `!ENV` of a configuration finds it."""
    return environment({"MIKE_DOCS_VERSION": version})


@contextmanager
def _publication(verb: str, request: HotfixRequest) -> Iterator["_Publication"]:
    # read again: what `!ENV` stands for depends on the version
    project = find_project(request.project.config_file, request.project.folder)
    git = find_git(project.folder)
    with workspace(git) as folder:
        yield _Publication(verb, replace(request, project=project), git, folder)


class _Publication:
    """One run of `publish` or `hotfix`: what both have in common."""

    landed_first: tuple[Target, Snapshot, Entry]

    def __init__(self, verb: str, request: HotfixRequest, git: Git, folder: Path) -> None:
        self.verb = verb
        self.request = request
        self.git = git
        self.folder = folder
        self.config = request.project.load()
        manner = Manner(request.push, request.dry_run, request.wait, folder)
        manner = replace(
            manner, progress=request.progress, waiting=request.waiting, thorough=request.thorough
        )
        self.attempts = Attempts(open_targets(self.config, git, request.targets, manner))
        self.left_out = left_out(self.config, request.targets, manner)

    def run(self) -> Everywhere[Outcome]:
        """Builds and publishes the version."""
        planned: dict[str, Snapshot] = {}
        for target in self.attempts.targets:
            with self.attempts.at(target):
                planned[target.name] = self._plan(target)
        first = self.attempts.left[0]
        site = self._build(first, planned[first.name])
        done = []
        for target in self.attempts.left:
            with self.attempts.at(target):
                done.append(self._land(target, planned[target.name], site))
        return Everywhere(tuple(done), self.attempts.failures, self.left_out)

    def _plan(self, target: Target) -> Snapshot:
        """What is published in a place; a mistake shows before a long build."""
        request = self.request
        planned = target.plan()
        if self.verb == "hotfix":
            check_published(planned.versions, request.version, target.settings)
            if request.ref is None and request.site_dir is None:
                check_ref_of_old_version(planned.versions, request.version, self.git)
        deployed(planned.versions, request)  # a name that is taken
        target.check_writable()
        return planned

    def _build(self, first: Target, planned: Snapshot) -> Site:
        """The site, once for all places."""
        request, algorithm = self.request, self._algorithm
        with ExitStack() as stack:
            for target in self.attempts.left:
                stack.enter_context(target.untouched())
            known = first.known(planned, request.version)
            if request.site_dir:
                return built_elsewhere(request, request.site_dir, self.git, algorithm, known)
            versions = deployed(planned.versions, request)
            canonical = canonical_of(planned, versions, request.version)
            return built_here(
                request, self.config, canonical, self.git, algorithm, known, self.folder
            )

    @cached_property
    def _algorithm(self) -> str:
        first = self.attempts.left[0].objects
        return (first if isinstance(first, GitObjects) else GitObjects(self.git)).algorithm

    def _land(self, target: Target, planned: Snapshot, site: Site) -> Outcome:
        folder = target.seal(site.files, site.manifest)
        if not hasattr(self, "landed_first"):
            self.landed_first = (target, planned, folder)
        change = PutVersion(
            self.request,
            target.last_change,
            folder,
            self._subject(target, site),
            self._trailers(site),
        )
        return self._outcome(target, site, target.land(change, planned))

    def _subject(self, target: Target, site: Site) -> str:
        done = "Deployed" if self.verb == "publish" else "Hotfixed"
        settings = target.settings
        where = f" in {settings.prefix}" if settings.prefix else ""
        what = site.built_from[:9] if site.built_from else "a built site"
        mkdocs = "" if self.request.site_dir else f"MkDocs {metadata_version('mkdocs')} and "
        return (
            f"{done} {what} to {self.request.version}{where} with {mkdocs}docs_tools {__version__}"
        )

    def _trailers(self, site: Site) -> dict[str, str]:
        known = {
            "Docs-Action": self.verb,
            "Docs-Version": self.request.version,
            "Docs-Built-From": site.built_from,
        }
        return {key: value for key, value in known.items() if value}

    def _outcome(self, target: Target, site: Site, landed: Landed) -> Outcome:
        version, settings = self.request.version, target.settings
        entry = landed.versions.get(version)
        start = settings.path(version) + "/"
        pages = {
            what: [p.removeprefix(start) for p in found if p.startswith(start) and _is_page(p)]
            for what, found in landed.paths.to_json().items()
        }
        return Outcome(
            verb=self.verb,
            version=version,
            aliases=entry.aliases if entry else (),
            built_from=site.built_from,
            target=target.name,
            branch=settings.place,
            commit=landed.commit,
            changed=bool(landed.paths),
            pushed=landed.pushed,
            dry_run=self.request.dry_run,
            pages=pages,
            paths=landed.paths,
            arns=site.arns,
            notices=(*landed.notices, *site.notices),
            sent=landed.sent,
            next=tuple(target.next_commands(landed.paths)),
        )


def _is_page(path: str) -> bool:
    return path.endswith(".html")
