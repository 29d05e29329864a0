"""References are read as autorefs reads them."""

import sys
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_autorefs import AutorefsPlugin
from mkdocs_autorefs._internal import references

from docs_tools.plugins.cache.api.references import read_attributes, save_references
from tests.plugins.cache.api.site import converted
from tests.plugins.cache.builds import Site
from tests.size import examples

names = st.sampled_from(
    ["identifier", "optional", "hover", "class", "backlink-type", "Class", "a1"]
)
values = st.text(st.sampled_from("abZ.-_ ()[]/:#'\"&;<>=\n\té\0"), max_size=8)
attributes = st.one_of(
    names,
    st.builds('{}="{}"'.format, names, values),
    st.builds("{}={}".format, names, values),
    st.builds("{}='{}'".format, names, values),
)


@given(st.lists(attributes, max_size=4), st.sampled_from([" ", "  ", "\n", ""]))
@settings(max_examples=examples(300))
def test_attributes_are_those_that_autorefs_finds(found: list[str], between: str) -> None:
    tag = f"<a {between.join(found)}>"
    read = read_attributes(tag)
    upstream: Any = references._HTMLAttrsParser
    assert read is None or read == upstream().parse(tag)


@pytest.mark.parametrize(("tag", "read"), [
    ('<a identifier="pkg.A" optional>', {"identifier": "pkg.A", "optional": None}),
    ('<a identifier="" class="one two" identifier="x">', {"identifier": "x", "class": "one two"}),
    ('<a identifier="a&amp;b">', None),
    ("<a identifier='a'>", None),
    ('<a Identifier="a">', None),
])  # fmt: skip
def test_the_plain_form_is_read_and_no_other(tag: str, read: dict[str, str | None] | None) -> None:
    assert read_attributes(tag) == read


def test_autorefs_parser_is_spared_in_our_builds_only(
    api: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    original = HTMLParser.feed

    def feed(self: HTMLParser, html: str) -> None:
        if isinstance(self, references._HTMLAttrsParser):
            parsed.append(html)
        original(self, html)

    monkeypatch.setattr(HTMLParser, "feed", feed)
    assert converted(api.build())
    assert parsed == []
    api.build_plain()
    assert parsed


@pytest.mark.parametrize("name", [
    "_HTMLAttrsParser", "_html_attrs_parser", "_AutorefsAttrs", "_HTMLTagStripper",
    "_html_tag_stripper",
])  # fmt: skip
def test_an_autorefs_without_the_parts_that_are_known_is_left_alone(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(references, name)
    plugin = AutorefsPlugin()
    plugins: Any = SimpleNamespace(events={"env": [plugin.on_env]})
    save_references(plugins, plugin)
    assert plugins.events["env"] == [plugin.on_env]


def test_an_autorefs_whose_modules_are_elsewhere_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "mkdocs_autorefs._internal.references", None)
    plugin = AutorefsPlugin()
    plugins: Any = SimpleNamespace(events={"env": [plugin.on_env]})
    save_references(plugins, plugin)
    assert plugins.events["env"] == [plugin.on_env]
