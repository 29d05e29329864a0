"""What an author sees in an editor: mistakes underlined, keys proposed, docstrings shown."""

import json
import re
from pathlib import Path

import pytest

from docs_tools.model.facts import DATA_FILES
from docs_tools.model.labels import Label
from tests.demo import ROOT
from tests.editor.client import LanguageServer
from tests.test_guide_examples import fences

DATA = ROOT / "docs" / "data"
HERE = Path(__file__).parent


def modeline(name: str) -> str:
    return f"# yaml-language-server: $schema=schema/{name}.json\n"


def what_is_wrong(server: LanguageServer, name: str, text: str) -> list[tuple[int, str]]:
    """The problems of a text that stands in the data folder, without its first line."""
    return [(n - 1, why) for n, why in server.problems(DATA / f"{name}.yml", modeline(name) + text)]


@pytest.mark.parametrize("name", DATA_FILES)
def test_a_data_file_of_this_repository_has_nothing_underlined(
    server: LanguageServer, name: str
) -> None:
    path = DATA / f"{name}.yml"

    assert server.problems(path, path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", DATA_FILES)
def test_a_data_file_of_this_repository_is_held_to_its_own_schema(
    server: LanguageServer, name: str
) -> None:
    path = DATA / f"{name}.yml"
    text = path.read_text("utf-8") + "\nnonsense: 1\n"

    assert server.problems(path, text) == [(text.count("\n"), "Property nonsense is not allowed.")]


@pytest.mark.parametrize(
    ("name", "text", "problems"),
    [
        (
            "labels",
            "labels:\n  - name: bug\n    usages: Broken\n",
            [(2, 'Missing property "usage".'), (3, "Property usages is not allowed.")],
        ),
        (
            "labels",
            "labels:\n  - name: bug\n    usage: ' '\n    color: redd\n    family: maybe\n",
            [
                (3, "not text: it must say something; quote a number"),
                (4, 'not a hex colour: six digits, such as "d73a4a"'),
                (5, 'Incorrect type. Expected "boolean".'),
            ],
        ),
        (
            "labels",
            f"labels:\n  - name: {'x' * 51}\n    usage: Too long\n"
            f"  - name: {'🐍' * 50}\n    usage: As long as can be\n",
            [(2, "not text of 50 characters at most: it must say something; quote a number")],
        ),
        ("labels", "labels: bug\n", [(1, 'Incorrect type. Expected "array".')]),
        ("maintainers", "active: []\n", [(1, "Array has too few items. Expected 1 or more.")]),
        (
            "maintainers",
            "project:\n  name: Toolbox\n  repository: toolbox\n"
            "active:\n  - {name: Ada, github: ada_example}\n",
            [(3, "not a repository: write owner/name"), (5, "not a GitHub id")],
        ),
        (
            "release",
            "title: Release\nsections:\n  - name: Build\n    jobs:\n"
            "      - {id: 1st, name: Test, duration: 1h30m}\n"
            "      - {id: build, name: Build, duration: 39}\n"
            "milestones:\n  - {id: out, name: Out, at: 0s}\n",
            [
                (5, "not an id: letters, digits, - and _, a letter first"),
                (6, "not a duration: write such as 8s, 2.2m, 1h30m"),
                (8, "not a duration: write such as 8s, 2.2m, 1h30m"),
            ],
        ),
        (
            "layers",
            "layers:\n"
            "  - id: main\n"
            "    name: Main-{arch}\n"
            "    account: 123456789012\n"
            "    accounts: {Ireland: '123456789012'}\n"
            "    architectures: []\n"
            "    regions: [eu-west-1, Ireland]\n"
            "releases:\n"
            "  - {version: 1.10, layer: main, number: 0}\n",
            [
                (3, "not a layer name: letters, digits, - and _; {runtime} and {architecture} "
                    "stand for their spelling"),
                (4, "not an account: 12 digits, quoted"),
                (5, "not a partition or region: such as aws-us-gov or us-gov-west-1"),
                (6, "Array has too few items. Expected 1 or more."),
                (7, "not a region"),
                (9, "Value is below the minimum of 1."),
                (9, "not a version: a release, in quotes"),
            ],
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_underlined_on_its_line_and_told(
    server: LanguageServer, name: str, text: str, problems: list[tuple[int, str]]
) -> None:
    assert what_is_wrong(server, name, text) == problems


def test_what_the_guide_shows_is_underlined_as_it_says(server: LanguageServer) -> None:
    (path, mistakes), (also, fine) = [(title, t) for _, title, t in fences("editor.md") if title]
    (said,) = [text for language, _, text in fences("editor.md") if language == "text"]
    found = server.problems(ROOT / path, mistakes)

    assert path == also == "docs/data/labels.yml"
    assert "".join(f"line {line}: {message}\n" for line, message in found) == said
    assert server.problems(ROOT / also, fine) == []


def test_nothing_but_the_first_line_names_the_schema(server: LanguageServer) -> None:
    text = "labels: bug\n"

    assert what_is_wrong(server, "labels", text)
    assert server.problems(DATA / "labels.yml", text) == []


def test_a_new_key_of_a_label_is_proposed_with_its_docstring(server: LanguageServer) -> None:
    text = modeline("labels") + "labels:\n  - name: bug\n    usage: Broken\n    \n"

    proposed = server.completions(DATA / "labels.yml", text, 4, 4)

    fields = {name: field.description for name, field in Label.model_fields.items()}
    assert {"color", "family", "group", "listed", "notes"} <= fields.keys()
    assert proposed == {name: fields[name] for name in fields if name not in ("name", "usage")}


def test_the_keys_of_a_file_are_proposed_where_there_is_none(server: LanguageServer) -> None:
    for name, model in DATA_FILES.items():
        proposed = server.completions(DATA / f"{name}.yml", modeline(name), 1, 0)

        for key, field in model.model_fields.items():
            assert proposed[key] == one_line(field.description), (name, key)


def test_pointing_at_a_key_shows_its_docstring(server: LanguageServer) -> None:
    text = modeline("labels") + "labels:\n  - name: bug\n    usage: Broken\n    group: kind\n"
    path = DATA / "labels.yml"

    for line, key in ((2, "name"), (3, "usage"), (4, "group")):
        shown = server.hover(path, text, line, 6)
        assert one_line(Label.model_fields[key].description) in shown
        assert shown.startswith("#### Label\n")
    assert server.hover(path, text, 0, 6) == ""


def one_line(docstring: str | None) -> str:
    assert docstring
    return docstring.replace("\n", " ")


def test_the_server_is_one_version_held_by_hashes_and_no_address_stands_in_its_lock() -> None:
    wanted = json.loads((HERE / "package.json").read_text())["devDependencies"]
    lock = (HERE / "package-lock.json").read_text()
    packages = json.loads(lock)["packages"]
    own = packages.pop("")

    assert wanted == own["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert (
        packages["node_modules/yaml-language-server"]["version"] == wanted["yaml-language-server"]
    )
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
    for file in (lock, (HERE / "package.json").read_text(), (HERE / ".npmrc").read_text()):
        assert "://" not in file
