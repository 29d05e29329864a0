"""`--open-pr`: what the pull request brings, and what is said of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from docs_tools.cli.layers.data import LayerData
from docs_tools.cli.options import verbosity
from docs_tools.errors import DocsToolsError, printable
from docs_tools.git import Git, find_git
from docs_tools.github import GitHub, Proposal, find_repository
from docs_tools.layers import load_arns
from docs_tools.layers.fetch import plan_fetch
from docs_tools.layers.numbers import Numbers
from docs_tools.model.document import parse_document
from docs_tools.model.facts import validate
from docs_tools.model.layers import Layers
from docs_tools.proposal import LayerNumbers, propose_numbers

__all__ = ["PullRequest", "after_publish", "numbers_of_hotfix", "print_proposal"]


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

    def open(self, *, dry_run: bool) -> Proposal:
        """Opens it, or brings the one that is open up to date.

        Raises:
            DocsToolsError: GitHub refuses, or a number can't be inserted.
        """
        return propose_numbers(self.github, self.git, self.numbers, dry_run=dry_run)


def numbers_of_hotfix(data: LayerData, version: str, source: Path | None) -> LayerNumbers:
    """What follows from a hotfix: the data file tells its numbers, pages those of the newest.

    Raises:
        DocsToolsError: The source doesn't cover the layers of the data file.
    """
    layers, arns = data.layers, load_arns(source) if source else ()
    if layers and source:
        text = data.file.read_bytes().decode("utf-8")
        fetched = plan_fetch(layers, text, data.name, version, arns, source=str(source))
        layers = validate(Layers, parse_document(fetched.text.removeprefix("\ufeff"), data.name))
    if layers and layers.newest:
        newest = layers.select(layers.newest, data.name)
        numbers = Numbers.of(newest, layers, data.settings.placeholder_region)
    else:
        numbers = Numbers(arns, placeholder_region=data.settings.placeholder_region)
    return LayerNumbers(
        version,
        data.project.folder,
        data.settings.insert,
        data.settings.keep,
        numbers,
        data.file if layers else None,
        tuple(release for release in layers.releases if release.version == version)
        if layers
        else (),
    )


@contextmanager
def after_publish(version: str) -> Iterator[None]:
    """Says of an error that what came before it is done."""
    try:
        yield
    except DocsToolsError as error:
        hint = f"{error.hint}\n" if error.hint else ""
        raise DocsToolsError(
            f"{version} is published, but there is no pull request for it: {error.message}",
            hint=f"{hint}then run: docs_tools layers insert --open-pr",
            diagnostics=error.diagnostics,
        ) from error


def print_proposal(proposal: Proposal, *, dry_run: bool) -> None:
    """What became of the pull request."""
    if verbosity() < 0:
        return
    would_have = "would have " if dry_run and (proposal.created or proposal.updated) else ""
    click.echo(f"{would_have}{printable(str(proposal))}")
    for file in proposal.files:
        click.echo(f"    {printable(file)}")
