"""A path and its key say the same, and nothing is outside the prefix."""

import posixpath

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.publish.bucket.keys import key_of, path_of
from docs_tools.publish.bucket.settings import BucketSettings

# names as a site has them, and such as nobody should
NAMES = st.sampled_from(["", ".", "..", "...", ".docs_tools", "latest", "a b", "é", "%2e%2e", "~"])
PARTS = st.one_of(NAMES, st.text(max_size=6))
TEXTS = st.one_of(st.text(max_size=12), st.lists(PARTS, max_size=5).map("/".join))
PREFIXES = st.sampled_from(["", "docs", "docs/toolbox", "a.b", "é"])


def bucket(prefix: str) -> BucketSettings:
    return BucketSettings(name="s3", bucket="docs-bucket", prefix=prefix)


def test_a_key_is_the_path_below_the_prefix() -> None:
    path = "1.0/guide/index.html"
    assert key_of(bucket(""), path) == path
    assert key_of(bucket("docs/toolbox"), path) == f"docs/toolbox/{path}"
    assert key_of(bucket("docs"), "1.0/über uns/ß&+.html") == "docs/1.0/über uns/ß&+.html"


@given(PREFIXES, TEXTS)
def test_a_path_comes_back_from_its_key_and_never_leaves_the_prefix(prefix: str, path: str) -> None:
    settings = bucket(prefix)
    try:
        key = key_of(settings, path)
    except DocsToolsError:
        return
    assert path_of(settings, key) == path
    for plain in (key, posixpath.normpath(key)):
        assert plain == key
        assert not prefix or plain.startswith(f"{prefix}/")
    assert not key.startswith("/")
    assert len(key.encode()) <= 1024


@given(PREFIXES, TEXTS)
def test_a_key_that_has_a_path_is_the_key_of_it(prefix: str, key: str) -> None:
    settings = bucket(prefix)
    for found in (key, f"{prefix}/{key}"):
        if (path := path_of(settings, found)) is not None:
            assert path
            assert key_of(settings, path) == found


@given(TEXTS)
def test_keys_of_another_prefix_have_no_path(path: str) -> None:
    assume(not path.startswith("docs/"))
    assert path_of(bucket("docs"), path) is None
    assert path_of(bucket("docs"), f"docs-other/{path}") is None


@pytest.mark.parametrize(
    "path",
    ["..", "../x", "1.0/../../x", "1.0/./x", "/x", "1.0//x", "1.0/", "", ".", "a\\..\\b", "a\nb",
     "a\x00", "a\x7f", "a\x85", "a\ud800", "a\uffff"],
)  # fmt: skip
def test_what_leads_elsewhere_or_cannot_be_served_is_refused(path: str) -> None:
    with pytest.raises(DocsToolsError, match=r"can't go to s3://docs-bucket/docs: ") as caught:
        key_of(bucket("docs"), path)
    assert caught.value.hint
    str(caught.value).encode()
    assert path_of(bucket("docs"), f"docs/{path}") is None


@pytest.mark.parametrize("prefix", ["", "docs"])
def test_a_key_has_1024_bytes_at_most(prefix: str) -> None:
    settings = bucket(prefix)
    room = 1024 - len(f"{prefix}/" if prefix else "")
    longest = "é" * ((room - 2) // 2)
    longest += "x" * (room - len(longest.encode()))
    assert path_of(settings, key_of(settings, longest)) == longest
    with pytest.raises(DocsToolsError, match="1025 bytes"):
        key_of(settings, f"{longest}x")
