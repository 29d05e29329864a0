"""Only markup that all versions of Python read alike is split here."""

import pytest

from docs_tools.plugins.cache.search.markup import _LONG, _MOST, _TAGS, Strange, tokens
from docs_tools.plugins.cache.search.sections import read_sections
from tests.plugins.cache.search.pages import COMMENTS, WHOLE, by_material

DIFFERENT = [
    *("<!-- a -- >", "<!-- a --!> -->", "<!-->-->", "<!--->-->", "<!-- a -- b -->", "<!-- a --->"),
    *("<![CDATA[<p>]]>", "<![a", "<!doctype html>", "<!>", "<?a?>", "<!-- a"),
    *("<style><!-- a --></style>", "<textarea><p></textarea>", "<title>a<b></b></title>"),
    *("<xmp><p></xmp>", "<plaintext><p>", "<iframe>&amp;</iframe>", "<style>&amp;</style>"),
    *("<style/></style>", "<style>a<style>b</style>", "<style>a", "<title>a"),
    *("<style>a<b</style>", "<script>'</p>'</script>", "<title/>", "a <b", "a < b", "a <", "</"),
    *("</>", "</ p>", "</3>", "</p x>", "<3>", "<é>", "<p\x00>", "\x00", "<p\xa0id=a>"),
    *("<p\x0bid=a>", "<p id=a/>", "<p a = b>", "<p a==b>", '<p a="b"c>', "<p =a>", '<p a=">">'),
    *('<p a="<">', "<p a=b&c>", '<p id="&amp;">', "<p class='&copy=1'>", '<p ">'),
]


@pytest.mark.parametrize("html", DIFFERENT)
def test_what_may_be_read_in_another_way_is_strange(html: str) -> None:
    with pytest.raises(Strange):
        list(tokens(f"<p>a</p>{html}"))


@pytest.mark.parametrize("html", [*COMMENTS, *WHOLE])
def test_what_is_plain_is_read(html: str) -> None:
    page = f"<p>a{html}b</p>"
    assert read_sections(page) == by_material(page)


def test_texts_stand_behind_their_tags() -> None:
    found = [(tag.name, tag.opens, tag.closes, text) for tag, text in tokens("a<P>b&amp;</p><br/>")]
    assert found == [
        ("", False, False, "a"),
        ("p", True, False, "b&"),
        ("p", False, True, None),
        ("br", True, True, None),
    ]


def test_no_text_is_none_and_a_reference_to_nothing_is_one() -> None:
    assert [text for _, text in tokens("<p></p>&#1;")] == [None, None, ""]


def test_a_comment_parts_two_texts() -> None:
    assert [text for _, text in tokens("a<!-- <p> -->b")] == ["a", "b"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('id="a"', {"id": "a"}),
        ("id='\"a'", {"id": '"a'}),
        ("ID=a", {"id": "a"}),
        ("id", {"id": None}),
        ('id=""', {"id": ""}),
        ('id="a" id="b"', {"id": "b"}),
        ('\n  class="a b"\thidden', {"class": "a b", "hidden": None}),
        ("data-search-exclude @click=a", {"data-search-exclude": None, "@click": "a"}),
    ],
)
def test_attributes(written: str, expected: dict[str, str | None]) -> None:
    _, (tag, _) = tokens(f"<p {written} >")
    assert tag.attributes == expected


def test_only_so_many_tags_are_remembered() -> None:
    page = "".join(f'<a href="#{number}">' for number in range(_MOST + 10))
    image = f'<img src="data:{"a" * _LONG}">'
    assert len(list(tokens(image + page))) == _MOST + 12
    assert len(_TAGS) <= _MOST
    assert image[1:-1] not in _TAGS
