"""The directive `layers`: a chooser with tables behind it, or the tables alone."""

import html
import json
import re
from pathlib import Path
from typing import Any

import markdown
import pytest

from docs_tools.markdown import Context
from docs_tools.markdown.fill import fill
from docs_tools.model.facts import Facts, load_facts
from docs_tools.model.layers import LayerSet
from tests.markdown.site import Site
from tests.render.choices import choices, expand, in_order

LAYERS = "<!-- docs_tools/layers -->"
DATA = """\
layers:
  - id: main
    name: Tool-{runtime}-{architecture}
    account: "111122223333"
    architectures: [x86_64, arm64]
    runtimes: [python311, python312]
    regions: [us-east-1, eu-west-1]
    exclude: [{architectures: [arm64], regions: [us-east-1]}]
releases:
  - {version: "2.0.0", layer: main, number: 20}
  - {version: "1.0.0", layer: main, number: 10, exceptions: [{regions: [eu-west-1], number: 9}]}
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("facts")
    (folder / "layers.yml").write_text(DATA)
    return load_facts(folder, "docs/data")


def releases(facts: Facts) -> list[LayerSet]:
    assert facts.layers
    return [found for name in ("2.0.0", "1.0.0") if (found := facts.layers.select(name, "data"))]


def data(page: str) -> list[Any]:
    """What each chooser of a page has."""
    found = re.findall(r"<docs-layers data-layers='([^']*)'></docs-layers>", page)
    return [json.loads(html.unescape(text)) for text in found]


def test_a_chooser_of_all_releases_stands_before_the_open_tables_of_one(
    engine: Site, facts: Facts
) -> None:
    new, old = releases(facts)
    engine.context.layers = old

    page = engine.convert(f"Before.\n\n{LAYERS}\n\nAfter.")

    assert re.fullmatch(
        r"<p>Before\.</p>\s*<div><docs-layers data-layers='[^']*'></docs-layers></div>\s*"
        r'<details open="">\s*<summary>All layer ARNs</summary>.*</details>\s*<p>After\.</p>',
        page,
        re.DOTALL,
    )
    (chooser,) = data(page)
    assert chooser["selected"] == "1.0.0"
    assert in_order(expand(chooser)) == choices(new, old)
    shown = re.findall(r"<code>(arn:[^<]*)</code>", page)
    assert sorted(shown) == sorted(str(layer.arn) for layer in old.layers)
    assert [str(arn) for arn in engine.context.shown] == shown


def test_plain_markdown_has_the_tables_alone(facts: Facts) -> None:
    context = Context.of_newest(facts, plain=True)
    text = fill(f"{LAYERS}\n", context, "page.md")
    assert "docs-layers" not in text
    assert "<details" not in text
    assert text.count("| Region | Layer ARN |") == 4
    assert fill(text, context, "page.md") == text


def test_the_numbers_that_are_built_are_in_the_chooser_of_another_release_too(
    site: Site, facts: Facts
) -> None:
    new, old = releases(facts)
    site.context.layers = built = LayerSet("2.0.0", new.layers[:1], "arns.txt")

    first, second = data(
        site.convert(f'{LAYERS}\n\n<!-- docs_tools/layers {{version: "1.0.0"}} -->')
    )

    assert (first["selected"], second["selected"]) == ("2.0.0", "1.0.0")
    assert in_order(expand(first)) == in_order(expand(second)) == choices(built, old)


def test_a_source_without_a_data_file_gives_a_chooser_of_its_release(facts: Facts) -> None:
    built = LayerSet("dev", releases(facts)[0].layers, "arns.txt")
    site = Site(Facts("docs/data"), ["tables"])
    site.context.layers = built

    (chooser,) = data(site.convert(LAYERS))

    assert in_order(expand(chooser)) == choices(built)


@pytest.mark.parametrize(
    "text",
    [
        f"- one\n\n    {LAYERS}\n\n- two",
        f"!!! note\n\n    {LAYERS}",
        f'=== "Tab"\n\n    {LAYERS}',
        f"> {LAYERS}",
    ],
)
def test_a_chooser_stands_right_before_its_tables_wherever_they_are(
    site: Site, facts: Facts, text: str
) -> None:
    site.context.layers = releases(facts)[0]
    page = site.convert(text)
    assert len(data(page)) == 1
    assert re.search(r'</docs-layers></div>\s*<details open="">', page)
    assert "<p><div>" not in page


def test_what_readers_see_first_can_be_named(site: Site, facts: Facts) -> None:
    site.context.layers = releases(facts)[0]
    options = "{ region: eu-west-1, runtime: python311 }"
    (chooser,) = data(site.convert(f"<!-- docs_tools/layers {options} -->"))
    assert chooser["first"]["region"] == "eu-west-1"
    assert chooser["first"]["runtime"] == "python311"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("region: eu-west-2", '2.0.0 has no layer for the region "eu-west-2"\n'
         "    did you mean eu-west-1?"),
        ("runtime: go", '2.0.0 has no layer for the runtime "go"\n'
         "    it has: python311, python312"),
    ],
)  # fmt: skip
def test_what_readers_see_first_must_be_there(
    site: Site, facts: Facts, option: str, said: str
) -> None:
    site.context.layers = releases(facts)[0]
    problems = site.problems(f"<!-- docs_tools/layers {{ {option} }} -->")
    assert problems == [f"docs/page.md:1:1: docs_tools/layers: {said}"]


def test_the_extension_alone_brings_no_script_and_leaves_the_tables_open(tmp_path: Path) -> None:
    (tmp_path / "layers.yml").write_text(DATA)
    configs = {"docs_tools": {"data": str(tmp_path)}}
    page = markdown.markdown(LAYERS, extensions=["docs_tools"], extension_configs=configs)
    assert len(data(page)) == 1
    assert "<script" not in page
    assert '<details open="">' in page
    assert page.count("<table>") == 4
