"""`docs-status.js`: what the pages of each version say of it, today."""

from collections.abc import Iterable

from docs_tools.publish.root.asset import MARKER, dump_data, read_asset
from docs_tools.publish.versions.list import VersionEntry
from docs_tools.publish.versions.status import newest, state_of

__all__ = ["status_script"]

_HEAD = f"// {MARKER} from versions.json, and made again with each publish: do not edit it\n"


def status_script(versions: Iterable[VersionEntry], canonical: str | None) -> bytes:
    """The script that each page of a version loads.

    It leaves its data in `window.docsStatus`; on a page that names its version it shows a banner.

    Args:
        versions: The published versions.
        canonical: The version or alias by which the newest is best known, if there is one.
    """
    entries = list(versions)
    best = newest(entries)
    data = {
        "newest": _target(best, canonical) if best else None,
        "versions": {
            entry.version: {
                "state": str(state_of(entry, best)),
                "title": entry.title,
            }
            for entry in entries
        },
    }
    text = f"{_HEAD}window.docsStatus = {dump_data(data)};\n\n{read_asset('status.js')}"
    return text.encode("ascii")


def _target(entry: VersionEntry, canonical: str | None) -> dict[str, str]:
    path = canonical if canonical in entry.aliases and canonical else entry.version
    return {"version": entry.version, "title": entry.title, "path": path}
