"""`docs-manifest.json` of a version: what it was built from and with, and the hash of each file.

Its text is canonical and holds its own hash, so an altered byte of it is found as one of a page is.
It is plain ASCII: a name that isn't UTF-8 on the disk stands in it as an escape.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from docs_tools.errors import Diagnostic, DocsToolsError
from docs_tools.publish.manifest.fields import Fields, ManifestError

__all__ = [
    "MANIFEST",
    "BuiltFrom",
    "Difference",
    "Manifest",
    "built_from",
    "differences",
    "read_manifest",
]

MANIFEST = "docs-manifest.json"
"""The file's name in a version's folder."""

_NUMBER = 1  # of the format; a reader refuses a higher one


@dataclass(frozen=True)
class BuiltFrom:
    """The commit that a site was built from.

    Attributes:
        commit: Its hash.
        ref: The tag or branch that was asked for; `None` where it was the checkout.
        date: When it was committed, in UTC: `2026-11-03T12:00:00Z`.
        dirty: Whether files differed from the commit.
    """

    commit: str
    ref: str | None
    date: str
    dirty: bool = False


@dataclass(frozen=True)
class Manifest:
    """What is known of a published version.

    Attributes:
        version: Its name.
        built_from: Where its sources come from; `None` where the site was built elsewhere.
        tools: The version of each tool that made it.
        locks: The SHA-256 of each lock file of the project.
        layers: The layer ARNs inserted, each behind the page that it stands in.
        canonical: The version or alias that canonical links point to, and the pages of this version
            that it lacked; `None` where no other version was looked at.
        files: The SHA-256 of each file by its path in the version, this manifest left out.
    """

    version: str
    built_from: BuiltFrom | None = None
    tools: Mapping[str, str] = field(default_factory=dict)
    locks: Mapping[str, str] = field(default_factory=dict)
    layers: tuple[tuple[str, str], ...] = ()
    canonical: tuple[str, tuple[str, ...]] | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    def dumps(self) -> str:
        """The file's text: the same for the same facts, in whatever order they came."""
        facts: dict[str, Any] = {
            "docs_manifest": _NUMBER,
            "version": self.version,
            "built_from": self.built_from and asdict(self.built_from),
            "tools": dict(self.tools),
            "locks": dict(self.locks),
            "layers": [{"page": page, "arn": arn} for page, arn in self.layers],
            "canonical": self.canonical
            and dict(zip(("version", "missing"), self.canonical, strict=True)),
            "files": dict(self.files),
        }
        return _json({**facts, "sha256": _sha256(_json(facts))})

    @classmethod
    def loads(cls, text: str, file: str) -> "Manifest":
        """Reads a manifest; one that isn't as it was written is refused.

        Args:
            text: The file's text. Bytes that aren't UTF-8 may be decoded in any way.
            file: The file as the user would name it.

        Raises:
            DocsToolsError: It is broken, altered, or written by a newer docs_tools.
        """
        try:
            manifest = _read(text)
        except ManifestError as fault:
            raise _broken(fault, text, file) from None
        if manifest.dumps() != text:
            message = "is not as docs_tools wrote it: it was altered"
            raise _broken(ManifestError(message, _changed_line(manifest, text)), text, file)
        return manifest


@dataclass(frozen=True)
class Difference:
    """A file of a version that isn't as its manifest says.

    Attributes:
        path: The file in the version.
        what: `altered`, `missing`, or `additional` where the manifest doesn't know it.
    """

    path: str
    what: Literal["altered", "missing", "additional"]

    def diagnostic(self, place: str = "") -> Diagnostic:
        """The difference for people.

        Args:
            place: What the path begins with, such as `gh-pages:1.9.0/`.
        """
        said = {"altered": "was altered", "missing": "is missing", "additional": "was added"}
        return Diagnostic(f"{said[self.what]} since it was published", f"{place}{self.path}")


