"""`targets.s3` of `docs_tools/publish`: what it may be, and every mistake with its line."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.config.base import Config

from docs_tools.errors import DocsToolsError
from docs_tools.plugins.publish import BucketTarget, Targets, _Option
from docs_tools.publish.bucket.settings import OPTIONS, BucketSettings, CacheRule
from docs_tools.publish.settings import PublishSettings
from tests.demo import ROOT
from tests.project import TinyProject

BARE: dict[str, Any] = {"bucket": "docs-bucket"}
KEY = "plugins: docs_tools/publish: targets: s3"


def load(folder: Path, targets: dict[str, Any], **mike: str) -> Any:
    (folder / "docs").mkdir(exist_ok=True)
    plugins: list[Any] = [{"mike": mike}, {"docs_tools/publish": {"targets": targets}}]
    (folder / "mkdocs.yml").write_text(yaml.safe_dump({"site_name": "x", "plugins": plugins}))
    return load_config(str(folder / "mkdocs.yml"))


def read(folder: Path, s3: Any, **mike: str) -> tuple[BucketSettings, ...]:
    return BucketSettings.of(load(folder, {"s3": s3}, **mike))


def problems(folder: Path, s3: Any) -> list[str]:
    """What is told, without its place and its mend."""
    with pytest.raises(DocsToolsError) as caught:
        read(folder, s3)
    found = caught.value.diagnostics
    assert all(problem.file == "mkdocs.yml" and problem.line and problem.hint for problem in found)
    assert all(problem.message.startswith(KEY) for problem in found)
    count = f"{len(found)} problem{'s' * (len(found) != 1)} in the targets"
    assert caught.value.message == count
    return [problem.message.removeprefix(f"{KEY}: ") for problem in found]


# what is read


def test_a_bucket_needs_its_name_only(tmp_path: Path) -> None:
    (bucket,) = read(tmp_path, BARE)
    assert bucket == BucketSettings(name="s3", bucket="docs-bucket")
    assert bucket.place == "s3://docs-bucket"
    assert (bucket.alias_type, bucket.delete_after, bucket.public) == ("copy", 24, False)


def test_everything_that_is_written_is_read(tmp_path: Path) -> None:
    written: dict[str, Any] = {
        "name": "mirror",
        "bucket": "docs-bucket",
        "prefix": "docs/toolbox",
        "region": "eu-west-1",
        "owner": "012345670123",
        "distribution": "E2QWRUHAPOMQZL",
        "origin_path": True,
        "alias_type": "redirect",
        "cache": [{"match": "*.pdf", "control": "max-age=3600"}],
        "gzip": ["*.html", "!big.html"],
        "delete_after": 0.5,
        "public": True,
    }
    assert set(written) == set(OPTIONS)
    (bucket,) = read(tmp_path, written)
    assert bucket == BucketSettings(
        **{
            **written,
            "cache": (CacheRule("*.pdf", "max-age=3600"),),
            "gzip": ("*.html", "!big.html"),
        }
    )
    assert bucket.place == "s3://docs-bucket/docs/toolbox"


def test_there_may_be_several_each_with_a_name(tmp_path: Path) -> None:
    buckets = read(tmp_path, [BARE, {**BARE, "name": "mirror", "prefix": "mirror"}])
    assert [(bucket.name, bucket.place) for bucket in buckets] == [
        ("s3", "s3://docs-bucket"),
        ("mirror", "s3://docs-bucket/mirror"),
    ]


@pytest.mark.parametrize(
    ("mike", "taken"),
    [({}, "copy"), ({"alias_type": "symlink"}, "copy"), ({"alias_type": "redirect"}, "redirect")],
)
def test_aliases_stand_as_mike_says_and_links_as_copies(
    tmp_path: Path, mike: dict[str, str], taken: str
) -> None:
    (bucket,) = read(tmp_path, BARE, **mike)
    assert bucket.alias_type == taken
    (bucket,) = read(tmp_path, {**BARE, "alias_type": "redirect"}, **mike)
    assert bucket.alias_type == "redirect"


@pytest.mark.parametrize("option", [option for option in OPTIONS if option != "bucket"])
def test_an_option_without_a_value_is_as_good_as_not_given(tmp_path: Path, option: str) -> None:
    assert read(tmp_path, {**BARE, option: None}) == read(tmp_path, BARE)


@pytest.mark.parametrize(
    ("targets", "on_branch", "push", "buckets"),
    [
        ({}, True, False, 0),
        ({"git": {}}, True, False, 0),
        ({"git": None}, True, False, 0),
        ({"git": {"push": True}}, True, True, 0),
        ({"s3": BARE}, False, False, 1),
        ({"git": None, "s3": BARE}, True, False, 1),
        ({"git": {"push": True}, "s3": BARE}, True, True, 1),
    ],
)
def test_with_a_bucket_the_branch_has_to_be_named(
    tmp_path: Path, targets: dict[str, Any], on_branch: bool, push: bool, buckets: int
) -> None:
    config = load(tmp_path, targets)
    settings = PublishSettings.of(config)
    assert (settings.on_branch, settings.push) == (on_branch, push)
    assert len(BucketSettings.of(config)) == buckets


def test_without_the_plugin_there_is_the_branch_only(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    assert BucketSettings.of(config) == ()
    assert PublishSettings.of(config).on_branch


# mistakes


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (None, "must be a mapping, or a list of mappings"),
        ("docs-bucket", "must be a mapping, or a list of mappings"),
        ([], "names no bucket"),
        (["docs-bucket"], "must be a mapping"),
        ({}, "bucket: is missing"),
        ({"bucket": None}, "bucket: is missing"),
        ({**BARE, "prefx": "x"}, "prefx: is no option"),
        ([BARE, BARE], 'name: two targets are called "s3"'),
        ([BARE, {**BARE, "name": "b"}], "s3://docs-bucket is the place of s3 too"),
    ],
)
def test_what_names_no_bucket_is_told(tmp_path: Path, written: Any, told: str) -> None:
    assert problems(tmp_path, written) == [told]


@pytest.mark.parametrize(
    "name",
    ["", "ab", "a" * 64, "Docs", "docs_bucket", "-docs", "docs-", ".docs", "docs.", "a..b",
     "192.168.5.4", "docs/x", "s3://docs", "arn:aws:s3:::docs", "döcs", "docs bucket", "docs\n",
     "xn--docs", "sthree-docs", "amzn-s3-demo-docs", "docs-s3alias", "docs--ol-s3", "docs.mrap",
     "docs--use1-az4--x-s3", "docs--table-s3", 123, ["docs"]],
)  # fmt: skip
def test_a_bucket_has_a_name_by_the_rules_of_s3(tmp_path: Path, name: Any) -> None:
    (told,) = problems(tmp_path, {"bucket": name})
    assert told.startswith("bucket: ")


@pytest.mark.parametrize("name", ["abc", "a" * 63, "docs.example.com", "1.2.3", "1-2-3", "a-an"])
def test_any_other_name_is_fine(tmp_path: Path, name: str) -> None:
    (bucket,) = read(tmp_path, {"bucket": name})
    assert bucket.bucket == name


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("prefix", "/docs", '"/docs" begins or ends with a slash'),
        ("prefix", "docs/", '"docs/" begins or ends with a slash'),
        ("prefix", "/", '"/" begins or ends with a slash'),
        ("prefix", "docs//x", '"docs//x" has an empty name in it'),
        ("prefix", "../docs", '"../docs" leads elsewhere'),
        ("prefix", "docs/./x", '"docs/./x" leads elsewhere'),
        ("prefix", "docs\tx", "'docs\\tx' holds characters that can't stand in an address"),
        ("prefix", "docs\\x", "'docs\\\\x' holds characters that can't stand in an address"),
        ("prefix", "d" * 513, "is too long"),
        ("prefix", 3, "must be a folder of the bucket"),
        ("owner", 123456789012, "must be an account in quotes"),
        ("owner", 12345, "must be an account in quotes"),
        ("owner", "12345", '"12345" is no account'),
        ("owner", "1234-5678-9012", '"1234-5678-9012" is no account'),
        ("owner", "١٢٣٤٥٦٧٨٩٠١٢", '"١٢٣٤٥٦٧٨٩٠١٢" is no account'),
        ("region", "Ireland", '"Ireland" is no region'),
        ("region", "eu-west-1a", '"eu-west-1a" is no region'),
        ("distribution", "d111.cloudfront.net", '"d111.cloudfront.net" is no id of a distribution'),
        ("distribution", 12, "must be the id of a distribution"),
        ("origin_path", "docs", "must be true or false"),
        ("alias_type", "symlink", "S3 has no links"),
        ("alias_type", "copies", "must be copy or redirect"),
        ("delete_after", "24", "must be a number of hours"),
        ("delete_after", True, "must be a number of hours"),
        ("delete_after", -1, "must be 0 to 87660 hours"),
        ("delete_after", float("inf"), "must be 0 to 87660 hours"),
        ("delete_after", float("nan"), "must be a number of hours"),
        ("public", 1, "must be true or false"),
        ("name", "git", '"git" is the branch'),
        ("name", "-x", '"-x" is no name for --target'),
        ("name", "a b", '"a b" is no name for --target'),
        ("gzip", "*.html", "must be a list of globs"),
        ("gzip", True, "must be a list of globs"),
        ("gzip", ["*.html", 3], "must be a glob"),
        ("gzip", ["[z-a]"], '"[z-a]" is no valid glob'),
        ("gzip", ["!*.js"], '"!*.js" stands for nothing'),
        ("cache", {"match": "*"}, "must be a list of rules"),
        ("cache", ["*.pdf"], "must be a rule"),
    ],
)
def test_a_value_that_an_option_cannot_have_is_told(
    tmp_path: Path, option: str, value: Any, told: str
) -> None:
    assert problems(tmp_path, {**BARE, option: value}) == [f"{option}: {told}"]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"match": "*.pdf"}, ["control: must be a Cache-Control"]),
        ({"control": "no-cache"}, ["match: must be a glob"]),
        ({"match": "#x", "control": "no-cache"}, ['match: "#x" stands for nothing']),
        ({"match": "!x", "control": "no-cache"}, ['match: "!x" stands for nothing']),
        (
            {"match": "*", "control": "no-cache", "max_age": 3},
            ["max_age: is no option"],
        ),
        (
            {"mtch": "*", "control": ""},
            ["match: must be a glob", "control: must be a Cache-Control", "mtch: is no option"],
        ),
        (
            {"match": "*", "control": "no-cache\r\nX-Evil: 1"},
            ["control: holds characters that a header can't"],
        ),
        (
            {"match": "*", "control": "max-age=über"},
            ["control: holds characters that a header can't"],
        ),
        (
            {"match": "*", "control": "public, max_age=3"},
            ["control: max_age: is no word of Cache-Control"],
        ),
        ({"match": "*", "control": "max-age"}, ["control: max-age: needs a number of seconds"]),
        ({"match": "*", "control": "max-age=1h"}, ["control: max-age: needs a number of seconds"]),
    ],
)
def test_a_rule_with_a_mistake_is_told(
    tmp_path: Path, rule: dict[str, Any], told: list[str]
) -> None:
    found = problems(tmp_path, {**BARE, "cache": [rule]})
    assert sorted(found) == sorted(f"cache: {problem}" for problem in told)


@pytest.mark.parametrize(
    "control",
    ["no-store", "public, max-age=3600, immutable", "max-age=0,s-maxage=\"60\"", "Max-Age=3",
     "x-own=\"1\"", "private, stale-while-revalidate=60"],
)  # fmt: skip
def test_a_cache_control_is_taken_as_it_is_written(tmp_path: Path, control: str) -> None:
    (bucket,) = read(tmp_path, {**BARE, "cache": [{"match": "/guide/**", "control": control}]})
    assert bucket.cache == (CacheRule("/guide/**", control),)


PROJECT = """\
INHERIT: base.yml
plugins:
  - search
  - docs_tools/publish:
      targets:
        s3:
          - {bucket: docs-bucket}
          - name: mirror
            bucket: Docs
            owner: 012345670123
            cache:
              - {match: "*.pdf", control: max_age=3}
            delete-after: 3
