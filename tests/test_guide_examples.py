"""The user guide's console examples, replayed in order in the project that the guide describes."""

import ast
import json
import re
import shlex
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.demo import ROOT
from tests.github.fixture import github
from tests.project import TinyProject

if TYPE_CHECKING:
    from tests.aws.server import AwsServer
    from tests.github.stand_in import StandIn

__all__ = ["github"]  # a fixture is found by its name

GUIDE = ROOT / "docs" / "user-guide"
FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BRANCH = "gh-pages:"  # begins the title of what must stand in a file of the docs branch
WRITTEN = (
    "hotfix.md",
    "plain-files.md",
    "builds.md",
    "checking.md",
    "editor.md",
    "layers.md",
    "layer-sources.md",
    "pull-requests.md",
)


def fences(page: str) -> list[tuple[str, str, str]]:
    """Language, title and text of each fence of a page."""
    return FENCE.findall((GUIDE / page).read_text("utf-8"))


@pytest.fixture
def toolbox(tmp_path: Path) -> TinyProject:
    """The project of the page "Getting started", tagged and with a remote."""
    files = {title: text for _, title, text in fences("index.md") if title}
    assert {"mkdocs.yml", "docs/index.md", "docs/data/layers.yml"} <= files.keys()
    project = TinyProject(tmp_path / "toolbox").create({**files, ".gitignore": "site/\n"})
    project.git("config", "user.name", "Ada Example")
    project.git("tag", "v1.0.0")
    return project


@pytest.fixture
def published(toolbox: TinyProject) -> TinyProject:
    """The same with the versions of the page "Publishing"."""
    for args in (["1.0.0"], ["1.1.0", "latest"]):
        result = toolbox.docs_tools("publish", "--push", "--version", *args)
        assert result.status == 0, result.err
    return toolbox


def mask(text: str, project: TinyProject) -> str:
    """The text without what differs from run to run: hashes, times, folders, the theme's files."""
    text = text.replace(str(project.folder.parent), "/home/ada")
    for pattern, sign in (
        (r"\b(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{9}|[0-9a-f]{7})\b", "HASH"),
        (r"\b\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?", "TIME"),
        (r"other files: \d+", "other files: N"),
        (r"\d+(?=(?:\.\d)? [kM]B$)", "N"),
        (r"\d+(?= files, )", "N"),
        (r'"size": \d+', '"size": N'),
        (r"^(?:calls|sending): \d+ of \d+\n", ""),  # on a terminal it is a bar
        (r" +$", ""),
    ):
        text = re.sub(pattern, sign, text, flags=re.MULTILINE)
    return text


def replay(page: str, project: TinyProject) -> int:
    """Runs the console blocks of a page, and compares what it shows; returns how much that was."""
    count = 0
    for language, title, text in fences(page):
        if language == "console":
            command, _, wanted = text.partition("\n")
            words = shlex.split(command.removeprefix("$ "))
            assert words[0] == "docs_tools", command
            if prepare := BEFORE.get((page, count)):
                prepare(project)
            result = project.docs_tools(*words[1:])
            assert mask(result.err + result.out, project) == mask(wanted, project), command
            count += 1
        elif title.startswith(BRANCH):
            assert text.strip()
            assert text.rstrip("\n") in project.published(title.removeprefix(BRANCH))
            count += 1
        elif title.endswith(" afterwards"):
            assert (project.folder / title.removesuffix(" afterwards")).read_text() == text
        elif page in WRITTEN and title:
            project.write(title, text)
    return count


# what the prose between the blocks says that the reader does


def mend(project: TinyProject) -> None:
    index = project.folder / "docs/index.md"
    index.write_text(index.read_text() + "\nMended.\n")
    layers = project.folder / "docs/data/layers.yml"
    layers.write_text(layers.read_text().replace("number: 8", "number: 9"))
    project.commit("mended")


def change_and_do_not_commit(project: TinyProject) -> None:
    index = project.folder / "docs/index.md"
    index.write_text(index.read_text() + "\nNot committed.\n")
    project.write("docs/new.md", "# New\n")


def take_it_back(project: TinyProject) -> None:
    project.git("checkout", "--", "docs/index.md")
    (project.folder / "docs/new.md").unlink()


