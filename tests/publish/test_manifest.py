"""The manifest of a version: it survives as it is, and one altered byte is found."""

import json
import os
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.publish.manifest.manifest import (
    MANIFEST,
    BuiltFrom,
    Difference,
    Manifest,
    differences,
)
from tests.size import examples

FILE = "gh-pages:1.9.0/docs-manifest.json"
HASH = "0" * 63 + "1"
FULL = Manifest(
    version="1.9.0",
    built_from=BuiltFrom("c" * 40, "v1.9.0", "2026-11-03T12:00:00Z"),
    tools={"python": "3.11.2", "mkdocs": "1.6.1"},
    locks={"requirements.lock": HASH},
    layers=(("docs/index.md", "arn:aws:lambda:eu-west-1:111122223333:layer:Tiny:10"),),
    canonical=("latest", ("gone/index.html",)),
    files={"index.html": HASH, "search/search_index.json": HASH},
)

# what a file can be named on a disk, as Python reads it
names = st.binary(min_size=1, max_size=12).map(lambda b: b.decode("utf-8", "surrogateescape"))
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
mappings = st.dictionaries(names, hashes, max_size=5)
manifests = st.builds(
    Manifest,
    version=names,
    built_from=st.none() | st.builds(BuiltFrom, names, st.none() | names, names, st.booleans()),
    tools=mappings,
    locks=mappings,
    layers=st.lists(st.tuples(names, names), max_size=3).map(tuple),
    canonical=st.none() | st.tuples(names, st.lists(names, max_size=3).map(tuple)),
    files=mappings,
)


@given(manifests)
@settings(max_examples=examples(100))
def test_a_manifest_is_read_as_it_was_written(manifest: Manifest) -> None:
    text = manifest.dumps()
    assert text.isascii()
    assert Manifest.loads(text, FILE) == manifest


@given(manifests, st.randoms(use_true_random=False))
@settings(max_examples=examples(25))
def test_the_order_of_the_facts_does_not_matter(manifest: Manifest, random: Random) -> None:
    tools, locks, files = (
        dict(random.sample(list(facts.items()), len(facts)))
        for facts in (manifest.tools, manifest.locks, manifest.files)
    )
    assert replace(manifest, tools=tools, locks=locks, files=files).dumps() == manifest.dumps()


@given(manifests, st.data())
@settings(max_examples=examples(150))
def test_one_altered_byte_of_a_manifest_is_found(manifest: Manifest, data: st.DataObject) -> None:
    content = bytearray(manifest.dumps().encode())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[at]))
    for errors in ("replace", "surrogateescape"):
        with pytest.raises(DocsToolsError) as caught:
            Manifest.loads(content.decode("utf-8", errors), FILE)
        assert caught.value.diagnostics[0].file == FILE
        assert caught.value.hint


def test_every_altered_byte_of_a_manifest_is_found() -> None:
    content = FULL.dumps().encode()
    for at in range(len(content)):
        altered = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        with pytest.raises(DocsToolsError):
            Manifest.loads(altered.decode("utf-8", "replace"), FILE)


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_manifest_that_was_cut_or_grew_is_found(cut: int) -> None:
    text = FULL.dumps()
    with pytest.raises(DocsToolsError):
        Manifest.loads(text[:cut], FILE)
    with pytest.raises(DocsToolsError):
        Manifest.loads(text + text[:1], FILE)


def test_a_name_of_any_bytes_keeps_its_bytes() -> None:
    name = b'na\xefve\n\t"\\\x7f\xff/\xe6\x96\x87.html'
    files = {os.fsdecode(name): HASH, "Grüße/a b.html": HASH}
    read = Manifest.loads(replace(FULL, files=files).dumps(), FILE)
    assert {os.fsencode(path) for path in read.files} == {name, "Grüße/a b.html".encode()}


