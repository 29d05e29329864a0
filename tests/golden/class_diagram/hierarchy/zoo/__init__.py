"""What people import."""

from zoo.base import Animal, Feeds
from zoo.dogs import *

__all__ = ["Animal", "Feeds"]
