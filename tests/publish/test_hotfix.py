"""`docs_tools hotfix`, against real git and a real bare remote."""

import json
from pathlib import Path

import pytest

from tests.project import ARN, TinyProject
from tests.publish.stand_in import make_site, publish, stand_in


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> TinyProject:
    """1.0.0 and 2.0.0 published, `latest` on 2.0.0, both tagged."""
    project = TinyProject(tmp_path_factory.mktemp("template") / "project").create()
    project.git("tag", "v1.0.0")
    assert project.docs_tools("publish", "--version", "1.0.0", "latest").status == 0
    project.write("docs/new.md", "# New\n")
    project.commit("a page more")
    project.git("tag", "2.0.0")
    assert project.docs_tools("publish", "--version", "2.0.0", "latest", "-u").status == 0
    return project


@pytest.fixture
def released(template: TinyProject, tmp_path: Path) -> TinyProject:
    """The template, to be changed."""
    return template.copy(tmp_path)


def test_rebuilds_guide_and_api_and_inserts_the_layers_of_the_version(
    released: TinyProject,
) -> None:
    released.write("docs/page.md", "# Page\n\nMended.\n\n<!-- docs_tools/layers -->\n")
    released.write("tiny/core.py", '"""The mended core."""\n')
    released.write("docs/more.md", "# More\n")
    (released.folder / "docs/new.md").unlink()
    facts = released.folder / "facts/layers.yml"
    facts.write_text(facts.read_text().replace("number: 20", "number: 21"))
    released.commit("mended")

    result = released.docs_tools("hotfix", "--version", "2.0.0", "--json")

    assert result.status == 0, result.err
    done = result.json
    assert done["pages"]["added"] == ["more.html"]
    assert done["pages"]["removed"] == ["new.html"]
    assert {"page.html", "reference/tiny/core.html"} <= set(done["pages"]["changed"])
    assert done["arns"] == {
        "count": 2,
        "inserted": [
            {"page": "index.md", "arn": f"{ARN}:21", "before": 1},
            {"page": "page.md", "arn": f"{ARN}:21", "before": None},
        ],
    }
    assert done["commit"] == released.git("rev-parse", "gh-pages")
    assert done["next"] == ["git push origin gh-pages"]
    assert f"{ARN}:21" in released.published("2.0.0/index.html")
    assert "The mended core" in released.published("2.0.0/reference/tiny/core.html")
    assert released.git("status", "--porcelain") == ""
    assert f"{ARN}:1`" in (released.folder / "docs/index.md").read_text()


def test_changes_only_the_version_and_its_aliases(released: TinyProject) -> None:
    before = released.tree()
    released.write("docs/page.md", "# Page\n\nMended.\n")
    released.commit("mended")
    assert released.docs_tools("hotfix", "--version", "2.0.0").status == 0

    after = released.tree()
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert changed
    assert {path.split("/")[0] for path in changed} == {"2.0.0", "latest"}
    assert released.tree("latest").keys() == {
        path.replace("2.0.0/", "latest/", 1) for path in released.tree("2.0.0")
    }


def test_twice_with_nothing_changed_says_so_and_adds_no_commit(released: TinyProject) -> None:
    before = released.commits()
    result = released.docs_tools("hotfix", "--version", "2.0.0")
    assert result.status == 0
    assert "2.0.0 is up to date: nothing changed" in result.out
    assert released.commits() == before


def test_an_old_release_needs_a_ref_and_is_told_which(released: TinyProject) -> None:
    before = released.git("rev-parse", "gh-pages")
    result = released.docs_tools("hotfix", "--version", "1.0.0")
    assert result.status == 1
    assert "1.0.0 is not the newest release (2.0.0 is)" in result.err
    assert "--ref v1.0.0" in result.err
    assert "--ref HEAD" in result.err
    assert released.git("rev-parse", "gh-pages") == before


def test_an_old_release_is_built_from_its_ref_with_the_layers_of_this_checkout(
    released: TinyProject,
) -> None:
    latest = released.tree("latest")
    facts = released.folder / "facts/layers.yml"
    facts.write_text(facts.read_text().replace("number: 10", "number: 11"))
    released.commit("1.0.0 got new layers")

    result = released.docs_tools("hotfix", "--version", "1.0.0", "--ref", "v1.0.0", "--json")

    assert result.status == 0, result.err
    assert result.json["built_from"] == released.git("rev-parse", "v1.0.0")
    assert sorted(result.json["pages"]["changed"]) == ["index.html", "page.html"]
    assert f"{ARN}:11" in released.published("1.0.0/index.html")
    assert "1.0.0/new.html" not in released.tree("1.0.0")
    assert released.tree("latest") == latest
    assert released.git("worktree", "list").count("\n") == 0


