"""The smallest invalidation that covers a change."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from urllib.parse import quote

from docs_tools.publish.cloudfront.wildcards import Prefix, cheapest_cover

__all__ = ["MOST_PATHS", "MOST_WILDCARDS", "addresses", "path_of", "smallest_paths", "wildcard"]

MOST_PATHS = 3_000
"""Paths that may be under way for a distribution at a time:
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html"""

MOST_WILDCARDS = 15
"""Paths with a wildcard that may be: the same page."""

_INDEX = "index.html"

# What RFC 1738 calls unsafe has to be encoded, and nothing else may be, or CloudFront forgets
# nothing: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
# A question mark would begin a query, which is no part of a key.
_KEPT = "!$&'()+,/:;=@"

# The same page: no path may hold a tilde, encoded or not, and an asterisk is a wildcard. Such a
# name can only be covered by what stands before it, with a wildcard.
_UNNAMEABLE = "~*"


def smallest_paths(
    changed: Collection[str],
    present: Collection[str],
    *,
    most: int = MOST_PATHS,
    wildcards: int = MOST_WILDCARDS,
) -> tuple[str, ...]:
    """The paths to invalidate, so that no cache shows what was there before.

    A folder of at least two objects that all changed becomes `folder/*`: a path costs the same
    whatever it covers. Where even so there are more paths than the limits allow, folders are taken
    in which the fewest objects are that did not change. A folder with one object is named exactly
    as long as that fits, because other publishers need wildcards too.

    A key that is only added needs no path: nothing of it is in a cache but perhaps an error, and
    errors are kept for ten seconds, by our template as by CloudFront where nothing else is set
    (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html).

    Args:
        changed: The keys that changed or were removed, as the distribution sees them, without a
            slash before them.
        present: The keys that are there; it doesn't matter which of the changed ones are among
            them.
        most: How many paths there may be.
        wildcards: How many of them may have a wildcard; at least one.

    Returns:
        The paths, sorted and percent-encoded, each with a slash before it. None of them is covered
        by another.
    """
    asked = sorted({address for key in changed for address in addresses(key)})
    rest = sorted(set(present).difference(changed))
    unnameable = [address for address in asked if not _nameable(address)]
    whole = _whole_folders(sorted(set(changed)), rest)
    # those that save the most, after those that nothing else can cover
    ranked = sorted(
        (folder for folder, count in whole.items() if count > 1 or within(unnameable, folder)),
        key=lambda folder: (-within(unnameable, folder), -within(asked, folder), folder),
    )
    taken = ranked[:wildcards]
    if not _fits(asked, taken, most):
        taken = cheapest_cover(
            list(_candidates(changed, unnameable, asked, rest, most)), most, wildcards
        )
    exact = map(path_of, _exact(asked, taken))
    return tuple(sorted([*map(wildcard, taken), *exact]))


def addresses(key: str) -> tuple[str, ...]:
    """What readers may ask for to get an object: its key, and for an index page its folder.

    Where a function rewrites addresses, AWS recommends to invalidate them both before and after;
    and a folder with its slash and without:
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
    """
    folder, slash, name = key.rpartition("/")
    if name != _INDEX:
        return (key,)
    return (key, f"{folder}/", folder) if slash else (key, "")


def path_of(address: str) -> str:
    """The path of an address, as CloudFront wants to read it."""
    return f"/{quote(address, safe=_KEPT)}" if _nameable(address) else wildcard(address)


def wildcard(prefix: str) -> str:
    """The path of all whose address begins so, or of more if no path can hold the prefix."""
    return f"/{quote(prefix if _nameable(prefix) else _stem(prefix), safe=_KEPT)}*"


def within(names: Sequence[str], prefix: str) -> int:
    """How many of the sorted names begin so."""
    end = bisect_right(names, prefix, key=lambda name: name[: len(prefix)])
    return end - bisect_left(names, prefix)


def _nameable(address: str) -> bool:
    return not any(sign in address for sign in _UNNAMEABLE)


def _folders(key: str) -> Iterator[str]:
    """The folders that a key is in and a path can name, the outermost first, with their slash."""
    yield ""
    end = key.find("/")
    while end >= 0 and _nameable(key[:end]):
        yield key[: end + 1]
        end = key.find("/", end + 1)


def _whole_folders(changed: Sequence[str], rest: Sequence[str]) -> dict[str, int]:
    """The largest folders in which nothing is that did not change, and how much is in each.

    Args:
        changed: The keys that changed, sorted.
        rest: The others, sorted.
    """
    clean: dict[str, bool] = {}
    found: dict[str, int] = {}
    for key in changed:
        for folder in _folders(key):
            if folder not in clean:
                clean[folder] = not within(rest, folder)
            if clean[folder]:
                found[folder] = found.get(folder, 0) + 1
                break
    return found


def _fits(asked: Sequence[str], taken: Sequence[str], most: int) -> bool:
    """Whether the paths are few enough, and cover what can't be named."""
    exact = _exact(asked, taken)
    return len(exact) + len(taken) <= most and all(map(_nameable, exact))


def _exact(asked: Sequence[str], taken: Sequence[str]) -> list[str]:
    """The addresses that no wildcard covers."""
    beginnings = tuple(taken)
    return [address for address in asked if not address.startswith(beginnings)]


def _stem(address: str) -> str:
    """What stands before the first sign that no path may hold."""
    return address[: min(address.index(sign) for sign in _UNNAMEABLE if sign in address)]


def _candidates(
    changed: Collection[str],
    unnameable: Sequence[str],
    asked: Sequence[str],
    rest: Sequence[str],
    most: int,
) -> Iterator[Prefix]:
    """All that a wildcard may stand behind, with what it would save and cover needlessly."""
    prefixes = {folder for key in changed for folder in _folders(key)}
    prefixes.update(map(_stem, unnameable))
    for prefix in prefixes:
        # what can't be named weighs more than the limit: only a wildcard can cover it
        weight = within(asked, prefix) + within(unnameable, prefix) * most
        yield Prefix(prefix, weight, within(rest, prefix))
