"""The chooser of layer ARNs, as readers use it."""

import ast
import json
import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from docs_tools.model.layers import LayerSet
from docs_tools.render.layer_chooser import describe_choices
from tests.browser.conftest import served
from tests.browser.test_diagrams import CONTRAST, LEAST
from tests.browser.test_live_state import contrast
from tests.browser.watch import Watched
from tests.project import TinyProject
from tests.render.choices import RELEASES, choices, in_order
from tests.size import examples

pytestmark = pytest.mark.browser

TOOL = {
    "id": "tool",
    "name": "Tool-{runtime}-{architecture}",
    "account": "111122223333",
    "architectures": ["x86_64", "arm64"],
    "runtimes": {"python3.9": "py39", "python3.11": "py311", "python3.12": "py312"},
}
REGIONS = ["us-east-1", "eu-west-1", "ca-central-1", "ca-west-1"]
NO_ARM = {"regions": REGIONS, "exclude": [{"architectures": ["arm64"], "regions": ["ca-west-1"]}]}
GOV, CHINA = "444455556666", "777788889999"
LAYERS = {
    "layers": [
        TOOL | NO_ARM,
        TOOL | {"id": "gov", "account": GOV, "regions": ["us-gov-west-1"]},
        TOOL | {"id": "china", "account": CHINA, "regions": ["cn-north-1"]},
        TOOL | NO_ARM | {"id": "old", "name": "OldTool-{architecture}", "runtimes": []},
    ],
    "releases": [
        {"version": "3.1.0", "layer": "tool", "number": 31,
         "exceptions": [{"runtimes": ["python3.9"]}]},
        {"version": "3.0.0", "layer": "tool", "number": 30},
        {"version": "3.0.0", "layer": "gov", "number": 3},
        {"version": "3.0.0", "layer": "china", "number": 4},
        {"version": "2.0.0", "layer": "old", "number": 20},
    ],
}  # fmt: skip
PAGES = {
    "docs/index.md": "# Home\n\nNo chooser.\n\n[one](one.md)\n",
    "docs/one.md": "# One\n\n<!-- docs_tools/layers -->\n\n[deep](deep/two.md)\n",
    "docs/deep/two.md": "# Two\n\n- First:\n\n    <!-- docs_tools/layers -->\n\n"
    '- Before:\n\n    <!-- docs_tools/layers { version: "2.0.0", region: eu-west-1 } -->\n',
    "facts/layers.yml": json.dumps(LAYERS),
    "theme/main.html": "<!doctype html><title>Tiny</title>{{ page.content }}\n",
}
THEMES = {
    "material": "{name: material, font: false, features: [navigation.instant], palette: ["
    "{media: '(prefers-color-scheme: light)', scheme: default},"
    "{media: '(prefers-color-scheme: dark)', scheme: slate}]}",
    "mkdocs": "{name: mkdocs, highlightjs: false, color_mode: auto}",
}
# what doesn't depend on a theme is tested without one, which is faster
BARE = "{name: null, custom_dir: theme}"
TOOLS = ["SAM", "CDK", "Terraform", "Serverless", "AWS CLI"]


def arn(region: str, name: str, number: int, *, account: str = "111122223333") -> str:
    partition = {"us-gov-west-1": "aws-us-gov", "cn-north-1": "aws-cn"}.get(region, "aws")
    return f"arn:{partition}:lambda:{region}:{account}:layer:{name}:{number}"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with a site for each theme."""
    folder = tmp_path_factory.mktemp("sites")
    with served(folder) as address:
        for name, theme in {**THEMES, "bare": BARE}.items():
            config = (
                f"site_name: Tiny\nsite_url: {address}{name}/\ntheme: {theme}\n"
                "plugins: [search, docs_tools/handbook: {data: facts}]\n"
                "markdown_extensions: [admonition, pymdownx.details]\n"
            )
            project = TinyProject(folder / f"{name}-project").create(
                {"mkdocs.yml": config, **PAGES}
            )
            result = project.docs_tools("build", "-q", "-d", str(folder / name))
            assert result.status == 0, result.err
        yield address


@pytest.fixture
def site(sites: str) -> str:
    """The address of Material's."""
    return f"{sites}material/"


