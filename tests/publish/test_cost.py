"""What a publish costs in git follows what changed, and not how large the site is."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docs_tools.errors import DocsToolsError
from docs_tools.git import Git
from docs_tools.publish.branch.objects import GitObjects
from docs_tools.publish.file_sums import blob_hash, sums_of
from tests.project import TinyProject
from tests.publish.stand_in import CONFIG, StandIn, make_site, publish, stand_in
from tests.size import LONG, examples

FEW, MANY = 10, 3000 if LONG else 500
"""How many pages."""

# what git is to store, a path a line
HANDED = """\
if [ "$1" = hash-object ]; then
    tee -a "$here/handed" | "$git" "$@"
    exit
fi
"""


def configure(project: TinyProject, alias_type: str = "copy") -> None:
    config = CONFIG.replace("copy", alias_type)
    project.write("mkdocs.yml", f"{config}site_url: https://example.com/\n")


def large_site(folder: Path, pages: int = MANY) -> Path:
    """A site of many pages in ten folders, and the files of a theme."""
    files = {f"part{n % 10}/page{n}/index.html": f"<p>Page {n}</p>\n" for n in range(pages)}
    files |= {f"assets/{n}.js": f"script {n}\n" for n in range(pages // 5)}
    return Path(make_site(folder, {"index.html": "<p>\n", "sitemap.xml": "x\n", **files}))


def change_a_page(site: Path, text: str = "mended") -> None:
    (site / "part3/page3/index.html").write_text(f"<p>{text}</p>\n")


def handed(stand: StandIn) -> list[str]:
    """The files that git was told to store."""
    file = stand.folder / "handed"
    return file.read_text().splitlines() if file.exists() else []


def objects(project: TinyProject, *where: str) -> int:
    """How many objects the repository has, or another one."""
    rows = project.git(*where, "count-objects", "-v").splitlines()
    found = dict(row.split(": ") for row in rows)
    return int(found["count"]) + int(found["in-pack"])


@pytest.mark.parametrize("alias_type", ["copy", "redirect", "symlink"])
def test_git_starts_as_often_for_many_pages_as_for_few(
    small: TinyProject, tmp_path: Path, alias_type: str
) -> None:
    configure(small, alias_type)
    small.commit("configuration")
    calls: dict[int, list[list[str]]] = {}
    for pages in (FEW, MANY):
        top = tmp_path / str(pages)
        project, site = small.copy(top), large_site(top / "site", pages)
        commands = [
            ("publish", "--version", "1.0.0", "latest", "--push"),
            ("publish", "--version", "1.0.0", "latest", "--push"),
            ("hotfix", "--version", "1.0.0", "--push"),
            ("publish", "--version", "2.0.0", "latest", "-u", "--dry-run"),
        ]
        calls[pages] = []
        for number, command in enumerate(commands):
            if number == 2:
                change_a_page(site)
            stand = stand_in(top / f"bin{number}")
            done = project.docs_tools(*command, "--site-dir", str(site), env=stand.env)
            assert done.status == 0, done.err
            calls[pages].append(stand.calls)
    assert calls[FEW] == calls[MANY]
    assert max(map(len, calls[MANY])) <= 40, calls[MANY]


def test_git_starts_as_often_for_many_versions_as_for_one(
    small: TinyProject, tmp_path: Path
) -> None:
    configure(small)
    small.commit("configuration")
    site = large_site(tmp_path / "site", FEW)
    assert publish(small, "1.0.0", "latest", site=str(site)).status == 0
    calls = []
    for number in range(2):
        change_a_page(site, str(number))
        stand = stand_in(tmp_path / f"bin{number}")
        done = publish(small, "1.0.0", site=str(site), stand=stand)
        assert done.status == 0, done.err
        calls.append(stand.calls)
        if number == 0:
            add_versions(small, 30)
            assert publish(small, "1.0.0", site=str(site)).status == 0  # tells them to readers
    assert calls[0] == calls[1]
    assert small.published("sitemap.xml").count("<loc>") == 31


def add_versions(project: TinyProject, count: int) -> None:
    """Puts copies of 1.0.0 on the docs branch, as another tool would."""
    listed = json.loads(project.published("versions.json"))
    project.git("checkout", "--quiet", "gh-pages")
    for number in range(count):
        version = f"0.{number}.0"
        listed.append({"version": version, "title": version, "aliases": []})
        project.git("read-tree", f"--prefix={version}", "-u", "HEAD:1.0.0")
    project.write("versions.json", json.dumps(listed))
    project.commit("older versions")
    project.git("checkout", "--quiet", "main")


@pytest.mark.parametrize("alias_type", ["copy", "redirect", "symlink"])
def test_only_what_changed_is_written_and_only_that_is_handed_to_git(
    small: TinyProject, tmp_path: Path, alias_type: str
) -> None:
    configure(small, alias_type)
    site = large_site(tmp_path / "site")
    remote = ("--git-dir", str(small.remote))
    assert publish(small, "1.0.0", "latest", "--push", site=str(site)).status == 0
    before = objects(small), objects(small, *remote)

    again = stand_in(tmp_path / "again", HANDED)
    assert publish(small, "1.0.0", "latest", "--push", site=str(site), stand=again).status == 0
    assert handed(again) == []
    assert (objects(small), objects(small, *remote)) == before

    change_a_page(site)
    one = stand_in(tmp_path / "one", HANDED)
    assert publish(small, "1.0.0", "latest", "--push", site=str(site), stand=one).status == 0
    page, manifest = handed(one)
    assert page == str(site / "part3/page3/index.html")
    assert "content" in Path(manifest).name
    # the page, the manifest, the trees from the page's folder up to the top, and the commit
    folders = ["part3/page3", "part3", "1.0.0", ""]
    written = 2 + len(folders) + 1
    after = objects(small), objects(small, *remote)
    assert after == (before[0] + written, before[1] + written)
    assert small.docs_tools("versions", "verify").status == 0


def test_a_new_version_shares_what_the_newest_one_has(small: TinyProject, tmp_path: Path) -> None:
    site = large_site(tmp_path / "site")
    assert publish(small, "1.0.0", site=str(site)).status == 0
    change_a_page(site)
    stand = stand_in(tmp_path / "bin", HANDED)
    assert publish(small, "2.0.0", site=str(site), stand=stand).status == 0
    handed_of_site = [path for path in handed(stand) if path.startswith(str(site))]
    assert handed_of_site == [str(site / "part3/page3/index.html")]
    assert small.docs_tools("versions", "verify").status == 0
    small.git("fsck", "--strict", "--no-dangling")


def test_a_partial_clone_publishes_without_the_files_that_it_lacks(
    released: TinyProject, tmp_path: Path
) -> None:
    configure(released)
    released.commit("configuration")
    site = large_site(tmp_path / "site")
    assert publish(released, "2.0.0", "next", "--push", site=str(site)).status == 0
    released.git("--git-dir", str(released.remote), "config", "uploadpack.allowFilter", "true")
    partial = released.clone(tmp_path / "partial", "--filter=blob:none")
    before = objects(partial)
    change_a_page(site)
    done = publish(partial, "2.0.0", "--push", site=str(site))
    assert done.status == 0, done.err
    assert objects(partial) < before + 30  # the list and files beside the versions were fetched
    released.git("fetch", "--quiet", "origin", "gh-pages:gh-pages")
    assert "mended" in released.published("2.0.0/part3/page3/index.html")
    assert released.docs_tools("versions", "verify").status == 0
    released.git("fsck", "--strict", "--no-dangling")


def test_a_published_file_that_the_repository_lost_is_written_again(
    small: TinyProject, tmp_path: Path
) -> None:
    site = large_site(tmp_path / "site", FEW)
    assert publish(small, "1.0.0", site=str(site)).status == 0
    lost = small.git("rev-parse", "gh-pages:1.0.0/part5/page5/index.html")
    (small.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    change_a_page(site)
    done = publish(small, "1.0.0", site=str(site))
    assert done.status == 0, done.err
    small.git("fsck", "--strict", "--no-dangling")


@pytest.mark.parametrize("alias_type", ["copy", "redirect"])
def test_a_repository_of_the_other_kind_of_hashes(tmp_path: Path, alias_type: str) -> None:
    project = TinyProject(tmp_path / "project", {"GIT_DEFAULT_HASH": "sha256"})
    project.create({"docs/index.md": "# Tiny\n"})
    configure(project, alias_type)
    assert project.git("rev-parse", "--show-object-format") == "sha256"
    site = large_site(tmp_path / "site", FEW)
    assert publish(project, "1.0.0", "latest", "--push", site=str(site)).status == 0
    change_a_page(site)
    stand = stand_in(tmp_path / "bin", HANDED)
    assert publish(project, "1.0.0", "--push", site=str(site), stand=stand).status == 0
    assert len(handed(stand)) == 2
    assert project.docs_tools("versions", "verify").status == 0
    project.git("fsck", "--strict", "--no-dangling")


def test_what_git_would_convert_is_published_as_it_is(small: TinyProject, tmp_path: Path) -> None:
    small.git("config", "core.autocrlf", "input")
    small.git("config", "core.attributesFile", str(tmp_path / "attributes"))
    (tmp_path / "attributes").write_text("* text=auto ident\n")
    site = Path(make_site(tmp_path / "site", {"index.html": "", "sub/page.html": ""}))
    content = b"<p>$Id$</p>\r\n"
    for name in ("index.html", "sub/page.html"):
        (site / name).write_bytes(content)
        assert publish(small, "1.0.0", site=str(site)).status == 0
        small.git("cat-file", "-e", blob_hash(content, "sha1"))
    stored = small.git("rev-parse", "gh-pages:1.0.0/index.html", "gh-pages:1.0.0/sub/page.html")
    assert stored.split() == [blob_hash(content, "sha1")] * 2


def test_a_file_that_is_written_to_while_it_is_published_stops_it(
    small: TinyProject, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "site")
    write = f'[ "$1" = hash-object ] && echo more >> {site}/index.html'
    done = publish(small, "1.0.0", site=site, stand=stand_in(tmp_path / "bin", write))
    assert done.status == 1
    assert f"{site}/index.html was written to while it was read" in done.err
    assert small.git("branch", "--list", "gh-pages") == ""
    assert publish(small, "1.0.0", site=site).status == 0


def test_a_file_of_another_length_than_it_says_is_refused() -> None:
    assert Path("/proc/self/status").stat().st_size == 0  # the system makes it up as it is read
    with pytest.raises(DocsToolsError, match="was written to while it was read"):
        sums_of("/proc/self/status", "sha1")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5))
def test_both_hashes_are_those_of_git_and_of_the_content(
    tmp_path_factory: pytest.TempPathFactory, algorithm: str, contents: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("objects")
    subprocess.run(
        ["git", "init", "-q", "--bare", f"--object-format={algorithm}", folder], check=True
    )
    found = GitObjects(Git(folder))
    assert found.algorithm == algorithm
    hashes = found.write_many(contents)
    assert found.read_many(hashes) == contents
    for content, hash_ in zip(contents, hashes, strict=True):
        (folder / "file").write_bytes(content)
        sums = sums_of(str(folder / "file"), algorithm)
        assert sums == (hash_, hashlib.sha256(content).hexdigest())


def test_a_file_of_many_pieces_has_the_hash_of_the_whole(tmp_path: Path) -> None:
    content = bytes(range(256)) * 20_000  # 5 MB
    (tmp_path / "file").write_bytes(content)
    sums = sums_of(str(tmp_path / "file"), "sha1")
    assert sums == (blob_hash(content, "sha1"), hashlib.sha256(content).hexdigest())


def test_publishing_imports_no_models_before_a_page_needs_them() -> None:
    code = "import sys, docs_tools.publish; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "docs_tools.publish.run" in loaded
    assert not {"pydantic", "docs_tools.layers", "packaging.requirements", "boto3"} & loaded