def alter_a_page_on_the_branch(project: TinyProject) -> None:
    branch = project.folder.parent / "branch"
    project.git("worktree", "add", "--quiet", str(branch), "gh-pages")
    page = branch / "1.0.0" / "index.html"
    page.write_text(page.read_text() + "<!-- by hand -->")
    project.git("-C", str(branch), "commit", "--all", "--quiet", "--message", "by hand")
    project.git("worktree", "remove", str(branch))


def word_it_better(project: TinyProject) -> None:
    index = project.folder / "docs/index.md"
    index.write_text(index.read_text().replace("Add this layer to", "Put this layer on"))
    project.commit("worded better")


def bob(project: TinyProject, *args: str) -> None:
    """Bob publishes a site of his own from his clone."""
    folder = project.folder.parent / "bob"
    other = TinyProject(folder) if folder.exists() else project.clone(folder)
    other.git("config", "user.name", "Bob")
    site = folder.parent / "built"
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text("<title>Toolbox</title>")
    result = other.docs_tools("publish", "--push", "--site-dir", str(site), "--version", *args)
    assert result.status == 0, result.err


def while_a_site_is_built(project: TinyProject, *args: str) -> None:
    """Bob's push lands when Ada has fetched already."""
    before = project.git("-C", str(project.remote), "rev-parse", "gh-pages")
    bob(project, *args)
    after = project.git("-C", str(project.remote), "rev-parse", "gh-pages")
    project.git("-C", str(project.remote), "update-ref", "refs/heads/gh-pages", before)
    # git keeps hooks from moving a branch beside that which is pushed, lest they race with it
    move = f"env -u GIT_QUARANTINE_PATH git update-ref refs/heads/gh-pages {after}"
    write_hook(project, f'rm "$0"; {move}')


def write_hook(project: TinyProject, command: str) -> Path:
    hook = project.remote / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\n{command}\n")
    hook.chmod(0o755)
    return hook


def mend_while_bob_publishes_dev(project: TinyProject) -> None:
    mend(project)
    while_a_site_is_built(project, "dev")


def mend_while_bob_publishes_the_same(project: TinyProject) -> None:
    word_it_better(project)
    while_a_site_is_built(project, "1.1.0")


def protect_the_branch(project: TinyProject) -> None:
    write_hook(project, 'echo "gh-pages is closed until Monday"; exit 1')


def part(project: TinyProject) -> None:
    """Each side gets a commit of its own."""
    (project.remote / "hooks" / "pre-receive").unlink()
    assert project.docs_tools("versions", "alias", "1.1.0", "stable").status == 0
    bob(project, "next")


def set_address(project: TinyProject) -> None:
    """Gives the project the settings of the page "What readers see"."""
    settings = next(text for language, _, text in fences("readers.md") if language == "yaml")
    url, _, mike = settings.partition("\n\nplugins:\n")
    config = project.folder / "mkdocs.yml"
    config.write_text(f"{url}\n" + config.read_text().replace("  - mike\n", mike))
    project.commit("address")


def list_the_snippets_extension(project: TinyProject) -> None:
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text() + "  - pymdownx.snippets\n")


def set_targets(project: TinyProject, number: int = 0) -> None:
    """Takes over the settings of the page "S3" in place of those of the plugin."""
    shown = [text for _, title, text in fences("s3.md") if title == "mkdocs.yml"]
    config = project.folder / "mkdocs.yml"
    before, _, rest = config.read_text().partition("  - docs_tools/publish")
    after = rest[rest.index("  - docs_tools/cache") :]
    config.write_text(before + shown[number].removeprefix("plugins:\n") + after)
    project.commit("targets")


def name_several_places(project: TinyProject) -> None:
    set_targets(project, 1)


def make_the_mirror_and_hotfix_it(project: TinyProject) -> None:
    from tests.aws.buckets import Bucket

    Bucket.create("docs-mirror")
    index = project.folder / "docs/index.md"
    for verb, text in (("publish", ""), ("hotfix", "\nMended.\n")):
        index.write_text(index.read_text() + text)
        project.git("commit", "--all", "--allow-empty", "--quiet", "--message", verb)
        result = project.docs_tools(verb, "--version", "1.1.0", "--target", "mirror")
        assert result.status == 0, result.err


