"""The smallest invalidation: laws, and examples that a person can check."""

from itertools import combinations
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_tools.publish.cloudfront import paths
from docs_tools.publish.cloudfront.paths import addresses, path_of, smallest_paths

NAMES = st.sampled_from(["a", "b", "ab", "index.html", "é", "a b", "x~1", "y*z"])
KEYS = st.lists(NAMES, min_size=1, max_size=4).map("/".join)
CHANGES = st.tuples(st.sets(KEYS, max_size=25), st.sets(KEYS, max_size=25))


def covers(path: str, address: str) -> bool:
    """Whether CloudFront takes a path for one that an address has."""
    path, asked = unquote(path), f"/{address}"
    return asked.startswith(path[:-1]) if path.endswith("*") else asked == path


def covered(found: tuple[str, ...], key: str) -> bool:
    """Whether an object is forgotten."""
    return any(covers(path, key) for path in found)


def nameable(key: str) -> bool:
    return not set("~*") & set(key)


@given(CHANGES, st.integers(1, 20), st.integers(1, 4))
def test_all_that_changed_is_covered_and_the_limits_hold(
    change: tuple[set[str], set[str]], most: int, wildcards: int
) -> None:
    changed, present = change
    found = smallest_paths(changed, present, most=most, wildcards=wildcards)
    for key in changed:
        assert all(any(covers(path, asked) for path in found) for asked in addresses(key))
    assert len(found) <= most
    assert sum(path.endswith("*") for path in found) <= wildcards
    assert bool(found) == bool(changed)
    assert all(path.startswith("/") and "~" not in path for path in found)
    assert all("*" not in path[:-1] for path in found)


@given(CHANGES)
def test_within_the_limits_nothing_else_is_covered(change: tuple[set[str], set[str]]) -> None:
    changed = {key for key in change[0] if nameable(key)}
    found = smallest_paths(changed, change[1])
    # `a` shares its address with the folder of `a/index.html`
    asked = {address for key in changed for address in addresses(key)}
    assert [key for key in change[1] - asked if covered(found, key)] == []


@given(CHANGES, st.integers(1, 12), st.integers(1, 4))
def test_no_path_is_covered_by_another_and_the_order_of_keys_does_not_matter(
    change: tuple[set[str], set[str]], most: int, wildcards: int
) -> None:
    changed, present = change
    limits = {"most": most, "wildcards": wildcards}
    found = smallest_paths(sorted(changed), sorted(present), **limits)
    assert found == smallest_paths(sorted(changed, reverse=True), list(present), **limits)
    assert found == smallest_paths(changed, present | changed, **limits)
    assert list(found) == sorted(set(found))
    for path, other in combinations(found, 2):
        assert not (path.endswith("*") and covers(path, unquote(other[1:])))


@given(
    st.sets(st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map("/".join), max_size=9),
    st.sets(st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map("/".join), max_size=9),
    st.integers(1, 6),
    st.integers(1, 3),
)
def test_no_other_wildcards_on_folders_cover_less_that_did_not_change(
    changed: set[str], present: set[str], most: int, wildcards: int
) -> None:
    found = smallest_paths(changed, present, most=most, wildcards=wildcards)
    rest = present - changed
    asked = {address for key in changed for address in addresses(key)}
    beyond = sum(covered(found, key) for key in rest - asked)
    folders = {"", *(key[: i + 1] for key in changed for i, c in enumerate(key) if c == "/")}
    for count in range(wildcards + 1):
        for taken in combinations(sorted(folders), count):
            exact = [address for address in asked if not address.startswith(taken)]
            if len(exact) + count <= most:
                assert beyond <= sum(key.startswith(taken) for key in rest)


@pytest.mark.parametrize(
    ("changed", "unchanged", "wanted"),
    [
        ("", "a", ""),
        ("a.css", "b.css", "/a.css"),
        ("index.html", "b", "/ /index.html"),
        ("guide/index.html", "b", "/guide /guide/ /guide/index.html"),
        ("guide/index.html", "guide/a", "/guide /guide/ /guide/index.html"),
        ("2.0/index.html 2.0/a.css", "1.0/a.css", "/2.0 /2.0/*"),
        ("2.0/index.html 2.0/a.css index.html", "", "/*"),
        ("2.0/x/1 2.0/x/2 2.0/y", "2.0/z", "/2.0/x/* /2.0/y"),
        ("a/1 a/2 ab", "ab/1", "/a/* /ab"),
    ],
)
def test_examples(changed: str, unchanged: str, wanted: str) -> None:
    assert smallest_paths(changed.split(), unchanged.split()) == tuple(wanted.split())


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("a b.html", "/a%20b.html"),
        ("größe/ü.html", "/gr%C3%B6%C3%9Fe/%C3%BC.html"),
        ("100%.html", "/100%25.html"),
        ('"<>#?{}|\\^[]`', "/%22%3C%3E%23%3F%7B%7D%7C%5C%5E%5B%5D%60"),
        # what else is encoded would not be forgotten
        ("a-b_c.d!e$f&g'h(i)j+k,l;m=n@o:p", "/a-b_c.d!e$f&g'h(i)j+k,l;m=n@o:p"),
    ],
)
def test_only_what_is_unsafe_is_encoded(key: str, path: str) -> None:
    assert smallest_paths([key], ["z"]) == (path,)
    assert path_of(key) == path


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("img/a~1.png", "/img/a*"),
        ("img/a*b.png", "/img/a*"),
        ("img/~a.png", "/img/*"),
        ("~home/index.html", "/*"),
    ],
)
def test_a_name_that_no_path_may_hold_is_covered_by_what_stands_before(key: str, path: str) -> None:
    assert smallest_paths([key], ["img/b.png", "z"]) == (path,)
    assert path_of(key) == path


def test_a_page_more_than_fits_costs_the_folder_with_the_fewest_others() -> None:
    changed = [f"{folder}/{page}.html" for folder in "ab" for page in range(6)]
    present = [*changed, "a/x.css", "b/x.css", "b/y.css", "c/index.html"]
    assert smallest_paths(changed, present, most=12) == tuple(f"/{key}" for key in sorted(changed))
    found = smallest_paths(changed, present, most=11)
    assert found == ("/a/*", *(f"/b/{page}.html" for page in range(6)))
    assert smallest_paths(changed, present, most=6) == ("/a/*", "/b/*")
    assert smallest_paths(changed, present, most=6, wildcards=1) == ("/*",)


def test_wildcards_go_to_the_folders_that_save_most() -> None:
    changed = [f"{version}/{n}" for version in range(20) for n in range(version + 2)]
    found = smallest_paths(changed, [*changed, "index.html"])
    wild = [path for path in found if path.endswith("*")]
    assert wild == sorted(f"/{version}/*" for version in range(5, 20))
    assert "/4/5" in found


def test_the_work_grows_as_the_keys_do(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    counted = paths.within

    def within(*args: object) -> int:
        nonlocal calls
        calls += 1
        return counted(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(paths, "within", within)
    work = []
    for count in (2_500, 5_000, 10_000):
        keys = [f"{n % 5}/api/{n % 50}/{n}/index.html" for n in range(count)]
        calls = 0
        found = smallest_paths([key for key in keys if not key.endswith("7/index.html")], keys)
        assert len(found) <= paths.MOST_PATHS
        work.append(calls)
    assert work[2] <= 2.1 * work[1] <= 2.1 * 2.1 * work[0]
