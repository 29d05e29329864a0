"""A file or a folder -> layer version ARNs, or everything that is wrong with it."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.layers.sources.outputs import read_outputs
from docs_tools.layers.sources.places import Places, Value
from docs_tools.layers.sources.text import read_lines
from docs_tools.model.arn import LayerArn

__all__ = ["load_arns"]

_KINDS = (".json", ".txt")


def load_arns(source: Path) -> tuple[LayerArn, ...]:
    """Reads layer version ARNs from files.

    A `.json` file gives each string value that is the ARN of a layer, whatever its key; any other
    file one ARN a line, where blank lines and lines that start with `#` don't count.

    Args:
        source: A file, or a folder: then each `*.txt` and `*.json` file directly in it.

    Returns:
        The ARNs sorted, each layer once.

    Raises:
        DocsToolsError: The source isn't there or holds no ARN; a file is no text or no JSON; an
            ARN is malformed; or a layer has two numbers. Every problem of every file is in it.
    """
    places = Places()
    for file in _files(source, places.problems):
        for value in _read(file, places.problems):
            places.add(value)
    arns = places.arns
    if not arns and not places.problems:
        places.problems.append(Diagnostic("holds no layer version ARN", str(source)))
    if places.problems:
        raise DocsToolsError("the layer numbers can't be used", diagnostics=places.problems)
    return arns


def _files(source: Path, problems: list[Diagnostic]) -> list[Path]:
    if source.is_dir():
        files = _files_of_folder(source, problems)
        if not files and not problems:
            raise DocsToolsError(f"{source} holds no *.txt or *.json file with layer ARNs")
        return files
    if not source.is_file():
        hint = "name a text file with an ARN a line, a JSON file, or a folder of such files"
        raise DocsToolsError(f"there is no {source} to read layer ARNs from", hint=hint)
    return [source]


def _files_of_folder(folder: Path, problems: list[Diagnostic]) -> list[Path]:
    """The files directly in a folder; no link leads out of it, whoever packed the folder."""
    files: list[Path] = []
    home = folder.resolve()
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _KINDS or path.is_dir():
            continue
        if problem := _unfit(path, home):
            problems.append(problem)
        else:
            files.append(path)
    return files


def _unfit(path: Path, home: Path) -> Diagnostic | None:
    """Why something in a folder isn't read: to open a pipe would wait for whoever writes to it."""
    name, hint = str(path), "put the file itself there"
    # unlike `resolve` it has nothing against links that lead to each other: `stat` tells of them
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(home):
        return Diagnostic("a link that leads out of the folder", name, hint=hint)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Diagnostic(f"can't be read: {error.strerror}", name)
    if not stat.S_ISREG(mode):
        return Diagnostic("not a regular file", name, hint=hint)
    return None


def _read(file: Path, problems: list[Diagnostic]) -> Iterator[Value]:
    name = str(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Diagnostic("not a text file in UTF-8", name))
        return
    except OSError as error:
        problems.append(Diagnostic(f"can't be read: {error.strerror}", name))
        return
    if "\0" in text:
        problems.append(Diagnostic("a binary file, not a text file", name))
        return
    if file.suffix.lower() != ".json":
        yield from read_lines(text, name)
        return
    try:
        yield from read_outputs(text, name)
    except json.JSONDecodeError as error:
        message = f"not JSON: {error.msg}"
        problems.append(Diagnostic(message, name, error.lineno, error.colno))
    except RecursionError:
        problems.append(Diagnostic("nests too deep to be read", name))
