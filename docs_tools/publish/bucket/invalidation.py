"""What of a change the CDN has to forget."""

from dataclasses import dataclass

from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.settings import BucketSettings
from docs_tools.publish.bucket.wanted import Wanted
from docs_tools.publish.cloudfront.folders import retry_command
from docs_tools.publish.cloudfront.invalidate import UnderWayError, cloudfront_client, invalidate
from docs_tools.publish.cloudfront.paths import smallest_paths
from docs_tools.publish.settings import PublishSettings

__all__ = ["Invalidator"]


@dataclass(frozen=True)
class Invalidator:
    """Tells the distribution before a bucket what changed.

    Attributes:
        bucket: The bucket.
        settings: Where the project publishes.
        wait: Whether to wait until all caches have forgotten it.
    """

    bucket: BucketSettings
    settings: PublishSettings
    wait: bool

    def __call__(self, found: Wanted) -> tuple[str, ...]:
        """Invalidates what changed; the addresses.

        Raises:
            DocsToolsError: CloudFront refuses, or can't be reached; what was published stands.
        """
        if self.bucket.distribution is None:
            return ()
        paths = smallest_paths(self._keys(_changed(found)), self._keys(_present(found)))
        if not paths:
            return ()
        from docs_tools.aws.session import open_session

        try:
            client = cloudfront_client(open_session())
            return invalidate(client, self.bucket.distribution, paths, wait=self.wait).paths
        except UnderWayError:
            raise  # it goes on by itself
        except DocsToolsError as error:
            names = sorted(found.version_names(self.settings))
            command = retry_command(self.bucket.name, names)
            raise DocsToolsError(
                f"{self.bucket.place} is up to date, but CloudFront may show what was there "
                f"before: {error.message}",
                hint=f"{error.hint or 'look at it'}\nthen have it forget: {command}",
            ) from error

    def _keys(self, paths: set[str]) -> set[str]:
        """Keys as the distribution sees them."""
        cut = self.bucket.origin_path or not self.bucket.prefix
        return paths if cut else {f"{self.bucket.prefix}/{path}" for path in paths}


def _changed(found: Wanted) -> set[str]:
    """What changed or is gone; where somebody was cut off, all that he may have changed."""
    changed = {*found.plan.changed, *found.due}
    unsure = found.state.record.claimed() & found.plan.touched
    starts = tuple(f"{folder}/" for folder in unsure)
    return changed | {path for path in found.live if path.startswith(starts)}


def _present(found: Wanted) -> set[str]:
    """All that is there where something changed, and one file for each other folder."""
    others = found.after.folders.keys() - found.plan.touched
    return found.live | {f"{folder}/index.html" for folder in others}
