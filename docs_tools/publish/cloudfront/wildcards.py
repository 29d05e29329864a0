"""Which wildcards cover a change that has too many paths, and the least beside it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product

__all__ = ["Prefix", "cheapest_cover"]

# So many prefixes are weighed, those first that save the most, and so many choices kept for each
# of them: enough that with few prefixes nothing better is missed, and that the work has a bound.
_CONSIDERED = 64
_CHOICES = 512
_FEWEST_CHOICES = 8


@dataclass(frozen=True)
class Prefix:
    """What a wildcard may stand behind.

    Attributes:
        text: The beginning of all addresses that it covers. Of two prefixes either one begins with
            the other, or no address begins with both.
        weight: How many paths it saves.
        beyond: How many objects it covers that did not change.
    """

    text: str
    weight: int
    beyond: int


@dataclass(frozen=True, order=True)
class _Choice:
    """A choice of wildcards below a prefix.

    Attributes:
        beyond: How many objects they cover that did not change.
        paths: How many paths there are: the wildcards, and what they don't cover.
        taken: The wildcards.
    """

    beyond: int
    paths: int
    taken: tuple[str, ...] = ()


# the choices by the number of their wildcards: none of them is worse than another in both ways
_Choices = dict[int, list[_Choice]]


def cheapest_cover(prefixes: Collection[Prefix], most: int, wildcards: int) -> list[str]:
    """The prefixes to take, so that the limits hold and least is covered that did not change.

    Args:
        prefixes: Those that there are, the empty one among them.
        most: How many paths there may be, each wildcard counted as one.
        wildcards: How many wildcards there may be; at least one.
    """
    weighed = sorted(prefixes, key=lambda p: (-p.weight, p.beyond, p.text))[:_CONSIDERED]
    tree = sorted(weighed, key=lambda p: p.text)  # what begins with another comes behind it
    above = _above(tree)
    own = [prefix.weight for prefix in tree]
    for at, parent in enumerate(above):
        if parent is not None:
            own[parent] -= tree[at].weight
    kept = max(_FEWEST_CHOICES, _CHOICES // len(tree))
    below: list[_Choices] = [{0: [_Choice(0, 0)]} for _ in tree]
    for at in range(len(tree) - 1, -1, -1):
        prefix, parent = tree[at], above[at]
        choices = {
            count: [_Choice(c.beyond, c.paths + own[at], c.taken) for c in found]
            for count, found in below[at].items()
        }
        taken = _Choice(prefix.beyond, 1, (prefix.text,))
        choices[1] = _best([*choices.get(1, ()), taken], kept)
        if parent is not None:
            below[parent] = _join(below[parent], choices, wildcards, kept)
    # the loop ends with the empty prefix, whose own wildcard always fits
    fitting = [c for found in choices.values() for c in found if c.paths <= most]
    return list(min(fitting).taken)


def _above(tree: Sequence[Prefix]) -> list[int | None]:
    """The place of the longest other prefix that each prefix begins with."""
    places: list[int | None] = []
    open_: list[int] = []
    for at, prefix in enumerate(tree):
        while open_ and not prefix.text.startswith(tree[open_[-1]].text):
            open_.pop()
        places.append(open_[-1] if open_ else None)
        open_.append(at)
    return places


def _join(first: _Choices, second: _Choices, wildcards: int, kept: int) -> _Choices:
    """Each choice with each of another prefix beside it."""
    joined: _Choices = {}
    for (a, ones), (b, others) in product(first.items(), second.items()):
        if a + b <= wildcards:
            joined.setdefault(a + b, []).extend(
                _Choice(x.beyond + y.beyond, x.paths + y.paths, x.taken + y.taken)
                for x, y in product(ones, others)
            )
    return {count: _best(found, kept) for count, found in joined.items()}


def _best(choices: list[_Choice], kept: int) -> list[_Choice]:
    """Those that no other one beats; of many the ends and what lies evenly between them."""
    best: list[_Choice] = []
    for choice in sorted(choices):
        if not best or choice.paths < best[-1].paths:
            best.append(choice)
    if len(best) <= kept:
        return best
    return [best[at * (len(best) - 1) // (kept - 1)] for at in range(kept)]