def test_ref_head_insists(released: TinyProject) -> None:
    result = released.docs_tools("hotfix", "--version", "1.0.0", "--ref", "HEAD")
    assert result.status == 0, result.err
    assert "1.0.0/new.html" in released.tree("1.0.0")


def test_a_ref_that_knows_none_of_our_plugins_is_built_with_todays_settings(
    released: TinyProject,
) -> None:
    released.git("checkout", "--quiet", "--orphan", "old")
    released.write("mkdocs.yml", "site_name: Tiny\ntheme: {name: mkdocs}\n")
    released.commit("old")
    released.git("tag", "-f", "v1.0.0")
    released.git("checkout", "--quiet", "main")
    result = released.docs_tools("hotfix", "--version", "1.0.0", "--ref", "v1.0.0")
    assert result.status == 0, result.err
    assert "Ann" in released.published("1.0.0/index.html")
    assert f"{ARN}:10" in released.published("1.0.0/index.html")
    assert "1.0.0/search/search_index.json" in released.tree("1.0.0")  # MkDocs' default plugin


def test_uncommitted_changes_are_listed_and_allow_dirty_builds_them(
    released: TinyProject,
) -> None:
    released.write("docs/page.md", "# Page\n\nNot committed.\n")
    released.write("docs/untracked.md", "# Untracked\n")
    released.write("tiny/core.py", '"""Not committed."""\n')
    released.write("unrelated.txt", "nobody builds this\n")
    refused = released.docs_tools("hotfix", "--version", "2.0.0")
    assert refused.status == 1
    assert "docs/page.md: changed since the commit" in refused.err
    assert "docs/untracked.md: not committed yet" in refused.err
    assert "tiny/core.py: changed since the commit" in refused.err
    assert "unrelated.txt" not in refused.err
    assert "--allow-dirty" in refused.err

    built = released.docs_tools("hotfix", "--version", "2.0.0", "--allow-dirty", "--json")
    assert built.status == 0, built.err
    assert built.json["built_from"] == released.git("rev-parse", "HEAD") + "+"
    assert "Not committed." in released.published("2.0.0/page.html")


def test_allow_dirty_excludes_ref(released: TinyProject) -> None:
    result = released.docs_tools("hotfix", "--version", "2.0.0", "--allow-dirty", "--ref", "HEAD")
    assert result.status == 2
    assert "choose one" in result.err


def test_layers_from_a_file_win_over_the_data(released: TinyProject) -> None:
    released.write("arns.txt", f"# new\n{ARN}:77\n")
    result = released.docs_tools("hotfix", "--version", "2.0.0", "--layers", "arns.txt")
    assert result.status == 0, result.err
    assert f"{ARN}:77 (index.md)" in result.out
    assert f"{ARN}:77" in released.published("2.0.0/index.html")
    assert f"{ARN}:77" in released.published("2.0.0/page.html")


def test_layers_from_a_folder(released: TinyProject) -> None:
    released.write("arns/eu.txt", f"{ARN}:78\n")
    released.write("arns/us.txt", f"{ARN.replace('eu-west-1', 'us-east-1')}:79\n")
    result = released.docs_tools("hotfix", "--version", "2.0.0", "--layers", "arns", "--json")
    assert result.status == 0, result.err
    assert {arn["arn"].rsplit(":", 1)[1] for arn in result.json["arns"]["inserted"]} == {"78", "79"}


def test_a_release_without_numbers_fails_where_a_page_shows_layers(released: TinyProject) -> None:
    facts = released.folder / "facts/layers.yml"
    facts.write_text(facts.read_text().replace("'2.0.0'", "'2.0.1'"))
    released.commit("no numbers for 2.0.0")
    result = released.docs_tools("hotfix", "--version", "2.0.0")
    assert result.status == 1
    assert (
        "docs/page.md:3:1: docs_tools/layers: facts/layers.yml has no layer numbers for 2.0.0"
        in (result.err)
    )


def test_a_release_without_numbers_keeps_what_was_written_and_says_so(
    released: TinyProject,
) -> None:
    facts = released.folder / "facts/layers.yml"
    facts.write_text(facts.read_text().replace("'2.0.0'", "'2.0.1'"))
    released.write("docs/page.md", "# Page\n")
    released.commit("no numbers for 2.0.0")
    result = released.docs_tools("hotfix", "--version", "2.0.0")
    assert result.status == 0, result.err
    assert "note: facts/layers.yml has no layer numbers for 2.0.0" in result.out
    assert f"{ARN}:1" in released.published("2.0.0/index.html")


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("docs/page.md", "# Page\n\n[gone](gone.md)\n", 'the link "gone.md" leads nowhere'),
        ("docs/page.md", "# Page\n\n<!-- docs_tools/label -->\n", "docs/page.md:3:1: no directive"),
        ("facts/maintainers.yml", "active: []\n", "facts/maintainers.yml:1:1: active: no active"),
        ("mkdocs.yml", "site_name: [\n", "can't be read"),
    ],
    ids=["broken link", "unknown directive", "bad data", "bad configuration"],
)
def test_what_is_broken_stops_it_before_anything_is_written(
    released: TinyProject, path: str, text: str, message: str
) -> None:
    before = released.git("rev-parse", "gh-pages")
    released.write(path, text)
    released.commit("broken")
    result = released.docs_tools("hotfix", "--version", "2.0.0")
    assert result.status == 1
    assert message in result.err
    assert "Traceback" not in result.err
    assert released.git("rev-parse", "gh-pages") == before


