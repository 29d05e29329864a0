"""What is where: the pages of the guide in sections, and the modules of the package."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from bench.sites.words import NOUNS, TASKS, capital, slug

__all__ = ["PACKAGE", "Module", "Page", "Section", "Shape"]

PACKAGE = "toolkit"
_PER_SECTION = 17  # a section of a guide that people find their way in
_PER_TAB = 6
_ROLES = ("base", "models", "store", "events", "parser", "client", "errors", "middleware")


@dataclass(frozen=True)
class Page:
    """A page of the guide.

    Attributes:
        title: What it is about, unlike all others.
        path: Its file below the docs folder.
    """

    title: str
    path: str

    @property
    def name(self) -> str:
        """Its name in code."""
        return slug(self.title).replace("-", "_")


@dataclass(frozen=True)
class Section:
    """Pages that stand together in the navigation."""

    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Module:
    """A module of the package.

    Attributes:
        name: Its import name.
        thing: What it is about, the first part of its classes' names.
        role: What it does for that, the last part; nothing for a package.
    """

    name: str
    thing: str
    role: str

    @property
    def main(self) -> str:
        """Its most used class."""
        return f"{self.thing}{self.role.capitalize()}" if self.role else f"{self.thing}Settings"

    @property
    def path(self) -> str:
        """Its file below the sources' folder."""
        inside = self.name.replace(".", "/")
        return f"{inside}.py" if self.role else f"{inside}/__init__.py"


@dataclass(frozen=True)
class Shape:
    """How large a project is; everything in it follows from this.

    Attributes:
        pages: Pages of the guide, the home page among them.
        modules: Modules of the package, its packages among them.
        seed: Another one gives other text.
    """

    pages: int
    modules: int
    seed: int = 1

    def random(self, about: str) -> Random:
        """Chance for one file, the same whatever the others are."""
        return Random(f"{self.seed}/{about}")

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The guide without its home page."""
        titles = [f"{task} {noun}" for task in TASKS for noun in NOUNS]
        wanted = max(self.pages - 1, 0)
        if wanted > len(titles):
            raise ValueError(f"at most {len(titles) + 1} pages, not {self.pages}")
        self.random("titles").shuffle(titles)
        count = max(round(wanted / _PER_SECTION), 1) if wanted else 0
        return tuple(
            _section(NOUNS[i % len(NOUNS)], i // len(NOUNS), titles[i:wanted:count])
            for i in range(count)
        )

    @cached_property
    def tabs(self) -> tuple[tuple[str, tuple[Section, ...]], ...]:
        """The sections as the navigation groups them; where they are few each is its own tab."""
        if len(self.sections) <= _PER_TAB:
            return tuple((section.title, (section,)) for section in self.sections)
        groups = [self.sections[i : i + _PER_TAB] for i in range(0, len(self.sections), _PER_TAB)]
        return tuple((f"Part {i}", group) for i, group in enumerate(groups, 1))

    @cached_property
    def guide(self) -> tuple[Page, ...]:
        """The pages of the guide without its home page."""
        return tuple(page for section in self.sections for page in section.pages)

    @cached_property
    def package(self) -> tuple[Module, ...]:
        """The modules, each package before what it holds."""
        return tuple(_first(_modules(), self.modules))


def _section(noun: str, round: int, titles: list[str]) -> Section:
    title = f"{noun.capitalize()} {round + 1}" if round else noun.capitalize()
    return Section(title, tuple(Page(each, f"{slug(title)}/{slug(each)}.md") for each in titles))


def _modules() -> Iterator[Module]:
    yield Module(PACKAGE, "Toolkit", "")
    for noun in NOUNS:
        yield Module(f"{PACKAGE}.{noun}", capital(noun), "")
        for role in _ROLES:
            yield Module(f"{PACKAGE}.{noun}.{role}", capital(noun), role)


def _first(modules: Iterator[Module], count: int) -> Iterator[Module]:
    for number, module in enumerate(modules):
        if number == count:
            return
        yield module
    if count > number + 1:
        raise ValueError(f"at most {number + 1} modules, not {count}")
