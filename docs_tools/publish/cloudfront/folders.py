"""What to invalidate where nobody knows any more what changed."""

import shlex
from collections.abc import Sequence

from docs_tools.publish.bucket.settings import BucketSettings
from docs_tools.publish.cloudfront.paths import MOST_WILDCARDS, addresses, path_of, wildcard
from docs_tools.publish.root import NAMES

__all__ = ["base_of", "paths_of_folders", "retry_command"]

_ROOT = ("index.html", "versions.json", *NAMES)


def base_of(bucket: BucketSettings, deploy_prefix: str) -> str:
    """What all addresses of the site begin with, with a slash at its end, or "".

    Args:
        bucket: The bucket.
        deploy_prefix: mike's, which is a part of the path in every place.
    """
    folders = ["" if bucket.origin_path else bucket.prefix, deploy_prefix]
    return "".join(f"{folder}/" for folder in folders if folder)


def paths_of_folders(base: str, names: Sequence[str]) -> tuple[str, ...]:
    """The paths of versions and aliases as a whole, and of the files beside them.

    Args:
        base: What all addresses begin with.
        names: The versions and aliases; everything if there are none, or too many to name.
    """
    if not names or len(names) > MOST_WILDCARDS:
        # the folder without its slash is an address of its own
        paths = {wildcard(base), path_of(base.rstrip("/"))}
    else:
        beside = (address for name in _ROOT for address in addresses(base + name))
        paths = {
            *(wildcard(f"{base}{name}/") for name in names),
            *(path_of(f"{base}{name}") for name in names),
            *map(path_of, beside),
        }
    whole = tuple(path[:-1] for path in paths if path.endswith("*"))
    # a wildcard begins with itself, and with no other that is kept
    kept = (p for p in paths if sum(p.startswith(w) for w in whole) <= p.endswith("*"))
    return tuple(sorted(kept))


def retry_command(target: str, names: Sequence[str]) -> str:
    """The command that invalidates again what an invalidation failed for.

    Args:
        target: The bucket's name among the targets.
        names: The versions and aliases that were written; none stands for everything.
    """
    return shlex.join(["docs_tools", "s3", "invalidate", *names, "--target", target])
