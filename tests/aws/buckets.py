"""What a bucket holds, read and put back without a request."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT
from moto.s3.models import FakeBucket, FakeKey, PublicAccessBlock, s3_backends
from moto.s3.utils import _VersionedKeyStore

REGION = "eu-west-1"


@dataclass(frozen=True)
class Stored:
    """An object.

    Attributes:
        content: Its bytes, as they are stored.
        content_type: With its charset.
        cache_control: How long who may keep it.
        encoding: `gzip`, or empty.
        sha256: The checksum that S3 keeps with it, in base64; empty where it has none.
    """

    content: bytes
    content_type: str
    cache_control: str
    encoding: str
    sha256: str

    @property
    def is_sound(self) -> bool:
        """Whether S3 keeps a SHA-256 with it, and the right one."""
        return self.sha256 == base64.b64encode(hashlib.sha256(self.content).digest()).decode()


@dataclass(frozen=True)
class Bucket:
    """A bucket on the server of this process.

    Attributes:
        name: Its name.
    """

    name: str

    @classmethod
    def create(cls, name: str, versioned: bool = False) -> "Bucket":
        """Makes it; nobody but its owner gets in."""
        backend = s3_backends[ACCOUNT]["aws"]
        made = backend.create_bucket(name, REGION)
        made.public_access_block = PublicAccessBlock(*["true"] * 4)
        if versioned:
            made.versioning_status = "Enabled"
        return cls(name)

    def keep_versions(self) -> None:
        """Has it keep what is overwritten or deleted from now on."""
        self._there.versioning_status = "Enabled"

    @property
    def _there(self) -> FakeBucket:
        found: FakeBucket = s3_backends[ACCOUNT]["aws"].buckets[self.name]
        return found

    def snapshot(self) -> Mapping[str, list[Any]]:
        """All that it holds, to be put back."""
        keys = self._there.keys
        return {key: list(keys.getlist(key)) for key in keys}

    def restore(self, snapshot: Mapping[str, list[Any]]) -> None:
        """Puts it into an earlier state."""
        store = _VersionedKeyStore()
        for key, found in snapshot.items():
            dict.__setitem__(store, key, list(found))
        self._there.keys = store

    def objects(self) -> dict[str, Stored]:
        """What it holds now, by key."""
        keys = self._there.keys
        found = {key: keys[key] for key in keys if keys.getlist(key)}
        return {key: _stored(one) for key, one in found.items() if isinstance(one, FakeKey)}

    def get(self, key: str) -> bytes | None:
        """The content of an object, if there is one."""
        found = self._there.keys.get(key)
        return found.value if isinstance(found, FakeKey) else None

    def put(self, key: str, content: bytes) -> None:
        """Puts an object there, as another tool would."""
        s3_backends[ACCOUNT]["aws"].put_object(self.name, key, content)

    def delete(self, key: str) -> None:
        """Takes an object away."""
        s3_backends[ACCOUNT]["aws"].delete_object(self.name, key)

    def versions(self, key: str) -> int:
        """How many versions of an object there are, with its delete markers."""
        return len(self._there.keys.getlist(key, []))


def _stored(key: FakeKey) -> Stored:
    metadata = {name.lower(): value for name, value in key.metadata.items()}
    return Stored(
        key.value,
        metadata.get("content-type", ""),
        metadata.get("cache-control", ""),
        metadata.get("content-encoding", ""),
        key.checksum_value or "" if key.checksum_algorithm == "SHA256" else "",
    )
