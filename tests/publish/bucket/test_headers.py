"""Types, how long something may be kept, gzip, and the order of sending: all by the path."""

import gzip
import mimetypes
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs_tools.publish.bucket.content_types import CONTENT_TYPES, content_type_of
from docs_tools.publish.bucket.headers import (
    ALWAYS_ASKED,
    IMMUTABLE,
    SHORT,
    HeaderRules,
    Headers,
    Stage,
    encoded,
    stage_of,
)
from docs_tools.publish.bucket.settings import BucketSettings, CacheRule
from tests.project import TinyProject

PLAIN = BucketSettings(name="s3", bucket="docs-bucket")
THEME = Path(str(files("material"))) / "templates"


def rules(*cache: tuple[str, str], gzip: tuple[str, ...] = ()) -> HeaderRules:
    own = tuple(CacheRule(match, control) for match, control in cache)
    return HeaderRules(BucketSettings(name="s3", bucket="docs-bucket", cache=own, gzip=gzip))


# types


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("guide/OLD.HTML", "text/html; charset=utf-8"),
        ("assets/x.css", "text/css; charset=utf-8"),
        ("assets/x.min.js", "text/javascript; charset=utf-8"),
        ("assets/x.mjs", "text/javascript; charset=utf-8"),
        ("assets/x.js.map", "application/json; charset=utf-8"),
        ("versions.json", "application/json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("sitemap.xml.gz", "application/gzip"),
        ("x.tar.gz", "application/gzip"),
        ("logo.svg", "image/svg+xml; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("favicon.ico", "image/vnd.microsoft.icon"),
        ("x.png", "image/png"),
        ("x.woff2", "font/woff2"),
        ("x.wasm", "application/wasm"),
        ("x.pdf", "application/pdf"),
        ("objects.inv", "application/octet-stream"),
        ("example.py", "text/plain; charset=utf-8"),
        ("LICENSE", "application/octet-stream"),
        (".nojekyll", "application/octet-stream"),
        ("a.html/x.unknown", "application/octet-stream"),
    ],
)
def test_the_type_goes_by_the_ending(path: str, content_type: str) -> None:
    assert HeaderRules(PLAIN).of(path).content_type == content_type


def test_all_text_has_a_charset_and_nothing_else_has() -> None:
    text = ("text/", "+xml", "+json", "/json", "/xml", "/yaml")
    for ending, content_type in CONTENT_TYPES.items():
        bare, _, charset = content_type.partition("; ")
        assert (charset == "charset=utf-8") == any(part in bare for part in text), ending


def test_types_are_not_those_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mimetypes, "types_map", {".html": "text/evil"})
    mimetypes.add_type("text/evil", ".html")
    try:
        assert content_type_of("index.html") == "text/html; charset=utf-8"
    finally:
        mimetypes.init()


def test_every_file_of_the_theme_has_a_type() -> None:
    endings = {file.suffix for file in (THEME / "assets").rglob("*.*") if file.is_file()}
    assert {".js", ".css", ".map", ".png"} <= endings
    assert endings <= CONTENT_TYPES.keys()


# how long


@pytest.mark.parametrize("folder", ["javascripts", "javascripts/workers", "stylesheets"])
@pytest.mark.parametrize("ending", ["js", "css", "js.map", "css.map"])
def test_fingerprinted_names_are_kept_for_good(folder: str, ending: str) -> None:
    path = f"assets/{folder}/main.79ae519e.min.{ending}"
    assert HeaderRules(PLAIN).of(path).cache_control == IMMUTABLE


def test_the_names_of_the_installed_theme_are_known() -> None:
    own = HeaderRules(PLAIN)
    paths = [file.relative_to(THEME).as_posix() for file in (THEME / "assets").rglob("*.*")]
    kept = {path for path in paths if own.of(path).cache_control == IMMUTABLE}
    made = {"bundle", "search", "main", "palette"}
    assert {path.rpartition("/")[2].split(".")[0] for path in kept} == made
    assert not [path for path in kept if "lunr" in path]


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "404.html",
        "sitemap.xml",
        "search/search_index.json",
        "docs-manifest.json",
        "assets/javascripts/lunr/min/lunr.de.min.js",
        "assets/javascripts/extra.js",
        "report.20240115.min.js",  # a date: somebody may mend it
        "guide/assets/javascripts/main.79ae519e.min.js",
        "guide/versions.json",
    ],
)
def test_everything_else_is_asked_for_again_after_a_minute(path: str) -> None:
    assert HeaderRules(PLAIN).of(path).cache_control == SHORT == "public, max-age=60"


@pytest.mark.parametrize("path", ["versions.json", "docs-status.js", ".docs_tools/record.json"])
def test_what_tells_of_versions_is_asked_for_each_time(path: str) -> None:
    assert HeaderRules(PLAIN).of(path).cache_control == ALWAYS_ASKED == "no-cache"


