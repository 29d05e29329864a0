"""`--ref` of a commit from before the plugins: built with today's settings laid over its own."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.project import ARN, CONFIG, FILES, TinyProject

OLD = "site_name: Old\ntheme: {name: mkdocs}\nuse_directory_urls: false\n"
PLAIN = {"docs/index.md": f"# Old\n\n`{ARN}:3`\n", "docs/page.md": "# Page\n"}


def old(project: TinyProject, files: Mapping[str, str | None]) -> None:
    """A tag v1 that has other files, `None` for those that it lacks; today is as it was."""
    for path, text in files.items():
        if text is None:
            project.git("rm", "-rq", path)
        else:
            project.write(path, text)
    project.commit("old")
    project.git("tag", "v1")
    project.git("rm", "-rq", ".")
    for path, text in FILES.items():
        project.write(path, text)
    project.commit("today")


def built(project: TinyProject, *args: str) -> Path:
    result = project.docs_tools("build", "--ref", "v1", "-d", "out", *args)
    assert result.status == 0, result.err
    return project.folder / "out"


def refused(project: TinyProject, *args: str) -> str:
    result = project.docs_tools("build", "--ref", "v1", "-d", "out", *args)
    assert result.status == 1, result.err
    assert "docs_tools-" not in result.err  # the work tree that is gone
    assert "Traceback" not in result.err
    return result.err


@pytest.mark.parametrize(
    "plugins",
    ["", "plugins:\n", "plugins: []\n", "plugins: {}\n", "plugins: [search]\n",
     "plugins: {search: {lang: en}}\n"],
)  # fmt: skip
def test_a_ref_that_lists_none_of_our_plugins_gets_them(project: TinyProject, plugins: str) -> None:
    old(project, {"mkdocs.yml": OLD + plugins})
    site = built(project)
    assert "https://github.com/ann" in (site / "index.html").read_text()
    assert f"{ARN}:20" in (site / "index.html").read_text()
    assert (site / "reference/tiny/core.html").is_file()
    assert (site / "search").is_dir() == (plugins not in ("plugins: []\n", "plugins: {}\n"))


def test_a_ref_without_data_is_built_with_todays_layer_numbers(project: TinyProject) -> None:
    old(project, {"mkdocs.yml": OLD, "facts": None, **PLAIN})
    assert f"{ARN}:20" in (built(project) / "index.html").read_text()


def test_a_ref_that_lists_the_handbook_and_has_no_data_is_built_if_no_page_shows_any(
    project: TinyProject,
) -> None:
    old(project, {"facts": None, **PLAIN})
    assert f"{ARN}:20" in (built(project) / "index.html").read_text()


def test_a_directive_that_lacks_its_data_is_told_with_its_line(project: TinyProject) -> None:
    old(project, {"facts": None})
    told = refused(project)
    assert "docs/index.md:3:1: docs_tools/maintainers: there is no facts/maintainers.yml" in told


@pytest.mark.parametrize("options", ["", ": {data: docs/data}"], ids=["by default", "named"])
def test_a_ref_that_had_its_data_elsewhere_is_built_with_that(
    project: TinyProject, options: str
) -> None:
    moved = {
        path.replace("facts/", "docs/data/"): text.replace("Ann", "Bob")
        for path, text in FILES.items()
        if path.startswith("facts/")
    }
    old(project, {"mkdocs.yml": CONFIG.replace(": {data: facts}", options), "facts": None, **moved})
    assert "Bob" in (built(project) / "index.html").read_text()


def test_packages_that_a_ref_lacks_are_left_out(project: TinyProject) -> None:
    two = CONFIG.replace("[tiny]", "[tiny, later]")
    old(project, {"mkdocs.yml": OLD})
    project.write("mkdocs.yml", two)
    project.write("later.py", '"""Came later."""\n')
    project.commit("another package")
    site = built(project)
    assert (site / "reference/tiny/core.html").is_file()
    assert not (site / "reference/later.html").exists()


def test_a_ref_without_any_of_the_packages_has_no_reference(project: TinyProject) -> None:
    old(project, {"mkdocs.yml": OLD, "tiny": None})
    site = built(project)
    assert (site / "page.html").is_file()
    assert not (site / "reference").exists()


def test_a_package_that_had_another_name_or_place_is_documented(project: TinyProject) -> None:
    config = CONFIG.replace("packages: [tiny]", "packages: [small], paths: [lib]")
    old(project, {"mkdocs.yml": config, "tiny": None, "lib/small.py": '"""Small."""\n'})
    assert "Small." in (built(project) / "reference/small.html").read_text()


@pytest.mark.parametrize("folder", ["overrides", "theme/own"])
def test_an_empty_folder_of_overrides_which_git_does_not_keep_is_no_matter(
    project: TinyProject, folder: str
) -> None:
    theme = f"{{name: mkdocs, custom_dir: {folder}}}"
    old(project, {"mkdocs.yml": OLD.replace("{name: mkdocs}", theme)})
    assert (built(project) / "index.html").is_file()


@pytest.mark.parametrize("outside", ["../outside", "{}/outside", "link/outside"])
def test_a_folder_of_overrides_outside_the_project_is_never_made(
    project: TinyProject, tmp_path: Path, outside: str
) -> None:
    (project.folder / "link").symlink_to(tmp_path)
    folder = outside.format(tmp_path)
    theme = f"{{name: mkdocs, custom_dir: '{folder}'}}"
    old(project, {"mkdocs.yml": OLD.replace("{name: mkdocs}", theme)})
    assert "custom_dir" in refused(project)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(("then", "now"), [("yaml", "yml"), ("yml", "yaml")])
def test_the_configuration_may_have_had_the_other_name(
    project: TinyProject, then: str, now: str
) -> None:
    if then == "yaml":
        old(project, {"mkdocs.yml": None, "mkdocs.yaml": OLD.replace("Old", "Then")})
    else:
        old(project, {"mkdocs.yml": OLD.replace("Old", "Then")})
        project.git("mv", "mkdocs.yml", "mkdocs.yaml")
        project.commit("renamed")
    assert (project.folder / f"mkdocs.{now}").is_file()
    assert "<title>Then</title>" in (built(project) / "index.html").read_text()


def test_another_site_of_the_same_project_is_never_taken_for_the_one_that_is_wanted(
    project: TinyProject,
) -> None:
    old(project, {"mkdocs.yml": OLD})
    project.write("mkdocs.ja.yml", CONFIG)
    project.commit("another language")
    assert 'there is no mkdocs.ja.yml at "v1"' in refused(project, "-f", "mkdocs.ja.yml")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"mkdocs.yml": None}, 'there is no mkdocs.yml at "v1"'),
        ({"mkdocs.yml": "site_name: [\n"}, "mkdocs.yml can't be read"),
        ({"mkdocs.yml": "INHERIT: gone.yml\n"}, "'gone.yml' does not exist"),
        ({"mkdocs.yml": OLD + "docs_dir: gone\n"}, "mkdocs.yml:4:1: docs_dir: The path 'gone'"),
        ({"mkdocs.yml": OLD + "hooks: [gone.py]\n"}, "mkdocs.yml:4:1: hooks: The path 'gone.py'"),
        ({"mkdocs.yml": OLD + "pages:\n- index.md\n"}, "option 'pages' was removed"),
        ({"docs/page.md": "[gone](gone.md)\n"}, 'docs/page.md:1:8: the link "gone.md"'),
        ({"facts/maintainers.yml": "active: []\n"}, "facts/maintainers.yml:1:1: active"),
        ({"hook.py": "1 / 0\n", "mkdocs.yml": OLD + "hooks: [hook.py]\n"}, "hook.py:1: Zero"),
    ],
    ids=["no configuration", "broken", "inherits", "no docs", "no hook", "ancient", "link", "data",
         "hook"],
)  # fmt: skip
def test_what_a_ref_has_wrong_is_told_by_its_files_with_a_mend(
    project: TinyProject, files: Mapping[str, str | None], message: str
) -> None:
    old(project, files)
    told = refused(project)
    assert message in told
    assert "git switch --create NAME v1" in told
    assert "docs_tools publish --site-dir FOLDER" in told


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("plugins: [search, of-its-time]\n", 'The "of-its-time" plugin is not installed'),
        ("markdown_extensions: [of_its_time]\n", "No module named 'of_its_time'"),
        ("theme: of-its-time\n", "Unrecognised theme name: 'of-its-time'"),
    ],
)
def test_what_is_not_installed_is_told_to_be_installed(
    project: TinyProject, setting: str, message: str
) -> None:
    old(project, {"mkdocs.yml": "site_name: Old\n" + setting})
    told = refused(project)
    assert message in told
    assert "install what brings it" in told


def test_the_mend_that_is_named_works(project: TinyProject) -> None:
    old(project, {"docs/page.md": "# Page\n\n[gone](gone.md)\n"})
    refused(project)
    project.git("switch", "--quiet", "--create", "mended", "v1")
    project.write("docs/page.md", "# Page\n\nMended.\n")
    project.commit("mended")
    project.git("switch", "--quiet", "main")
    result = project.docs_tools("build", "--ref", "mended", "-d", "out")
    assert result.status == 0, result.err
    assert "Mended." in (project.folder / "out/page.html").read_text()


def test_what_is_wrong_in_the_checkout_is_not_blamed_on_the_ref(project: TinyProject) -> None:
    old(project, {"mkdocs.yml": OLD, **PLAIN})
    project.write("facts/layers.yml", "layers: many\n")
    told = refused(project)
    assert f"{project.folder}/facts/layers.yml:1:1: layers: must be a list" in told
    assert "git switch" not in told


def test_a_ref_with_odd_characters_is_named_so_that_a_shell_takes_it(project: TinyProject) -> None:
    old(project, {"mkdocs.yml": "site_name: [\n"})
    project.git("tag", "v1;'$(x)", "v1")
    result = project.docs_tools("build", "--ref", "v1;'$(x)", "-d", "out")
    assert "git switch --create NAME 'v1;'\"'\"'$(x)'" in result.err