@pytest.fixture
def bare(sites: str) -> str:
    """The address of the one without a theme."""
    return f"{sites}bare/"


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that remembers nothing yet, and lets pages copy."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(5000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Page:
    return reader.new_page()


def chooser(page: Page, number: int = 0) -> Locator:
    return page.locator("docs-layers").nth(number)


def shown(page: Page, number: int = 0) -> Locator:
    """The one ARN."""
    return chooser(page, number).locator("code")


def note(page: Page) -> Locator:
    """What the reader is told of the choice."""
    return chooser(page).get_by_role("status").first


def choose(page: Page, number: int = 0, **parts: str) -> None:
    for part, value in parts.items():
        chooser(page, number).get_by_label(part.title(), exact=True).select_option(value)


def chosen(page: Page, number: int = 0) -> dict[str, str]:
    """The values of what can be chosen."""
    selects = chooser(page, number).locator("div:not([hidden]) > select").all()
    return {
        select.evaluate("select => select.labels[0].textContent"): select.input_value()
        for select in selects
    }


def example(page: Page, tool: str) -> str:
    chooser(page).get_by_role("tab", name=tool).click()
    return chooser(page).get_by_role("tabpanel", name=tool).inner_text()


def clipboard(page: Page) -> Any:
    return page.evaluate("navigator.clipboard.readText()")


# choosing


def test_a_reader_gets_to_the_arn_in_two_clicks_and_copies_it(site: str, page: Page) -> None:
    watched = Watched(page)
    page.goto(f"{site}one/")
    expect(shown(page)).to_have_text(arn("us-east-1", "Tool-py312-x86_64", 31))
    choose(page, region="eu-west-1")
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py312-x86_64", 31))
    button = chooser(page).get_by_role("button", name="Copy the ARN")
    button.click()
    expect(button).to_have_text("Copied")
    expect(chooser(page).get_by_role("status").last).to_have_text("Copied the ARN")
    assert clipboard(page) == arn("eu-west-1", "Tool-py312-x86_64", 31)
    expect(button).to_have_text("Copy")
    expect(note(page)).to_have_text("")
    assert watched.complaints == []
    assert watched.elsewhere(site) == []


def test_each_part_can_be_chosen_and_regions_stand_with_their_partition(
    bare: str, page: Page
) -> None:
    page.goto(f"{bare}one/")
    assert chosen(page) == {
        "Region": "us-east-1",
        "Runtime": "python3.12",
        "Architecture": "x86_64",
        "Release": "3.1.0",
    }
    choose(page, runtime="python3.11", architecture="arm64", release="3.0.0", region="eu-west-1")
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py311-arm64", 30))
    groups = chooser(page).locator("optgroup").all()
    assert {
        group.get_attribute("label"): group.locator("option").all_text_contents()
        for group in groups
    } == {
        "AWS": ["ca-central-1", "ca-west-1", "eu-west-1", "us-east-1"],
        "AWS GovCloud (US)": ["us-gov-west-1"],
        "AWS China": ["cn-north-1"],
    }
    choose(page, release="2.0.0")
    expect(shown(page)).to_have_text(arn("eu-west-1", "OldTool-arm64", 20))
    expect(note(page)).to_have_text("")  # it is for all runtimes


