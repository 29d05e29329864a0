"""Which release the description of a layer version names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_tools.layers.aws.description import names_another_release, names_release


@pytest.mark.parametrize(
    "description",
    [
        "3.4.0",
        "v3.4.0",
        "V3.4.0",
        "(3.4.0)",
        "Tiny [x86_64 - Python 3.12] version 3.4.0",
        "Tiny for Python 3.4.0",
        "This is Tiny 3.4.0.",
        "Tiny 3.4.0, built today",
        "Tiny 3.4.0: built today",
        "tiny-layer-3.4.0",
        "tiny-v3.4.0",
        "tiny==3.4.0",
        "tiny@3.4.0",
        '"3.4.0"!',
        "3.4.0 - the one before was 3.3.0",
        "版本3.4.0版",
    ],
)
def test_a_release_is_named_however_it_is_wrapped(description: str) -> None:
    assert names_release(description, "3.4.0")
    assert names_another_release(description, "3.4.0") is None


@pytest.mark.parametrize(
    "description",
    [
        "13.4.0",
        "3.4.01",
        "3.4.0a1",
        "3.4.0-rc.1",
        "3.4.0rc1",
        "3.4.0.1",
        "3.4.0.dev1",
        "3.4.0+x",
        "1.3.4.0",
        "3.4.0_1",
        "3.4.0+",
        "rc-3.4.0",
        "2!3.4.0",
        "3x4x0",
        "needs boto3>=3.4.0",
        "for < 3.4.0",
        "",
    ],
)
def test_what_only_looks_like_it_is_another(description: str) -> None:
    assert not names_release(description, "3.4.0")


@pytest.mark.parametrize(
    ("version", "description"),
    [
        ("3.4.0a1", "Tiny 3.4.0a1"),
        ("3.4.0-rc.1", "Tiny v3.4.0-rc.1."),
        ("v3.4.0", "Tiny 3.4.0"),
        ("1.2", "Tiny 1.2 for Python 3.12"),
        ("3.4.0+x", "(3.4.0+x)"),
        ("nightly", "Tiny nightly"),
    ],
)
def test_a_release_of_any_form_is_named_by_itself(version: str, description: str) -> None:
    assert names_release(description, version)


def test_the_version_of_a_language_is_no_release() -> None:
    assert not names_release("Tiny for Python 3.12", "3.12")
    assert not names_release("Tiny 1.2 for Node.js 22.1", "22.1")


@pytest.mark.parametrize(
    ("description", "other"),
    [
        ("Tiny [x86_64 - Python 3.12] version 3.3.0", "3.3.0"),
        ("Tiny v3.4.0a1.", "3.4.0a1"),
        ("tiny-3.4.0.1", "3.4.0.1"),
        ("Tiny for Python 3.12", None),
        ("Tiny, the newest", None),
        ("", None),
    ],
)
def test_another_release_is_told_where_one_is_named(description: str, other: str | None) -> None:
    assert names_another_release(description, "3.4.0") == other


number = st.integers(0, 30).map(str)
release = st.lists(number, min_size=3, max_size=3).map(".".join)


@given(release, st.lists(release, max_size=3), st.sampled_from([" ", ", ", " / ", " (", ") "]))
def test_a_release_is_named_if_it_is_one_of_the_words(
    version: str, others: list[str], between: str
) -> None:
    assert names_release(between.join(["Tiny", *others]), version) == (version in others)
    assert names_release(between.join([*others, f"v{version}"]), version)