def test_the_first_rule_that_matches_counts_and_goes_before_ours() -> None:
    own = rules(("/guide/*.html", "no-store"), ("*.html", "max-age=5"), ("assets/", "max-age=9"))
    found = {
        path: own.of(path).cache_control
        for path in (
            *("guide/x.html", "guide/deep/x.html", "x.html", "x.css"),
            "assets/javascripts/bundle.79ae519e.min.js",
        )
    }
    assert list(found.values()) == ["no-store", "max-age=5", "max-age=5", SHORT, "max-age=9"]


# gzip


def test_only_what_is_asked_for_is_compressed_and_nothing_twice() -> None:
    everything = rules(gzip=("*", "!*.json"))
    for path, encoding in {
        "index.html": "gzip",
        "assets/x.svg": "gzip",
        "versions.json": None,
        "sitemap.xml.gz": None,
        "x.png": None,
        "x.woff2": None,
        "x.zip": None,
    }.items():
        assert everything.of(path).content_encoding == encoding, path
        assert HeaderRules(PLAIN).of(path).content_encoding is None


@given(st.binary(max_size=2000))
def test_what_is_compressed_comes_back_and_is_always_the_same(content: bytes) -> None:
    compressed = Headers("text/html", SHORT, "gzip")
    sent = encoded(content, compressed)
    assert gzip.decompress(sent) == content
    assert encoded(content, compressed) == sent
    assert encoded(content, Headers("text/html", SHORT, None)) == content


def test_a_compressed_file_tells_no_time_name_or_system() -> None:
    sent = encoded(b"<p>" * 1000, Headers("text/html", SHORT, "gzip"))
    assert sent[:10] == b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
    assert len(sent) < 100


# what tells that rules changed


def test_the_digest_changes_with_each_rule_and_with_nothing_else() -> None:
    cache = ("*.pdf", "max-age=3600")
    digests = [
        HeaderRules(PLAIN).digest,
        rules(cache).digest,
        rules(("*.pdf", "max-age=3601")).digest,
        rules(("*.html", "max-age=3600")).digest,
        rules(cache, ("*.html", "no-cache")).digest,
        rules(("*.html", "no-cache"), cache).digest,
        rules(gzip=("*.html",)).digest,
    ]
    assert len(set(digests)) == len(digests)
    other = BucketSettings("other", "other-bucket", "x", "eu-west-1", delete_after=0, public=True)
    assert HeaderRules(other).digest == digests[0]


# when


@pytest.mark.parametrize(
    ("path", "stage"),
    [
        ("assets/x.css", Stage.ASSETS),
        ("img/logo.svg", Stage.ASSETS),
        ("docs-status.js", Stage.ASSETS),
        (".nojekyll", Stage.ASSETS),
        ("download/data.json", Stage.ASSETS),
        ("index.html", Stage.PAGES),
        ("404.html", Stage.PAGES),
        ("guide/index.HTM", Stage.PAGES),
        ("search/search_index.json", Stage.INDEXES),
        ("search/search_index.js", Stage.INDEXES),
        ("sitemap.xml", Stage.INDEXES),
        ("sitemap.xml.gz", Stage.INDEXES),
        ("objects.inv", Stage.INDEXES),
        ("docs-manifest.json", Stage.INDEXES),
        ("layers.json", Stage.INDEXES),
        ("feed_rss_created.xml", Stage.INDEXES),
        ("llms.txt", Stage.INDEXES),
        # a section may be called so, and MkDocs' own themes load scripts from there
        ("search/index.html", Stage.PAGES),
        ("search/main.js", Stage.ASSETS),
        ("search/worker.js", Stage.ASSETS),
        ("search/picture.png", Stage.ASSETS),
    ],
)
def test_what_refers_to_another_is_sent_later(path: str, stage: Stage) -> None:
    assert stage_of(path) is stage


def test_stages_are_in_the_order_of_sending() -> None:
    assert sorted(Stage) == [Stage.ASSETS, Stage.PAGES, Stage.INDEXES]


def test_each_file_of_a_built_site_has_a_type_and_what_pages_load_comes_before_them(
    project: TinyProject,
) -> None:
    result = project.docs_tools("build")
    assert result.status == 0, result.err
    site = project.folder / "site"
    paths = [file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()]
    unknown = {path for path in paths if content_type_of(path) == "application/octet-stream"}
    assert unknown <= {"objects.inv"}
    loaded = [path for path in paths if path.endswith((".css", ".js", ".woff2", ".png"))]
    assert loaded
    assert {stage_of(path) for path in loaded} == {Stage.ASSETS}
