"""`publish --site-dir`: a site that was built elsewhere, whatever its files are called."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.project import TinyProject
from tests.publish.stand_in import GIT, make_site, publish

NAMES = [
    "a b.txt",
    "ä ß 漢.html",
    "line\nend.html",
    "return\rhere.txt",
    "quo\"te's.txt",
    '"quoted"',
    "-leading",
    "--help",
    "trailing ",
    " leading",
    "tab\there.txt",
    "back\\slash.txt",
    "star*?[x].txt",
    ":(top)x",
    "100%.txt",
    "sub/-x/.hidden",
    ".nojekyll",
    "versions.json",
    "ende.git",
    "\N{GRINNING FACE}.svg",
]


def read(project: TinyProject, *args: str) -> str:
    """What git prints, to the last byte."""
    command = [GIT, *args]
    done = subprocess.run(command, cwd=project.folder, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


def files_of(project: TinyProject, version: str) -> set[str]:
    """The paths of a version's files, as they are."""
    listing = read(project, "ls-tree", "-r", "-z", "--name-only", f"gh-pages:{version}")
    return set(filter(None, listing.split("\0")))


def test_files_of_any_name_are_published_as_they_are(small: TinyProject, tmp_path: Path) -> None:
    files = {name: f"text of {name!r}" for name in NAMES}
    site = make_site(tmp_path / "site", {"index.html": "<p>", **files})
    result = publish(small, "1.0.0", "latest", "--json", "--push", site=site)
    assert result.status == 0, result.err
    expected = {"index.html", "docs-manifest.json", *NAMES}
    assert files_of(small, "1.0.0") == files_of(small, "latest") == expected
    assert {f"1.0.0/{name}" for name in expected} <= set(result.json["paths"]["added"])
    for name in NAMES:
        assert read(small, "cat-file", "blob", f"gh-pages:1.0.0/{name}") == files[name]
    assert small.docs_tools("versions", "verify").status == 0
    again = publish(small, "1.0.0", "--json", "--push", site=site)
    assert not again.json["changed"]
    small.git("fsck", "--strict", "--no-dangling")


def test_a_name_that_is_no_text_is_published_too(small: TinyProject, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    Path(os.fsdecode(os.fsencode(site) + b"/caf\xe9.html")).write_text("latin")
    result = publish(small, "1.0.0", "--json", site=site)
    assert result.status == 0, result.err
    assert os.fsdecode(b"caf\xe9.html") in files_of(small, "1.0.0")
    assert small.docs_tools("versions", "verify").status == 0
    assert not publish(small, "1.0.0", "--json", site=site).json["changed"]


def test_links_and_what_is_no_file_are_left_out_with_a_note(
    small: TinyProject, tmp_path: Path
) -> None:
    site = Path(make_site(tmp_path / "site"))
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.html").write_text("secret")
    (site / "out").symlink_to(tmp_path / "secret")
    (site / "key.html").symlink_to(tmp_path / "secret/key.html")
    (site / "nowhere").symlink_to("gone")
    (site / "loop").symlink_to(".")
    os.mkfifo(site / "pipe")
    result = publish(small, "1.0.0", "--json", site=str(site))
    assert result.status == 0, result.err
    assert result.json["notices"] == [
        "left out, as only files are published and no links: key.html, loop, nowhere, out, pipe"
    ]
    assert files_of(small, "1.0.0") == {"index.html", "sub/page.html", "docs-manifest.json"}


def test_what_git_keeps_for_itself_and_an_old_manifest_are_left_out(
    small: TinyProject, tmp_path: Path
) -> None:
    files = {
        "index.html": "<p>",
        ".git/config": "[core]",
        "sub/.GIT/x": "x",
        "module/.git": "gitdir: ../x",
        "docs-manifest.json": "{}",
        "sub/docs-manifest.json": "{}",
    }
    site = make_site(tmp_path / "site", files)
    assert publish(small, "1.0.0", site=site).status == 0
    expected = {"index.html", "docs-manifest.json", "sub/docs-manifest.json"}
    assert files_of(small, "1.0.0") == expected
    assert small.published("1.0.0/docs-manifest.json") != "{}"
    assert not publish(small, "1.0.0", "--json", site=site).json["changed"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (None, "is no folder"),
        ({}, "holds no page"),
        ({"style.css": "", "page.htm": ""}, "holds no page"),
        ({".git/index.html": ""}, "holds no page"),
    ],
    ids=["no folder", "empty", "no page", "a page that is left out"],
)
def test_what_is_no_site_is_refused(
    small: TinyProject, tmp_path: Path, files: dict[str, str] | None, message: str
) -> None:
    site = tmp_path / "site"
    if files is not None:
        site.mkdir()
        make_site(site, {**files, "x": ""})
    result = publish(small, "1.0.0", site=str(site))
    assert result.status == 1
    assert f"{site} {message}" in result.err
    assert "name the folder of a built site" in result.err
    assert small.git("branch", "--list", "gh-pages") == ""


def test_a_page_that_is_a_link_makes_no_site(small: TinyProject, tmp_path: Path) -> None:
    make_site(tmp_path / "elsewhere")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").symlink_to(tmp_path / "elsewhere/index.html")
    result = publish(small, "1.0.0", site=str(tmp_path / "site"))
    assert result.status == 1
    assert "holds no page" in result.err


def test_the_ref_says_what_it_was_built_from(small: TinyProject, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    small.git("tag", "v1")
    result = publish(small, "1.0.0", "--ref", "v1", "--json", site=site)
    assert result.status == 0, result.err
    assert result.json["built_from"] == small.git("rev-parse", "v1")
    unknown = publish(small, "2.0.0", "--ref", "v2", site=site)
    assert unknown.status == 1
    assert 'there is no tag, branch or commit "v2"' in unknown.err


@pytest.mark.parametrize("option", [("--layers", "arns.txt"), ("--allow-dirty",)], ids=str)
def test_what_belongs_to_a_build_is_refused(
    small: TinyProject, tmp_path: Path, option: tuple[str, ...]
) -> None:
    result = publish(small, "1.0.0", *option, site=make_site(tmp_path / "site"))
    assert result.status == 2
    assert f"{option[0]} has nothing to do there" in result.err
