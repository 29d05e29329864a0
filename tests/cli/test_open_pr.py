"""`--open-pr`, as a user runs it, GitHub being a server with a real repository."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.github.stand_in import TOKEN, StandIn
from tests.layers.arns import ACCOUNT, arn
from tests.project import Result, TinyProject
from tests.publish.stand_in import make_site

CONFIG = """\
site_name: Tiny
theme: {name: mkdocs}
plugins:
  - mike: {alias_type: copy}
  - docs_tools/layers:
      data: layers.yml
      insert: [docs/**, examples/**]
      keep: [docs/upgrade.md]
  - docs_tools/publish
"""
LAYERS = f"""\
# who owns them: the platform team
layers:
  - id: v3
    name: V3-{{architecture}}
    account: "{ACCOUNT}"
    architectures: [x86_64, arm64]
    regions: [eu-west-1, us-east-1]   # more to come
releases:
  - {{version: "3.0.0", layer: v3, number: 5}}  # the first one
"""
NEW = '  - {version: "3.1.0", layer: v3, number: 6}\n'
X86, ARM = "V3-x86_64", "V3-arm64"
FILES = {
    "mkdocs.yml": CONFIG,
    "layers.yml": LAYERS,
    "docs/index.md": f"# Tiny\n\n`{arn('eu-west-1', X86, 5)}`{{: .copyMe}}\n",
    "docs/upgrade.md": arn("eu-west-1", X86, 1),
    "docs/kept.md": f"{arn('eu-west-1', X86, 2)} <!-- docs_tools: keep -->\n",
    "examples/app.tf": f'layers = ["{arn("us-east-1", ARM, 5)}"]\r\n',
    ".gitignore": "site/\n",
}
BRANCH = "docs_tools/layers-3.1.0"
URL = "https://github.com/octo-org/handbook/pull"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    """3.0.0 and 3.1.0 are published, as sites that were built elsewhere."""
    folder = tmp_path_factory.mktemp("original")
    project = TinyProject(folder / "project").create(FILES)
    site = make_site(folder / "site")
    for version in ("3.0.0", "3.1.0"):
        result = project.docs_tools("publish", "--version", version, "--site-dir", site)
        assert result.status == 0, result.err
    return project


@pytest.fixture
def project(original: TinyProject, tmp_path: Path, github: StandIn) -> TinyProject:
    """A checkout of what is on GitHub, whose data file has 3.1.0 as the only change."""
    project = original.copy(tmp_path)
    github.push(project.folder)
    project.env.update(github.env)
    project.write("layers.yml", LAYERS.replace("releases:\n", f"releases:\n{NEW}"))
    return project


def insert(project: TinyProject, *args: str) -> Result:
    return project.docs_tools("layers", "insert", "--open-pr", *args)


def opened(result: Result) -> None:
    assert result.status == 0, result.err
    assert f"opened pull request #1 {URL}/1" in result.out


def refused(result: Result, github: StandIn, *told: str) -> None:
    assert result.status == 1
    assert "Traceback" not in result.err
    for part in told:
        assert part in result.err
    assert github.writes == []
    assert github.pulls == []


def changed(github: StandIn, branch: str = BRANCH) -> list[str]:
    return github.store.git.text("diff", "--name-only", "main", branch).splitlines()


def snapshot(folder: Path) -> dict[str, bytes]:
    """All files of a work tree, and what git has there beside its objects."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(p): p.read_bytes() for p in files if p.name != "index"}


def test_numbers_and_the_release_s_line_are_proposed_and_files_here_stay(
    project: TinyProject, github: StandIn
) -> None:
    before = snapshot(project.folder)

    result = insert(project)

    opened(result)
    assert result.out.splitlines()[1:] == [
        "    docs/index.md",
        "    examples/app.tf",
        "    layers.yml",
    ]
    assert snapshot(project.folder) == before
    assert changed(github) == ["docs/index.md", "examples/app.tf", "layers.yml"]
    assert github.log(BRANCH) == ["docs(layers): numbers of 3.1.0", "first"]
    for path in ("docs/index.md", "examples/app.tf"):
        wanted = FILES[path].replace(":5", ":6").encode()
        assert github.file(BRANCH, path) == wanted
    data = LAYERS.replace("releases:\n", f"releases:\n{NEW}").encode()
    assert github.file(BRANCH, "layers.yml") == data
    (pull,) = github.pulls
    assert (pull.title, pull.base) == ("docs(layers): numbers of 3.1.0", "main")
    assert pull.body == (
        "The layer numbers in `layers.yml`:\n"
        "\n"
        "- `v3: 6 in all regions`\n"
        "\n"
        "2 ARNs in 2 files, now as in `3.1.0`:\n"
        "\n"
        "| file | ARNs | numbers |\n"
        "| --- | --- | --- |\n"
        "| `docs/index.md` | 1 | 5 → 6 |\n"
        "| `examples/app.tf` | 1 | 5 → 6 |\n"
        "\n"
        "Written by docs_tools. Commits that you add to this branch stay."
    )


def test_the_second_time_it_is_the_same_pull_request_and_nothing_is_written(
    project: TinyProject, github: StandIn
) -> None:
    opened(insert(project))
    writes, log = len(github.writes), github.log(BRANCH)

    result = insert(project, "--json")

    assert result.status == 0, result.err
    assert result.json == {
        "version": "3.1.0",
        "pull_request": {
            "number": 1,
            "url": f"{URL}/1",
            "created": False,
            "updated": False,
            "files": [],
            "replaced": None,
            "notices": [],
        },
    }
    assert (len(github.writes), github.log(BRANCH)) == (writes, log)
    assert insert(project).out == f"pull request #1 {URL}/1 is up to date\n"


def test_newer_numbers_of_the_release_go_on_top_of_what_people_committed(
    project: TinyProject, github: StandIn
) -> None:
    opened(insert(project))
    mine = {"docs/more.md": f"{arn('us-east-1', X86, 5)}\n".encode(), "NOTES": b"by hand\n"}
    github.commit(BRANCH, mine, "By hand")
    file = project.folder / "layers.yml"
    file.write_text(file.read_text().replace("number: 6", "number: 7"))

    result = insert(project)

    assert result.out.startswith(f"updated pull request #1 {URL}/1\n")
    assert github.log(BRANCH)[:2] == ["docs(layers): numbers of 3.1.0", "By hand"]
    assert github.file(BRANCH, "docs/more.md") == mine["docs/more.md"].replace(b":5", b":7")
    assert github.file(BRANCH, "NOTES") == b"by hand\n"
    assert b'"3.1.0", layer: v3, number: 7' in github.file(BRANCH, "layers.yml")
    body = github.pulls[0].body or ""
    assert "| `docs/index.md` | 1 | 5 → 7 |" in body  # as the branch to merge into sees it
    assert "more.md" not in body


def test_what_is_edited_is_what_is_on_github(project: TinyProject, github: StandIn) -> None:
    upstream = {
        "docs/index.md": f"# Upstream\n\n{arn('us-east-1', X86, 5)}\n".encode(),
        "docs/new.md": f"new {arn('eu-west-1', ARM, 4)}\n".encode(),
        "layers.yml": LAYERS.replace("the platform team", "others").encode(),
    }
    github.commit("main", upstream, "Upstream")
    project.write("docs/index.md", f"# Draft\n\n{arn('eu-west-1', X86, 5)}\n")
    project.write("docs/draft.md", arn("eu-west-1", X86, 5))

    opened(insert(project))

    assert github.file(BRANCH, "docs/index.md") == upstream["docs/index.md"].replace(b":5", b":6")
    assert github.file(BRANCH, "docs/new.md") == upstream["docs/new.md"].replace(b":4", b":6")
    data = upstream["layers.yml"].replace(b"releases:\n", f"releases:\n{NEW}".encode())
    assert github.file(BRANCH, "layers.yml") == data
    assert "docs/draft.md" not in changed(github)
    assert github.log(BRANCH)[1:] == ["Upstream", "first"]


def test_numbers_that_only_github_has_of_the_release_stay_and_are_inserted(
    project: TinyProject, github: StandIn
) -> None:
    gov = (
        "  - {id: gov, name: 'V3-{architecture}', account: '165093116878',"
        " architectures: [x86_64], regions: [us-gov-west-1]}\n"
    )
    line = '  - {version: "3.1.0", layer: gov, number: 3}\n'
    old = '  - {version: "3.0.0", layer: gov, number: 2}\n'
    data = LAYERS.replace("releases:\n", f"{gov}releases:\n{line}") + old
    page = arn("us-gov-west-1", X86, 3).encode()
    github.commit("main", {"layers.yml": data.encode(), "docs/gov.md": page}, "GovCloud")

    opened(insert(project))

    told = github.file(BRANCH, "layers.yml").decode()
    assert told == data.replace(line, line + NEW)
    assert github.file(BRANCH, "docs/gov.md") == page


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        ("layers.yml", "releases:\n", 'releases:\n  - {version: "3.1.0", layer: v3, number: 9}\n',
         ["layers.yml:9:", "9 would go back to 6 in all regions", "in layers.yml on GitHub"]),
        ("docs/index.md", ":5", ":9",
         ["docs/index.md:3:2: number 9 would go back to 6", "1 problem in the files on GitHub"]),
        ("layers.yml", "id: v3", "id: v4",
         ["on GitHub, layers.yml isn't valid", 'has the id "v3"']),
        ("layers.yml", 'layers:\n  - id: v3', 'layers: []\nreleases: []\nx:\n  - id: v3',
         ["on GitHub, layers.yml isn't valid"]),
    ],
    ids=["higher in the data", "higher in a page", "data that isn't valid", "no data at all"],
)  # fmt: skip
def test_what_is_wrong_is_told_of_the_files_on_github_and_nothing_is_written(
    project: TinyProject, github: StandIn, path: str, before: str, after: str, told: list[str]
) -> None:
    github.commit("main", {path: FILES[path].replace(before, after, 1).encode()})

    refused(insert(project), github, *told)
    refused(insert(project, "--dry-run"), github, *told)


def test_a_number_may_become_smaller_if_that_is_said(project: TinyProject, github: StandIn) -> None:
    github.commit("main", {"docs/index.md": FILES["docs/index.md"].replace(":5", ":9").encode()})

    opened(insert(project, "--allow-lower"))

    assert "| `docs/index.md` | 1 | 9 → 6 |" in (github.pulls[0].body or "")


def test_a_placeholder_with_several_numbers_is_told_with_its_place_on_github(
    project: TinyProject, github: StandIn
) -> None:
    page = f"arn:aws:lambda:<region>:{ACCOUNT}:layer:{X86}:5\n".encode()
    github.commit("main", {"docs/any.md": b"one\ntwo " + page})
    new = NEW.replace("}", ", exceptions: [{regions: [us-east-1], number: 7}]}")
    project.write("layers.yml", LAYERS.replace("releases:\n", f"releases:\n{new}"))

    refused(insert(project), github, "docs/any.md:2:5: ", "6 in eu-west-1; 7 in us-east-1")

    opened(insert(project, "--placeholder-region", "us-east-1"))
    assert github.file(BRANCH, "docs/any.md") == b"one\ntwo " + page.replace(b":5", b":7")


def test_an_older_release_may_be_named(project: TinyProject, github: StandIn) -> None:
    github.commit("main", {"docs/index.md": FILES["docs/index.md"].replace(":5", ":3").encode()})

    opened(insert(project, "--version", "3.0.0"))

    assert changed(github, "docs_tools/layers-3.0.0") == ["docs/index.md"]
    body = github.pulls[0].body or ""
    assert body.startswith("The layer numbers are in `layers.yml` already.\n\n1 ARN in 1 file, now")


def test_a_source_gives_its_numbers_to_files_and_leaves_the_data_file_alone(
    project: TinyProject, github: StandIn
) -> None:
    lines = [arn(region, name, 8) for region in ("eu-west-1", "us-east-1") for name in (X86, ARM)]
    project.write("out/3.1.0/arns.txt", "\n".join(lines))  # its name is that of a release

    opened(insert(project, "--from", "out/3.1.0"))

    assert changed(github) == ["docs/index.md", "examples/app.tf"]
    assert b":8`" in github.file(BRANCH, "docs/index.md")
    body = github.pulls[0].body or ""
    assert body.startswith("The layer numbers come from `3.1.0`.\n\n2 ARNs in 2 files")
    message = github.store.git.text("log", "-1", "--format=%b", BRANCH)
    assert message == "The numbers come from 3.1.0."
    assert str(project.folder) not in body + message


def test_with_nothing_to_change_there_is_no_pull_request(
    project: TinyProject, github: StandIn
) -> None:
    result = insert(project, "--version", "3.0.0")

    assert (result.status, result.err) == (0, "")
    assert result.out == "nothing to change: no pull request was made\n"
    assert github.writes == []


def test_a_dry_run_says_what_a_run_would_do_and_only_reads(
    project: TinyProject, github: StandIn
) -> None:
    result = insert(project, "--dry-run")

    assert result.out.splitlines() == [
        "would have opened a pull request",
        "    docs/index.md",
        "    examples/app.tf",
        "    layers.yml",
    ]
    assert insert(project, "--dry-run", "--json").json["pull_request"] == {
        "number": None,
        "url": None,
        "created": True,
        "updated": False,
        "files": ["docs/index.md", "examples/app.tf", "layers.yml"],
        "replaced": None,
        "notices": [],
    }
    assert github.writes == []


def test_a_project_in_a_subfolder_takes_files_beside_it_too(
    project: TinyProject, github: StandIn, tmp_path: Path
) -> None:
    config = CONFIG.replace(
        "insert: [docs/**, examples/**]", 'insert: [docs/**, "../shared/**/*.md"]'
    ).replace("keep: [docs/upgrade.md]", "keep: [docs/upgrade.md, ../shared/old/, ../*.md]")
    page = arn("eu-west-1", X86, 5)
    files = {
        "sites/[one]/mkdocs.yml": config,
        "sites/[one]/layers.yml": LAYERS,
        "sites/[one]/docs/index.md": page,
        "sites/[one]/docs/upgrade.md": page,
        "sites/o/docs/index.md": page,  # what `[one]` would stand for
        "sites/shared/a.md": page,
        "sites/shared/b.txt": page,
        "sites/shared/old/c.md": page,
        "docs/index.md": page,
    }
    whole = TinyProject(tmp_path / "whole" / "project", project.env).create(files)
    github.push(whole.folder)
    site = TinyProject(whole.folder / "sites/[one]", project.env)
    site.write("layers.yml", LAYERS.replace("releases:\n", f"releases:\n{NEW}"))

    opened(insert(site))

    assert changed(github) == [
        "sites/[one]/docs/index.md",
        "sites/[one]/layers.yml",
        "sites/shared/a.md",
    ]
    # a glob that is typed starts from where one is, or is absolute
    absolute = str(whole.folder.resolve() / "docs/*.md")
    result = site.docs_tools("layers", "insert", "--open-pr", "../o/docs", absolute)
    assert result.status == 0, result.err
    assert {"docs/index.md", "sites/o/docs/index.md"} <= {*changed(github)}


