"""The options of the layers plugin, read without MkDocs."""

import pytest

from docs_tools.errors import DocsToolsError
from docs_tools.layers.settings import OPTIONS, LayerSettings
from docs_tools.plugins.layers import LayersConfig


def test_the_options_are_those_of_the_plugin() -> None:
    assert list(OPTIONS) == list(LayersConfig())


def test_every_option_is_taken_also_the_one_that_mkdocs_gives_to_every_plugin() -> None:
    options = {**dict(LayersConfig()), "insert": ["*.md"], "enabled": True}

    assert LayerSettings.of(options, "docs") == LayerSettings(("*.md",))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("insertt", "did you mean insert?"),
        ("Keep", "did you mean keep?"),
        ("placeholder-region", "did you mean placeholder_region?"),
        (1, "there is: data, source, insert, keep, complete, placeholder_region, version"),
    ],
)
def test_what_is_no_option_is_refused_with_the_nearest(name: object, hint: str) -> None:
    with pytest.raises(DocsToolsError) as caught:
        LayerSettings.of({"keep": "docs", name: ["docs/**"]}, "docs")  # type: ignore[dict-item]

    assert str(caught.value).splitlines() == [
        f"plugins: docs_tools/layers: {name}: is no option",
        f"    {hint}",
        "plugins: docs_tools/layers: keep: must be a list of globs",
        "    write such as keep: [docs/**/*.md]",
        "the configuration isn't valid",
    ]
