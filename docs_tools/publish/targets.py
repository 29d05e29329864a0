"""The places that a project publishes in, and one change for all of them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docs_tools.build import Project
from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.git import Git, find_git
from docs_tools.model.nearest import find_nearest
from docs_tools.publish.branch.target import BranchTarget
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.target import Manner, Target

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["Attempts", "check_failures", "left_out", "open_targets", "reader_of", "target_names"]


def target_names(config: "MkDocsConfig") -> tuple[str, ...]:
    """The names of all places that a project publishes in, the branch first.

    Raises:
        DocsToolsError: The settings are wrong.
    """
    from docs_tools.publish.bucket.settings import BucketSettings

    branch = ("git",) if PublishSettings.of(config).on_branch else ()
    return (*branch, *(bucket.name for bucket in BucketSettings.of(config)))


def open_targets(
    config: "MkDocsConfig", git: Git, names: Sequence[str], manner: Manner
) -> list[Target]:
    """The places to publish in.

    Args:
        config: The project's configuration.
        git: Git in its repository.
        names: Those that were asked for; all but what `--no-push` leaves out if there are none.
        manner: How changes are made.

    Raises:
        DocsToolsError: The settings are wrong, or there is none of a name.
    """
    settings = PublishSettings.of(config)
    known = target_names(config)
    _check_names(names, known)
    targets: list[Target] = []
    for name in known:
        if names and name not in names:
            continue
        if name == "git":
            targets.append(BranchTarget(git, settings, manner))
        elif manner.push is not False or manner.dry_run:
            targets.append(_bucket(config, settings, name, manner))
    if not targets:
        raise DocsToolsError(
            "with --no-push nothing leaves this machine, and no branch is among the targets",
            hint="leave --no-push out, or look at what would be done with --dry-run",
        )
    return targets


def left_out(config: "MkDocsConfig", names: Sequence[str], manner: Manner) -> tuple[str, ...]:
    """The places that `--no-push` leaves out."""
    if manner.push is not False or manner.dry_run:
        return ()
    known = target_names(config)
    return tuple(name for name in known if name != "git" and (not names or name in names))


def reader_of(project: Project, name: str | None) -> Target:
    """The place to read from: the first one if none is named.

    Raises:
        DocsToolsError: The settings are wrong, or there is none of that name.
    """
    config = project.load()
    known = target_names(config)
    _check_names([name] if name else [], known)
    name = name or known[0]
    settings = PublishSettings.of(config)
    if name == "git":
        return BranchTarget(find_git(project.folder), settings, Manner())
    return _bucket(config, settings, name, Manner())


def _bucket(config: "MkDocsConfig", settings: PublishSettings, name: str, manner: Manner) -> Target:
    # boto3 is for those who publish there
    from docs_tools.publish.bucket.settings import BucketSettings
    from docs_tools.publish.bucket.target import BucketTarget

    bucket = next(found for found in BucketSettings.of(config) if found.name == name)
    return BucketTarget.of(bucket, settings, manner)


def _check_names(names: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        near = find_nearest(unknown[0], known)
        there = f"did you mean {near}?" if near else f"there are: {', '.join(known)}"
        raise DocsToolsError(f'there is no target "{unknown[0]}" in mkdocs.yml', hint=there)


@dataclass
class Attempts:
    """One change in several places: each is a transaction of its own.

    Attributes:
        targets: The places.
        failures: Why it failed in some of them, by name.
    """

    targets: Sequence[Target]
    failures: dict[str, DocsToolsError] = field(default_factory=dict)

    @property
    def left(self) -> list[Target]:
        """The places where it hasn't failed yet."""
        return [target for target in self.targets if target.name not in self.failures]

    @contextmanager
    def at(self, target: Target) -> Iterator[None]:
        """Notes a failure, so that the others are tried; where there are none left, it is raised.

        Raises:
            DocsToolsError: It failed in the only place, or has in all of them by now.
        """
        try:
            yield
        except DocsToolsError as error:
            if len(self.targets) == 1:
                raise
            self.failures[target.name] = error
            if not self.left:
                check_failures(self.failures)


def check_failures(failures: dict[str, DocsToolsError], command: str = "") -> None:
    """Fails where one of several places has.

    Args:
        failures: Why, by name.
        command: The command to run again for them, without `--target`.

    Raises:
        DocsToolsError: With all that went wrong.
    """
    if not failures:
        return
    diagnostics: list[Diagnostic] = []
    for name, error in failures.items():
        diagnostics += error.diagnostics
        diagnostics.append(Diagnostic(f"{name}: {error.message}", hint=error.hint))
    options = " ".join(f"--target {name}" for name in failures)
    hint = f"then run again, for what failed only: {command} {options}" if command else None
    raise DocsToolsError(f"failed: {', '.join(failures)}", hint=hint, diagnostics=diagnostics)