def test_files_that_are_hidden_or_installed_are_left_out_as_they_are_here(
    project: TinyProject, github: StandIn
) -> None:
    page = arn("eu-west-1", X86, 5)
    for path in ("docs/.cache/a.md", "examples/node_modules/b.md", "examples/sub/.c.md"):
        project.write(path, page)
    project.git("add", "-f", "docs", "examples")
    project.git("commit", "-qm", "hidden")
    github.push(project.folder)

    opened(insert(project))

    assert changed(github) == ["docs/index.md", "examples/app.tf", "layers.yml"]
    result = insert(project, "docs/.cache", "examples/sub/.*")
    assert result.status == 0, result.err
    assert {"docs/.cache/a.md", "examples/sub/.c.md"} <= {*changed(github)}


def test_a_glob_that_is_typed_and_stands_for_nothing_on_github_is_an_error(
    project: TinyProject, github: StandIn
) -> None:
    project.write("docs/draft.md", arn("eu-west-1", X86, 5))

    refused(insert(project, "docs/draft.md"), github, "no file on GitHub matches docs/draft.md")


def test_links_submodules_and_what_is_no_text_are_left_alone(
    project: TinyProject, github: StandIn
) -> None:
    page = arn("eu-west-1", X86, 5).encode()
    github.commit("main", {"docs/link.md": page}, mode="120000")
    github.commit("main", {"docs/data.bin": b"\0\xff" + page})
    github.commit("main", {"docs/latin.md": b"caf\xe9 " + page})
    store = github.store
    index = store.git.with_env({"GIT_INDEX_FILE": str(github.bare / "index")})
    index.output("read-tree", "main")
    line = f"160000 {store.sha('main')}\tdocs/vendored\0".encode()
    index.output("update-index", "-z", "--index-info", stdin=line)
    made = index.text("commit-tree", index.text("write-tree"), "-p", "main", "-m", "Submodule")
    store.git.output("update-ref", "refs/heads/main", made)

    result = insert(project)

    opened(result)
    assert "  note: docs/data.bin: not a text file, and so left alone" in result.out
    assert "docs/data.bin: not a text file" in (github.pulls[0].body or "")
    assert changed(github)[1:] == [*changed(github)[1:2], "examples/app.tf", "layers.yml"]
    assert github.file(BRANCH, "docs/latin.md") == b"caf\xe9 " + page.replace(b":5", b":6")
    assert github.file(BRANCH, "docs/link.md") == page
    assert "docs/vendored" in store.git.text("ls-tree", "-r", BRANCH)