@pytest.mark.parametrize(
    ("parts", "found", "told"),
    [
        (
            {"region": "us-gov-west-1"},
            arn("us-gov-west-1", "Tool-py312-x86_64", 3, account=GOV),
            "Not available for this choice: 3.1.0. Shown: 3.0.0.",
        ),
        (
            {"architecture": "arm64", "region": "ca-west-1"},
            arn("ca-west-1", "Tool-py312-x86_64", 31),
            "Not available for this choice: arm64. Shown: x86_64.",
        ),
        (
            {"region": "ca-west-1", "architecture": "arm64"},
            arn("ca-central-1", "Tool-py312-arm64", 31),
            "Not available for this choice: ca-west-1. Shown: ca-central-1.",
        ),
        (
            {"runtime": "python3.9"},
            arn("us-east-1", "Tool-py39-x86_64", 30),
            "Not available for this choice: 3.1.0. Shown: 3.0.0.",
        ),
        (
            {"runtime": "python3.9", "release": "3.1.0"},
            arn("us-east-1", "Tool-py312-x86_64", 31),
            "Not available for this choice: python3.9. Shown: python3.12.",
        ),
        (
            {"region": "cn-north-1", "release": "2.0.0"},
            arn("ca-central-1", "OldTool-x86_64", 20),
            "Not available for this choice: cn-north-1. Shown: ca-central-1.",
        ),
    ],
)
def test_what_does_not_go_together_leads_to_something_near_and_says_so(
    bare: str, page: Page, parts: dict[str, str], found: str, told: str
) -> None:
    page.goto(f"{bare}one/")
    choose(page, 0, **parts)
    expect(shown(page)).to_have_text(found)
    expect(note(page)).to_have_text(told)
    page.reload()
    expect(shown(page)).to_have_text(found)


def test_what_was_wanted_comes_back_where_it_is_to_be_had(bare: str, page: Page) -> None:
    page.goto(f"{bare}one/")
    choose(page, architecture="arm64", region="ca-west-1")
    expect(shown(page)).to_have_text(arn("ca-west-1", "Tool-py312-x86_64", 31))
    choose(page, region="us-east-1")
    expect(shown(page)).to_have_text(arn("us-east-1", "Tool-py312-arm64", 31))
    expect(note(page)).to_have_text("")


# by keyboard


def test_all_of_it_works_by_keyboard_and_the_page_takes_no_letter_for_a_command(
    site: str, page: Page
) -> None:
    page.goto(f"{site}one/")
    focused = chooser(page).locator(":focus")
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused.count():
            break
    walk = []
    for _ in range(7):
        outline = focused.evaluate("e => getComputedStyle(e).outlineStyle")
        assert outline == "solid"
        walk.append(
            focused.evaluate(
                "e => e.getAttribute('aria-label') || (e.labels?.[0] || e).textContent.slice(0, 12)"
            )
        )
        page.keyboard.press("Tab")
    assert walk == [
        *("Region", "Runtime", "Architecture", "Release"),
        *("Copy the ARN", "SAM", "# sam deploy"),
    ]
    expect(focused).to_have_attribute("aria-label", "Copy the example")
    for _ in range(7):
        page.keyboard.press("Shift+Tab")
    page.keyboard.type("eu-")
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py312-x86_64", 31))
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py311-x86_64", 31))
    # Material goes to the next page at n, to its search at s
    page.keyboard.type("ns")
    expect(focused).to_have_count(1)
    assert page.url == f"{site}one/"
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(focused).to_have_text("Copied")
    assert clipboard(page) == arn("eu-west-1", "Tool-py311-x86_64", 31)


