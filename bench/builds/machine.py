"""What was measured on: the machine, and the versions of all that took part."""

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

__all__ = ["describe", "today"]

_PACKAGES = (
    "docs_tools", "mkdocs", "mkdocs-material", "mike", "mkdocstrings", "mkdocstrings-python",
    "zensical", "Markdown", "pymdown-extensions",
)  # fmt: skip


def describe(packages: Iterable[str] = _PACKAGES) -> dict[str, str]:
    """The machine and the versions, by what each is called."""
    found = {
        "processor": _processor(),
        "processors": str(len(os.sched_getaffinity(0))),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
    }
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not there"
    return found


def today() -> str:
    """The day, as in 2026-11-23."""
    return datetime.now(UTC).date().isoformat()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
