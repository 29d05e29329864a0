"""Who maintains the project (`maintainers.yml`)."""

from collections.abc import Iterator
from typing import Annotated

from docs_tools.model.fields import Fact, GitHubId, Problem, Repository, Text
from docs_tools.model.form import NonEmpty

__all__ = ["Maintainer", "Maintainers", "Project"]

_NOBODY = "no active maintainer; list at least one"


class Maintainer(Fact):
    """A person who maintains the project, or did."""

    name: Text
    """The person's name as they write it."""

    github: GitHubId
    """GitHub user name, without `@`."""

    affiliation: Text | None = None
    """Employer or organisation."""


class Project(Fact):
    """What the maintainers maintain."""

    name: Text
    """The project's name in prose."""

    repository: Repository | None = None
    """The repository on GitHub, as `owner/name`; links are derived from it."""

    branch: Text = "main"
    """The branch that work is merged into and releases are cut from."""

    @property
    def url(self) -> str | None:
        """The address of the repository."""
        return f"https://github.com/{self.repository}" if self.repository else None


class Maintainers(Fact):
    """`maintainers.yml`: the active maintainers and those who were."""

    project: Project | None = None
    """The project these people maintain."""

    active: Annotated[tuple[Maintainer, ...], NonEmpty(_NOBODY)]
    """Current maintainers, in the order to show them; at least one."""

    emeritus: tuple[Maintainer, ...] = ()
    """Previous maintainers, in the order to show them."""

    def check(self) -> Iterator[Problem]:
        """Nobody is listed twice."""
        seen: set[str] = set()
        for group, people in (("active", self.active), ("emeritus", self.emeritus)):
            for i, person in enumerate(people):
                if person.github.lower() in seen:
                    message = f'"{person.github}" is listed twice'
                    yield Problem((group, i, "github"), message, "list a person once")
                seen.add(person.github.lower())
