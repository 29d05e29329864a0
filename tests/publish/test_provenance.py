"""What a version was made with: distributions and versions, and nothing of the machine."""

import hashlib
import os
import platform
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.version import Version

import docs_tools
from docs_tools.build import find_project
from docs_tools.build.source import epoch_of
from docs_tools.git import Git
from docs_tools.publish.manifest.provenance import commit_date, locks, tools
from tests.demo import ROOT
from tests.project import CONFIG, TinyProject

CODE = """
from markdown import Extension
from mkdocs.plugins import BasePlugin


class Plugin(BasePlugin):
    supports_multiple_instances = True


class Loud(Extension):
    def extendMarkdown(self, md):
        pass


def makeExtension(**options):
    return Loud()
"""


def tools_of(project: TinyProject, config: str = CONFIG) -> dict[str, str]:
    project.write("mkdocs.yml", config)
    return tools(find_project(None, project.folder).load())


def test_python_docs_tools_and_its_dependencies_are_named(project: TinyProject) -> None:
    found = tools_of(project)
    assert list(found) == sorted(found)
    assert found["python"] == platform.python_version()
    assert found["docs_tools"] == docs_tools.__version__
    # those of its extras, such as pytest, made nothing; the handler of mkdocstrings did
    assert {"mkdocs", "mike", "pydantic", "mkdocs-material", "mkdocstrings-python"} <= found.keys()
    assert not {"pytest", "ruff", "merman"} & found.keys()
    others = found.keys() - {"python", "docs_tools"}
    assert {name: metadata.version(name) for name in others} == {
        name: found[name] for name in others
    }


def install(folder: Path, name: str, version: str, group: str = "", attribute: str = "") -> None:
    """A distribution `NAME.Dist` of a package `NAME_code`, with an entry point of that group."""
    package, info = folder / f"{name}_code", folder / f"{name}_dist-{version}.dist-info"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(CODE)
    (package / "mkdocs_theme.yml").write_text("{}\n")
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {name}.Dist\nVersion: {version}\n")
    (info / "RECORD").write_text(f"{name}_code/__init__.py,,\n")
    if group:
        point = f"[{group}]\n{name} = {name}_code{attribute}\n"
        (info / "entry_points.txt").write_text(point)


def test_what_brings_the_theme_the_plugins_and_the_extensions_is_named(
    project: TinyProject, tmp_path: Path
) -> None:
    packages = tmp_path / "packages"
    install(packages, "flat", "7.1", "mkdocs.themes")
    install(packages, "loud", "7.2", "mkdocs.plugins", ":Plugin")
    install(packages, "shout", "7.3", "markdown.extensions", ":Loud")
    install(packages, "murmur", "7.4")
    install(packages, "unused", "7.5", "mkdocs.plugins", ":Plugin")
    project.write("own.py", CODE)  # an extension of the project itself
    project.write(
        "mkdocs.yml",
        "site_name: x\ntheme: flat\nplugins: [loud, loud, docs_tools/handbook: {data: facts}]\n"
        "markdown_extensions: [shout, murmur_code, pymdownx.details, own]\n",
    )
    # a process of its own: MkDocs and Markdown remember what is installed
    code = (
        "import json\nfrom pathlib import Path\nfrom docs_tools.build import find_project\n"
        "from docs_tools.publish.manifest.provenance import tools\n"
        "print(json.dumps(tools(find_project(None, Path.cwd()).load())))\n"
    )
    path = os.pathsep.join([str(packages), str(project.folder), str(ROOT)])
    done = project.run(sys.executable, "-c", code, env={"PYTHONPATH": path})
    assert done.status == 0, done.err
    found = done.json
    assert {name: version for name, version in found.items() if version.startswith("7.")} == {
        "flat-dist": "7.1",
        "loud-dist": "7.2",
        "shout-dist": "7.3",
        "murmur-dist": "7.4",
    }
    assert "own" not in found


def test_an_extension_that_a_plugin_adds_as_an_object_is_named(project: TinyProject) -> None:
    project.write("mkdocs.yml", CONFIG)
    config = find_project(None, project.folder).load()
    before = tools(config)
    from hypothesis.vendor.pretty import RepresentationPrinter  # any object of another package

    config.markdown_extensions.append(object.__new__(RepresentationPrinter))  # type: ignore[arg-type]
    assert tools(config).keys() - before.keys() == {"hypothesis"}


def test_a_version_says_nothing_of_the_machine(project: TinyProject) -> None:
    for version in tools_of(project).values():
        Version(version)
        assert "+" not in version


def test_without_an_installation_there_are_still_the_plugins(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def requires(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", requires)
    found = tools_of(project)
    assert {"python", "docs_tools", "mkdocs", "mike"} <= found.keys()
    assert "boto3" not in found


def test_lock_files_are_known_by_their_hash(tmp_path: Path) -> None:
    assert locks(tmp_path) == {}
    (tmp_path / "docs").mkdir()
    (tmp_path / "uv.lock").mkdir()
    contents = {
        "requirements.lock": b"a==1\n",
        "poetry.lock": b"\xff\x00",
        "docs/requirements.txt": b"",
        "package-lock.json": b"{}",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    del contents["package-lock.json"]  # makes no site
    assert locks(tmp_path) == {
        name: hashlib.sha256(content).hexdigest() for name, content in contents.items()
    }


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York"])
def test_the_date_of_a_commit_is_in_utc_wherever_it_was_made_and_is_read(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    project.env["GIT_COMMITTER_DATE"] = "2001-02-03T23:30:00-05:00"
    project.write("docs/page.md", "# Page\n")
    project.commit("some years ago")
    project.git("config", "log.showSignature", "true")
    monkeypatch.setenv("TZ", zone)
    assert commit_date(epoch_of(Git(project.folder), "HEAD")) == "2001-02-04T04:30:00Z"


def test_nothing_is_imported_for_it_before_it_is_asked_for() -> None:
    code = "import sys, docs_tools.publish.manifest.manifest; print([m for m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    loaded = set(re.findall(r"'([\w.]+)'", done.stdout))
    assert "docs_tools.publish.manifest.manifest" in loaded
    assert not {"mkdocs", "mermaidx", "boto3"} & loaded