def differences(manifest: Manifest, files: Mapping[str, str]) -> list[Difference]:
    """What of a version isn't as its manifest says, by path.

    Args:
        manifest: The version's manifest.
        files: The SHA-256 of each file that is there, by its path in the version.
    """
    found: list[Difference] = []
    for path in sorted((manifest.files.keys() | files.keys()) - {MANIFEST}):
        if path not in files:
            found.append(Difference(path, "missing"))
        elif path not in manifest.files:
            found.append(Difference(path, "additional"))
        elif manifest.files[path] != files[path]:
            found.append(Difference(path, "altered"))
    return found


def read_manifest(text: bytes | None) -> Manifest | None:
    """A manifest, or `None` where there is none that can be trusted; `verify` tells why."""
    try:
        return Manifest.loads(text.decode("utf-8", "replace"), MANIFEST) if text else None
    except DocsToolsError:
        return None


def built_from(manifest: bytes | None) -> str | None:
    """The commit that a version was built from, by its manifest's text.

    It ends in `+` where uncommitted changes were built.
    """
    found = read_manifest(manifest)
    source = found.built_from if found else None
    return source.commit + "+" * source.dirty if source else None


def _json(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, indent=2, sort_keys=True) + "\n"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _read(text: str) -> Manifest:
    """The manifest of a text; whether that is canonical isn't looked at."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise ManifestError(f"is no JSON: {error.msg}", error.lineno, error.colno) from None
    except (ValueError, RecursionError):  # a number or a nesting that Python refuses
        raise ManifestError("is no manifest: too large a number or too deep") from None
    facts = Fields(raw)
    number = facts.integer("docs_manifest")
    if number > _NUMBER:
        raise ManifestError(
            f"was written by a newer docs_tools: its format is {number}, and {_NUMBER} is known",
            keys=("docs_manifest",),
            hint="update docs_tools: pip install --upgrade docs_tools",
        )
    return Manifest(
        version=facts.text("version"),
        built_from=_built_from(facts.optional("built_from")),
        tools=facts.texts("tools"),
        locks=facts.texts("locks"),
        layers=tuple((e.text("page"), e.text("arn")) for e in facts.entries("layers")),
        canonical=_canonical_of(facts.optional("canonical")),
        files=facts.texts("files"),
    )


def _built_from(fields: Fields | None) -> BuiltFrom | None:
    if fields is None:
        return None
    ref, dirty = fields.text_or_none("ref"), fields.boolean("dirty")
    return BuiltFrom(fields.text("commit"), ref, fields.text("date"), dirty)


def _canonical_of(fields: Fields | None) -> tuple[str, tuple[str, ...]] | None:
    return None if fields is None else (fields.text("version"), fields.names("missing"))


def _changed_line(manifest: Manifest, text: str) -> int | None:
    """The first line that isn't as it would be written, but for the hash, which always differs."""
    ours, theirs = manifest.dumps().split("\n"), text.split("\n")
    for number, (our, their) in enumerate(zip(ours, theirs, strict=False), 1):
        if our != their and not our.startswith('  "sha256": '):
            return number
    return None


def _line_of(keys: tuple[str, ...], text: str) -> int | None:
    """The line of a key, each behind that which it is below; what is below is further in."""
    at = 0
    for depth, key in enumerate(keys):
        indent = "  " if depth == 0 else "    +"
        found = re.compile(rf"^{indent}{re.escape(json.dumps(key))}:", re.M).search(text, at)
        if found is None:
            return None
        at = found.end()
    return text.count("\n", 0, at) + 1 if keys else None


def _broken(fault: ManifestError, text: str, file: str) -> DocsToolsError:
    line = fault.line or _line_of(fault.keys, text)
    hint = fault.hint or (
        "take the version back to what it was: docs_tools versions rollback V\n"
        "or build it again: docs_tools hotfix --version V --ref REF"
    )
    diagnostic = Diagnostic(fault.message, file, line, fault.column)
    return DocsToolsError(f"{file} can't be trusted", hint=hint, diagnostics=[diagnostic])