def test_dry_run_tells_the_plan_and_writes_nothing(released: TinyProject) -> None:
    released.write("docs/page.md", "# Page\n\nMended.\n")
    released.commit("mended")
    before = released.git("rev-parse", "gh-pages")
    objects = released.git("count-objects")
    plan = released.docs_tools("hotfix", "--version", "2.0.0", "--dry-run", "--json").json
    assert plan["dry_run"]
    assert released.git("rev-parse", "gh-pages") == before
    assert released.git("count-objects") == objects
    done = released.docs_tools("hotfix", "--version", "2.0.0", "--json").json
    assert done["paths"] == plan["paths"]
    assert done["paths"]["changed"]


def test_the_entry_of_other_versions_survives_with_keys_that_nobody_knows(
    released: TinyProject,
) -> None:
    entries = json.loads(released.published("versions.json"))
    entries.reverse()
    entries[0]["pinned"] = {"by": "hand"}
    released.git("checkout", "--quiet", "gh-pages")
    released.write("versions.json", json.dumps(entries, indent=2) + "\n")
    released.commit("custom order")
    released.git("checkout", "--quiet", "main")
    released.write("docs/page.md", "# Page\n\nMended.\n")
    released.commit("mended")
    assert released.docs_tools("hotfix", "--version", "2.0.0").status == 0
    assert json.loads(released.published("versions.json")) == entries


def test_the_day_of_the_build_does_not_count(released: TinyProject) -> None:
    before = released.commits()
    # another day: MkDocs would write it into the sitemap
    day = {"SOURCE_DATE_EPOCH": "0"}
    assert released.docs_tools("hotfix", "--version", "2.0.0", env=day).status == 0
    assert released.commits() == before


def test_git_keeps_a_bounded_number_of_processes(released: TinyProject, tmp_path: Path) -> None:
    for number in range(60):
        released.write(f"docs/many/{number}.md", f"# {number}\n")
    released.commit("many")
    stand = stand_in(tmp_path / "bin")
    assert released.docs_tools("hotfix", "--version", "2.0.0", env=stand.env).status == 0
    assert 0 < len(stand.calls) <= 40, stand.calls


def test_an_older_version_is_mended_and_no_byte_of_the_others_changes(
    small: TinyProject, tmp_path: Path
) -> None:
    for version, names in (("1.8.0", ["old"]), ("1.9.0", ["v1"]), ("2.0.0", ["latest", "v2"])):
        site = make_site(tmp_path / version, text=version)
        assert publish(small, version, *names, "--push", site=site).status == 0
    assert small.docs_tools("versions", "default", "latest", "--push").status == 0
    tree, listed = small.tree(), small.published("versions.json")
    mended = make_site(tmp_path / "mended", text="mended")
    args = ("hotfix", "--version", "1.9.0", "--site-dir", mended, "--push")
    result = small.docs_tools(*args)
    assert result.status == 0, result.err
    after = small.tree(branch="origin/gh-pages")
    changed = {path for path in tree | after if tree.get(path) != after.get(path)}
    files = {"index.html", "sub/page.html", "docs-manifest.json"}
    assert changed == {f"{folder}/{path}" for folder in ("1.9.0", "v1") for path in files}
    assert small.published("versions.json", "origin/gh-pages") == listed
    assert small.docs_tools("versions", "verify").status == 0


def test_a_ref_from_before_the_project_had_data_is_built_without_the_handbook(
    released: TinyProject,
) -> None:
    released.git("checkout", "--quiet", "--orphan", "old")
    released.git("rm", "-rq", "--cached", "facts")
    (released.folder / "docs/index.md").write_text(f"# Old\n\n{ARN}:3\n")
    (released.folder / "docs/page.md").write_text("# Page\n")
    released.write("mkdocs.yml", "site_name: Tiny\ntheme: {name: mkdocs}\n")
    released.git("add", "mkdocs.yml", "docs")
    released.git("commit", "-qm", "old")
    released.git("tag", "-f", "v1.0.0")
    released.git("checkout", "--quiet", "--force", "main")
    result = released.docs_tools("hotfix", "--version", "1.0.0", "--ref", "v1.0.0")
    assert result.status == 0, result.err
    assert f"{ARN}:10" in released.published("1.0.0/index.html")