def test_the_tabs_follow_the_arrow_keys_and_one_of_them_is_a_tab_stop(
    bare: str, page: Page
) -> None:
    page.goto(f"{bare}one/")
    tabs = chooser(page).get_by_role("tab")
    assert tabs.all_inner_texts() == TOOLS
    tabs.first.focus()
    for key, tool in (
        ("ArrowRight", "CDK"), ("End", "AWS CLI"), ("ArrowRight", "SAM"),
        ("ArrowLeft", "AWS CLI"), ("ArrowLeft", "Serverless"), ("Home", "SAM"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(chooser(page).locator(":focus")).to_have_text(tool)
        selected = chooser(page).get_by_role("tab", selected=True)
        assert selected.all_inner_texts() == [tool]
        assert [tab.evaluate("tab => tab.tabIndex") for tab in tabs.all()] == [
            0 if each == tool else -1 for each in TOOLS
        ]
        expect(chooser(page).get_by_role("tabpanel", name=tool)).to_be_visible()


# the examples


def test_the_examples_are_whole_and_have_what_was_chosen(bare: str, page: Page) -> None:
    page.goto(f"{bare}one/")
    choose(page, region="eu-west-1", architecture="arm64", runtime="python3.11")
    wanted = arn("eu-west-1", "Tool-py311-arm64", 31)
    sam = yaml.safe_load(example(page, "SAM"))
    assert sam["Resources"]["HelloWorld"]["Properties"] == {
        "CodeUri": "src/",
        "Handler": "app.handler",
        "Runtime": "python3.11",
        "Architectures": ["arm64"],
        "Layers": [wanted],
    }
    cdk = example(page, "CDK")
    calls = {ast.unparse(node.func): node for node in ast.walk(ast.parse(cdk))
             if isinstance(node, ast.Call)}  # fmt: skip
    assert ast.unparse(calls["aws_lambda.LayerVersion.from_layer_version_arn"].args[2]) == (
        f"'{wanted}'"
    )
    function = {word.arg: ast.unparse(word.value) for word in calls["aws_lambda.Function"].keywords}
    assert function["runtime"] == "aws_lambda.Runtime.PYTHON_3_11"
    assert function["architecture"] == "aws_lambda.Architecture.ARM_64"
    assert function["layers"] == "[layer]"
    assert 'region="eu-west-1"' in cdk
    terraform = example(page, "Terraform")
    for line in (
        'region = "eu-west-1"', 'runtime       = "python3.11"', 'architectures = ["arm64"]',
        f'layers        = ["{wanted}"]',
    ):  # fmt: skip
        assert f"  {line}\n" in terraform
    assert terraform.count("{") == terraform.count("}") == 6
    serverless = yaml.safe_load(example(page, "Serverless"))
    assert serverless["provider"] == {
        "name": "aws", "region": "eu-west-1", "runtime": "python3.11", "architecture": "arm64",
    }  # fmt: skip
    assert serverless["functions"]["hello"] == {"handler": "app.handler", "layers": [wanted]}
    cli = words(example(page, "AWS CLI"))
    assert cli == [
        *("aws", "lambda", "update-function-configuration", "--region", "eu-west-1"),
        *("--function-name", "hello-world", "--layers", wanted),
    ]
    chooser(page).get_by_role("button", name="Copy the example").click()
    expect(chooser(page).get_by_role("status").last).to_have_text("Copied the example")
    assert words(clipboard(page)) == cli


def words(command: str) -> list[str]:
    """A command as a shell reads it."""
    return shlex.split(command.replace("\\\n", ""), comments=True)


def craft(page: Page, *layers: dict[str, Any], **first: str | None) -> None:
    """Puts a chooser of layers with the number 1 on the page."""
    data = {
        "selected": "1.0.0",
        "first": {"region": "eu-west-1", "runtime": None, "architecture": None, **first},
        "releases": ["1.0.0"],
        "places": [{"partition": "aws", "account": "111122223333", "regions": ["eu-west-1"]}],
        "numbers": [[1]],
        "layers": [
            {"name": "Tool", "runtime": None, "architecture": None, "places": [0], "numbers": 0,
             **layer}
            for layer in layers
        ],
    }  # fmt: skip
    page.evaluate(
        "data => {"
        "  const made = document.createElement('docs-layers');"
        "  made.dataset.layers = data;"
        "  document.body.replaceChildren(document.createElement('div'));"
        "  document.body.firstChild.append(made);"
        "}",
        json.dumps(data),
    )


@pytest.mark.parametrize(
    ("runtime", "constant"),
    [
        ("nodejs22.x", "NODEJS_22_X"),
        ("java21", "JAVA_21"),
        ("java8.al2", "JAVA_8_CORRETTO"),
        ("dotnet8", "DOTNET_8"),
        ("ruby3.4", "RUBY_3_4"),
        ("provided.al2023", "PROVIDED_AL2023"),
    ],
)
def test_cdk_is_typescript_for_all_but_python(
    bare: str, page: Page, runtime: str, constant: str
) -> None:
    page.goto(f"{bare}one/")
    craft(page, {"runtime": runtime, "architecture": "x86_64"})
    cdk = example(page, "CDK")
    assert "from 'aws-cdk-lib';" in cdk
    assert f"  runtime: lambda.Runtime.{constant},\n" in cdk
    assert "  architecture: lambda.Architecture.X86_64,\n" in cdk


@pytest.mark.parametrize(
    ("name", "runtime", "handler"),
    [
        ("MyPythonLayer", r"python3\.\d+", "app.handler"),
        ("ToolsTypeScriptV2", r"nodejs\d+\.x", "index.handler"),
        ("Tool", r"provided\.al\d+", "bootstrap"),
    ],
)
def test_a_layer_for_all_runtimes_has_examples_by_its_name(
    bare: str, page: Page, name: str, runtime: str, handler: str
) -> None:
    page.goto(f"{bare}one/")
    craft(page, {"name": name})
    function = yaml.safe_load(example(page, "SAM"))["Resources"]["HelloWorld"]["Properties"]
    assert re.fullmatch(runtime, function["Runtime"])
    assert function["Handler"] == handler
    assert "Architectures" not in function
    assert chosen(page) == {}  # there is nothing to choose
    craft(page, {"name": name}, runtime="python3.12")
    assert "Runtime: python3.12\n" in example(page, "SAM")


def test_layers_of_one_kind_are_told_apart_by_name(bare: str, page: Page) -> None:
    page.goto(f"{bare}one/")
    craft(page, {"name": "Tool"}, {"name": "Extras"})
    assert chosen(page) == {"Layer": "Tool"}
    choose(page, layer="Extras")
    expect(shown(page)).to_have_text(arn("eu-west-1", "Extras", 1))


def test_hostile_names_are_shown_as_they_are_and_do_nothing(bare: str, page: Page) -> None:
    nasty = "\"'><img src=x onerror=hit()></option></script>"
    page.add_init_script("window.hit = () => { window.wasHit = true; }")
    page.goto(f"{bare}one/")
    craft(page, {"runtime": nasty, "architecture": nasty}, {"runtime": "__proto__"})
    choose(page, runtime=nasty)
    assert chosen(page)["Runtime"] == nasty
    for tool in TOOLS:
        assert "<img" not in example(page, tool)
    assert chooser(page).locator("img").count() == 0
    assert page.evaluate("window.wasHit") is None
    choose(page, runtime="__proto__")
    assert chosen(page)["Runtime"] == "__proto__"


# copying where the browser is in the way


def test_without_a_clipboard_the_text_is_copied_all_the_same(
    bare: str, reader: BrowserContext, page: Page
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{bare}one/")
    button = chooser(page).get_by_role("button", name="Copy the ARN")
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_be_focused()
    expect(page.locator("textarea")).to_have_count(0)
    other = reader.new_page()
    other.goto(bare)
    assert clipboard(other) == arn("us-east-1", "Tool-py312-x86_64", 31)


def test_where_nothing_can_be_copied_the_text_is_selected(bare: str, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.execCommand = () => false;"
    )
    page.goto(f"{bare}one/")
    chooser(page).get_by_role("button", name="Copy the ARN").click()
    expect(note(page)).to_have_text("The browser doesn't let the page copy: the ARN is selected.")
    assert page.evaluate("getSelection().toString()") == arn("us-east-1", "Tool-py312-x86_64", 31)


# remembering


def test_the_choice_is_remembered_on_other_pages_and_after_a_reload(bare: str, page: Page) -> None:
    page.goto(f"{bare}one/")
    choose(page, region="eu-west-1", runtime="python3.11", architecture="arm64", release="3.0.0")
    example(page, "Terraform")
    wanted = arn("eu-west-1", "Tool-py311-arm64", 30)
    for path in ("one/", "deep/two/", "one/"):
        page.goto(bare + path)
        expect(shown(page)).to_have_text(wanted)
        expect(chooser(page).get_by_role("tab", selected=True)).to_have_text("Terraform")
    page.reload()
    expect(shown(page)).to_have_text(wanted)


def test_the_release_is_remembered_within_one_version_only(bare: str, page: Page) -> None:
    page.goto(f"{bare}deep/two/")
    choose(page, region="eu-west-1", release="3.0.0")
    page.reload()
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py312-x86_64", 30))
    # that of another release remembers where, and shows its own
    expect(shown(page, 1)).to_have_text(arn("eu-west-1", "OldTool-x86_64", 20))


@pytest.mark.parametrize(
    "stored",
    ['{"region": "mars-north-1", "runtime": 7, "tool": "constructor", "name": "x"}', "{", "5",
     '{"page": {"of": "3.1.0", "release": "9.9", "leads": "__proto__"}}', "null", '"text"'],
)  # fmt: skip
def test_what_is_remembered_and_not_there_is_ignored(bare: str, page: Page, stored: str) -> None:
    page.add_init_script(f"localStorage.setItem('docs_tools.layers', {json.dumps(stored)})")
    watched = Watched(page)
    page.goto(f"{bare}one/")
    expect(shown(page)).to_have_text(arn("us-east-1", "Tool-py312-x86_64", 31))
    expect(chooser(page).get_by_role("tab", selected=True)).to_have_text("SAM")
    assert watched.complaints == []


def test_it_works_where_storage_is_blocked(bare: str, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('blocked', 'SecurityError'); } });"
    )
    page.goto(f"{bare}deep/two/")
    choose(page, region="ca-central-1", architecture="arm64")
    expect(shown(page)).to_have_text(arn("ca-central-1", "Tool-py312-arm64", 31))
    expect(shown(page, 1)).to_have_text(arn("ca-central-1", "OldTool-arm64", 20))
    example(page, "AWS CLI")
    page.reload()
    expect(shown(page)).to_have_text(arn("us-east-1", "Tool-py312-x86_64", 31))


