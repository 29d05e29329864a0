"""The files beside the versions: what they say, and what they never depend on."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.publish.root import MARKER, NAMES, root_files
from docs_tools.publish.settings import PublishSettings
from docs_tools.publish.versions.list import Versions
from tests.publish.published import SITE, entry, project, versions
from tests.size import examples

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


PUBLISHED = (
    entry("2.1.0rc1", "next"),
    entry("2.0.0", "latest", title="Two"),
    entry("1.9.0"),
    entry("1.0.0", docs_tools={"status": "eol"}),
    entry("dev"),
)


def made(
    listed: Versions,
    settings: PublishSettings | None = None,
    has_sitemap: Callable[[str], bool] = lambda name: True,
) -> dict[str, bytes]:
    return root_files(listed, settings or project(), has_sitemap)


def status(files: dict[str, bytes]) -> Any:
    text = files["docs-status.js"].decode("ascii")
    data = re.search(r"^window\.docsStatus = (.*?);\n\n", text, re.DOTALL | re.MULTILINE)
    assert data
    return json.loads(data[1])


@dataclass
class Page(HTMLParser):
    """What a browser finds in the page."""

    tags: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    _inside: str = ""
    _href: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside, self._href = tag, dict(attrs).get("href") or ""
        if tag == "a":
            self.links[self._href] = ""

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "a":
            self.links[self._href] += data
        if self._inside == "script":
            self.scripts.append(data)


def not_found(files: dict[str, bytes]) -> Page:
    page = Page()
    page.feed(files["404.html"].decode("ascii"))
    return page


def sitemaps(files: dict[str, bytes]) -> list[str]:
    """The addresses, from an index that keeps to the protocol."""
    root = ElementTree.fromstring(files["sitemap.xml"])
    assert root.tag == LOC.replace("loc", "sitemapindex")
    assert [child.tag for child in root] == [LOC.replace("loc", "sitemap")] * len(root)
    assert 0 < len(root) <= 50_000
    found = [[part.tag for part in child] for child in root]
    assert found == [[LOC]] * len(root)
    addresses = [child.findtext(LOC) or "" for child in root]
    assert all(re.fullmatch(r"https://[!-~]{1,2000}", address) for address in addresses)
    return addresses


def test_each_file_tells_that_it_is_ours_and_the_same_list_makes_the_same_bytes() -> None:
    files = made(versions(*PUBLISHED))
    assert sorted(files) == sorted(NAMES)
    for name, content in files.items():
        assert MARKER.encode() in content[:300], name
        assert content.isascii(), name
    assert made(versions(*PUBLISHED)) == files


def test_nothing_published_makes_files_that_say_nothing() -> None:
    files = made(versions())
    assert status(files) == {"newest": None, "versions": {}}
    assert not_found(files).links == {}
    assert sorted(files) == ["404.html", "docs-status.js"]


# docs-status.js


def test_the_script_knows_the_newest_and_the_state_of_each_version() -> None:
    data = status(made(versions(*PUBLISHED)))
    assert data["newest"] == {"version": "2.0.0", "title": "Two", "path": "2.0.0"}
    assert {name: found["state"] for name, found in data["versions"].items()} == {
        "2.1.0rc1": "prerelease",
        "2.0.0": "current",
        "1.9.0": "outdated",
        "1.0.0": "eol",
        "dev": "current",
    }
    assert data["versions"]["2.0.0"]["title"] == "Two"


@pytest.mark.parametrize(
    ("canonical", "path"),
    [("latest", "latest"), ("2.0.0", "2.0.0"), ("next", "2.0.0"), (None, "2.0.0"), ("", "2.0.0")],
)
def test_the_newest_is_reached_by_its_canonical_name_where_it_has_it(
    canonical: str | None, path: str
) -> None:
    files = made(versions(*PUBLISHED), project(canonical_version=canonical))
    assert status(files)["newest"]["path"] == path


def test_a_hidden_version_still_tells_what_it_is() -> None:
    data = status(made(versions(entry("2.0.0"), entry("1.0.0", hidden=True))))
    assert data["versions"]["1.0.0"]["state"] == "outdated"


@pytest.mark.parametrize("mark", ["eol", "prerelease"])
@pytest.mark.parametrize("version", ["1.9.0", "2.0.0"])
def test_marking_a_version_changes_the_script_alone(mark: str, version: str) -> None:
    before = versions(*PUBLISHED)
    after = before.mark(version, mark)
    old, new = (made(listed, project(canonical_version="latest")) for listed in (before, after))
    assert [name for name in NAMES if old[name] != new[name]] == ["docs-status.js"]
    assert status(new)["versions"][version]["state"] == mark


# 404.html


@pytest.mark.parametrize(
    ("settings", "base"),
    [
        (project(), "/lib/"),
        (project("py"), "/lib/py/"),
        (project("py", site_url=f"{SITE}py/"), "/lib/py/"),
        (project(site_url="https://docs.example.com/é/"), "/%C3%A9/"),
        (project(site_url=None), "/"),
        (project("a/b", site_url=None), "/a/b/"),
    ],
)
def test_the_page_lists_the_versions_with_absolute_links(
    settings: PublishSettings, base: str
) -> None:
    page = not_found(made(versions(*PUBLISHED, entry("3", hidden=True)), settings))
    assert list(page.links.items()) == [
        (f"{base}2.1.0rc1/", "2.1.0rc1"),
        (f"{base}2.0.0/", "Two"),
        (f"{base}1.9.0/", "1.9.0"),
        (f"{base}1.0.0/", "1.0.0"),
        (f"{base}dev/", "dev"),
    ]


def test_the_page_loads_nothing_from_elsewhere_and_is_not_indexed() -> None:
    text = made(versions(*PUBLISHED))["404.html"].decode("ascii")
    assert '<meta name="robots" content="noindex">' in text
    assert not re.search(r"""https?:|["'(]//|@import|url\(|<link|<img|<script src""", text)