def let_everybody_in(project: TinyProject) -> None:
    from moto.core.models import DEFAULT_ACCOUNT_ID
    from moto.s3.models import s3_backends

    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
    there = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets["docs-example-com"]
    there.policy = json.dumps({"Version": "2012-10-17", "Statement": [everybody]}).encode()
    there.public_access_block = None


BEFORE: dict[tuple[str, int], Callable[[TinyProject], None]] = {
    ("builds.md", 0): list_the_snippets_extension,
    ("hotfix.md", 0): mend,
    ("hotfix.md", 4): change_and_do_not_commit,
    ("hotfix.md", 5): take_it_back,
    ("versions.md", 13): alter_a_page_on_the_branch,
    ("versions.md", 14): word_it_better,
    ("races.md", 0): mend_while_bob_publishes_dev,
    ("races.md", 1): mend_while_bob_publishes_the_same,
    ("races.md", 2): protect_the_branch,
    ("races.md", 3): part,
    ("s3.md", 0): set_targets,
    ("s3.md", 2): word_it_better,
    ("s3.md", 4): name_several_places,
    ("s3.md", 6): make_the_mirror_and_hotfix_it,
    ("s3.md", 8): let_everybody_in,
}


def test_every_example_prints_what_the_guide_says(toolbox: TinyProject) -> None:
    pages = ("index.md", "publishing.md", "hotfix.md", "versions.md")
    counts = [replay(page, toolbox) for page in pages]
    assert all(counts)
    assert sum(counts) >= 13


def test_others_publish_too_as_the_guide_says(published: TinyProject) -> None:
    assert replay("races.md", published) == 5


def test_readers_get_the_files_that_the_guide_shows(published: TinyProject) -> None:
    set_address(published)
    result = published.docs_tools("publish", "--version", "1.1.0")
    assert result.status == 0, result.err
    assert replay("readers.md", published) == 3


def test_layer_arns_are_found_and_inserted_as_the_guide_says(
    toolbox: TinyProject, aws: "AwsServer"
) -> None:
    assert replay("layers.md", toolbox) == 7
    deploy(aws)
    assert replay("layer-sources.md", toolbox) == 5


def deploy(aws: "AwsServer") -> None:
    """The layer versions of the page "Layer numbers", and a parameter for each."""
    for region, kinds, count in (
        ("ca-west-1", ["x86_64"], 4),
        ("eu-west-1", ["x86_64", "arm64"], 10),
        ("us-east-1", ["x86_64", "arm64"], 10),
    ):
        releases = [f"Toolbox {'1.3.0' if i == count else f'0.{i}.0'}" for i in range(1, count + 1)]
        for kind, runtime in product(kinds, ("python3.12", "python3.13")):
            name = f"Toolbox-{runtime.replace('.', '')}-{kind}"
            newest = aws.publish(region, name, *releases)[-1]
            aws.put_parameter(region, f"/toolbox/layers/1.3.0/{runtime}/{kind}", newest)


def test_versions_go_to_a_bucket_as_the_guide_says(toolbox: TinyProject, aws: "AwsServer") -> None:
    bucket = aws.bucket("docs-example-com", versioned=True)
    assert replay("s3.md", toolbox) == 9
    (tree,) = [text for language, _, text in fences("s3.md") if language == "text"]
    for path in re.findall(r"^toolbox/[^\s,…]+", tree, re.MULTILINE):
        assert any(key.startswith(path) for key in bucket.objects()), path


def test_a_pull_request_is_opened_as_the_guide_says(
    published: TinyProject, github: "StandIn"
) -> None:
    github.store.full_name = "example/toolbox"
    github.push(published.folder)
    published.env |= github.env
    assert replay("pull-requests.md", published) == 3
    assert len(github.pulls) == 1


def test_the_manifest_is_what_the_guide_shows(toolbox: TinyProject) -> None:
    toolbox.write("requirements.txt", "docs_tools\n")
    set_address(toolbox)
    toolbox.git("tag", "v1.1.0")
    args = ("publish", "--version", "1.1.0")
    assert toolbox.docs_tools(*args, "latest", "--ref", "v1.1.0").status == 0
    manifest = json.loads(toolbox.published("1.1.0/docs-manifest.json"))
    (example,) = [text for _, title, text in fences("provenance.md") if title]
    assert form(json.loads(example)) <= form(manifest)
    rows = re.findall(r"^\| (`.*?) \|", (GUIDE / "provenance.md").read_text("utf-8"), re.MULTILINE)
    keys = {*manifest, *(f"built_from.{key}" for key in manifest["built_from"])}
    assert set(re.findall(r"`(.+?)`", " ".join(rows))) == keys
    assert replay("provenance.md", toolbox) == 1


