"""What publishing a version now would change, down to the text of a page."""

import difflib
import posixpath
import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from docs_tools.errors import DocsToolsError
from docs_tools.model.nearest import find_nearest, list_some
from docs_tools.publish.outcome import Outcome
from docs_tools.publish.page_text import page_text
from docs_tools.publish.reading import read_published
from docs_tools.publish.request import PublishRequest
from docs_tools.publish.run import Preview, previewed

__all__ = ["Comparison", "compare", "find_page"]


@dataclass(frozen=True)
class Comparison:
    """What would change.

    Attributes:
        outcome: What a dry run of `publish` says.
        page: The file of the version that was asked for.
        text: How its text would change, as a unified diff; empty where it wouldn't.
    """

    outcome: Outcome
    page: str | None
    text: str

    def to_json(self) -> dict[str, object]:
        """The comparison as one JSON document."""
        outcome = self.outcome
        document: dict[str, object] = {
            "version": outcome.version,
            "built_from": outcome.built_from,
            "changed": outcome.changed,
            "pages": dict(outcome.pages),
            "paths": outcome.paths.to_json(),
            "notices": list(outcome.notices),
        }
        return document | ({"page": self.page, "text": self.text} if self.page else {})


def compare(request: PublishRequest, page: str | None = None) -> Comparison:
    """Builds a version and compares it with what is published; nothing is written.

    Args:
        request: What would be published.
        page: A page of the version, to compare the text of: its file, such as `guide/index.html`,
            its address, such as `guide/`, or what it is written in, such as `guide.md`.

    Raises:
        DocsToolsError: The site can't be built, or neither side has the page.
    """
    try:
        with previewed(replace(request, dry_run=True)) as preview:
            if page is None:
                return Comparison(preview.outcome, None, "")
            path = find_page(page, _paths(preview), request.version)
            before, after = preview.read(path)
            return Comparison(preview.outcome, path, _difference(before or b"", after or b"", path))
    except DocsToolsError:
        _check_no_alias(request)  # which says better what is wrong
        raise


def find_page(page: str, paths: Collection[str], version: str) -> str:
    """The file that a page's name stands for.

    Args:
        page: The name, as a reader or an author would write it.
        paths: The files that there are.
        version: The version, by which the name may begin.

    Raises:
        DocsToolsError: There is none, with the name most like it.
    """
    for name in _names(page, version):
        if name in paths:
            return name
    pages = sorted(path for path in paths if path.endswith(".html"))
    near = find_nearest(page, pages)
    hint = f'did you mean "{near}"?' if near else f"there are: {list_some(pages)}"
    raise DocsToolsError(f'there is no page "{page}", neither published nor built', hint=hint)


def _names(page: str, version: str) -> Iterator[str]:
    plain = page.partition("#")[0].strip("/")
    for name in (plain, plain.removeprefix(version).lstrip("/")):
        yield name
        folder, source = posixpath.splitext(name) if name.endswith(".md") else (name, "")
        if source and posixpath.basename(folder) in ("index", "README"):
            folder = posixpath.dirname(folder)
        yield posixpath.join(folder, "index.html")
        yield f"{folder}.html"


def _check_no_alias(request: PublishRequest) -> None:
    name = request.targets[0] if request.targets else None
    owner = read_published(request.project, name).snapshot.versions.by_alias(request.version)
    if owner:
        raise DocsToolsError(
            f'"{request.version}" is an alias, not a version',
            hint=f"name the version: docs_tools versions diff {shlex.quote(owner.version)}",
        )


def _paths(preview: Preview) -> set[str]:
    sides = [entry for entry in (preview.before, preview.after) if entry]
    return {path for entry in sides for path in preview.objects.files(entry.hash)}


def _difference(before: bytes, after: bytes, path: str) -> str:
    """What readers see differs; or where that is the same, its source."""
    try:
        old, new = before.decode("utf-8"), after.decode("utf-8")
    except UnicodeDecodeError:
        return "" if before == after else f"{path} is no text; it differs\n"
    if not path.endswith(".html"):
        return _unified(old.split("\n"), new.split("\n"), path)
    seen = _unified(page_text(old), page_text(new), path)
    return seen or _unified(old.split("\n"), new.split("\n"), f"{path} (only its HTML differs)")


def _unified(old: list[str], new: list[str], name: str) -> str:
    lines = difflib.unified_diff(old, new, f"published {name}", f"built {name}", lineterm="")
    return "".join(f"{line}\n" for line in lines)
