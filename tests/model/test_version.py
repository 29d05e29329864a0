"""Version names: what may be one, which are releases, and which is the newest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.model.version import check_name, newest_release, release_key


@pytest.mark.parametrize("name", ["2.20.0", "v3", "latest", "dev", "1.0 beta", "…", "a.b", "3.0a1"])
def test_a_plain_name_is_fit(name: str) -> None:
    assert check_name(name, "version") is None


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "the alias is empty"),
        (".", 'not an alias: "."; a name may not be ".", ".." or hold a slash'),
        ("..", 'not an alias: ".."; a name may not be ".", ".." or hold a slash'),
        ("a/b", 'not an alias: "a/b"; a name may not be ".", ".." or hold a slash'),
        ("a\\b", 'not an alias: "a\\b"; a name may not be ".", ".." or hold a slash'),
        ("-f", 'not an alias: "-f"; a name may not start with "-"'),
        (
            "versions.json",
            'not an alias: "versions.json" has a meaning of its own at the root of the branch',
        ),
        (
            "index.html",
            'not an alias: "index.html" has a meaning of its own at the root of the branch',
        ),
    ],
)
def test_an_unfit_name_is_told_why(name: str, fault: str) -> None:
    assert check_name(name, "alias") == fault


@pytest.mark.parametrize(
    "name",
    [
        *(".git", ".nojekyll", "CNAME", "cname", "404.html", "Index.html", "Versions.JSON"),
        *("docs-status.js", "DOCS-manifest.json", "Robots.txt", "sitemap.xml", "Sitemap.XML.gz"),
    ],
)
def test_a_file_of_its_own_at_the_root_is_no_version_however_it_is_written(name: str) -> None:
    fault = check_name(name, "version")
    assert fault == f'not a version: "{name}" has a meaning of its own at the root of the branch'


@pytest.mark.parametrize("name", [" 1.0", "1.0 ", "1\n0", "1\x7f0", "1:0", " "])
def test_a_name_that_git_could_not_hold_is_unfit(name: str) -> None:
    fault = check_name(name, "version")

    assert fault is not None
    assert fault.endswith("a name holds no control character or colon, nor a space at its ends")


@settings(deadline=None)
@given(st.text())
def test_a_fit_name_is_one_folder_of_the_site(name: str) -> None:
    if check_name(name, "version") is None:
        assert name
        assert name not in {".", ".."}
        assert not set(name) & {"/", "\\", "\0", "\n", ":"}
        assert not name.startswith("-")


@pytest.mark.parametrize("name", ["dev", "latest", "3.0.0a1", "3.0.0rc2", "3.0.dev1", "", "1.x"])
def test_a_pre_release_or_a_word_is_no_release(name: str) -> None:
    assert release_key(name) is None


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (["2.9.0", "2.10.0", "2.1.0"], "2.10.0"),
        (["1.0", "v3", "2.0"], "v3"),
        (["2.0.0", "3.0.0a1", "dev"], "2.0.0"),
        (["2.0.0", "2.0.0.post1"], "2.0.0.post1"),
        (["dev", "3.0.0rc1"], None),
        ([], None),
    ],
)
def test_the_newest_is_the_highest_that_is_no_pre_release(
    names: list[str], newest: str | None
) -> None:
    assert newest_release(names) == newest
    assert newest_release(reversed(names)) == newest
