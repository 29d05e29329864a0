"""Publishing a version, and hotfixing one: check, build, compare, commit, push."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version as metadata_version
from pathlib import Path

from docs_tools import __version__
from docs_tools.build import find_project
from docs_tools.build.surroundings import environment
from docs_tools.build.workspace import workspace
from docs_tools.git import Git, find_git
from docs_tools.publish.branch.objects import Entry, Objects
from docs_tools.publish.branch.reconcile import newest_snapshot
from docs_tools.publish.branch.refs import DocsBranch
from docs_tools.publish.branch.transact import Landed, transact
from docs_tools.publish.guard import check_published, check_ref_of_old_version
from docs_tools.publish.outcome import Outcome, next_commands
from docs_tools.publish.put_version import PutVersion, deployed
from docs_tools.publish.request import HotfixRequest, PublishRequest
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.site_files import published_files
from docs_tools.publish.source import Site, built_elsewhere, built_here, canonical_of
from docs_tools.publish.versions.names import check_aliases, check_version

__all__ = ["Preview", "hotfix", "previewed", "publish"]


def publish(request: PublishRequest) -> Outcome:
    """Builds a site and publishes it as a version.

    Raises:
        DocsToolsError: Something is wrong with the request, the site or the branch; then nothing
            was written, here or on the remote.
    """
    check_version(request.version)
    request = replace(request, aliases=check_aliases(request.aliases, request.version))
    with _building(request.version), _publication("publish", request) as publication:
        return publication.run()


def hotfix(request: HotfixRequest) -> Outcome:
    """Rebuilds a version that is published: user guide, API reference and layer ARNs.

    Raises:
        DocsToolsError: The version isn't published, is old and no ref was given, or as `publish`.
    """
    check_version(request.version)
    with _building(request.version), _publication("hotfix", request) as publication:
        versions = publication.planned.versions
        check_published(versions, request.version, publication.branch.settings)
        if request.ref is None and request.site_dir is None:
            check_ref_of_old_version(versions, request.version, publication.branch.git)
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
        names = [f"{entry.hash}:{path}" if entry else "" for entry in (self.before, self.after)]
        before, after = self.objects.read_many(names)
        return before, after


@contextmanager
def previewed(request: PublishRequest) -> Iterator[Preview]:
    """A dry run of `publish`.

    Raises:
        DocsToolsError: As `publish`.
    """
    check_version(request.version)
    with _building(request.version), _publication("publish", request) as publication:
        outcome = publication.run()
        before = publication.planned.folder(request.version)
        yield Preview(outcome, before, publication.built, publication.objects)


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

    def __init__(self, verb: str, request: HotfixRequest, git: Git, folder: Path) -> None:
        self.verb = verb
        self.request = request
        self.folder = folder
        config = request.project.load()
        settings = PublishSettings.of(config)
        self.config = config
        self.push = settings.push if request.push is None else request.push
        self.branch = DocsBranch(git, settings)
        objects = Objects(git, folder)
        self.objects = objects.quarantined(folder / "objects") if request.dry_run else objects
        remote = self.push and not request.dry_run
        with self.branch.left_alone():
            self.planned = newest_snapshot(self.branch, self.objects, needs_remote=remote)

    def run(self) -> Outcome:
        """Builds and publishes the version."""
        request = self.request
        versions = deployed(self.planned.versions, request)  # a name that is taken shows at once
        if not request.dry_run:
            self.branch.check_writable()
        with self.branch.left_alone():
            known = published_files(self.planned, request.version)
            if request.site_dir:
                site = built_elsewhere(request, request.site_dir, self.objects, known)
            else:
                canonical = canonical_of(self.planned, versions, request.version)
                site = built_here(request, self.config, canonical, self.objects, known, self.folder)
        change = PutVersion(
            request, self.branch, site.entry, self._subject(site), self._trailers(site)
        )
        self.built = site.entry
        landed = transact(
            self.branch,
            change,
            self.objects,
            push=self.push,
            dry_run=request.dry_run,
            planned=self.planned,
        )
        return self._outcome(site, landed)

    def _subject(self, site: Site) -> str:
        done = "Deployed" if self.verb == "publish" else "Hotfixed"
        settings = self.branch.settings
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

    def _outcome(self, site: Site, landed: Landed) -> Outcome:
        version, settings = self.request.version, self.branch.settings
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
            branch=settings.branch,
            commit=landed.commit,
            changed=bool(landed.paths),
            pushed=landed.pushed,
            dry_run=self.request.dry_run,
            pages=pages,
            paths=landed.paths,
            arns=site.arns,
            notices=(*landed.notices, *site.notices),
            next=tuple(next_commands(self.branch, landed.paths, dry_run=self.request.dry_run)),
        )


def _is_page(path: str) -> bool:
    return path.endswith(".html")