def test_a_data_file_that_is_not_on_github_is_told(project: TinyProject, github: StandIn) -> None:
    text = (project.folder / "layers.yml").read_text()
    project.git("rm", "-qf", "layers.yml")
    project.git("commit", "-qm", "no data")
    github.push(project.folder)
    project.write("layers.yml", text)

    result = insert(project)

    opened(result)
    assert changed(github) == ["docs/index.md", "examples/app.tf"]
    assert "note: layers.yml is no file on GitHub, and so does not get the numbers" in result.out


def test_a_branch_that_was_left_over_begins_anew_and_that_is_told(
    project: TinyProject, github: StandIn
) -> None:
    left = github.commit(BRANCH, {"docs/index.md": b"left"}, "Left over")

    result = insert(project)

    opened(result)
    assert (
        f"note: the branch {BRANCH} was left over, and began anew; it was at {left}" in result.out
    )


def test_the_token_is_told_nowhere(project: TinyProject, github: StandIn) -> None:
    github.fail("POST /git/trees", 403, {"message": f"Bad token {TOKEN}"})
    results = [insert(project, "-v"), insert(project, "--json"), insert(project, "-v", "--dry-run")]

    assert [result.status for result in results] == [1, 0, 0]
    assert "Bad token ***" in results[0].err
    assert all(TOKEN not in result.out + result.err for result in results)
    assert TOKEN not in github.store.git.text("log", "--all", "-p")
    assert all(TOKEN.encode() not in body for body in github.bodies)
    kept = [path for path in (project.folder / ".git").rglob("*") if path.is_file()]
    assert all(TOKEN.encode() not in path.read_bytes() for path in kept)


