"""What keeps a hotfix from overwriting the wrong version."""

import shlex

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.git import Git
from docs_tools.model.version import release_key
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import Versions
from docs_tools.publish.versions.status import newest

__all__ = ["check_published", "check_ref_of_old_version"]


def check_published(versions: Versions, version: str, settings: PublishSettings) -> None:
    """Fails where a version isn't published: a hotfix repairs, it doesn't release.

    Raises:
        DocsToolsError: With what is published, and the command that would fit.
    """
    if versions.get(version):
        return
    owner = versions.by_alias(version)
    if owner:
        raise DocsToolsError(
            f'"{version}" is an alias, not a version',
            hint=f"name the version: docs_tools hotfix --version {shlex.quote(owner.version)}",
        )
    published = [Diagnostic(_describe(e.version, e.aliases)) for e in versions]
    where = f"on {settings.place}"
    raise DocsToolsError(
        f'"{version}" is not published {where}'
        + (f", which has the {len(published)} above" if published else ": nothing is"),
        hint=f"to publish it: docs_tools publish --version {shlex.quote(version)}",
        diagnostics=published,
    )


def check_ref_of_old_version(versions: Versions, version: str, git: Git) -> None:
    """Fails where an old release would be overwritten with the docs of HEAD by accident.

    Raises:
        DocsToolsError: With the ref that the version was most likely built from.
    """
    found = newest(versions)
    if release_key(version) is None or found is None or version == found.version:
        return
    names = dict.fromkeys([f"v{version.removeprefix('v')}", version, version.removeprefix("v")])
    tags = [tag for tag in names if git.commit(f"refs/tags/{tag}")]
    expected = tags[0] if tags else None
    fitting = f"--ref {shlex.quote(expected)}" if expected else "--ref TAG"
    lacks = "" if expected else f" (there is no tag v{version} or {version})"
    raise DocsToolsError(
        f"{version} is not the newest release ({found.version} is): it would get the docs of HEAD",
        hint=f"build it from its own commit: {fitting}{lacks}\n"
        "or, if HEAD is what you want: --ref HEAD",
    )


def _describe(version: str, aliases: tuple[str, ...]) -> str:
    return f"{version} ({', '.join(aliases)})" if aliases else version
