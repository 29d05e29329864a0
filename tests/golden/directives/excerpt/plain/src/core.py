"""The core."""

import functools


class Store:
    """Keeps things."""

    # asked for often
    @functools.cache
    def get(self, name: str) -> str:
        """The thing with this name."""
        return f"```{name}```"

    async def put(self, name: str) -> None:
        ...


def run() -> None:
    """Runs it."""