@pytest.mark.parametrize(
    "version",
    ["3.1.0+x", "3.1.0 rc~1", "a..b", "1.lock", "3.1.", "@{u}^", "ü*?[", "%41", "x" * 200],
)
def test_a_release_of_any_name_has_a_branch_of_its_own(
    project: TinyProject, github: StandIn, version: str
) -> None:
    data = json.dumps({"version": version, "layer": "v3", "number": 6}, ensure_ascii=False)
    project.write("layers.yml", LAYERS.replace("releases:\n", f"releases:\n  - {data}\n"))

    opened(insert(project, "--version", version))

    (pull,) = github.pulls
    assert pull.head.startswith("docs_tools/layers-")
    assert insert(project, "--version", version).out.endswith("is up to date\n")


# hotfix


@pytest.fixture
def site(tmp_path: Path) -> str:
    return make_site(tmp_path / "site", text="mended")


def hotfix(project: TinyProject, version: str, *args: str) -> Result:
    return project.docs_tools("hotfix", "--version", version, "--open-pr", *args)


def test_a_hotfix_is_published_before_its_pull_request_is_opened(
    project: TinyProject, github: StandIn, site: str
) -> None:
    seen: list[str] = []
    github.before("POST /git/trees", lambda: seen.append(project.published("3.1.0/index.html")))

    result = hotfix(project, "3.1.0", "--site-dir", site, "--no-push")

    opened(result)
    assert result.out.index("hotfixed 3.1.0") < result.out.index("opened pull request")
    assert "next: git push origin gh-pages" in result.out
    assert seen == ["<p>mended</p>"]
    assert changed(github) == ["docs/index.md", "examples/app.tf", "layers.yml"]