# in its page


def test_two_choosers_of_a_page_share_the_choice_but_not_the_release(bare: str, page: Page) -> None:
    watched = Watched(page)
    page.goto(f"{bare}deep/two/")
    expect(shown(page)).to_have_text(arn("us-east-1", "Tool-py312-x86_64", 31))
    expect(shown(page, 1)).to_have_text(arn("eu-west-1", "OldTool-x86_64", 20))
    choose(page, 1, region="ca-central-1")
    expect(shown(page)).to_have_text(arn("ca-central-1", "Tool-py312-x86_64", 31))
    choose(page, release="3.0.0")
    expect(shown(page)).to_have_text(arn("ca-central-1", "Tool-py312-x86_64", 30))
    expect(shown(page, 1)).to_have_text(arn("ca-central-1", "OldTool-x86_64", 20))
    assert watched.faults() == []
    assert watched.complaints == []
    assert [url for url in watched.requests if url.endswith("chooser.js")] == [
        f"{bare}assets/docs_tools/chooser.js"
    ]


def test_the_tables_are_closed_behind_a_chooser_and_open_without_a_script(
    site: str, page: Page, browser: Browser
) -> None:
    page.goto(f"{site}one/")
    expect(shown(page)).to_be_visible()
    cell = page.get_by_role("cell", name=arn("eu-west-1", "Tool-py311-arm64", 31))
    expect(cell).to_be_hidden()
    page.get_by_text("All layer ARNs").click()
    expect(cell).to_be_visible()

    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site}one/")
    expect(plain.get_by_role("cell", name=arn("eu-west-1", "Tool-py311-arm64", 31))).to_be_visible()
    assert (plain.locator("docs-layers").bounding_box() or {"height": 0})["height"] == 0
    context.close()