def form(value: Any, path: tuple[str, ...] = ()) -> set[tuple[Any, ...]]:
    """Each value of a document behind its path, without those that differ from run to run."""
    if isinstance(value, dict):
        return {found for key in value for found in form(value[key], (*path, key))}
    if isinstance(value, list):
        return {found for item in value for found in form(item, path)}
    if path[0] == "tools" or re.fullmatch("[0-9a-f]{40,64}|[-0-9]+T[0-9:]+Z", str(value)):
        return {(*path, type(value))}
    return {(*path, value)}


def said_by_the_code(*folders: str) -> set[str]:
    """All texts in the modules below folders."""
    return {
        node.value
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


@pytest.mark.parametrize(
    "page",
    ["hotfix.md", "versions.md", "layers.md", "layer-sources.md", "pull-requests.md", "s3.md"],
)
def test_every_refusal_of_the_guide_is_one_of_the_code(page: str) -> None:
    said = said_by_the_code("docs_tools")
    table = (GUIDE / page).read_text("utf-8").partition("\n## Refusals\n")[2].partition("\n## ")[0]
    messages = re.findall(r"^\| `(.*?)` ", table, re.MULTILINE)
    assert len(messages) >= 8
    # what a message names, such as a version, or what was done to it, is no part of the sentence
    named = re.compile(
        r"docs/data/layers\.yml|origin/gh-pages|(?:on )?gh-pages|origin|index\.html|mkdocs\.yml"
        r"|docs_tools/layers: \S+"
        r"|\"[^\"]*\"|[\d.]+|\(?…\)?|--layers|a version|was published|broke off"
    )
    pieces = {piece.strip() for message in messages for piece in named.split(message)} - {""}
    assert [piece for piece in pieces if not any(piece in text for text in said)] == []


def test_pages_are_built_again_for_the_reasons_that_the_guide_tells(toolbox: TinyProject) -> None:
    toolbox.env["DOCS_TOOLS_CACHE"] = ""  # in the project, where nothing is remembered yet
    assert replay("builds.md", toolbox) == 4
    assert (toolbox.folder / ".cache/docs_tools/pages").is_dir()
    assert toolbox.git("status", "--porcelain", ".cache") == ""


def test_every_reason_of_the_guide_is_one_of_the_code() -> None:
    text = (GUIDE / "builds.md").read_text("utf-8")
    rows = re.findall(r"^\| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    (first,) = [at for at, row in enumerate(rows) if row[0] == "reason"]
    (second,) = [at for at, row in enumerate(rows) if row[1] == "what `--explain` says"]
    cells = [row[0] for row in rows[first + 2 : second]] + [row[1] for row in rows[second + 2 :]]
    reasons = [reason for cell in cells for reason in re.findall(r"(?<!`)(`+)(?!`)(.+?)\1", cell)]
    assert len(reasons) >= 20
    said = said_by_the_code("docs_tools/build/memory", "docs_tools/plugins/cache")
    # what a reason names, such as a file, is no part of the sentence
    named = re.compile(r"…|out\.txt|README\.md|`random`|markdown_extensions|(?<=^)changed$")
    pieces = {piece.strip() for _, reason in reasons for piece in named.split(reason)} - {""}
    pieces = {re.sub(" changed$", "", piece) for piece in pieces}
    assert [piece for piece in pieces if not any(piece in text for text in said)] == []


def test_a_check_finds_what_the_guide_says(toolbox: TinyProject) -> None:
    assert replay("checking.md", toolbox) == 3


def test_the_file_outside_the_site_is_filled_as_the_guide_says(toolbox: TinyProject) -> None:
    assert replay("plain-files.md", toolbox) == 3


def test_schemas_are_written_and_a_check_sees_more_as_the_guide_says(toolbox: TinyProject) -> None:
    assert replay("editor.md", toolbox) == 4
