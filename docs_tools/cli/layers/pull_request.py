"""`--open-pr`: what the pull request brings, and what is said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docs_tools.cli.layers.data import LayerData
from docs_tools.cli.options import verbosity
from docs_tools.cli.report import print_notices
from docs_tools.errors import DocsToolsError, printable
from docs_tools.git import Git, find_git
from docs_tools.github import GitHub, GitHubError, find_repository
from docs_tools.layers import load_arns
from docs_tools.layers.fetch import plan_fetch
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import Layers, LayerSet, LayerVersion
from docs_tools.model.version import is_release
from docs_tools.proposal import LayerNumbers, Proposed, propose_numbers

if TYPE_CHECKING:
    from docs_tools.layers.run_insert import InsertRequest

__all__ = [
    "PullRequest",
    "after_publish",
    "numbers_of_hotfix",
    "numbers_of_insert",
    "print_proposed",
    "to_json",
]

# what is wrong with the token or the name of the repository: trying later is no mend
_WRONG = (401, 403, 404)


@dataclass(frozen=True)
class PullRequest:
    """A pull request that is to be opened, with all that can be told to be wrong seen already.

    Attributes:
        github: The repository on GitHub.
        git: The repository here.
        numbers: What it brings.
    """

    github: GitHub
    git: Git
    numbers: LayerNumbers

    @classmethod
    def prepare(cls, data: LayerData, numbers: LayerNumbers) -> "PullRequest":
        """Finds the repository and the token.

        Raises:
            DocsToolsError: There is none.
        """
        git = find_git(data.project.folder)
        return cls(GitHub.from_environment(find_repository(git)), git, numbers)

    def check(self) -> None:
        """Has GitHub say whether it takes the token, and knows the repository.

        Raises:
            GitHubError: It doesn't. That it isn't there now is no error yet.
        """
        try:
            self.github.facts()
        except GitHubError as error:
            if error.status in _WRONG:
                raise

    def open(self, *, dry_run: bool) -> Proposed:
        """Opens it, or brings the one that is open up to date.

        Raises:
            DocsToolsError: GitHub refuses, or a number can't be inserted.
        """
        return propose_numbers(self.github, self.git, self.numbers, dry_run=dry_run)


def numbers_of_insert(
    data: LayerData,
    release: LayerSet,
    request: "InsertRequest",
    source: Path | None,
    placeholder_region: str | None,
) -> LayerNumbers:
    """What `layers insert` brings: a release into the files, and into the data file.

    Args:
        data: The project's data file and settings.
        release: The release.
        request: The files.
        source: Where its numbers come from, if not from the data file: that stays as it is then.
        placeholder_region: The region whose numbers placeholders get.
    """
    return LayerNumbers(
        release.version,
        request.folder,
        request.globs,
        request.keep,
        layers=data.layers,
        data_file=data.file,
        source=release if source else None,
        origin=_name(source),
        placeholder_region=placeholder_region,
        strict=request.typed,
        allow_lower=request.allow_lower,
    )


def numbers_of_hotfix(data: LayerData, version: str, source: Path | None) -> LayerNumbers:
    """What follows from a hotfix: the data file tells its numbers, pages those of the newest.

    Raises:
        DocsToolsError: There are no numbers, the source doesn't cover the layers of the data
            file, or the version isn't a release that the data file could have numbers for.
    """
    layers, arns = data.layers, load_arns(source) if source else ()
    if layers and source:
        if not is_release(version):
            raise DocsToolsError(
                f'"{version}" is no release, so {data.name} can have no numbers for it',
                hint="hotfix it with --layers alone, or leave --layers out: then the pull request "
                "brings the numbers of the newest release",
            )
        text = data.file.read_bytes().decode("utf-8")
        fetched = plan_fetch(layers, text, data.name, version, arns, source=str(source))
        layers = validate(Layers, parse_document(fetched.text.removeprefix("\ufeff"), data.name))
    if not arns and not (layers and layers.newest):
        raise DocsToolsError(
            "there are no layer numbers for a pull request",
            hint=f"describe layers and their releases in {data.name}, give --layers, or leave "
            "--open-pr out",
        )
    named = LayerSet(version, tuple(map(LayerVersion, arns)), str(source))
    numbers = LayerNumbers(
        version,
        data.project.folder,
        data.settings.insert,
        data.settings.keep,
        layers=layers,
        data_file=data.file,
        source=None if layers else named,
        newest=True,
        origin=_name(source),
        placeholder_region=data.settings.placeholder_region,
    )
    numbers.numbers(layers)  # shows a region for placeholders that isn't one
    return numbers


def _name(source: Path | None) -> str | None:
    """A source without its folders: they are those of one machine."""
    return source.resolve().name if source else None


@contextmanager
def after_publish(version: str, command: str) -> Iterator[None]:
    """Says of an error that what came before it is done.

    Args:
        version: What is published.
        command: What was run: a second time nothing is published twice.
    """
    try:
        yield
    except DocsToolsError as error:
        hint = f"{error.hint}\n" if error.hint else ""
        raise DocsToolsError(
            f"{version} is published, but its pull request failed: {error.message}",
            hint=f"{hint}then run it again, what is published stays: {command}",
            diagnostics=error.diagnostics,
        ) from error


def to_json(proposed: Proposed | None) -> dict[str, object] | None:
    """What became of the pull request, for machines."""
    return {**asdict(proposed.proposal), "notices": proposed.notices} if proposed else None


def print_proposed(proposed: Proposed, *, dry_run: bool) -> None:
    """What became of the pull request, for people."""
    if verbosity() < 0:
        return
    proposal = proposed.proposal
    would_have = "would have " if dry_run and (proposal.created or proposal.updated) else ""
    click.echo(f"{would_have}{printable(str(proposal))}")
    for file in proposal.files:
        click.echo(f"    {printable(file)}")
    print_notices(proposed.notices)
