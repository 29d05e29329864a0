import dataclasses
import enum

from . import base as b


class Dog(b.Animal):
    legs = 4

    def speak(self, to=None, /, *words, loud=False): ...


class _Trained(Dog):
    tricks: set[str]


@dataclasses.dataclass
class Guide(_Trained, b.Feeds):
    owner: str = dataclasses.field(default="nobody")


class Size(enum.Enum):
    SMALL = "s"
