"""What stands in the place of MkDocs' own objects does as they do."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.toc import AnchorLink
from mkdocs.theme import Theme
from pathspec import GitIgnoreSpec

from docs_tools.build.memory.digest import Uncertain, digest_of
from docs_tools.plugins.cache.asked_files import AskedFiles, file_value, files_value
from docs_tools.plugins.cache.build_time import noticed_time
from docs_tools.plugins.cache.known import engine_object
from docs_tools.plugins.cache.known_plugins import has_foreign_hooks
from docs_tools.plugins.cache.own_place import shows_place
from docs_tools.plugins.cache.theme_files import list_faster
from tests.plugins.cache.builds import Site

PATHS = ("index.md", "folder/page.md", "a.css", "b.js", "picture.png", "folder/static.html")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files([File(path, str(tmp_path), str(tmp_path / "site"), True) for path in PATHS])


class TestAskedFiles:
    def test_a_path_that_is_looked_up_is_told(self, files: Files) -> None:
        asked: list[str | None] = []
        seen = AskedFiles(files, asked.append)
        assert seen.get_file_from_path("folder/page.md") is files.get_file_from_path(
            "folder/page.md"
        )
        assert seen.get_file_from_path("missing.md") is None
        assert asked == ["folder/page.md", "missing.md"]

    @pytest.mark.parametrize("look", [
        list, len, lambda files: "index.md" in files, lambda files: files.documentation_pages(),
        lambda files: files.media_files(), lambda files: files.css_files(),
        lambda files: files.javascript_files(), lambda files: files.static_pages(),
        lambda files: dict(files.src_uris), lambda files: [*files.src_uris],
    ])  # fmt: skip
    def test_looking_at_all_files_is_told(self, files: Files, look: Any) -> None:
        asked: list[str | None] = []
        assert look(AskedFiles(files, asked.append)) == look(files)
        assert asked
        assert set(asked) == {None}

    def test_a_file_says_where_it_is_and_whether_it_is_in_the_site(self, files: Files) -> None:
        file = files.get_file_from_path("folder/page.md")
        assert file is not None
        before, every = file_value(file), files_value(files)
        file.inclusion = InclusionLevel.EXCLUDED
        assert file_value(file) != before
        assert files_value(files) != every
        assert file_value(None) is None


def environments(theme: Theme) -> tuple[Any, Any]:
    plain = theme.get_env()
    list_faster(theme)
    return plain, theme.get_env()


class TestThemeFiles:
    @pytest.mark.parametrize("name", ["mkdocs", "readthedocs", "material"])
    def test_a_site_gets_the_same_files_of_a_theme(self, name: str, tmp_path: Path) -> None:
        for path in ("a.css", ".hidden/b.css", "inner/.hidden.css", "inner/c.css", "main.html"):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_text("")
        theme = Theme(name, custom_dir=str(tmp_path))
        config: Any = SimpleNamespace(theme=theme, site_dir="site", use_directory_urls=True)
        plain, faster = Files([]), Files([])
        for found, env in zip((plain, faster), environments(theme), strict=True):
            found.add_files_from_theme(env, config)
        assert list(faster.src_uris) == list(plain.src_uris)
        assert {"a.css", "inner/c.css"} <= set(faster.src_uris)
        assert ".hidden/b.css" not in faster.src_uris

    @pytest.mark.parametrize("options", [
        {}, {"extensions": ["css"]}, {"filter_func": lambda name: ".hidden" in name},
        {"filter_func": lambda name: True},
    ])  # fmt: skip
    def test_whoever_asks_for_hidden_files_gets_them(
        self, tmp_path: Path, options: dict[str, Any]
    ) -> None:
        (tmp_path / ".hidden").mkdir()
        (tmp_path / ".hidden/b.css").write_text("")
        plain, faster = environments(Theme("mkdocs", custom_dir=str(tmp_path)))
        assert faster.list_templates(**options) == plain.list_templates(**options)
        assert ".hidden/b.css" in faster.list_templates(**options)


def digest(value: object) -> str:
    return digest_of([value], engine_object)


class TestKnownObjects:
    def test_patterns_are_compared_by_what_they_match(self) -> None:
        one, same, other, negated = (
            GitIgnoreSpec.from_lines(lines)
            for lines in (["/a.md", "b*"], ["/a.md", "b*"], ["/a.md"], ["/a.md", "!b*"])
        )
        assert digest(one) == digest(same)
        assert len({digest(one), digest(other), digest(negated)}) == 3

    def test_themes_are_compared_by_name_and_settings(self) -> None:
        themes = [Theme("mkdocs"), Theme("readthedocs"), Theme("mkdocs", color_mode="dark"),
                  Theme("mkdocs", locale="de")]  # fmt: skip
        assert len({digest(theme) for theme in themes}) == 4
        assert digest(themes[0]) == digest(Theme("mkdocs"))

    def test_headings_are_compared_with_all_that_they_have(self) -> None:
        def heading(*children: AnchorLink, title: str = "A", **more: Any) -> AnchorLink:
            made = AnchorLink(title, "a", 2)
            made.children += children
            vars(made).update(more)
            return made

        different = [
            heading(),
            heading(title="B"),
            heading(active=True),
            heading(badge=True),
            heading(heading()),
            heading(heading(title="B")),
            heading(heading(), heading()),
            heading(heading(heading())),
        ]
        assert len({digest(one) for one in different}) == len(different)
        assert digest(heading(heading())) == digest(heading(heading()))

    def test_files_are_compared_by_where_they_are(self, files: Files) -> None:
        assert len({digest(file) for file in files}) == len(PATHS)

    def test_plugins_are_compared_by_their_settings(self, tmp_path: Path) -> None:
        site = Site(tmp_path / "project", {"plugins": []})
        found = set()
        for plugins in (
            [],
            ["search"],
            [{"search": {"lang": "de"}}],
            ["docs_tools/cache", "search"],
        ):
            site.settings["plugins"] = plugins
            site.create(1).write_settings()
            config = load_config(str(site.root / "mkdocs.yml"))
            found.add(digest(config.plugins))
        assert len(found) == 4

    def test_what_is_not_known_is_left_to_the_digest(self) -> None:
        assert engine_object("text") is None
        assert engine_object(["list"]) is None
        with pytest.raises(Uncertain):
            digest(lambda: None)


class TestForeignHooks:
    EVENTS = ("page_markdown", "page_context", "env")

    def config(self, tmp_path: Path, **settings: Any) -> Any:
        site = Site(tmp_path / "project", settings)
        site.write("hook.py", "def on_page_context(context, page, config, nav): pass\n")
        site.create(1).write_settings()
        return load_config(str(site.root / "mkdocs.yml"))

    def test_ours_and_those_of_mkdocs_and_material_are_known(self, tmp_path: Path) -> None:
        ours = ["docs_tools/cache", {"docs_tools/handbook": {"data": "facts"}}, "search"]
        theme = {"name": "material"}
        config = self.config(tmp_path, theme=theme, plugins=[*ours, "material/tags"])
        assert not has_foreign_hooks(config, self.EVENTS)

    def test_a_hook_is_foreign_at_its_own_event(self, tmp_path: Path) -> None:
        config = self.config(tmp_path, hooks=["hook.py"])
        assert has_foreign_hooks(config, self.EVENTS)
        assert not has_foreign_hooks(config, ["page_markdown", "env"])


@pytest.mark.parametrize(("text", "shows"), [
    ("in /docs", True), ("<code>/docs/site</code>", True), ('"/docs"', True), ("/docs", True),
    ("file:///docs/a.md", True), ("(/docs/a b)", True), ("cwd=/docs,", True),
    ("https://example.com/main/docs/a.md", False), ("../docs/a.md", False), ("./docs", False),
    ("/docs_tools", False), ("/docs-other", False), ("/var/docs", False), ("docs", False),
    ("", False),
])  # fmt: skip
def test_a_folder_of_this_machine_is_told_from_a_part_of_an_address(text: str, shows: bool) -> None:
    assert bool(shows_place(text, ["/docs", "/elsewhere/site"])) == shows
    assert shows_place("at /elsewhere/site", ["/docs", "/elsewhere/site"])


TIME = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("look", [
    str, repr, hash, "{}".format, "%s".__mod__, lambda time: f"{time:%H}",
    lambda time: time == TIME,
    lambda time: time != TIME, lambda time: time < TIME, lambda time: time >= TIME,
    lambda time: time > TIME, lambda time: time - TIME,
    lambda time: TIME - time, lambda time: str(time + timedelta(1)), lambda time: {time: 1}[TIME],
])  # fmt: skip
def test_a_time_tells_that_it_is_looked_at_and_is_the_same(look: Any) -> None:
    shown: list[int] = []
    time = noticed_time(TIME, lambda: shown.append(1))
    assert not shown
    assert look(time) == look(TIME)
    assert shown


def test_a_time_that_is_passed_on_tells_nothing() -> None:
    time = noticed_time(TIME, pytest.fail)
    assert isinstance(time, datetime)
    assert [time].pop() is time
