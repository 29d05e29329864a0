"""What stands for facts of the data files in a digest."""

from typing import Any

from pydantic import BaseModel

__all__ = ["fact_object"]


def fact_object(value: object) -> Any:
    """What stands for what the data files say; `None` for anything else."""
    return [type(value).__qualname__, vars(value)] if isinstance(value, BaseModel) else None
