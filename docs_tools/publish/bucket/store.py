"""A bucket's objects by their paths in the site: the thin edge over boto3's client of S3."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, unquote

from docs_tools.aws.session import open_session
from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.answers import Got, Headed, Listed, Past
from docs_tools.publish.bucket.faults import CHECKSUMS, code_of, refusals
from docs_tools.publish.bucket.headers import Headers, encoded
from docs_tools.publish.bucket.keys import key_of, path_of
from docs_tools.publish.bucket.settings import BucketSettings
from docs_tools.publish.bucket.sums import from_header, to_header

__all__ = ["JOBS", "Store", "open_store"]

JOBS = 16
"""How many requests are under way at a time."""

_ENCODED = "docs-tools-sha256"  # of the file, where the object is compressed
_PUTS = 3  # where what arrives isn't what was sent
_DELETES = 1000  # https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html


@dataclass
class Store:
    """A bucket below its prefix.

    Attributes:
        client: boto3's client of S3.
        settings: The bucket.
        now: The bucket's clock at its last answer.
        put_count: How many objects were uploaded.
        copy_count: How many the bucket copied itself.
        delete_count: How many were deleted.
    """

    client: Any
    settings: BucketSettings
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    put_count: int = 0
    copy_count: int = 0
    delete_count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def where(self, path: str) -> str:
        """What to call an object."""
        return f"{self.settings.place}/{path}"

    def get(self, path: str, version: str | None = None) -> Got | None:
        """Reads an object; `None` where there is none."""
        more = {"VersionId": version} if version else {}
        with refusals(self.settings, "s3:GetObject", self.where(path)):
            try:
                answer = self.client.get_object(
                    **self._object(path), ChecksumMode="ENABLED", **more
                )
                content = answer["Body"].read()
            except self.client.exceptions.NoSuchKey:
                return None
            except Exception as error:
                if code_of(error) in ("NoSuchVersion", "MethodNotAllowed"):
                    return None
                raise
        self._look_at_clock(answer)
        said = {key: unquote(value) for key, value in answer.get("Metadata", {}).items()}
        return Got(content, answer["ETag"], said, _is_compressed(answer))

    def get_file(self, path: str) -> bytes | None:
        """The file that an object was made of; `None` where there is none."""
        found = self.get(path)
        return found.file if found else None

    def gone(self, path: str) -> DocsToolsError:
        """The fault where an object isn't there that should be."""
        return DocsToolsError(
            f"{self.where(path)} isn't there any more",
            hint="look at what is there: docs_tools versions verify",
        )

    def head(self, path: str, version: str | None = None) -> Headed | None:
        """Looks at an object; `None` where there is none."""
        more = {"VersionId": version} if version else {}
        with refusals(self.settings, "s3:GetObject", self.where(path)):
            try:
                answer = self.client.head_object(
                    **self._object(path), ChecksumMode="ENABLED", **more
                )
            except Exception as error:
                if code_of(error) in ("404", "NoSuchKey", "NoSuchVersion", "405"):
                    return None
                raise
        found = answer.get("ChecksumSHA256")
        compressed = _is_compressed(answer)
        # a checksum of several parts is none of the file: it ends in their number
        sound = found and "-" not in found and not compressed
        sum_ = from_header(found) if sound else None
        return Headed(sum_, answer["LastModified"], compressed)

    def put(
        self,
        path: str,
        content: bytes,
        headers: Headers,
        *,
        said: Mapping[str, str] | None = None,
        etag: str | None = None,
        new: bool = False,
    ) -> str:
        """Writes an object; S3 checks that what arrives is what was sent.

        Args:
            path: The object.
            content: The file.
            headers: What it is served with.
            said: What to keep beside it, by key.
            etag: The state that it must have before.
            new: Whether there must be none before.

        Returns:
            The name of its state.

        Raises:
            OvertakenError: It has another state.
            DocsToolsError: It can't be written.
        """
        sent = encoded(content, headers)
        kept = {key: quote(value, safe=" :/+.,()'@-") for key, value in (said or {}).items()}
        if headers.content_encoding:
            kept[_ENCODED] = to_header(content)
        more: dict[str, Any] = {"Metadata": kept} if kept else {}
        if headers.content_encoding:
            more["ContentEncoding"] = headers.content_encoding
        if etag or new:
            more |= {"IfMatch": etag} if etag else {"IfNoneMatch": "*"}
        with refusals(self.settings, "s3:PutObject", self.where(path)):
            for attempt in range(1, _PUTS + 1):
                try:
                    answer = self.client.put_object(
                        **self._object(path),
                        Body=sent,
                        ChecksumAlgorithm="SHA256",
                        ChecksumSHA256=to_header(sent),
                        ContentType=headers.content_type,
                        CacheControl=headers.cache_control,
                        **more,
                    )
                    break
                except self.client.exceptions.ClientError as error:
                    if code_of(error) not in CHECKSUMS or attempt == _PUTS:
                        raise
        self._count(put=1)
        self._look_at_clock(answer)
        return str(answer["ETag"])

    def copy(self, source: str, path: str, version: str | None = None) -> str | None:
        """Has the bucket copy an object, with all that is kept beside it.

        Returns:
            The SHA-256 of the copy, if S3 tells it.
        """
        place = {"Bucket": self.settings.bucket, "Key": key_of(self.settings, source)}
        if version:
            place["VersionId"] = version
        owner = {"ExpectedSourceBucketOwner": self.settings.owner} if self.settings.owner else {}
        with refusals(self.settings, "s3:PutObject", self.where(path)):
            answer = self.client.copy_object(
                **self._object(path), CopySource=place, ChecksumAlgorithm="SHA256", **owner
            )
        self._count(copied=1)
        found = answer.get("CopyObjectResult", {}).get("ChecksumSHA256")
        return from_header(found) if found else None

    def delete(self, paths: Sequence[str]) -> None:
        """Deletes objects; one that isn't there is none that is missed."""
        for start in range(0, len(paths), _DELETES):
            some = paths[start : start + _DELETES]
            objects = [{"Key": key_of(self.settings, path)} for path in some]
            with refusals(self.settings, "s3:DeleteObject", self.where(some[0])):
                answer = self.client.delete_objects(
                    **self._bucket(), Delete={"Objects": objects, "Quiet": True}
                )
                for fault in answer.get("Errors", ()):
                    raise self.client.exceptions.ClientError({"Error": fault}, "DeleteObjects")
            self._count(deleted=len(some))

    def files(self, folder: str = "") -> dict[str, Listed]:
        """All objects below a folder, by their paths in the site; nothing of our own.

        Args:
            folder: The folder with a slash at its end; "" is all that is below the prefix.
        """
        found = {}
        for entry in self._pages("list_objects_v2", "Contents", folder):
            path = path_of(self.settings, entry["Key"])
            if path is not None and not path.startswith(".docs_tools/"):
                found[path] = Listed(entry["ETag"].strip('"'), entry["Size"])
        return found

    def top(self, folder: str = "") -> tuple[dict[str, Listed], set[str]]:
        """The objects right in a folder, and the names of the folders there."""
        files: dict[str, Listed] = {}
        folders: set[str] = set()
        start = self._start(folder)
        with refusals(self.settings, "s3:ListBucket", self.where(folder)):
            pages = self.client.get_paginator("list_objects_v2").paginate(
                **self._bucket(), Prefix=start, Delimiter="/"
            )
            for page in pages:
                self._look_at_clock(page)
                for entry in page.get("Contents", ()):
                    path = path_of(self.settings, entry["Key"])
                    if path is not None:
                        files[path] = Listed(entry["ETag"].strip('"'), entry["Size"])
                for entry in page.get("CommonPrefixes", ()):
                    folders.add(entry["Prefix"].removeprefix(start).rstrip("/"))
        return files, folders - {"", ".docs_tools"}

    def past(self, start: str) -> list[Past]:
        """All versions of the objects whose paths begin so, the newest of each first."""
        found = []
        with refusals(self.settings, "s3:ListBucketVersions", self.where(start)):
            pages = self.client.get_paginator("list_object_versions").paginate(
                **self._bucket(), Prefix=self._start(start)
            )
            for page in pages:
                for what in ("Versions", "DeleteMarkers"):
                    for entry in page.get(what, ()):
                        path = path_of(self.settings, entry["Key"])
                        if path is not None:
                            gone = what == "DeleteMarkers"
                            at = entry["LastModified"]
                            found.append(Past(path, entry["VersionId"], at, gone))
        return found

    def keeps_versions(self) -> bool:
        """Whether the bucket keeps what was overwritten or deleted."""
        with refusals(self.settings, "s3:GetBucketVersioning", self.settings.place):
            answer = self.client.get_bucket_versioning(**self._bucket())
        return bool(answer.get("Status") == "Enabled")

    def _pages(self, operation: str, what: str, folder: str) -> Iterator[Mapping[str, Any]]:
        with refusals(self.settings, "s3:ListBucket", self.where(folder)):
            pages = self.client.get_paginator(operation).paginate(
                **self._bucket(), Prefix=self._start(folder)
            )
            for page in pages:
                self._look_at_clock(page)
                yield from page.get(what, ())

    def _start(self, path: str) -> str:
        return f"{self.settings.prefix}/{path}" if self.settings.prefix else path

    def _bucket(self) -> dict[str, str]:
        owner = {"ExpectedBucketOwner": self.settings.owner} if self.settings.owner else {}
        return {"Bucket": self.settings.bucket, **owner}

    def _object(self, path: str) -> dict[str, str]:
        return {**self._bucket(), "Key": key_of(self.settings, path)}

    def _count(self, put: int = 0, copied: int = 0, deleted: int = 0) -> None:
        with self._lock:
            self.put_count += put
            self.copy_count += copied
            self.delete_count += deleted

    def _look_at_clock(self, answer: Mapping[str, Any]) -> None:
        """The bucket's clock is everybody's; those of the machines that publish may differ."""
        text = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date")
        if text:
            self.now = parsedate_to_datetime(text)


def _is_compressed(answer: Mapping[str, Any]) -> bool:
    # another tool's coding, such as br or aws-chunked, is none that we undo
    return "gzip" in str(answer.get("ContentEncoding") or "").lower()


def open_store(settings: BucketSettings) -> Store:
    """The bucket, with the user's own session.

    Raises:
        DocsToolsError: There are no credentials, they have expired, or the settings can't be used.
    """
    return Store(open_session().client("s3", settings.region, JOBS), settings)
