"""Text files with an ARN a line -> ARNs."""

from collections.abc import Iterator
from pathlib import Path

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.model.arn import LayerArn

__all__ = ["load_arns"]


def load_arns(source: Path) -> tuple[LayerArn, ...]:
    """Reads layer version ARNs, one a line; blank lines and lines that start with `#` don't count.

    Args:
        source: A text file, or a folder: then each `*.txt` file directly in it.

    Returns:
        The ARNs sorted, each layer once.

    Raises:
        DocsToolsError: The source isn't there or holds no ARN; a line is no ARN; or a layer has two
            numbers. Every problem of every file is in it.
    """
    arns: dict[tuple[str, str, str, str], tuple[LayerArn, str]] = {}
    problems: list[Diagnostic] = []
    for file in _files(source):
        for line, text in _lines(file, problems):
            try:
                arn = LayerArn.parse(text.strip())
            except ValueError as error:
                column = len(text) - len(text.lstrip()) + 1
                hint = "write such as arn:aws:lambda:eu-west-1:123456789012:layer:name:7"
                problems.append(Diagnostic(str(error), str(file), line, column, hint))
                continue
            first, place = arns.setdefault(arn.layer, (arn, f"{file}:{line}"))
            if first != arn:
                message = f"{arn} has number {first.number} at {place}"
                hint = "keep the number that was deployed"
                problems.append(Diagnostic(message, str(file), line, 1, hint))
    if not arns and not problems:
        problems.append(Diagnostic("holds no layer version ARN", str(source)))
    if problems:
        raise DocsToolsError("the layer numbers can't be used", diagnostics=problems)
    return tuple(sorted(arn for arn, _ in arns.values()))


def _files(source: Path) -> list[Path]:
    if source.is_dir():
        files = sorted(path for path in source.glob("*.txt") if path.is_file())
        if not files:
            raise DocsToolsError(f"{source} holds no *.txt file with layer ARNs")
        return files
    if not source.is_file():
        hint = "name a text file with an ARN a line, or a folder of such files"
        raise DocsToolsError(f"there is no {source} to read layer ARNs from", hint=hint)
    return [source]


def _lines(file: Path, problems: list[Diagnostic]) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Diagnostic("not a text file in UTF-8", str(file)))
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line