# sitemap.xml


def test_without_a_canonical_version_every_version_that_is_shown_is_listed() -> None:
    listed = versions(*PUBLISHED, entry("0.9", hidden=True))
    files = made(listed, has_sitemap=lambda name: name not in ("dev", "latest"))
    assert sitemaps(files) == [
        f"{SITE}{name}/sitemap.xml" for name in ("2.1.0rc1", "2.0.0", "1.9.0", "1.0.0")
    ]


def test_a_canonical_version_is_listed_alone_so_that_no_page_is_found_twice() -> None:
    files = made(versions(*PUBLISHED), project("py", canonical_version="latest"))
    assert sitemaps(files) == [f"{SITE}py/latest/sitemap.xml"]


def test_a_canonical_version_that_is_not_there_does_not_hide_the_others() -> None:
    files = made(
        versions(entry("2.0.0"), entry("1.0.0")),
        project(canonical_version="latest"),
        lambda name: name == "1.0.0",
    )
    assert sitemaps(files) == [f"{SITE}1.0.0/sitemap.xml"]


@pytest.mark.parametrize(
    ("settings", "has_sitemap"), [(project(site_url=None), True), (project(), False)]
)
def test_there_is_no_index_without_an_address_or_a_sitemap(
    settings: PublishSettings, has_sitemap: bool
) -> None:
    files = made(versions(*PUBLISHED), settings, lambda name: has_sitemap)
    assert sorted(files) == ["404.html", "docs-status.js"]


def test_names_and_addresses_are_quoted() -> None:
    settings = project(site_url="https://docs.example.com/a b&é/")
    files = made(versions(entry("1 <ä>&+")), settings)
    assert sitemaps(files) == [
        "https://docs.example.com/a%20b&%C3%A9/1%20%3C%C3%A4%3E%26%2B/sitemap.xml"
    ]


# names and titles are text that somebody wrote

HOSTILE = (
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>&amp;",
    "\"'`${alert(1)}",
    "\u2028\u2029\ud800",
    "<!-- versions --><!-- site -->",
)
titles = st.text(max_size=20) | st.sampled_from(HOSTILE)
names = st.from_regex(
    r"[^\x00-\x20\x7f:\\/.\-\u0080-\u00a0][^\x00-\x20\x7f:\\/\s]{0,8}", fullmatch=True
)


@settings(max_examples=examples(40))
@given(st.dictionaries(names | st.sampled_from([h for h in HOSTILE if "/" not in h]), titles))
def test_names_and_titles_stay_text_whatever_they_hold(listed: dict[str, str]) -> None:
    raw = [{"version": name, "title": title, "aliases": []} for name, title in listed.items()]
    files = made(Versions(raw))
    own = made(versions())
    assert {name: found["title"] for name, found in status(files)["versions"].items()} == listed
    script = files["docs-status.js"]
    assert b"<" not in script.partition(b";\n\n")[0]
    page, plain = not_found(files), not_found(own)
    assert [tag for tag in page.tags if tag not in ("h2", "ul", "li", "a")] == plain.tags
    written = {unquote(href)[len("/lib/") : -1]: text for href, text in page.links.items()}
    assert set(written) == {name.encode("utf-8", "replace").decode() for name in listed}
    assert len(page.scripts) == 2
    assert set(json.loads(page.scripts[0])["names"]) == set(listed)
    if listed:
        assert len(sitemaps(files)) == len(listed)


def test_the_fixed_parts_are_plain_text_that_says_what_it_does() -> None:
    folder = Path(root_files.__code__.co_filename).parent
    for name in ("status.js", "not_found.html"):
        text = (folder / name).read_text("ascii")
        assert max(map(len, text.splitlines())) <= 110
        assert "innerHTML" not in text
    assert urlsplit(SITE).path == "/lib/"
