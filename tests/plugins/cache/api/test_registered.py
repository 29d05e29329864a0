"""What pages register when they are taken from memory is what they register when they are made."""

import shutil
import zlib
from pathlib import Path

import pytest

from tests.plugins.cache.api.site import MODULES, converted, module_page, put_in_order, replace
from tests.plugins.cache.builds import Built, Site, text


def inventory(site: Site) -> dict[str, str]:
    """Where the inventory says that names are."""
    content = (site.root / "site/objects.inv").read_bytes().split(b"\n", 4)[4]
    lines = (line.split(" ") for line in zlib.decompress(content).decode().splitlines())
    return {line[0]: line[3].replace("$", line[0]) for line in lines}


def nothing_converted(built: Built) -> bool:
    return not converted(built)


def test_links_inventory_and_backlinks_are_those_of_a_build_from_nothing(api: Site) -> None:
    first = api.build_checked()
    assert converted(first) == {*MODULES, "links"}
    assert nothing_converted(api.build_checked())
    assert 'href="../base/#pkg.base.Base.run"' in text(api, "sub/index.html")
    assert "pkg.sub.make" in text(api, "base/index.html")  # a backlink
    assert inventory(api)["pkg.sub.Sub.run"].startswith("base/")


def test_a_base_without_a_subclass_of_its_page_keeps_its_other_names(api: Site) -> None:
    api.build()
    assert "pkg.sub.Sub.run" in inventory(api)
    replace(api, "pkg/sub.py", "class Sub(Base)", "class Sub")
    # a docstring of `alone` names what has another base by now
    assert converted(api.build_checked()) == {"sub", "__init__", "alone"}
    assert "pkg.sub.Sub.run" not in inventory(api)


def test_a_name_that_another_module_exports_by_now(api: Site) -> None:
    api.build()
    replace(
        api, "pkg/star.py", "import *", "import *\nfrom pkg.alone import wait\n__all__ = ['wait']"
    )
    assert "alone" not in converted(api.build_checked())
    assert inventory(api)["pkg.star.wait"].startswith(("alone/", "star/"))


@pytest.mark.parametrize(
    "order",
    [
        ["sub", "base", "__init__", "links"],
        ["__init__", "sub", "base"],
        ["base", "links"],
        ["links", "sub", "sub2", "base"],
    ],
)
def test_pages_in_another_order_or_fewer(order: list[str], api: Site) -> None:
    api.write("docs/sub2.md", module_page("pkg.sub"))
    put_in_order(api, "links", *MODULES, "sub2")
    api.build()
    put_in_order(api, *order)
    assert nothing_converted(api.build_checked())


def test_the_first_page_of_a_name_is_deleted(api: Site) -> None:
    api.write("docs/a.md", module_page("pkg.base"))
    put_in_order(api, "a", *MODULES)
    api.build_checked()
    assert inventory(api)["pkg.base.Base"].startswith("base/")  # the last page registers it
    put_in_order(api, *MODULES)
    assert nothing_converted(api.build_checked())
    assert inventory(api)["pkg.sub.Sub.run"].startswith("base/")


def test_names_that_are_asked_for_below_a_heading_on_the_same_page(api: Site) -> None:
    api.write("docs/links.md", "# Links\n\n::: pkg.names.name\n\n::: pkg.star\n")
    put_in_order(api, "links")
    api.build_checked()
    assert nothing_converted(api.build_checked())


def test_an_object_that_is_displayed_under_another_name(api: Site) -> None:
    api.write("docs/alone.md", "# Alone\n\n::: pkg.Sub\n\n::: pkg.star.name\n")
    api.build_checked()
    replace(api, "pkg/names.py", '    """Names', '    """Gives names')
    assert converted(api.build_checked()) == {"alone", "names", "star"}
    assert nothing_converted(api.build_checked())


def test_members_that_are_inherited_and_displayed(api: Site) -> None:
    api.write("docs/sub.md", module_page("pkg.sub", {"inherited_members": "true"}))
    api.build_checked()
    assert nothing_converted(api.build_checked())
    replace(api, "pkg/base.py", "Runs.", "Runs away.")
    assert "sub" in converted(api.build_checked())
    assert "Runs away." in text(api, "sub/index.html")


def test_anchors_of_autorefs_alone(api: Site) -> None:
    api.settings["plugins"] = [one for one in api.settings["plugins"] if "mkdocstrings" not in one]
    for name in MODULES:
        api.write(f"docs/{name}.md", f"# {name}\n\n[](){{#to-{name}}}\n\n## Part of {name}\n")
    api.write("docs/links.md", "# Links\n\n[One][to-base], [Part of sub][].\n")
    api.build_checked()
    api.append("docs/base.md", "\n[](){#new}\n")
    api.append("docs/links.md", "\n[New][new]\n")
    assert converted(api.build_checked()) == {"base", "links"}


def test_a_reference_that_leads_nowhere_is_named_in_this_work_tree(
    api: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(api, "pkg/alone.py", "[it][pkg.Sub]", "[it][pkg.gone]")
    messages = api.build_checked().messages
    assert any(str(api.root / "pkg/alone.py") in one for one in messages)
    other = Site(tmp_path / "other", api.settings)
    shutil.copytree(api.root, other.root, ignore=shutil.ignore_patterns("site", "plain"))
    monkeypatch.chdir(other.root)
    built = other.build_checked()
    assert nothing_converted(built)
    assert any(str(other.root / "pkg/alone.py") in one for one in built.messages)