def test_files_that_lag_get_a_pull_request_though_nothing_is_to_be_published(
    project: TinyProject, github: StandIn, site: str
) -> None:
    assert project.docs_tools("hotfix", "--version", "3.1.0", "--site-dir", site).status == 0

    result = hotfix(project, "3.1.0", "--site-dir", site)

    opened(result)
    assert "3.1.0 is up to date: nothing changed" in result.out
    again = hotfix(project, "3.1.0", "--site-dir", site, "--json")
    assert again.json["changed"] is False
    assert again.json["pull_request"]["number"] == 1
    assert again.json["pull_request"]["updated"] is False


def test_numbers_of_an_old_version_go_into_the_data_and_pages_keep_the_newest(
    project: TinyProject, github: StandIn
) -> None:
    lines = [arn(region, name, 7) for region in ("eu-west-1", "us-east-1") for name in (X86, ARM)]
    project.write("arns.txt", "\n".join(lines))
    new = NEW.replace("number: 6", "number: 8")
    data = LAYERS.replace("releases:\n", f"releases:\n{new}")
    github.commit("main", {"layers.yml": data.encode()}, "3.1.0 is deployed")  # not pulled here
    project.write("layers.yml", LAYERS)

    result = hotfix(project, "3.0.0", "--ref", "HEAD", "--layers", "arns.txt")

    opened(result)
    branch = "docs_tools/layers-3.0.0"
    assert f"{arn('eu-west-1', X86, 7)} (index.md)" in result.out  # as 3.0.0 has it
    assert github.file(branch, "layers.yml").decode() == data.replace("number: 5", "number: 7")
    assert arn("eu-west-1", X86, 8).encode() in github.file(branch, "docs/index.md")
    body = github.pulls[0].body or ""
    assert "- `v3: 5 → 7 in all regions`" in body
    assert "now as in `3.1.0`" in body
    assert github.pulls[0].title == "docs(layers): numbers of 3.0.0"


