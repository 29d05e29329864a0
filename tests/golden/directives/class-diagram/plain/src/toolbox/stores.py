from abc import ABC, abstractmethod
from pathlib import Path


class Store(ABC):
    @abstractmethod
    def get(self, key: str) -> bytes: ...


class Disk(Store):
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes:
        return (self.folder / key).read_bytes()
