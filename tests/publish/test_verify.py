"""`versions verify`: one altered byte, anywhere in what is published, is found and named."""

import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docs_tools.build import find_project
from docs_tools.publish.verify import verify
from tests.project import TinyProject
from tests.publish.by_hand import alter, content, copied, mike, objects
from tests.publish.stand_in import CONFIG, make_site, publish, stand_in
from tests.size import examples

VERIFY = ("versions", "verify")
MANIFEST = "docs-manifest.json"
ODD = {
    "index.html": "<p>one</p>\n",
    "guide/täglich page.html": "<p>täglich</p>",
    "guide/two\nlines.txt": "x",
    "empty.txt": "",
    "assets/site.js": "let a = 1;\n" * 2000,
}
PLAIN = {"index.html": "<p>two</p>", "sub/page.html": "<p>sub</p>", "style.css": "p {}"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1.0.0 and 2.0.0, of which one is `latest`; copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    files = {"mkdocs.yml": CONFIG, "docs/index.md": "# Tiny\n"}
    project = TinyProject(folder / "project").create(files)
    one, two = make_site(folder / "one", ODD), make_site(folder / "two", PLAIN)
    assert publish(project, "1.0.0", site=one).status == 0
    assert publish(project, "2.0.0", "latest", site=two).status == 0
    return folder


@pytest.fixture
def released(template: Path, tmp_path: Path) -> TinyProject:
    """1.0.0 and 2.0.0, of which one is `latest`."""
    return copied(template, tmp_path / "copy")


def versions(project: TinyProject) -> Any:
    return project.docs_tools(*VERIFY, "--json").json["versions"]


def problems(project: TinyProject, *args: str) -> list[tuple[str, str]]:
    """Each problem's place and message; the exit status fits."""
    result = project.docs_tools(*VERIFY, *args, "--json")
    found = result.json
    every = [p for one in [found, *found["versions"]] for p in one["problems"]]
    assert result.status == bool(every) == (not found["sound"]), result
    return [(problem["file"], problem["message"]) for problem in every]


def test_what_was_just_published_is_sound(released: TinyProject) -> None:
    result = released.docs_tools(*VERIFY)
    assert (result.status, result.err) == (0, "")
    assert result.out == "2.0.0: 3 files, as published\n1.0.0: 5 files, as published\n"
    assert released.docs_tools(*VERIFY, "-q").out == ""
    (one,) = released.docs_tools(*VERIFY, "latest", "--json").json["versions"]
    assert one == {"version": "2.0.0", "files": 3, "manifest": True, "problems": []}


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_altered_byte_is_found_and_named(released: TinyProject, data: st.DataObject) -> None:
    head = released.git("rev-parse", "gh-pages")
    names = [name for name, text in ODD.items() if text] + [MANIFEST]
    path = f"1.0.0/{data.draw(st.sampled_from(names))}"
    altered = bytearray(content(released, path))
    at = data.draw(st.integers(0, len(altered) - 1))
    altered[at] ^= data.draw(st.integers(1, 255))
    alter(released, {path: bytes(altered)})
    try:
        found = verify(find_project(None, released.folder))
        assert [problem.file for problem in found.all_problems] == [f"gh-pages:{path}"]
        assert [one.version for one in found.versions if one.problems] == ["1.0.0"]
    finally:
        released.git("update-ref", "refs/heads/gh-pages", head)


@pytest.mark.parametrize(
    ("path", "text", "mode", "message"),
    [
        ("index.html", None, "", "is missing since it was published"),
        ("guide/new.html", b"new", "100644", "was added since it was published"),
        ("empty.txt", b"index.html", "120000", "was altered since it was published"),
        (MANIFEST, None, "", "is missing since it was published"),
        (MANIFEST, b"{}\n", "100644", "docs_manifest: must be a whole number"),
    ],
)
def test_what_is_missing_added_or_replaced_is_named(
    released: TinyProject, path: str, text: bytes | None, mode: str, message: str
) -> None:
    alter(released, {f"1.0.0/{path}": text}, mode=mode)
    found = [(f"gh-pages:1.0.0/{path}", message)]
    assert problems(released) == problems(released, "1.0.0") == found
    assert problems(released, "2.0.0") == []
    said = released.docs_tools(*VERIFY, "-q")
    assert (said.status, said.out) == (1, "")
    assert f"gh-pages:1.0.0/{path}" in said.err
    assert re.search(r"1\.0\.0: [456] files, 1 problem\n", released.docs_tools(*VERIFY).out)


def test_the_files_of_another_version_are_found_though_their_manifest_fits(
    released: TinyProject,
) -> None:
    gone = dict.fromkeys(f"1.0.0/{path}" for path in ODD)
    files = {f"1.0.0/{path}": content(released, f"2.0.0/{path}") for path in [*PLAIN, MANIFEST]}
    alter(released, {**gone, **files})
    assert problems(released, "1.0.0") == [
        (f"gh-pages:1.0.0/{MANIFEST}", "is that of 2.0.0: this is another version")
    ]


def test_what_mike_published_has_no_manifest_which_is_said_and_no_error(
    released: TinyProject,
) -> None:
    mike(released, "deploy", "1.0.0")  # over ours
    mike(released, "deploy", "3.0.0", "next")
    result = released.docs_tools(*VERIFY)
    assert (result.status, result.err) == (0, "")
    assert result.out.count("no manifest, as mike published it: not verified") == 2
    assert [one["manifest"] for one in versions(released)] == [False, True, False]


@pytest.mark.parametrize("kind", ["copy", "symlink", "redirect"])
def test_an_alias_of_any_kind_is_compared_with_its_version(
    small: TinyProject, tmp_path: Path, kind: str
) -> None:
    small.write("mkdocs.yml", CONFIG.replace("copy", kind))
    site = make_site(tmp_path / "one", PLAIN)
    assert publish(small, "1.0.0", "latest", site=site).status == 0
    mike(small, "alias", "1.0.0", "stable")
    for configured in ("copy", "symlink", "redirect"):  # whatever is configured by now
        small.write("mkdocs.yml", CONFIG.replace("copy", configured))
        assert problems(small) == []
    if kind == "symlink":
        alter(small, {"latest": b"2.0.0"}, mode="120000")
        expected = 'leads to "2.0.0", not to 1.0.0'
    else:
        alter(small, {"latest/sub/page.html": b"<p>other</p>"})
        expected = "is not what 1.0.0 is now, in sub/page.html"
    assert problems(small) == [("gh-pages:latest", expected)]
    assert small.docs_tools("versions", "alias", "1.0.0", "latest").status == 0  # as the hint says
    assert problems(small) == []
    alter(small, {"latest": None})
    assert problems(small) == [("gh-pages:latest", "is an alias of 1.0.0, but not there")]


def test_a_copy_is_stale_where_its_version_was_changed_beside_it(released: TinyProject) -> None:
    alter(released, {"2.0.0/sub/page.html": b"new"})
    assert problems(released, "latest") == [
        ("gh-pages:2.0.0/sub/page.html", "was altered since it was published"),
        ("gh-pages:latest", "is not what 2.0.0 is now, in sub/page.html"),
    ]


def test_list_folders_and_the_root_must_fit_each_other(released: TinyProject) -> None:
    mike(released, "set-default", "1.0.0")
    alter(
        released,
        {"versions.json": content(released, "versions.json").replace(b"1.0.0", b"1.5.0")},
    )
    assert problems(released) == [
        ("gh-pages:index.html", 'leads to "1.0.0", which is not published'),
        ("gh-pages:1.0.0", "was published, but is not in the list of versions"),
        ("gh-pages:1.5.0", "is in the list of versions, but has no folder"),
    ]
    hints = released.docs_tools(*VERIFY).err
    assert "docs_tools versions delete 1.0.0" in hints
    assert "docs_tools publish --version 1.5.0" in hints


def test_a_broken_list_is_reported_with_its_line(released: TinyProject) -> None:
    alter(released, {"versions.json": b'[\n  {"version": "1.0.0",}\n]\n'})
    result = released.docs_tools(*VERIFY)
    assert (result.status, result.out) == (1, "")
    assert "gh-pages:versions.json:2:" in result.err


def test_an_unknown_version_fails_with_the_nearest_name(released: TinyProject) -> None:
    result = released.docs_tools(*VERIFY, "1.0.1")
    assert (result.status, result.out) == (1, "")
    assert 'did you mean "1.0.0"?' in result.err


def test_nothing_is_written_and_git_is_called_as_often_for_many_versions(
    released: TinyProject, tmp_path: Path
) -> None:
    calls = []
    for number in range(2):
        stand = stand_in(tmp_path / f"bin{number}")
        before = objects(released)
        assert released.docs_tools(*VERIFY, env=stand.env).status == 0
        assert objects(released) == before
        calls.append(stand.calls)
        for version in ("3.0.0", "4.0.0", "5.0.0"):
            site = make_site(tmp_path / version, text=version)
            assert publish(released, version, f"is{version}", site=site).status == 0
    assert calls[0] == calls[1]
    assert len(calls[0]) <= 14, calls[0]


def test_a_large_file_is_never_in_memory_as_a_whole(small: TinyProject, tmp_path: Path) -> None:
    site = tmp_path / "site"
    make_site(site)
    with (site / "large.bin").open("wb") as file:
        file.truncate(40_000_000)
    assert publish(small, "1.0.0", site=str(site)).status == 0
    project = find_project(None, small.folder)
    verify(project)  # what is imported and remembered doesn't count
    tracemalloc.start()
    try:
        assert verify(project).all_problems == ()
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_an_unreachable_remote_is_noted(released: TinyProject) -> None:
    released.git("remote", "set-url", "origin", str(released.folder / "gone"))
    result = released.docs_tools(*VERIFY, "--json")
    assert result.status == 0
    assert "origin can't be reached" in result.err