def test_without_a_data_file_the_numbers_of_the_source_go_into_the_files(
    project: TinyProject, github: StandIn
) -> None:
    (project.folder / "layers.yml").unlink()
    project.commit("no data")
    github.push(project.folder)
    project.write("arns.txt", f"{arn('eu-west-1', X86, 7)}\n")

    result = hotfix(project, "3.1.0", "--layers", "arns.txt", "--json")

    assert result.status == 0, result.err
    assert result.json["pull_request"]["files"] == ["docs/index.md"]
    assert arn("eu-west-1", X86, 7).encode() in github.file(BRANCH, "docs/index.md")


def test_numbers_of_what_is_no_release_are_noted_nowhere(
    project: TinyProject, github: StandIn, site: str
) -> None:
    assert project.docs_tools("publish", "--version", "dev", "--site-dir", site).status == 0
    lines = [arn(region, name, 7) for region in ("eu-west-1", "us-east-1") for name in (X86, ARM)]
    project.write("arns.txt", "\n".join(lines))
    before = project.git("rev-parse", "gh-pages")

    result = hotfix(project, "dev", "--layers", "arns.txt")

    refused(result, github, '"dev" is no release, so layers.yml can have no numbers for it')
    assert project.git("rev-parse", "gh-pages") == before
    data = LAYERS.replace("releases:\n", f"releases:\n{NEW}").encode()
    github.commit("main", {"layers.yml": data}, "3.1.0 is deployed")
    opened(hotfix(project, "dev", "--site-dir", site))
    assert changed(github, "docs_tools/layers-dev") == ["docs/index.md", "examples/app.tf"]


