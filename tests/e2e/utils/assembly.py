"""What CDK synthesized: the stack, its template, and the files that it needs."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Asset:
    """A file or a folder, and where the template expects it."""

    path: Path
    bucket: str
    key: str

    def read(self) -> bytes:
        """The file, or the folder as a zip that depends on nothing but what is in it."""
        if self.path.is_file():
            return self.path.read_bytes()
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(path for path in self.path.rglob("*") if path.is_file()):
                info = zipfile.ZipInfo(path.relative_to(self.path).as_posix())
                info.external_attr = 0o644 << 16  # Lambda runs as another user
                archive.writestr(info, path.read_bytes())
        return memory.getvalue()


@dataclass(frozen=True)
class Assembly:
    """A synthesized app with one stack."""

    folder: Path
    stack_name: str
    template: Path
    _asset_files: tuple[Path, ...]

    def assets(self, account: str, region: str) -> Iterator[Asset]:
        """Each asset at each of its places.

        Args:
            account: The account that it is deployed to.
            region: The region.
        """
        values = {"AWS::AccountId": account, "AWS::Region": region, "AWS::Partition": "aws"}
        for file in self._asset_files:
            for asset in _load(file)["files"].values():
                for place in asset["destinations"].values():
                    bucket = place["bucketName"]
                    for name, value in values.items():
                        bucket = bucket.replace(f"${{{name}}}", value)
                    yield Asset(self.folder / asset["source"]["path"], bucket, place["objectKey"])


def read_assembly(folder: Path) -> Assembly:
    """Reads `manifest.json`.

    Raises:
        ValueError: The app has no stack, or several.
    """
    artifacts = _load(folder / "manifest.json")["artifacts"]
    stacks = {
        id: artifact
        for id, artifact in artifacts.items()
        if artifact["type"] == "aws:cloudformation:stack"
    }
    if len(stacks) != 1:
        raise ValueError(f"{folder}: one stack is expected, not {len(stacks)}")
    ((id, stack),) = stacks.items()
    return Assembly(
        folder,
        stack["properties"].get("stackName", id),
        folder / stack["properties"]["templateFile"],
        tuple(
            folder / artifact["properties"]["file"]
            for artifact in artifacts.values()
            if artifact["type"] == "cdk:asset-manifest"
        ),
    )


def _load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))
