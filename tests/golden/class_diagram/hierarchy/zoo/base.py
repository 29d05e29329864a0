"""What all have in common."""

import abc
from collections.abc import Callable, Iterable
from typing import ClassVar, Protocol


class Feeds(Protocol):
    def feed(self, what: str) -> None: ...


class Animal(abc.ABC):
    """An animal."""

    legs: ClassVar[int] = 4
    kingdom = "animalia"
    _secret = 1

    def __init__(self, name: str, friends: "Iterable[Animal]" = ()) -> None:
        self.name = name
        self.friends = list(friends)
        self._weight = 0

    @property
    def weight(self) -> float:
        return self._weight

    @weight.setter
    def weight(self, value: float) -> None:
        self._weight = value

    @abc.abstractmethod
    def speak(self, to: "Animal | None" = None, /, *words: str, loud: bool = False) -> str: ...

    @classmethod
    def born(cls, name: str) -> "Animal": ...

    @staticmethod
    def wake(all_of_them: dict[str, list["Animal"]], then: Callable[..., None] = print) -> None: ...

    def _sleep(self) -> None: ...
