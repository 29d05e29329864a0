"""What templates show of a page, of others and of the site."""

import pytest

from tests.plugins.cache.equality.edits import Add, Edit, Elsewhere, Front, Set, Write
from tests.plugins.cache.equality.law import Bench
from tests.plugins.cache.equality.traps import shown_by_a_template

_EACH = "{{% for one in nav.pages %}}{{{{ {0} }}}} {{% endfor %}}"

SHOWN = {
    "the text of others": _EACH.format("one.content | length"),
    "headings of others": _EACH.format("(one.toc.items[0].children | last).title"),
    "anchors of others": _EACH.format("one.present_anchor_ids"),
    "links of others": _EACH.format("one.links_to_anchors | length"),
    "what others hold": _EACH.format("one.__dict__.content | length"),
    "the source of others": _EACH.format("one.file.content_string"),
    "front matter of others": _EACH.format("one.meta"),
    "an attribute of others": "{{ nav.pages | map(attribute='content') | map('length') | list }}",
    "the page before": "{{ page.previous_page.content }}",
    "the home page": "{{ nav.homepage.meta }} {{ nav.homepage.toc.items | length }}",
    "a choice of pages": "{{ nav.pages | selectattr('meta.made') | map(attribute='url') | list }}",
    "what it gathers": (
        "{% set _ = config.extra.seen.append(page.title) %}{{ config.extra.seen | length }}"
    ),
    "what it notes on the first": (
        "{% set _ = nav.pages[0].meta.update({page.title: 1}) %}{{ nav.pages[0].meta }}"
    ),
    "what it notes on each": (
        "{% set _ = page.meta.update({'x': 1}) %}" + _EACH.format("one.meta.x")
    ),
    "settings": "{{ config.strict }} {{ config.watch }} {{ config.validation }} {{ config.hooks }}",
    "folders": "{{ page.file.abs_src_path }} {{ config.docs_dir }} {{ config.site_dir }}",
    "a part named by the page": "{% include page.meta.made ~ '.html' ignore missing %}",
}


def test_the_table_shows_what_it_says() -> None:
    assert _EACH.format("one.meta") == "{% for one in nav.pages %}{{ one.meta }} {% endfor %}"


EDITS: list[Edit] = [
    Add("docs/b.md", "More words."),
    Add("docs/b.md", "## Heading", 5),
    Front("docs/index.md", "made", "part"),
    Write("overrides/part.html", "a part"),
    Set(("strict",), True),
    Set(("validation",), {"anchors": "warn"}),
    Set(("watch",), ["docs"]),
    Elsewhere(),
]


@pytest.mark.parametrize("what", SHOWN)
def test_a_page_follows_what_its_template_shows(bench: Bench, what: str) -> None:
    bench.check(shown_by_a_template(SHOWN[what], extra={"seen": ["one"]}), EDITS)
