"""What a process gives to the code it runs: folder, environment and standard output."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stdout
from pathlib import Path

__all__ = ["environment", "working_in"]


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """Runs MkDocs and its plugins where `mkdocs build` is run: in the project's folder.

    Snippets and other extensions resolve relative paths against the working folder, so a ref's
    pages would else include the checkout's files. What plugins print goes to standard error:
    standard output is for the result.
    """
    with chdir(folder), redirect_stdout(sys.stderr):
        yield


@contextmanager
def environment(variables: Mapping[str, str | None]) -> Iterator[None]:
    """Sets variables for a while; one that is `None` stays as it is."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update({name: value for name, value in variables.items() if value is not None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