def test_a_page_without_a_chooser_asks_for_no_script(site: str, page: Page) -> None:
    watched = Watched(page)
    page.goto(site, wait_until="networkidle")
    assert [url for url in watched.requests if "chooser" in url] == []


def test_it_works_where_material_changes_pages_without_loading_them(site: str, page: Page) -> None:
    watched = Watched(page)
    page.goto(site, wait_until="networkidle")
    page.evaluate("window.loadedOnce = true")
    page.locator("article").get_by_role("link", name="one").click()
    page.wait_for_url(f"{site}one/")
    choose(page, region="eu-west-1")
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py312-x86_64", 31))
    page.locator("article").get_by_role("link", name="deep").click()
    page.wait_for_url(f"{site}deep/two/")
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py312-x86_64", 31))
    expect(shown(page, 1)).to_be_visible()
    page.go_back()
    page.wait_for_url(f"{site}one/")
    expect(page.locator("docs-layers")).to_have_count(1)
    expect(shown(page)).to_have_text(arn("eu-west-1", "Tool-py312-x86_64", 31))
    expect(page.locator("details")).not_to_have_attribute("open", "")
    assert page.evaluate("window.loadedOnce") is True
    assert watched.complaints == []


# how it looks


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_can_be_read_in_either_scheme(
    sites: str, browser: Browser, theme: str, scheme: Any
) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(f"{sites}{theme}/one/")
    choose(page, region="us-gov-west-1")
    example(page, "AWS CLI")
    page.wait_for_function("!document.getAnimations().length")
    texts = page.evaluate(CONTRAST, "docs-layers")
    said = {text["said"].split("\n")[0]: text["ratio"] for text in texts}
    assert {"Region", "Copy", *TOOLS} < said.keys()
    assert any(text.startswith("Not available") for text in said)
    assert {text: ratio for text, ratio in said.items() if ratio < LEAST} == {}
    selects = chooser(page).locator("select:visible, option").all()
    colours = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert len(selects) > 4
    assert min(contrast(select.evaluate(colours)) for select in selects) >= LEAST
    page.close()