def test_what_is_wrong_has_its_line_and_a_mend() -> None:
    with pytest.raises(DocsToolsError) as caught:
        Manifest.loads(FULL.dumps().replace('"locks": {', '"locks": ['), FILE)
    assert str(caught.value.diagnostics[0]).startswith(f"{FILE}:")
    assert "is no JSON" in str(caught.value)
    with pytest.raises(DocsToolsError) as caught:
        Manifest.loads(FULL.dumps().replace('"1.9.0"', "1.9"), FILE)
    assert f"{FILE}:33: version: must be text" in str(caught.value)
    assert "docs_tools versions rollback V" in str(caught.value)
    with pytest.raises(DocsToolsError) as caught:
        Manifest.loads(FULL.dumps().replace('"latest"', "[]"), FILE)
    assert f"{FILE}:12: canonical.version: must be text" in str(caught.value)
    with pytest.raises(DocsToolsError) as caught:
        Manifest.loads(FULL.dumps().replace('  "files"', '    "files"'), FILE)
    assert f"{FILE}:15: is not as docs_tools wrote it" in str(caught.value)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("version", None, "version: must be text"),
        ("built_from", [], "built_from: must be an object"),
        ("built_from", {"commit": "c", "ref": 1, "date": "d", "dirty": False}, "ref: must be text"),
        ("built_from", {"commit": "c", "ref": None, "date": "d", "dirty": 1}, "dirty: must be tru"),
        ("tools", [], "tools: must be an object"),
        ("files", {'odd"\n(': 3}, r"odd"),
        ("layers", {}, "layers: must be a list"),
        ("layers", ["x"], "layers: must be an object"),
        ("canonical", {"version": "1", "missing": [1]}, "missing: must be a list of texts"),
        ("docs_manifest", True, "docs_manifest: must be a whole number"),
        ("docs_manifest", "1", "docs_manifest: must be a whole number"),
        ("docs_manifest", 0, "is not as docs_tools wrote it"),
        ("more", 1, "is not as docs_tools wrote it"),
    ],
)
def test_a_field_of_another_type_is_named(key: str, value: object, message: str) -> None:
    text = json.dumps({**json.loads(FULL.dumps()), key: value}, indent=2, sort_keys=True) + "\n"
    with pytest.raises(DocsToolsError) as caught:
        Manifest.loads(text, FILE)
    assert message in str(caught.value)
    assert caught.value.diagnostics[0].file == FILE


@pytest.mark.parametrize("text", ["", "[]", "1" * 5000, "[" * 100_000, '"x"', "null", "{}", "nan"])
def test_what_is_no_manifest_at_all_is_told(text: str) -> None:
    with pytest.raises(DocsToolsError) as caught:
        Manifest.loads(text, FILE)
    assert f"{FILE} can't be trusted" in str(caught.value)


def test_a_manifest_of_a_newer_docs_tools_asks_for_the_update() -> None:
    newer = {"docs_manifest": 2, "version": {"in": "another form"}, "sha256": "?"}
    with pytest.raises(DocsToolsError) as caught:
        Manifest.loads(json.dumps(newer, indent=2), FILE)
    assert f"{FILE}:2: was written by a newer docs_tools" in str(caught.value)
    assert caught.value.hint == "update docs_tools: pip install --upgrade docs_tools"


@given(mappings, st.data())
@settings(max_examples=examples(100))
def test_one_altered_missing_or_additional_file_is_named(
    files: dict[str, str], data: st.DataObject
) -> None:
    manifest = replace(FULL, files=files)
    assert differences(manifest, {**files, MANIFEST: "anything"}) == []
    added = data.draw(names.filter(lambda name: name not in files and name != MANIFEST))
    assert differences(manifest, {**files, added: HASH}) == [Difference(added, "additional")]
    for path in files.keys() - {MANIFEST}:
        others = {name: hash for name, hash in files.items() if name != path}
        assert differences(manifest, others) == [Difference(path, "missing")]
        altered = {**files, path: HASH}
        assert differences(manifest, altered) == [Difference(path, "altered")]


def test_a_difference_is_told_with_its_place() -> None:
    told = Difference("a/index.html", "altered").diagnostic("gh-pages:1.9.0/")
    assert str(told) == "gh-pages:1.9.0/a/index.html: was altered since it was published"
