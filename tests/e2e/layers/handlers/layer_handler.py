"""Tells what the layer brought."""

from typing import Any

import docs_tools


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, str]:
    """Answers with the version and the place of the package."""
    return {"version": docs_tools.__version__, "path": str(docs_tools.__file__)}