@pytest.mark.parametrize("theme", THEMES)
def test_a_narrow_page_does_not_scroll_sideways(sites: str, browser: Browser, theme: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    watched = Watched(page)
    for path in ("one/", "deep/two/"):
        page.goto(f"{sites}{theme}/{path}")
        choose(page, region="us-gov-west-1")
        for tool in TOOLS:
            example(page, tool)
            assert watched.faults() == []
            for part in chooser(page).locator("select:visible, button, code, pre").all():
                box = part.bounding_box()
                assert box
                assert 0 <= box["x"] < box["x"] + box["width"] <= 360
    page.close()


# the data


def test_the_script_writes_out_what_was_written_small(bare: str, page: Page) -> None:
    page.goto(f"{bare}one/")
    script = (
        "data => customElements.get('docs-layers').expand(data)"
        ".map((layer) => [layer.release, layer.runtime, layer.architecture, layer.arn])"
    )

    @settings(max_examples=examples(40))
    @given(RELEASES)
    def whole(sets: list[LayerSet]) -> None:
        data = json.loads(json.dumps(describe_choices(sets[0], sets[1:])))
        assert in_order(page.evaluate(script, data)) == choices(*sets)

    whole()


def test_the_script_is_small(sites: str, site: str, page: Page) -> None:
    answer = page.request.get(f"{site}assets/docs_tools/chooser.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert len(answer.body()) < 18_000
    assert b"innerHTML" not in answer.body()
