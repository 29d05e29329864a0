"""A folder of data files -> facts, or every problem of every file at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from docs_tools.errors import Diagnostic, DocsToolsError, count_problems
from docs_tools.model.document import Document, KeyPath, parse_document
from docs_tools.model.fields import Fact
from docs_tools.model.labels import Labels
from docs_tools.model.layers import Layers
from docs_tools.model.people import Maintainers
from docs_tools.model.release import ReleaseProcess

__all__ = [
    "DATA_FILES",
    "Facts",
    "load_fact",
    "load_facts",
    "read_facts",
    "validate",
]

F = TypeVar("F", bound=Fact)

DATA_FILES: dict[str, type[Fact]] = {
    "maintainers": Maintainers,
    "labels": Labels,
    "release": ReleaseProcess,
    "layers": Layers,
}
"""The data files by name, without `.yml`."""


@dataclass(frozen=True)
class Facts:
    """All that the data files say; a file that isn't there is `None`.

    Attributes:
        folder: The folder the facts come from, as the user would name it.
        maintainers: Who maintains the project.
        labels: Which labels there are.
        release: How a release runs.
        layers: The Lambda layers.
        broken: The files that are there and have faults, if only in their names; without `.yml`.
            They are `None` here.
    """

    folder: str
    maintainers: Maintainers | None = None
    labels: Labels | None = None
    release: ReleaseProcess | None = None
    layers: Layers | None = None
    broken: frozenset[str] = frozenset()


def load_facts(folder: Path, name: str) -> Facts:
    """Reads every data file of a folder.

    Args:
        folder: The folder.
        name: What to call the folder in messages, such as `docs/data`.

    Raises:
        DocsToolsError: There is no such folder, or files have problems: all of them are in it.
    """
    facts, problems = read_facts(folder, name)
    if problems:
        raise DocsToolsError(count_problems(problems, "in the data files"), diagnostics=problems)
    return facts


def read_facts(folder: Path, name: str) -> tuple[Facts, list[Diagnostic]]:
    """Reads what can be read of a folder's data files.

    Args:
        folder: The folder.
        name: What to call the folder in messages, such as `docs/data`.

    Returns:
        The facts of the files that are right, and every problem of the others.

    Raises:
        DocsToolsError: There is no such folder.
    """
    if not folder.is_dir():
        raise DocsToolsError(
            f"there is no data folder {name}",
            hint="make it, or name yours: `docs_tools/handbook: {data: FOLDER}`",
        )
    found: dict[str, Any] = {}
    misnamed = dict(_check_names(folder, name))
    problems, broken = list(misnamed), set(misnamed.values())
    for stem, model in DATA_FILES.items():
        path = folder / f"{stem}.yml"
        if path.is_file():
            broken.discard(stem)
            try:
                found[stem] = load_fact(model, path, f"{name}/{path.name}")
            except DocsToolsError as error:
                problems += error.diagnostics
                broken.add(stem)
    return Facts(name, **found, broken=frozenset(broken)), problems


def load_fact(model: type[F], path: Path, name: str) -> F:
    """Reads and validates one data file.

    Args:
        model: What the file holds.
        path: The file.
        name: What to call it in messages.

    Raises:
        DocsToolsError: The file can't be read or isn't valid, with every problem in it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise DocsToolsError(
            f"{name} can't be read", diagnostics=[Diagnostic(f"can't be read: {reason}", name)]
        ) from error
    return validate(model, parse_document(text, name))


def validate(model: type[F], document: Document) -> F:
    """Validates a document as a whole.

    Raises:
        DocsToolsError: With a diagnostic for each problem.
    """
    problems = list(document.problems)
    if isinstance(document.data, dict):
        try:
            fact = model.model_validate(document.data)
        except ValidationError as error:
            problems += [_explain(model, document, detail) for detail in error.errors()]
        else:
            problems += [document.diagnose(p.path, p.message, p.hint) for p in fact.check()]
            if not problems:
                return fact
    else:
        kind = "empty" if document.data is None else _kind(document.data)
        keys = ", ".join(f"`{key}:`" for key in _fields(model))
        hint = f"begin with the keys of a mapping: {keys}"
        problems.append(document.diagnose((), f"the file is {kind}, not a mapping", hint))
    problems.sort(key=lambda problem: (problem.line or 0, problem.column or 0))
    raise DocsToolsError(f"{document.file} isn't valid", diagnostics=problems)


def _check_names(folder: Path, name: str) -> Iterator[tuple[Diagnostic, str]]:
    """A file whose name is nearly right would be passed over without a word.

    Yields:
        What to say of it, and the data file that it must be.
    """
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yml", ".yaml") and path.name not in {f"{s}.yml" for s in DATA_FILES}:
            near = get_close_matches(path.stem, DATA_FILES, 1, 0.8)
            if near:
                hint = f"rename it to {near[0]}.yml"
                file = f"{name}/{path.name}"
                yield Diagnostic("not the name of a data file", file, hint=hint), near[0]


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "yes or no"
    kinds = {dict: "a mapping", list: "a list", str: "text", int: "a number", float: "a number"}
    return kinds.get(type(value), "nothing")


def _explain(model: type[Fact], document: Document, detail: Any) -> Diagnostic:
    """Puts pydantic's error into the words of somebody who writes YAML."""
    path: KeyPath = tuple(part for part in detail["loc"] if part != "[key]")
    given, text = detail["input"], document.text_at(path)
    match detail["type"]:
        case "missing":
            return document.diagnose(path, "is missing")
        case "extra_forbidden":
            keys = _keys_at(model, path[:-1])
            near = get_close_matches(str(path[-1]), keys, 1)
            known = f"there is: {', '.join(keys)}" if keys else "none can stand here"
            hint = f"did you mean `{near[0]}`?" if near else known
            return document.diagnose(path, "no such key", hint)
        case "string_type" if isinstance(given, int | float) and text is not None:
            return document.diagnose(path, f"{text} is a number here", f'quote it: "{text}"')
        case "string_type":
            return document.diagnose(path, f"must be text, not {_kind(given)}")
        case "tuple_type" | "list_type":
            return document.diagnose(path, f"must be a list, not {_kind(given)}")
        case "dict_type" | "model_type" | "model_attributes_type":
            return document.diagnose(path, f"must be a mapping, not {_kind(given)}")
        case "bool_type":
            return document.diagnose(path, "must be true or false")
        case "int_type" | "int_parsing":
            return document.diagnose(path, f"must be a whole number, not {_kind(given)}")
        case "value_error":
            message, _, hint = str(detail["ctx"]["error"]).partition("; ")
            return document.diagnose(path, message, hint or None)
        case _:
            return document.diagnose(path, detail["msg"][0].lower() + detail["msg"][1:])


def _keys_at(model: type[Fact], path: KeyPath) -> list[str]:
    """The keys that the record at a path may have."""
    current: Any = model
    for part in path:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, Fact):
            annotation = _fields(current)[part].annotation
            current = next(_facts_in(annotation), None)
    is_fact = isinstance(current, type) and issubclass(current, Fact)
    return list(_fields(current)) if is_fact else []


def _fields(model: type[Fact]) -> dict[str, FieldInfo]:
    """The fields by their keys in the file: one that Python wants for itself has an alias."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _facts_in(annotation: Any) -> Iterator[type[Fact]]:
    if isinstance(annotation, type) and issubclass(annotation, Fact):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _facts_in(inner)
