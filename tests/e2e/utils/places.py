"""Where things are put."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CDK_OUT = ROOT / "cdk.out"
PYTHON = "V{}{}".format(*sys.version_info)
"""The Python that runs, as in `cdk_app_V311.py`."""


def lock_of(cdk_out: Path, name: str) -> Path:
    """The file whose lock is held by who makes something below `cdk.out`."""
    folder = cdk_out / ".locks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