def without(name: str) -> Callable[[TinyProject, StandIn], None]:
    return lambda project, github: project.env.update({name: ""})


def break_rights(project: TinyProject, github: StandIn) -> None:
    project.env["GITHUB_TOKEN"] = "ghs_other"


def name_another(project: TinyProject, github: StandIn) -> None:
    project.env["GITHUB_REPOSITORY"] = "octo-org/gone"


def forget_numbers(project: TinyProject, github: StandIn) -> None:
    (project.folder / "layers.yml").unlink()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (without("GITHUB_TOKEN"), "there is no token for GitHub"),
        (without("GITHUB_REPOSITORY"), 'the git remote "origin" is not a repository on GitHub'),
        (break_rights, "GitHub does not take the token (401)"),
        (name_another, "GitHub refused to read the repository of octo-org/gone (404)"),
        (forget_numbers, "there are no layer numbers for a pull request"),
    ],
)
def test_what_is_missing_for_a_pull_request_is_told_before_anything_is_published(
    project: TinyProject,
    github: StandIn,
    site: str,
    spoil: Callable[[TinyProject, StandIn], None],
    told: str,
) -> None:
    spoil(project, github)
    before = project.git("rev-parse", "gh-pages")

    result = hotfix(project, "3.1.0", "--site-dir", site, "--json")

    refused(result, github, told)
    assert "published" not in result.err
    assert result.out == ""
    assert project.git("rev-parse", "gh-pages") == before


def test_where_github_fails_behind_the_publish_it_is_told_what_is_done_and_how_to_go_on(
    project: TinyProject, github: StandIn, site: str
) -> None:
    github.fail("POST /git/trees", 422, {"message": "Nobody knows why"}, times=2)

    plain = hotfix(project, "3.1.0", "--site-dir", site)
    assert plain.status == 1
    assert plain.out.startswith("hotfixed 3.1.0\n")
    assert "error: 3.1.0 is published, but its pull request failed: GitHub refused" in plain.err
    assert "Nobody knows why" in plain.err
    command = f"docs_tools hotfix --version 3.1.0 --open-pr --site-dir {site}"
    assert f"then run it again, what is published stays: {command}" in plain.err
    assert project.published("3.1.0/index.html") == "<p>mended</p>"

    document = hotfix(project, "3.1.0", "--site-dir", site, "--json")
    assert document.status == 1
    assert document.json["version"] == "3.1.0"
    assert document.json["pull_request"] is None
    assert "is published, but" in document.err

    opened(project.docs_tools(*command.split()[1:]))


def test_a_dry_run_of_a_hotfix_publishes_nothing_and_writes_nothing_at_github(
    project: TinyProject, github: StandIn, site: str
) -> None:
    before = project.git("rev-parse", "gh-pages")

    result = hotfix(project, "3.1.0", "--site-dir", site, "--dry-run")

    assert result.status == 0, result.err
    assert "would hotfix 3.1.0" in result.out
    assert "would have opened a pull request" in result.out
    github.commit("main", {"docs/index.md": FILES["docs/index.md"].replace(":5", ":9").encode()})
    failed = hotfix(project, "3.1.0", "--site-dir", site, "--dry-run", "--json")
    assert failed.status == 1
    assert failed.json["pull_request"] is None
    assert "docs/index.md:3:2: number 9 would go back to 6" in failed.err
    assert "is published" not in failed.err
    assert github.writes == []
    assert project.git("rev-parse", "gh-pages") == before


def test_quiet_says_nothing_of_it(project: TinyProject, github: StandIn, site: str) -> None:
    result = hotfix(project, "3.1.0", "--site-dir", site, "-q")

    assert (result.status, result.out, result.err) == (0, "", "")
    assert len(github.pulls) == 1
    assert insert(project, "-q").out == ""
