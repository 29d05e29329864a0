"""How large a test is: small in CI, full with `make test-long`."""

import os

LONG = bool(os.environ.get("DOCS_TOOLS_LONG"))


def examples(number: int) -> int:
    """The number of examples of a property: as given, twenty times as many in the long run."""
    return number * 20 if LONG else number