"""
TOLD = f"""\
mkdocs.yml:9:13: {KEY}: bucket: "Docs" is no name of a bucket
    a name has 3 to 63 small letters, digits, dots and hyphens
mkdocs.yml:10:13: {KEY}: owner: must be an account in quotes
    quote its 12 digits: "123456789012"
mkdocs.yml:12:34: {KEY}: cache: control: max_age: is no word of Cache-Control
    did you mean max-age?
mkdocs.yml:13:13: {KEY}: delete-after: is no option
    did you mean delete_after?
error: 4 problems in the targets
"""


@pytest.fixture
def tiny(tmp_path: Path) -> TinyProject:
    project = TinyProject(tmp_path)
    project.write("base.yml", "site_name: x\ntheme: {name: mkdocs}\n")
    project.write("docs/index.md", "# x\n")
    return project


def test_everything_that_is_wrong_is_told_at_once_each_with_its_line(tiny: TinyProject) -> None:
    tiny.write("mkdocs.yml", PROJECT)
    result = tiny.docs_tools("build")
    assert (result.status, result.err) == (1, TOLD)


def test_mkdocs_itself_tells_it_too(tiny: TinyProject) -> None:
    tiny.write("mkdocs.yml", PROJECT)
    result = tiny.run("mkdocs", "build")
    assert result.status == 1
    assert TOLD.removesuffix("error: 4 problems in the targets\n") in result.err


def test_a_check_goes_on_behind_them(tiny: TinyProject) -> None:
    tiny.write("mkdocs.yml", PROJECT)
    tiny.write("docs/index.md", "# x\n\n[y](nowhere.md)\n")
    result = tiny.docs_tools("check")
    assert result.status == 1
    assert 'docs/index.md:3:5: the link "nowhere.md" leads nowhere' in result.err
    assert TOLD.partition("\n")[0] in result.err
    assert "error: 5 problems in 2 files\n" in result.err


def test_tags_of_mkdocs_do_not_hide_the_line(tiny: TinyProject) -> None:
    tiny.write("mkdocs.yml", f"site_url: !ENV [SITE, null]\n{PROJECT}")
    assert "mkdocs.yml:10:13: " in tiny.docs_tools("build").err


def test_the_line_is_found_in_the_file_that_has_it(tiny: TinyProject) -> None:
    tiny.write("base.yml", "site_name: x\nplugins: {docs_tools/publish: {targets: {s3: {}}}}\n")
    tiny.write("mkdocs.yml", "INHERIT: base.yml\n")
    told = tiny.docs_tools("build").err
    assert told.startswith(f"base.yml:2:42: {KEY}: bucket: is missing\n")


# the page "Settings"


def test_each_option_is_declared_once_with_its_kind_and_default(tmp_path: Path) -> None:
    declared = dict(BucketTarget._schema)
    assert set(declared) == set(OPTIONS)
    (bucket,) = read(tmp_path, BARE)
    for name, option in declared.items():
        assert isinstance(option, _Option)
        if option.default is not None:
            assert getattr(bucket, name) == option.default, name
        held = getattr(bucket, name)
        assert held is None or isinstance(held, (option.kind, tuple, int)), name


def test_the_page_describes_all_that_can_be_set() -> None:
    page = (ROOT / "docs/user-guide/settings.md").read_text("utf-8")
    shown = set(re.findall(r"^::: (\S+)$", page, re.MULTILINE))
    for name in ("api", "cache", "handbook", "layers", "publish"):
        module = import_module(f"docs_tools.plugins.{name}")
        own = [kind for kind in vars(module).values() if isinstance(kind, type)]
        for kind in own:
            if kind.__module__ == module.__name__ and issubclass(kind, Config):
                assert kind is Targets or f"{kind.__module__}.{kind.__name__}" in shown
