"""The layer that all stacks use, built once, whichever of pytest's workers comes first."""

import hashlib
import shutil
from pathlib import Path

from filelock import FileLock

from tests.e2e.utils.places import CDK_OUT, ROOT, lock_of

LAYER_BUILD = CDK_OUT / "layer_build"
_SOURCE = ROOT / "docs_tools"


def build_layer(source: Path = _SOURCE, cdk_out: Path = CDK_OUT) -> bool:
    """Builds the layer where its source differs from what `layer_build.diff` says.

    Workers wait for each other: the first builds, the others find that nothing is left to do.

    Args:
        source: The package that the layer holds.
        cdk_out: Where `layer_build` and `layer_build.diff` are.

    Returns:
        Whether it was built.
    """
    build, diff = cdk_out / "layer_build", cdk_out / "layer_build.diff"
    with FileLock(lock_of(cdk_out, build.name)):
        digest = _hash_of(source)
        if build.is_dir() and diff.exists() and diff.read_text("utf-8") == digest:
            return False
        diff.unlink(missing_ok=True)  # a build that breaks off is none
        shutil.rmtree(build, ignore_errors=True)
        for path in _files_of(source):
            target = build / "python" / source.name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        diff.write_text(digest, encoding="utf-8")
        return True


def _files_of(source: Path) -> list[Path]:
    return sorted(
        path
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.relative_to(source).parts
    )


def _hash_of(source: Path) -> str:
    """Of names and contents, each behind its length, so that no two trees give the same bytes."""
    digest = hashlib.sha256()
    for path in _files_of(source):
        for part in (str(path.relative_to(source)).encode(), path.read_bytes()):
            digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()
