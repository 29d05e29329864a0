"""`versions list`: what is published, where it comes from, and how large it is."""

from pathlib import Path
from typing import Any

import pytest

from tests.project import TinyProject
from tests.publish.by_hand import alter, mike
from tests.publish.stand_in import CONFIG, make_site, publish, stand_in


def listed(project: TinyProject, *args: str) -> list[dict[str, Any]]:
    result = project.docs_tools("versions", "list", "--json", *args)
    assert result.status == 0, result.err
    found: list[dict[str, Any]] = result.json
    return found


def size(project: TinyProject, version: str) -> int:
    rows = project.git("ls-tree", "-r", "-l", f"gh-pages:{version}").splitlines()
    return sum(int(row.split()[3]) for row in rows)


def test_a_version_is_listed_with_its_source_pages_and_size(
    small: TinyProject, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site")
    assert publish(small, "1.0.0", "--ref", "HEAD", "--title", "Eins", site=site).status == 0
    assert publish(small, "2.0.0", "latest", "stable", site=site).status == 0
    small.docs_tools("versions", "default", "stable")
    two, one = listed(small)
    assert (one["version"], one["title"], one["aliases"]) == ("1.0.0", "Eins", [])
    assert one["built_from"] == small.git("rev-parse", "HEAD")
    assert one["date"].startswith(small.git("show", "-s", "--date=format:%Y-%m-%d", "--format=%cd"))
    assert (one["pages"], one["size"]) == (2, size(small, "1.0.0"))
    assert [found["state"] for found in (two, one)] == ["current", "outdated"]
    assert [found["default"] for found in (two, one)] == [True, False]
    assert two["built_from"] is None
    assert two["date"].startswith(small.git("show", "-s", "--format=%cs", "gh-pages~1"))

    table = small.docs_tools("versions", "list").out.splitlines()
    assert table[0].split() == [
        *("VERSION", "TITLE", "ALIASES", "STATE", "DATE", "FROM", "PAGES", "SIZE")
    ]
    assert table[1].startswith("2.0.0    2.0.0  latest, stable  current   ")
    assert one["built_from"][:9] in table[2]
    assert table[3:] == ["the root leads to stable"]


def test_what_mike_published_is_listed_by_the_commit_that_brought_it(small: TinyProject) -> None:
    small.git("tag", "there")
    mike(small, "deploy", "1.0.0", "latest")
    small.write("docs/index.md", "# Other\n")
    small.commit("other")
    mike(small, "deploy", "2.0.0", "-m", "a message of its own")
    mike(small, "retitle", "1.0.0", "Title")
    two, one = listed(small)
    assert one["built_from"] == small.git("rev-parse", "--short", "there")
    assert one["date"] == small.git("show", "-s", "--format=%cI", "gh-pages~2")
    assert (two["built_from"], two["date"]) == (
        None,
        small.git("show", "-s", "--format=%cI", "gh-pages~1"),
    )
    assert two["pages"] == 2


@pytest.mark.parametrize("prefix", ["", "docs/guide"])
def test_git_is_called_as_often_for_many_versions_as_for_few(
    small: TinyProject, tmp_path: Path, prefix: str
) -> None:
    small.write("mkdocs.yml", CONFIG.replace("copy", f"copy, deploy_prefix: '{prefix}'"))
    mike(small, "deploy", *(["--deploy-prefix", prefix] if prefix else []), "0.1")
    calls = []
    for number in range(2):
        stand = stand_in(tmp_path / f"bin{number}")
        assert small.docs_tools("versions", "list", env=stand.env).status == 0
        calls.append(stand.calls)
        for version in ("1.0.0", "2.0.0", "3.0.0"):
            site = make_site(tmp_path / version, text=version)
            assert publish(small, version, f"is{version}", site=site).status == 0
    assert calls[0] == calls[1]
    assert len(calls[0]) <= 16, calls[0]
    assert [found["pages"] for found in listed(small)] == [2, 2, 2, 2]


def test_a_version_without_a_folder_or_with_an_altered_manifest_is_listed_too(
    small: TinyProject, tmp_path: Path
) -> None:
    for version in ("1.0.0", "2.0.0"):
        site = make_site(tmp_path / version, text=version)
        assert publish(small, version, "--ref", "HEAD", site=site).status == 0
    gone: dict[str, bytes | None] = dict.fromkeys(small.tree("2.0.0/"))
    alter(small, {**gone, "1.0.0/docs-manifest.json": b"{"})
    two, one = listed(small)
    assert (two["date"], two["built_from"], two["pages"], two["size"]) == (None, None, 0, 0)
    assert (one["built_from"], one["pages"]) == (None, 2)


def test_a_shallow_clone_lists_what_the_whole_history_says(
    small: TinyProject, tmp_path: Path
) -> None:
    mike(small, "deploy", "1.0.0")
    mike(small, "deploy", "--push", "2.0.0")
    small.git("push", "--quiet", "origin", "main")
    clone = small.clone(tmp_path / "clone", "--depth=1", "--no-single-branch")
    assert listed(clone) == listed(small)


def test_hidden_versions_sizes_and_uncommitted_changes_are_shown(
    small: TinyProject, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    make_site(site, {"index.html": "<p>日本語</p>"})
    with (site / "large.bin").open("wb") as file:
        file.truncate(12_345_678)
    assert publish(small, "dev", "--title", "日本語", site=str(site)).status == 0
    assert publish(small, "1.0.0", site=make_site(tmp_path / "one")).status == 0
    assert small.docs_tools("versions", "hide", "dev").status == 0
    head, dev, one = small.docs_tools("versions", "list").out.splitlines()
    assert "12.3 MB" in dev
    assert "current, hidden" in dev
    assert dev.index("current") == head.index("STATE") - len("日本語")  # it is twice as wide
    assert one.index("current") == head.index("STATE")


def test_an_empty_branch_is_said_on_standard_error(small: TinyProject) -> None:
    result = small.docs_tools("versions", "list")
    assert (result.status, result.out) == (0, "")
    assert result.err == "nothing is published on gh-pages\n"
    assert listed(small) == []
